import { type ChartColumn, firstAt } from "#web/charts/chart-column.ts";
import { findGaps, totalMs } from "#web/charts/gaps.ts";
import type { TimeSpan } from "#web/charts/time-ticks.ts";
import { integralUnit } from "#web/charts/unit-scale.ts";
import { countedValue, type SegmentRules, segmentsOf } from "./segments.ts";

/** What a stretch of one series comes to. */
export interface Statistics {
  /** Consumption, or a rate times its time; undefined where neither means anything. */
  readonly amount: { readonly value: number; readonly unit: string } | undefined;
  /** Time-weighted; for counters and amounts the rate would be another series, so it is undefined. */
  readonly mean: number | undefined;
  readonly highest: { readonly value: number; readonly tMs: number } | undefined;
  readonly lowest: { readonly value: number; readonly tMs: number } | undefined;
  readonly readings: number;
  /** Shares of the time up to now; they sum to 1. */
  readonly measured: number;
  readonly estimated: number;
  readonly missing: number;
  /** How often a register fell: a swap or a restart; such a step is no consumption. */
  readonly falls: number;
}

export interface StatisticsRules {
  readonly kind: string;
  readonly unit: string;
  readonly everyMs?: number;
  readonly gapMs: number;
  readonly nowMs: number;
}

/**
 * Statistics of a column over [from, to).
 * Missing: gaps enter no sum and no mean; they are told apart in `missing`.
 */
export function statisticsOf(column: ChartColumn, span: TimeSpan, rules: StatisticsRules): Statistics {
  const known = timeSums(column, span, rules);
  const counter = rules.kind === "counter" ? counterSum(column, span) : undefined;
  const extremes = extremesOf(column, span);
  const lengthMs = Math.max(0, Math.min(span.toMs, rules.nowMs) - span.fromMs);
  const missingMs = totalMs(findGaps(column, span, rules)) + known.holesMs;
  const share = (ms: number) => (lengthMs > 0 ? Math.min(1, Math.max(0, ms / lengthMs)) : 0);
  const missing = lengthMs > 0 && extremes.readings === 0 ? 1 : share(missingMs);
  const estimated = Math.min(1 - missing, share(known.filledMs));
  return {
    amount: amountOf(column, span, { rules, integral: known.integral, counter }),
    mean: known.coveredMs > 0 && isRate(rules.kind) ? known.integral / known.coveredMs : undefined,
    ...extremes,
    measured: Math.max(0, 1 - missing - estimated),
    estimated,
    missing,
    falls: counter?.falls ?? 0,
  };
}

const isRate = (kind: string): boolean => kind !== "counter" && kind !== "delta" && kind !== "state";

function timeSums(column: ChartColumn, span: TimeSpan, rules: StatisticsRules) {
  const between: SegmentRules["between"] = rules.kind === "state" || rules.kind === "price" ? "hold" : "join";
  const sums = { integral: 0, coveredMs: 0, filledMs: 0, holesMs: 0 };
  const how = { between, ...(rules.everyMs === undefined ? {} : { everyMs: rules.everyMs }) };
  for (const segment of segmentsOf(column, { ...span, toMs: Math.min(span.toMs, rules.nowMs) }, how)) {
    const ms = (segment.toMs - segment.fromMs) * segment.covered;
    sums.integral += segment.mean * ms;
    sums.coveredMs += ms;
    sums.holesMs += segment.toMs - segment.fromMs - ms;
    if (segment.filled) sums.filledMs += ms;
  }
  return sums;
}

interface AmountParts {
  readonly rules: StatisticsRules;
  readonly integral: number;
  readonly counter: { readonly value: number } | undefined;
}

function amountOf(column: ChartColumn, span: TimeSpan, { rules, integral, counter }: AmountParts): Statistics["amount"] {
  if (counter !== undefined) return { value: counter.value, unit: rules.unit };
  const rate = integralUnit(rules.unit);
  if (rules.kind === "delta" || (rules.kind === "interval" && rate === undefined && isAmount(rules.unit))) {
    return { value: amountSum(column, span), unit: rules.unit };
  }
  if (rate === undefined || !isRate(rules.kind)) return undefined;
  return { value: integral * rate.perMs, unit: rate.unit };
}

const AMOUNTS: ReadonlySet<string> = new Set([
  "Wh",
  "kWh",
  "MWh",
  "GWh",
  "m³",
  "L",
  "gal",
  "ft³",
  "pulses",
  "VAh",
  "kVAh",
  "varh",
  "kvarh",
]);
const isAmount = (unit: string): boolean => AMOUNTS.has(unit);

/** Σ of what each row brought; an aggregate's mean stands for each of its readings. Rows across an edge count by their share. */
function amountSum(column: ChartColumn, span: TimeSpan): number {
  let sum = 0;
  for (let row = Math.max(0, firstAt(column, span.fromMs) - 1); row < column.tMs.length; row++) {
    const start = column.startMs[row] ?? 0;
    const end = column.endMs[row] ?? 0;
    if (start >= span.toMs) break;
    const value = countedValue(column, row) * (column.count[row] ?? 1);
    if (Number.isNaN(value)) continue;
    if (end > start) sum += (value * Math.max(0, Math.min(end, span.toMs) - Math.max(start, span.fromMs))) / (end - start);
    else if (end >= span.fromMs && end < span.toMs) sum += value;
  }
  return sum;
}

/**
 * What a register counted inside a span: the sum of its rises. A register is known at the ends of rows alone, so the row
 * before the span is where counting starts; a fall is no consumption and is counted as a fall.
 */
export function counterSum(column: ChartColumn, span: TimeSpan): { readonly value: number; readonly falls: number } {
  let value = 0;
  let falls = 0;
  let before: number | undefined;
  for (let row = Math.max(0, firstAt(column, span.fromMs + 1) - 1); row < column.tMs.length; row++) {
    const t = column.tMs[row] ?? 0;
    if (t > span.toMs) break;
    const now = countedValue(column, row);
    if (Number.isNaN(now)) continue;
    // Without a row before the span, an aggregate still knows the lowest reading it began with.
    const start = before ?? (t > span.fromMs ? column.min[row] : undefined);
    if (start !== undefined && now >= start) value += now - start;
    else if (start !== undefined) falls += 1;
    before = now;
  }
  return { value, falls };
}

function extremesOf(column: ChartColumn, span: TimeSpan): Pick<Statistics, "highest" | "lowest" | "readings"> {
  let highest: { value: number; tMs: number } | undefined;
  let lowest: { value: number; tMs: number } | undefined;
  let readings = 0;
  for (let row = firstAt(column, span.fromMs); row < column.tMs.length; row++) {
    const tMs = column.tMs[row] ?? 0;
    if (tMs >= span.toMs) break;
    const high = column.max[row] ?? Number.NaN;
    const low = column.min[row] ?? Number.NaN;
    readings += column.count[row] ?? 1;
    if (column.counted[row] !== 1) continue;
    if (!Number.isNaN(high) && (highest === undefined || high > highest.value)) highest = { value: high, tMs };
    if (!Number.isNaN(low) && (lowest === undefined || low < lowest.value)) lowest = { value: low, tMs };
  }
  return { highest, lowest, readings };
}
