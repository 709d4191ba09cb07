import type { Registry, Series } from "#sites/registry.ts";
import { sameDimension, unitOf } from "#units/unit.ts";
import type { MeterSite } from "./meter-sayings.ts";

/** Registers of a meter, the one that is its own first: what a point counts with the first of these is what its meter counts. */
const REGISTERS = ["energy-import", "energy", "heat-energy", "gas-volume", "water-volume", "volume", "units", "energy-total"] as const;
/** They start again by themselves, every day or message. */
const NO_REGISTERS: ReadonlySet<string> = new Set(["energy-today", "energy-yesterday", "energy-period"]);
/** Amounts of an interval may be told under these beside the name of the register. */
const AMOUNTS: ReadonlySet<string> = new Set(["energy", "energy-import", "consumption"]);
/** Unit of what counts without one: an allocator on a radiator. */
export const UNITS = "units";

/** What a point sends of one dial. */
export interface FoundRegister {
  readonly quantity: string;
  readonly unit: string;
  /** Registers first, then amounts per interval, the best rank first in each. */
  readonly series: readonly Series[];
}

type Ranked = Pick<MeterSite, "ranked">;

/**
 * The register of a point: every counter of the quantity that stands first, whoever reads it, and the amounts per interval that tell
 * of the same. Missing: undefined where the point has none.
 */
export function registerOf(
  own: readonly Series[],
  { ranked, unit }: Ranked & { readonly unit?: string | undefined },
): FoundRegister | undefined {
  const counters = own.filter((series) => isRegister(series) && (unit === undefined || isLike(series, unit)));
  const amounts = own.filter((series) => isAmount(series) && (unit === undefined || isLike(series, unit)));
  const quantity = firstOf(counters) ?? amounts[0]?.quantity;
  if (quantity === undefined) return undefined;
  const dials = inOrder(
    counters.filter((series) => series.quantity === quantity),
    ranked,
  );
  const measure = dials[0] ?? (amounts[0] as Series);
  const told = amounts.filter(
    (series) => (series.quantity === quantity || AMOUNTS.has(series.quantity)) && sameDimension(series.unit, measure.unit),
  );
  const series = [...dials.filter((one) => sameDimension(one.unit, measure.unit)), ...inOrder(told, ranked)];
  return { quantity, unit: measure.unit, series };
}

/** Points of a site whose registers are meters without anybody saying so. */
export function foundPoints(registry: Registry, site: Pick<MeterSite, "site" | "dialSources">): Map<string, Series[]> {
  const points = new Map<string, Series[]>();
  for (const series of registry.series) {
    if (series.site !== site.site) continue;
    const own = points.get(series.point) ?? [];
    points.set(series.point, own);
    own.push(series);
  }
  for (const [point, own] of points) if (!own.some((series) => isFound(series, site.dialSources))) points.delete(point);
  return points;
}

function isFound(series: Series, dialSources: ReadonlySet<string>): boolean {
  if (!isRegister(series)) return false;
  return (REGISTERS as readonly string[]).includes(series.quantity) || dialSources.has(series.source);
}

function isRegister({ kind, quantity, unit }: Series): boolean {
  return kind === "counter" && !NO_REGISTERS.has(quantity) && isMetered(unit);
}

function isAmount({ kind, quantity, unit }: Series): boolean {
  return (kind === "interval" || kind === "delta") && isMetered(unit) && unitOf(unit) !== undefined && !NO_REGISTERS.has(quantity);
}

function isMetered(unit: string): boolean {
  const dimension = unitOf(unit)?.dimension;
  return dimension === "energy" || dimension === "volume" || unit === UNITS;
}

function isLike(series: Series, unit: string): boolean {
  const [own, asked] = [unitOf(series.unit)?.dimension, unitOf(unit)?.dimension];
  // Gas is counted in one and told in the other; whether that can be said is told later, in words.
  if (own === asked || asked === undefined) return own !== undefined || series.unit === unit;
  return (own === "volume" && asked === "energy") || (own === "energy" && asked === "volume");
}

function firstOf(counters: readonly Series[]): string | undefined {
  const names = new Set(counters.map(({ quantity }) => quantity));
  return REGISTERS.find((quantity) => names.has(quantity)) ?? [...names].sort()[0];
}

/** The best rank first; among equals by name. */
function inOrder(series: readonly Series[], ranked: readonly string[]): Series[] {
  return series.toSorted((a, b) => ranked.indexOf(b.source) - ranked.indexOf(a.source) || (a.key < b.key ? -1 : 1));
}
