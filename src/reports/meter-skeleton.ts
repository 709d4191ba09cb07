import { dayReadings } from "#analytics/day-readings.ts";
import { leaks } from "#analytics/leaks.ts";
import { medianSpacing } from "#analytics/median-spacing.ts";
import type { MeterAnomaly } from "#analytics/meter-anomaly.ts";
import { type JudgedReadings, type MeterEvent, type MeterIndex, STEP } from "#analytics/meter-index.ts";
import type { Zone } from "#calendar/zone.ts";
import { lowerBound } from "#series/column.ts";

/** Local days that hold a reading. Shape: columns of one length, ascending. */
export interface ReadDays {
  readonly dayMs: Float64Array;
  readonly readings: Uint32Array;
  /** The longest time without a reading that ends on the day. */
  readonly longestGapMs: Float64Array;
}

/** What is kept of a dial: enough for every grid of days, for anomalies and for how well it was read, and small however often it was read. */
export interface Skeleton {
  /** First and last reading of each local day, and both ends of every step of which more is known than its amount. */
  readonly index: MeterIndex;
  /** Ascending. */
  readonly events: readonly MeterEvent[];
  readonly leaks: readonly MeterAnomaly[];
  readonly days: ReadDays;
  /** Usual distance of its latest readings; NaN with fewer than three. */
  readonly everyMs: number;
}

export interface SkeletonRules {
  readonly zone: Zone;
  readonly unit: string;
  /** Whether flow without rest is told. */
  readonly watchesLeaks: boolean;
}

const LATEST_ROWS = 1_000;

/** Of everything that was read. */
export function skeletonOf({ index, events }: JudgedReadings, rules: SkeletonRules): Skeleton {
  return {
    index: ownIndex(dayReadings(index, rules.zone)),
    events,
    leaks: leaksOf(index, rules),
    days: daysOf(index, rules.zone),
    everyMs: everyOf(index),
  };
}

/** A stretch of readings that was judged with rows around it. */
export interface JudgedPiece {
  readonly judged: JudgedReadings;
  /** A first instant of a local day: rows before it are there to judge by. */
  readonly fromMs: number;
  /** Rows from here on are there to judge by. */
  readonly toMs: number;
}

/**
 * What is known up to a piece, with the piece in place of everything from its beginning on.
 * Missing: undefined where no reading before the piece is in both: then everything has to be read.
 */
export function spliced(before: Skeleton, { judged, fromMs, toMs }: JudgedPiece, rules: SkeletonRules): Skeleton | undefined {
  const { index } = judged;
  const end = lowerBound(index.tMs, toMs);
  const joint = jointOf(before.index, index, lowerBound(index.tMs, fromMs));
  if (joint === undefined) return undefined;
  const fine = rowsOf(index, joint.row, end);
  const piece = dayReadings(fine, rules.zone);
  const offset = (before.index.total[joint.beforeRow] as number) - (piece.total[0] as number);
  const tail = { ...rowsOf(piece, 1, piece.tMs.length), total: piece.total.subarray(1).map((total) => total + offset) };
  const firstMs = index.tMs[joint.row] as number;
  const told = leaksOf(rowsOf(index, 0, end), rules).filter((leak) => leak.toMs >= fromMs);
  // A leak that the piece begins within is told by the piece only if it knows where it began.
  const earlier = before.leaks.filter((leak) => leak.toMs < fromMs && !told.some(({ fromMs: begunMs }) => begunMs <= leak.fromMs));
  return {
    index: joinedIndex(rowsOf(before.index, 0, joint.beforeRow + 1), tail),
    events: [...before.events.filter(({ tMs }) => tMs < fromMs), ...judged.events.filter(({ tMs }) => tMs >= fromMs && tMs < toMs)],
    leaks: [...earlier, ...told],
    days: joinedDays(before.days, daysOf(fine, rules.zone), rules.zone.nextStart("day", firstMs)),
    everyMs: everyOf(rowsOf(index, 0, end)),
  };
}

/** The index with the readings of a stretch in full, until `toMs` at least. The same index where the two have no reading in common. */
export function withFine(index: MeterIndex, fine: MeterIndex, toMs: number): MeterIndex {
  const first = firstCommon(index, fine);
  // Further on the index is right already; the stretch ends where what it was judged by ends.
  const last = firstCommon(index, fine, lowerBound(fine.tMs, toMs)) ?? lastCommon(index, fine, fine.tMs.length);
  if (first === undefined || last === undefined || first.row >= last.row) return index;
  const offset = (index.total[first.beforeRow] as number) - (fine.total[first.row] as number);
  const off = (index.total[last.beforeRow] as number) - offset - (fine.total[last.row] as number);
  // Judged with fewer rows around, a reading in doubt may have counted otherwise: then what was judged with more is right.
  if (Math.abs(off) > 1e-6 * Math.max(1, Math.abs(fine.total[last.row] as number))) return index;
  const inner = rowsOf(fine, first.row + 1, last.row);
  return joinedIndex(
    rowsOf(index, 0, first.beforeRow + 1),
    { ...inner, total: inner.total.map((total) => total + offset) },
    rowsOf(index, last.beforeRow, index.tMs.length),
  );
}

