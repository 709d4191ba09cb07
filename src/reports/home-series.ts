import type { Registry, Series } from "#sites/registry.ts";
import { sameDimension } from "#units/unit.ts";
import type { PlantSettings } from "./plant-settings.ts";

/** Quantities a meter of the grid connection counts with. */
export const BOUGHT = "energy-import";
export const SOLD = "energy-export";
const PHASES = ["power-l1", "power-l2", "power-l3"] as const;

/** What the meters of a home send, of each the series of the source that counts most. */
export interface HomeSeries {
  readonly bought: Series | undefined;
  readonly sold: Series | undefined;
  readonly power: Series | undefined;
  /** Power of every source that ever sent it, the one that counts most last. */
  readonly powers: readonly Series[];
  /** Three, or none. */
  readonly phases: readonly Series[];
}

/** What the grid meter sends. */
export function seriesOfMeter(registry: Registry, meter: PlantSettings): HomeSeries {
  const own = (quantity: string): Series | undefined => bestOf(registry, meter, quantity);
  const phases = PHASES.flatMap((quantity) => own(quantity) ?? []);
  return {
    bought: own(BOUGHT),
    sold: own(SOLD),
    power: own("power"),
    powers: allOf(registry, meter, "power"),
    phases: phases.length === 3 ? phases : [],
  };
}

/** The series of a quantity of a point whose source counts most. Missing: undefined where nobody sends it. */
export function bestOf(registry: Registry, meter: Meter, quantity: string): Series | undefined {
  return allOf(registry, meter, quantity).at(-1);
}

type Meter = Pick<PlantSettings, "site" | "point" | "sources">;

function allOf(registry: Registry, { site, point, sources }: Meter, quantity: string): Series[] {
  const [kind, unit] = quantity.startsWith("energy") ? ["counter", "kWh"] : ["gauge", "W"];
  const all = registry.series.filter(
    (series) =>
      series.site === site &&
      series.point === point &&
      series.quantity === quantity &&
      series.kind === kind &&
      sameDimension(series.unit, unit),
  );
  const place = (series: Series): number => sources.findIndex(({ name }) => name === series.source);
  return all.sort((a, b) => place(a) - place(b));
}
