import { medianSpacing } from "#analytics/median-spacing.ts";
import { DAY_MS, HOUR_MS } from "#calendar/civil.ts";
import type { Buckets, Column } from "#series/column.ts";
import { BAD_QUALITY } from "#series/quality.ts";
import type { Series } from "#sites/registry.ts";
import type { Range, Store } from "#store/store.ts";
import { conversion, unitOf } from "#units/unit.ts";
import { curveOf, NO_CURVE, QUARTER_MS, type QuarterCurve } from "./peak-curve.ts";

/** What quarters are read by. */
export interface QuarterParts {
  readonly store: Pick<Store, "read" | "readBuckets">;
  /** Values that mean "no value", in the sender's unit. */
  readonly sentinels: readonly number[];
}

/** A register that was read this seldom, or an interval this long, still tells of each of its quarters. */
export const MOST_SPREAD_MS = 2 * HOUR_MS;
/** A quarter of which less is known says nothing. */
const LEAST_KNOWN_MS = QUARTER_MS / 2;

/**
 * Mean power in kW of the quarter-hours of a range, of what says power, counts energy, or says either of them for intervals that end
 * at their instant. Missing: quarters nobody knows are left out; all of them where its unit is neither.
 */
export async function powerQuarters(series: Series, range: Range, parts: QuarterParts): Promise<QuarterCurve> {
  const isAmount = unitOf(series.unit)?.dimension === "energy";
  const toKw = conversion(series.unit, isAmount ? "kWh" : "kW");
  if (toKw === undefined) return NO_CURVE;
  if (series.kind === "interval") return intervalQuarters(series, range, { ...parts, isAmount, toKw });
  return isAmount ? registerQuarters(series, range, { ...parts, toKw }) : gaugeQuarters(series, range, { ...parts, turn: toKw });
}

/** Means of the quarter-hours of what is measured, each value turned into another unit; what is polled seldom holds until it is polled again. */
export async function gaugeQuarters(
  { id }: Series,
  range: Range,
  { store, sentinels, turn }: QuarterParts & { readonly turn: (value: number) => number },
): Promise<QuarterCurve> {
  const whole = wholeQuarters(range);
  // A day before shows how often it is polled.
  const buckets = await store.readBuckets(id, { fromMs: whole.fromMs - DAY_MS, toMs: whole.toMs }, QUARTER_MS);
  const usualMs = medianSpacing(buckets.tMs);
  const holdsMs = usualMs > QUARTER_MS && usualMs <= MOST_SPREAD_MS ? 1.5 * usualMs : QUARTER_MS;
  const quarters = new Map<number, number>();
  for (const [i, atMs] of buckets.tMs.entries()) {
    const mean = turn((buckets.sum[i] as number) / (buckets.n[i] as number));
    if (hasSentinel(buckets, i, sentinels) || !Number.isFinite(mean)) continue;
    const next = buckets.tMs[i + 1] ?? atMs;
    const untilMs = next - atMs <= holdsMs ? Math.max(next, atMs + QUARTER_MS) : atMs + QUARTER_MS;
    for (let at = atMs; at < untilMs; at += QUARTER_MS) if (at >= whole.fromMs) quarters.set(at, mean);
  }
  return curveOf(quarters);
}

/** What a register counted from one quarter that it was read in to the next; nothing where it fell, or was not read for long. */
async function registerQuarters(
  { id }: Series,
  range: Range,
  { store, sentinels, toKw }: QuarterParts & { readonly toKw: (kwh: number) => number },
): Promise<QuarterCurve> {
  const whole = wholeQuarters(range);
  const buckets = await store.readBuckets(id, { fromMs: whole.fromMs - MOST_SPREAD_MS, toMs: whole.toMs + MOST_SPREAD_MS }, QUARTER_MS);
  const quarters = new Map<number, number>();
  let before = -1;
  for (const [i, atMs] of buckets.tMs.entries()) {
    if (Number.isNaN(buckets.last[i]) || hasSentinel(buckets, i, sentinels)) continue;
    const fromMs = before < 0 ? Number.NaN : (buckets.tMs[before] as number);
    const rise = before < 0 ? Number.NaN : toKw(buckets.last[i] as number) - toKw(buckets.last[before] as number);
    before = i;
    if (!(rise >= 0) || atMs - fromMs > MOST_SPREAD_MS) continue;
    const kw = (rise * HOUR_MS) / (atMs - fromMs);
    for (let at = fromMs + QUARTER_MS; at <= atMs; at += QUARTER_MS) if (at >= whole.fromMs && at < whole.toMs) quarters.set(at, kw);
  }
  return curveOf(quarters);
}

function hasSentinel({ min, max }: Buckets, i: number, sentinels: readonly number[]): boolean {
  return sentinels.some((sentinel) => sentinel === min[i] || sentinel === max[i]);
}

interface Told extends QuarterParts {
  readonly isAmount: boolean;
  readonly toKw: (value: number) => number;
}

/** What is told at the end of an interval is spread evenly over it. */
async function intervalQuarters(series: Series, range: Range, { store, sentinels, isAmount, toKw }: Told): Promise<QuarterCurve> {
  const whole = wholeQuarters(range);
  // Who does not say how long its intervals are shows it by several of them.
  const leadMs = series.intervalMs === undefined ? DAY_MS : 0;
  const column = await store.read(series.id, { fromMs: whole.fromMs - leadMs + 1, toMs: whole.toMs + MOST_SPREAD_MS + 1 });
  const lengthMs = series.intervalMs ?? medianSpacing(column.tMs);
  if (!(lengthMs > 0 && lengthMs <= MOST_SPREAD_MS)) return NO_CURVE;
  const sums = new Map<number, { kwMs: number; ms: number }>();
  for (const [row, endMs] of column.tMs.entries()) {
    const value = goodValue(column, row, sentinels);
    if (Number.isNaN(value)) continue;
    const kw = isAmount ? (toKw(value) * HOUR_MS) / lengthMs : toKw(value);
    const fromMs = endMs - lengthMs;
    for (let at = Math.floor(fromMs / QUARTER_MS) * QUARTER_MS; at < endMs; at += QUARTER_MS) {
      const inside = Math.min(endMs, at + QUARTER_MS) - Math.max(fromMs, at);
      const known = sums.get(at) ?? { kwMs: 0, ms: 0 };
      sums.set(at, { kwMs: known.kwMs + kw * inside, ms: known.ms + inside });
    }
  }
  const told = [...sums].filter(([at, { ms }]) => ms >= LEAST_KNOWN_MS && at >= whole.fromMs && at < whole.toMs);
  return curveOf(new Map(told.map(([at, { kwMs, ms }]) => [at, kwMs / ms])));
}

/** Missing: NaN for what is bad, unknown, or a value that means none. */
export function goodValue({ value, quality }: Column, row: number, sentinels: readonly number[]): number {
  const said = value[row] as number;
  return ((quality[row] as number) & BAD_QUALITY) !== 0 || sentinels.includes(said) ? Number.NaN : said;
}

function wholeQuarters({ fromMs, toMs }: Range): Range {
  return { fromMs: Math.floor(fromMs / QUARTER_MS) * QUARTER_MS, toMs: Math.ceil(toMs / QUARTER_MS) * QUARTER_MS };
}
