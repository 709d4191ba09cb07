import type { BuildingModel, PointGuess } from "#buildings/model.ts";
import type { Series } from "#sites/registry.ts";
import { conversion, unitOf } from "#units/unit.ts";
import { temperatureUnit } from "./building-role-kinds.ts";
import type { BuildingSettings } from "./building-settings.ts";

/** What tells the outdoor temperature, and how it is shown. */
export interface Outdoor {
  readonly unit: "°C" | "°F";
  /** Missing: undefined where no point tells it. */
  readonly series: Series | undefined;
  readonly turn: (value: number) => number;
}

/** The point the file names, else the one whose role it is. */
export function outdoorOf(model: BuildingModel, settings: BuildingSettings): Outdoor {
  const series = outdoorPoint(model.points, settings.outdoorPoint)?.point.series.find(
    ({ unit, kind }) => kind === "gauge" && (unit === "" || unitOf(unit)?.dimension === "temperature"),
  );
  const unit = temperatureUnit(unitOf(series?.unit ?? "")?.symbol ?? "", settings);
  const convert = series === undefined || series.unit === "" ? undefined : conversion(series.unit, unit);
  return { unit, series, turn: convert ?? ((value) => value) };
}

function outdoorPoint(points: readonly PointGuess[], named: string | undefined): PointGuess | undefined {
  return points.find(({ point }) => point.point === named) ?? points.find(({ role }) => role === "outdoor-air-temp");
}
