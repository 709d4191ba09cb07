import { type ChartColumn, firstAt } from "#web/charts/chart-column.ts";
import type { TimeSpan } from "#web/charts/time-ticks.ts";

/** A stretch of time over which a series is known, with its mean there. */
export interface Segment extends TimeSpan {
  readonly mean: number;
  /** Share of the stretch that was really covered by readings, 0..1. */
  readonly covered: number;
  readonly filled: boolean;
}

export interface SegmentRules {
  /** `join`: straight between samples. `hold`: a sample holds until the next. */
  readonly between: "join" | "hold";
  /** Usual spacing of readings, to see holes inside an aggregate. */
  readonly everyMs?: number;
}

const FILLED_BIT = 2;
/** Heard, but with an alarm or a bad status: time without a number to count. */
const NOT_COUNTED = { mean: 0, covered: 0, filled: false };
/** Clocks of senders wander: an aggregate with nearly all of its readings is whole. */
const WHOLE_ENOUGH = 0.9;

/**
 * The known stretches of a column inside a span, cut at its edges.
 * Missing: gaps have no stretch; samples of no width need a neighbour, because one instant is no length of time.
 */
export function* segmentsOf(column: ChartColumn, span: TimeSpan, rules: SegmentRules): Generator<Segment> {
  const length = column.tMs.length;
  for (let row = Math.max(0, firstAt(column, span.fromMs) - 1); row < length; row++) {
    const wide = (column.endMs[row] ?? 0) > (column.startMs[row] ?? 0);
    if ((column.startMs[row] ?? 0) >= span.toMs) return;
    const found = wide ? aggregate(column, row, { span, rules }) : between(column, row, { span, rules });
    if (found === undefined) continue;
    const fromMs = Math.max(found.fromMs, span.fromMs);
    const toMs = Math.min(found.toMs, span.toMs);
    if (toMs > fromMs) yield { ...found, fromMs, toMs };
  }
}

function aggregate(column: ChartColumn, row: number, { span, rules }: { span: TimeSpan; rules: SegmentRules }): Segment | undefined {
  const mean = column.value[row] ?? Number.NaN;
  if (Number.isNaN(mean)) return undefined;
  const fromMs = column.startMs[row] ?? 0;
  const toMs = column.endMs[row] ?? 0;
  if (column.counted[row] !== 1) return { fromMs, toMs, ...NOT_COUNTED };
  const heard = rules.everyMs === undefined ? 1 : perMs(column, row, span.toMs) / usualPerMs(column, row, rules.everyMs);
  return { fromMs, toMs, mean, covered: heard < WHOLE_ENOUGH ? heard : 1, filled: isFilled(column, row) };
}

/** Neighbours on each side that tell how often a sender spoke at that time. */
const NEIGHBOURS = 3;

/** Readings per millisecond of a row; of one that is still filling, up to `untilMs`. */
function perMs(column: ChartColumn, row: number, untilMs = Number.POSITIVE_INFINITY): number {
  const widthMs = Math.min(column.endMs[row] ?? 0, untilMs) - (column.startMs[row] ?? 0);
  return widthMs > 0 ? (column.count[row] ?? 1) / widthMs : 0;
}

/**
 * How often the sender usually spoke around a row. It may have spoken less often in the past, or its past may be kept
 * thinner, so today's spacing is only the most that is expected; on each side the busiest neighbour tells, and of the two
 * sides the quieter one, so that a row beside a change of pace is judged by its own.
 */
function usualPerMs(column: ChartColumn, row: number, everyMs: number): number {
  const busiest = (step: number): number => {
    let most = perMs(column, row);
    for (let away = 1; away <= NEIGHBOURS; away++) most = Math.max(most, perMs(column, row + step * away));
    return most;
  };
  const last = row + 1 >= column.tMs.length;
  const before = row === 0 ? Number.POSITIVE_INFINITY : busiest(-1);
  const after = last ? Number.POSITIVE_INFINITY : busiest(1);
  return Math.min(1 / everyMs, before, after);
}

function between(column: ChartColumn, row: number, { span, rules }: { span: TimeSpan; rules: SegmentRules }): Segment | undefined {
  const next = row + 1;
  const a = column.value[row] ?? Number.NaN;
  const b = column.value[next] ?? Number.NaN;
  if (next >= column.tMs.length || column.broken[next] === 1 || Number.isNaN(a)) return undefined;
  const fromMs = column.tMs[row] ?? 0;
  // The neighbour may be an aggregate: the stretch ends where that begins.
  const toMs = Math.min(column.tMs[next] ?? 0, Math.max(fromMs, column.startMs[next] ?? 0));
  const filled = isFilled(column, row) && isFilled(column, next);
  const refused = column.counted[row] !== 1 || (rules.between === "join" && column.counted[next] !== 1);
  if (refused) return { fromMs, toMs, ...NOT_COUNTED };
  if (rules.between === "hold") return { fromMs, toMs, mean: a, covered: 1, filled: isFilled(column, row) };
  if (Number.isNaN(b)) return undefined;
  // The mean of a straight line over a part of it is its value in the middle of that part.
  const middle = (Math.max(fromMs, span.fromMs) + Math.min(toMs, span.toMs)) / 2;
  const share = toMs > fromMs ? (middle - fromMs) / (toMs - fromMs) : 0;
  return { fromMs, toMs, mean: a + (b - a) * share, covered: 1, filled };
}

/** The value of a row, or NaN where it must not enter sums. */
export function countedValue(column: ChartColumn, row: number): number {
  return column.counted[row] === 1 ? (column.value[row] ?? Number.NaN) : Number.NaN;
}

const isFilled = (column: ChartColumn, row: number): boolean => ((column.quality[row] ?? 0) & FILLED_BIT) !== 0;
