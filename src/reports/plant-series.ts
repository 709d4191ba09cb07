import { RANKS } from "#series/ladder.ts";
import type { Registry, Series } from "#sites/registry.ts";
import { sameDimension } from "#units/unit.ts";
import type { PlantSettings, PlantSource } from "./plant-settings.ts";

/** What one source says of the point, by what the numbers are. A source may send pulses as they come, finished intervals, or both. */
export interface SourceSeries {
  readonly source: PlantSource;
  /** Pulses since the last message, and the lifetime register of them. */
  readonly pulses?: Series;
  readonly pulsesTotal?: Series;
  /** Finished intervals. */
  readonly energy?: Series;
  readonly demand?: Series;
  readonly intervalPulses?: Series;
  /** Lifetime register in energy, as finished intervals and meters say it. */
  readonly energyTotal?: Series;
  /** The register the settings name, in any unit of energy. */
  readonly counter?: Series;
  /** Momentary power beside it, in any unit of power: for what is asked of now, never for energy. */
  readonly power?: Series;
}

type Part = Exclude<keyof SourceSeries, "source" | "power">;

const PARTS: readonly { readonly part: Part; readonly quantity: string; readonly kind: Series["kind"] }[] = [
  { part: "pulses", quantity: "pulses", kind: "delta" },
  { part: "pulsesTotal", quantity: "pulses-total", kind: "counter" },
  { part: "energy", quantity: "energy", kind: "interval" },
  { part: "demand", quantity: "demand", kind: "interval" },
  { part: "intervalPulses", quantity: "interval-pulses", kind: "interval" },
  { part: "energyTotal", quantity: "energy-total", kind: "counter" },
];

/** The series of a point by source, the source that counts least first. Sources nobody configured count least of their kind. */
export function seriesOfPoint(registry: Registry, settings: PlantSettings): SourceSeries[] {
  const bySource = new Map<string, { -readonly [K in keyof SourceSeries]: SourceSeries[K] }>();
  for (const series of registry.series) {
    if (series.site !== settings.site || series.point !== settings.point) continue;
    const part = partOf(series, settings);
    if (part === undefined) continue;
    const known = bySource.get(series.source) ?? { source: sourceOf(series.source, settings) };
    known[part] = series;
    bySource.set(series.source, known);
  }
  return [...bySource.values()].filter(isAnyCount).sort((a, b) => placeOf(a.source, settings) - placeOf(b.source, settings));
}

function partOf(series: Series, { counter }: PlantSettings): Part | "power" | undefined {
  if (counter !== undefined) {
    const { quantity, kind, unit } = series;
    if (quantity === counter.quantity && kind === "counter" && sameDimension(unit, "kWh")) return "counter";
    if (quantity === "power" && kind === "gauge" && sameDimension(unit, "W")) return "power";
  }
  return PARTS.find(({ quantity, kind }) => quantity === series.quantity && kind === series.kind)?.part;
}

/** Power alone counts nothing. */
function isAnyCount(source: SourceSeries): boolean {
  return PARTS.some(({ part }) => source[part] !== undefined) || source.counter !== undefined;
}

/** Ids of everything a point's intervals are made of. */
export function seriesIds(sources: readonly SourceSeries[]): number[] {
  const parts: readonly Part[] = [...PARTS.map(({ part }) => part), "counter"];
  return [...new Set(sources.flatMap((source) => parts.flatMap((part) => source[part]?.id ?? [])))].sort((a, b) => a - b);
}

function sourceOf(name: string, settings: PlantSettings): PlantSource {
  return settings.sources.find((source) => source.name === name) ?? { name, title: name, rank: "live" };
}

/** By rank; sources of one rank keep the order of the configuration, the later one counting more. */
function placeOf(source: PlantSource, settings: PlantSettings): number {
  const order = settings.sources.findIndex((one) => one.name === source.name);
  return RANKS.indexOf(source.rank) * 10_000 + order + 1;
}

/** Instants at which another device took over the point, by source; the first device of a source took over nothing. */
export function swapsOf(
  registry: Registry,
  { site, point }: Pick<PlantSettings, "site" | "point">,
): ReadonlyMap<string, readonly number[]> {
  const starts = new Map<string, number[]>();
  for (const assignment of registry.assignments) {
    if (assignment.site !== site || assignment.point !== point) continue;
    starts.set(assignment.source, [...(starts.get(assignment.source) ?? []), assignment.fromMs]);
  }
  const swaps = [...starts].map(([source, all]) => [source, all.sort((a, b) => a - b).slice(1)] as const);
  return new Map(swaps.filter(([, all]) => all.length > 0));
}
