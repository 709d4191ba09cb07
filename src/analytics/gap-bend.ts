import { DAY_MS, HOUR_MS, MINUTE_MS } from "#calendar/civil.ts";
import type { Zone } from "#calendar/zone.ts";
import { lowerBound } from "#series/column.ts";
import { GapShape } from "./gap-shape.ts";
import type { TimeRange } from "./interval-grid.ts";
import { weekdayOf } from "./local-days.ts";
import type { Pace } from "./meter-consumption.ts";
import { type MeterIndex, STEP } from "./meter-index.ts";

/** How what was used in a gap is spread over it: the share that was used by the end of each of equal parts of it; the last is 1. */
export interface GapBend extends TimeRange {
  readonly upTo: Float64Array;
}

/** A meter that is read this often as a rule, and where its clock hangs. */
export interface ReadOften {
  readonly everyMs: number;
  readonly zone: Zone;
}

/** Readings rarer than this say nothing about the hours of a day. */
const MOST_EVERY_MS = HOUR_MS;
/** A step longer than so many usual ones is a gap; one longer than a while belongs to the season, not to the hours. */
const GAP_STEPS = 1.5;
const LONGEST_GAP_MS = 62 * DAY_MS;
const LEAST_SLOT_MS = 15 * MINUTE_MS;
/** What is learned from, on either side. */
const AROUND_MS = 28 * DAY_MS;
const MOST_AROUND_CELLS = 10_000;
const LEAST_KNOWN_MS = 7 * DAY_MS;
const WEEKS_MS = 28 * DAY_MS;

/** Whether a step is a gap in readings at least hourly: no longer than a season, and something was used in it. */
export function isGap({ tMs, total, step }: MeterIndex, row: number, everyMs: number): boolean {
  const ms = (tMs[row] as number) - (tMs[row - 1] as number);
  const isLong = everyMs <= MOST_EVERY_MS && ms > GAP_STEPS * everyMs && ms <= LONGEST_GAP_MS;
  return isLong && (total[row] as number) > (total[row - 1] as number) && ((step[row] as number) & (STEP.unknown | STEP.extended)) === 0;
}

/** The stretch whose readings say how a gap is filled. */
export function aroundGap({ fromMs, toMs }: TimeRange, everyMs: number): TimeRange {
  const aroundMs = Math.min(AROUND_MS, MOST_AROUND_CELLS * everyMs);
  return { fromMs: fromMs - aroundMs, toMs: toMs + aroundMs };
}

/**
 * How a gap is filled: by its neighbours and by the habits of the meter through the day and the week, as far as both prove right at
 * gaps put into the time around it.
 * Shape:   the index with every reading of the stretch around the gap.
 * Missing: undefined with less than a week of readings around it: nothing can be learned; also where the gap is none of this index.
 */
export function gapBend(index: MeterIndex, gap: TimeRange, often: ReadOften): GapBend | undefined {
  const { everyMs } = often;
  const stretch = rowsWithin(index, aroundGap(gap, everyMs));
  const { tMs, total } = stretch;
  const firstMs = tMs[0] ?? gap.fromMs;
  if ((tMs.at(-1) ?? firstMs) - firstMs - (gap.toMs - gap.fromMs) < LEAST_KNOWN_MS) return undefined;
  const used = usedOf(stretch, everyMs);
  const shape = new GapShape({ used, expected: expectedOf(used, firstMs, often) });
  const from = Math.round((gap.fromMs - firstMs) / everyMs);
  const to = Math.max(from + 1, Math.round((gap.toMs - firstMs) / everyMs));
  const [begin, end] = [lowerBound(tMs, gap.fromMs), lowerBound(tMs, gap.toMs)];
  if (tMs[begin] !== gap.fromMs || tMs[end] !== gap.toMs) return undefined;
  const all = (total[end] as number) - (total[begin] as number);
  let sum = 0;
  const upTo = shape.amounts(from, to, all).map((amount) => {
    sum += amount;
    return Math.min(1, sum / all);
  });
  upTo[upTo.length - 1] = 1;
  return { fromMs: gap.fromMs, toMs: gap.toMs, upTo };
}