/** Rows of an index as views. */
export function rowsOf({ tMs, total, register, step }: MeterIndex, from: number, to: number): MeterIndex {
  return {
    tMs: tMs.subarray(from, to),
    total: total.subarray(from, to),
    register: register.subarray(from, to),
    step: step.subarray(from, to),
  };
}

interface Joint {
  readonly row: number;
  readonly beforeRow: number;
}

/** The last reading before a row that both have. */
function jointOf(before: MeterIndex, index: MeterIndex, endRow: number): Joint | undefined {
  return lastCommon(before, index, endRow);
}

function lastCommon(before: MeterIndex, index: MeterIndex, endRow: number): Joint | undefined {
  for (let row = endRow - 1; row >= 0; row -= 1) {
    const beforeRow = rowAt(before.tMs, index.tMs[row] as number);
    if (beforeRow !== undefined) return { row, beforeRow };
  }
  return undefined;
}

function firstCommon(before: MeterIndex, index: MeterIndex, fromRow = 0): Joint | undefined {
  for (let row = fromRow; row < index.tMs.length; row += 1) {
    const beforeRow = rowAt(before.tMs, index.tMs[row] as number);
    if (beforeRow !== undefined) return { row, beforeRow };
  }
  return undefined;
}

function rowAt(tMs: Float64Array, atMs: number): number | undefined {
  const row = lowerBound(tMs, atMs);
  return tMs[row] === atMs ? row : undefined;
}

function joinedIndex(...pieces: readonly MeterIndex[]): MeterIndex {
  const n = pieces.reduce((sum, { tMs }) => sum + tMs.length, 0);
  const into = { tMs: new Float64Array(n), total: new Float64Array(n), register: new Float64Array(n), step: new Uint8Array(n) };
  let at = 0;
  for (const { tMs, total, register, step } of pieces) {
    into.tMs.set(tMs, at);
    into.total.set(total, at);
    into.register.set(register, at);
    into.step.set(step, at);
    at += tMs.length;
  }
  return into;
}

/** An index in memory of its own, so that it keeps no column of readings alive. */
export function ownIndex(index: MeterIndex): MeterIndex {
  return joinedIndex(index);
}

function leaksOf(index: MeterIndex, { zone, unit, watchesLeaks }: SkeletonRules): MeterAnomaly[] {
  return watchesLeaks && index.tMs.length > 1 ? leaks(index, { zone, unit }) : [];
}

function everyOf({ tMs }: MeterIndex): number {
  return medianSpacing(tMs.subarray(Math.max(0, tMs.length - LATEST_ROWS)));
}

/** The first row of the index has nothing before it. */
function daysOf({ tMs, step }: MeterIndex, zone: Zone): ReadDays {
  const days: ReadDay[] = [];
  let beforeMs = tMs[0] ?? 0;
  for (let i = 0; i < tMs.length; ) {
    const first = tMs[i] as number;
    const endMs = zone.nextStart("day", first);
    let count = 0;
    let longestMs = 0;
    for (; i < tMs.length && (tMs[i] as number) < endMs; i += 1) {
      const at = tMs[i] as number;
      if (((step[i] as number) & STEP.amount) === 0) count += 1;
      if (at - beforeMs > longestMs) longestMs = at - beforeMs;
      beforeMs = at;
    }
    days.push({ dayMs: zone.dayStart(first), count, longestMs });
  }
  return {
    dayMs: Float64Array.from(days, ({ dayMs }) => dayMs),
    readings: Uint32Array.from(days, ({ count }) => count),
    longestGapMs: Float64Array.from(days, ({ longestMs }) => longestMs),
  };
}

interface ReadDay {
  readonly dayMs: number;
  readonly count: number;
  readonly longestMs: number;
}

/** Days of the first until an instant, then those of the second. */
function joinedDays(first: ReadDays, second: ReadDays, atMs: number): ReadDays {
  const end = lowerBound(first.dayMs, atMs);
  const from = lowerBound(second.dayMs, atMs);
  const days = end + second.dayMs.length - from;
  const joined = { dayMs: new Float64Array(days), readings: new Uint32Array(days), longestGapMs: new Float64Array(days) };
  for (const name of ["dayMs", "readings", "longestGapMs"] as const) {
    joined[name].set(first[name].subarray(0, end));
    joined[name].set(second[name].subarray(from), end);
  }
  return joined;
}
