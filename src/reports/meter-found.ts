import type { Registry, Series } from "#sites/registry.ts";
import { sameDimension, unitOf } from "#units/unit.ts";
import type { MeterSite } from "./meter-sayings.ts";

/** Registers of a meter, the one that is its own first: of a source that counts several at a point, the first of these is the meter. */
const REGISTERS = ["energy-import", "energy", "heat-energy", "gas-volume", "water-volume", "volume", "units", "energy-total"] as const;
/** Those that make a meter of a point without anybody saying so. */
const FOUND: ReadonlySet<string> = new Set(["energy-import", "energy", "heat-energy", "gas-volume", "water-volume", "volume", "units"]);
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
 * The register of a point: what every source counts there, for they read one dial, and the amounts per interval that tell of the same.
 * One source may call energy bought what another calls energy. Missing: undefined where the point has none.
 */
export function registerOf(
  own: readonly Series[],
  { ranked, unit }: Ranked & { readonly unit?: string | undefined },
): FoundRegister | undefined {
  const counters = own.filter((series) => isRegister(series, unit) && (unit === undefined || isLike(series, unit)));
  const amounts = own.filter((series) => isAmount(series, unit) && (unit === undefined || isLike(series, unit)));
  const quantity = firstOf(counters) ?? amounts[0]?.quantity;
  const measure = counters.find((series) => series.quantity === quantity) ?? amounts[0];
  if (quantity === undefined || measure === undefined) return undefined;
  const alike = counters.filter((series) => sameDimension(series.unit, measure.unit));
  const firstOfSource = (source: string): string | undefined => firstOf(alike.filter((one) => one.source === source));
  const dials = alike.filter((series) => series.quantity === firstOfSource(series.source) && isSameDial(series.quantity, quantity));
  const told = amounts.filter(
    (series) => (series.quantity === quantity || AMOUNTS.has(series.quantity)) && sameDimension(series.unit, measure.unit),
  );
  return { quantity, unit: measure.unit, series: [...inOrder(dials, ranked), ...inOrder(told, ranked)] };
}

/** Registers that name what flows, and not which way or at which price, are names for one dial. */
function isSameDial(quantity: string, main: string): boolean {
  return quantity === main || (FOUND.has(quantity) && FOUND.has(main));
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
  if (isAmount(series)) return dialSources.has(series.source) && FOUND.has(series.quantity);
  return isRegister(series) && (FOUND.has(series.quantity) || dialSources.has(series.source));
}

function isRegister({ kind, quantity, unit }: Series, asked?: string): boolean {
  return kind === "counter" && !NO_REGISTERS.has(quantity) && (isMetered(unit) || unit === asked);
}

function isAmount({ kind, quantity, unit }: Series, asked?: string): boolean {
  return (kind === "interval" || kind === "delta") && !NO_REGISTERS.has(quantity) && (isMetered(unit) || unit === asked);
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