/** A pace that spreads within gaps as they are bent, and elsewhere as it did. Shape: bends ascending, without overlap. */
export function bentPace(pace: Pace, bends: readonly GapBend[]): Pace {
  if (bends.length === 0) return pace;
  const ends = Float64Array.from(bends, ({ toMs }) => toMs);
  const at = (tMs: number): number => {
    const bend = bends[lowerBound(ends, tMs)];
    if (bend === undefined || tMs <= bend.fromMs || tMs === bend.toMs) return pace.at(tMs);
    const from = pace.at(bend.fromMs);
    return from + (pace.at(bend.toMs) - from) * shareAt(bend, tMs);
  };
  return { at, name: `${pace.name}; in gaps of less than two months by the neighbours and the habits through the week` };
}

function shareAt({ fromMs, toMs, upTo }: GapBend, tMs: number): number {
  const at = ((tMs - fromMs) / (toMs - fromMs)) * upTo.length;
  const cell = Math.min(upTo.length - 1, Math.floor(at));
  const before = cell === 0 ? 0 : (upTo[cell - 1] as number);
  return before + ((upTo[cell] as number) - before) * (at - cell);
}

function rowsWithin({ tMs, total, register, step }: MeterIndex, range: TimeRange): MeterIndex {
  const [from, to] = [lowerBound(tMs, range.fromMs), lowerBound(tMs, range.toMs + 1)];
  return {
    tMs: tMs.subarray(from, to),
    total: total.subarray(from, to),
    register: register.subarray(from, to),
    step: step.subarray(from, to),
  };
}

/** What each cell of usual length used; NaN in gaps and where nobody knows. */
function usedOf({ tMs, total, step }: MeterIndex, everyMs: number): Float64Array {
  const firstMs = tMs[0] as number;
  const used = new Float64Array(Math.round(((tMs.at(-1) as number) - firstMs) / everyMs)).fill(Number.NaN);
  for (let i = 1; i < tMs.length; i += 1) {
    const [fromMs, toMs] = [tMs[i - 1] as number, tMs[i] as number];
    if (toMs - fromMs > GAP_STEPS * everyMs || (step[i] as number) & (STEP.unknown | STEP.extended | STEP.estimated)) continue;
    const cell = Math.floor(((fromMs + toMs) / 2 - firstMs) / everyMs);
    if (cell < used.length) used[cell] = (((total[i] as number) - (total[i - 1] as number)) / (toMs - fromMs)) * everyMs;
  }
  return used;
}

/** What a cell uses as a rule: mean of its time of day, times how its weekday compares. */
function expectedOf(used: Float64Array, firstMs: number, { everyMs, zone }: ReadOften): Float64Array {
  const slotMs = Math.max(LEAST_SLOT_MS, everyMs);
  const slots = new Means(Math.ceil(DAY_MS / slotMs));
  const weekdays = new Means(7);
  const slotOf = new Uint16Array(used.length);
  const weekdayIn = new Uint8Array(used.length);
  for (let cell = 0; cell < used.length; cell += 1) {
    const atMs = firstMs + (cell + 0.5) * everyMs;
    const localMs = zone.localOf(atMs);
    const slot = Math.floor((localMs - Math.floor(localMs / DAY_MS) * DAY_MS) / slotMs);
    const weekday = weekdayOf(atMs, zone);
    slotOf[cell] = slot;
    weekdayIn[cell] = weekday;
    const amount = used[cell] as number;
    if (Number.isNaN(amount)) continue;
    slots.add(slot, amount);
    weekdays.add(weekday, amount);
  }
  const isWeekKnown = used.length * everyMs >= WEEKS_MS;
  const [bySlot, byWeekday] = [slots.all(), weekdays.all()];
  const expected = new Float64Array(used.length);
  for (let cell = 0; cell < used.length; cell += 1) {
    expected[cell] = (bySlot[slotOf[cell] as number] as number) * (isWeekKnown ? (byWeekday[weekdayIn[cell] as number] as number) : 1);
  }
  return expected;
}

class Means {
  private readonly sums: Float64Array;
  private readonly counts: Uint32Array;

  constructor(length: number) {
    this.sums = new Float64Array(length);
    this.counts = new Uint32Array(length);
  }

  add(i: number, value: number): void {
    this.sums[i] = (this.sums[i] as number) + value;
    this.counts[i] = (this.counts[i] as number) + 1;
  }

  /** Each mean; the overall one where nothing was seen. */
  all(): Float64Array {
    const count = this.counts.reduce((all, n) => all + n, 0);
    const overall = this.sums.reduce((all, sum) => all + sum, 0) / Math.max(1, count);
    return this.sums.map((sum, i) => (this.counts[i] === 0 ? overall : sum / (this.counts[i] as number)));
  }
}
