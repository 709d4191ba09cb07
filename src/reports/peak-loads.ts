import { HOUR_MS } from "#calendar/civil.ts";
import type { Zone } from "#calendar/zone.ts";
import type { Buckets, Column } from "#series/column.ts";
import { BAD_QUALITY } from "#series/quality.ts";
import type { Registry, Series } from "#sites/registry.ts";
import type { Range, Store } from "#store/store.ts";
import { conversion, unitOf } from "#units/unit.ts";

/** A point whose demand can be asked about. */
export interface PeakLoad {
  /** `site/point`. */
  readonly point: string;
  readonly name: string;
  readonly site: string;
  readonly series: Series;
}

export const QUARTER_MS = HOUR_MS / 4;

/** Quantities that are what flows in, and not one phase of it or what leaves. */
const WANTED: Readonly<Record<string, number>> = {
  demand: 0,
  power: 1,
  "power-import": 2,
  energy: 3,
  "energy-import": 4,
  "energy-total": 5,
};
const WHOLE = /\b(?:main|total|whole|grid|utility|incomer|service|building)\b/i;

/** Points with power or energy: those of the site first, what is the whole by its name before all others. */
export function peakLoads(registry: Pick<Registry, "points" | "series">, site: string): PeakLoad[] {
  const best = new Map<string, Series>();
  for (const series of registry.series) {
    const want = wantOf(series);
    if (want === undefined) continue;
    const key = `${series.site}/${series.point}`;
    const known = best.get(key);
    if (known === undefined || want < (wantOf(known) as number)) best.set(key, series);
  }
  const names = new Map(registry.points.map((point) => [`${point.site}/${point.id}`, point.name]));
  const loads = [...best].map(([point, series]) => ({ point, name: names.get(point) ?? series.point, site: series.site, series }));
  const order = (load: PeakLoad): number => (load.site === site ? 0 : 2) + (isWhole(load) ? 0 : 1);
  return loads.toSorted((a, b) => order(a) - order(b) || a.name.localeCompare(b.name, "en", { numeric: true }));
}

const isWhole = ({ name, series }: PeakLoad): boolean => WHOLE.test(name) || WHOLE.test(series.point.replaceAll("-", " "));

function wantOf({ quantity, unit, kind }: Series): number | undefined {
  const want = WANTED[quantity];
  const dimension = unitOf(unit)?.dimension;
  if (want === undefined) return undefined;
  if (dimension === "power") return kind === "gauge" || kind === "interval" ? want : undefined;
  return dimension === "energy" && (kind === "counter" || kind === "interval") ? want : undefined;
}

/** Mean power in kW of every quarter-hour of a range, by its start; quarters nobody knows are left out. */
export async function quartersKw(
  store: Pick<Store, "read" | "readBuckets">,
  { series }: PeakLoad,
  range: Range,
): Promise<ReadonlyMap<number, number>> {
  const isAmount = unitOf(series.unit)?.dimension === "energy";
  const toKw = conversion(series.unit, isAmount ? "kWh" : "kW");
  if (toKw === undefined) return new Map();
  const whole = { fromMs: Math.floor(range.fromMs / QUARTER_MS) * QUARTER_MS, toMs: range.toMs };
  const perHour = isAmount ? HOUR_MS / QUARTER_MS : 1;
  if (series.kind === "interval")
    return ofIntervals(await store.read(series.id, { fromMs: whole.fromMs + 1, toMs: whole.toMs + 1 }), {
      isAmount,
      toKw: (value) => toKw(value) * perHour,
    });
  const buckets = await store.readBuckets(series.id, { fromMs: whole.fromMs - QUARTER_MS, toMs: whole.toMs }, QUARTER_MS);
  const quarters = new Map<number, number>();
  for (const [i, atMs] of buckets.tMs.entries()) {
    const said = isAmount ? riseOf(buckets, i) : (buckets.sum[i] as number) / (buckets.n[i] as number);
    const kw = toKw(said) * perHour;
    if (atMs >= whole.fromMs && Number.isFinite(kw)) quarters.set(atMs, kw);
  }
  return quarters;
}

/** What is told at the end of an interval belongs to the quarter that holds its last moment. */
function ofIntervals(
  { tMs, value, quality }: Column,
  { isAmount, toKw }: { isAmount: boolean; toKw: (value: number) => number },
): ReadonlyMap<number, number> {
  const sums = new Map<number, { sum: number; n: number }>();
  for (const [row, endMs] of tMs.entries()) {
    const said = value[row] as number;
    if (Number.isNaN(said) || ((quality[row] as number) & BAD_QUALITY) !== 0) continue;
    const atMs = Math.floor((endMs - 1) / QUARTER_MS) * QUARTER_MS;
    const known = sums.get(atMs) ?? { sum: 0, n: 0 };
    sums.set(atMs, { sum: known.sum + said, n: known.n + 1 });
  }
  return new Map([...sums].map(([atMs, { sum, n }]) => [atMs, toKw(isAmount ? sum : sum / n)]));
}

/** What a register counted within a quarter: from the end of the one before. Missing: NaN where it fell, or nobody read it then. */
function riseOf({ tMs, last }: Buckets, i: number): number {
  if (tMs[i - 1] !== (tMs[i] as number) - QUARTER_MS) return Number.NaN;
  const rise = (last[i] as number) - (last[i - 1] as number);
  return rise >= 0 ? rise : Number.NaN;
}

/** Mean of the quarters of a range; NaN where none is known. */
export function meanKw(quarters: ReadonlyMap<number, number>, { fromMs, toMs }: Range): number {
  let [sum, n] = [0, 0];
  for (const [atMs, kw] of quarters)
    if (atMs + QUARTER_MS > fromMs && atMs < toMs) {
      sum += kw;
      n += 1;
    }
  return n === 0 ? Number.NaN : sum / n;
}

/** The highest quarter-hour of each local day, the highest first. */
export function dailyPeaks(quarters: ReadonlyMap<number, number>, zone: Zone): (Range & { readonly kw: number })[] {
  const byDay = new Map<number, Range & { readonly kw: number }>();
  for (const [fromMs, kw] of quarters) {
    const day = zone.dayStart(fromMs);
    if (kw > (byDay.get(day)?.kw ?? Number.NEGATIVE_INFINITY)) byDay.set(day, { fromMs, toMs: fromMs + QUARTER_MS, kw });
  }
  return [...byDay.values()].toSorted((a, b) => b.kw - a.kw || b.fromMs - a.fromMs);
}
