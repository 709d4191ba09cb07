import { DAY_MS } from "#calendar/civil.ts";
import type { Zone } from "#calendar/zone.ts";
import type { Intervals } from "./intervals.ts";

/** Energy of local days, by the time on the clock. */
export interface LocalDays {
  readonly zone: Zone;
  /** Width of a slot: the length of the intervals. */
  readonly slotMs: number;
  /** Ascending, one after another without a hole. */
  readonly days: readonly LocalDay[];
}

export interface LocalDay {
  readonly fromMs: number;
  readonly toMs: number;
  /** 0 is Monday; a holiday is a Sunday. */
  readonly weekday: number;
  /** NaN where nothing is known. */
  readonly energyKwh: number;
  /** Time that was observed. */
  readonly seenMs: number;
  /**
   * Mean power per slot of the clock, kW; what the clock showed twice is a mean, what it skipped and what is not known is NaN. A
   * slot is the local time it began at.
   */
  readonly powerKw: Float64Array;
}

/** Less than this unobserved, a day is whole. */
const MOST_UNSEEN_MS = 3_600_000;

export interface LocalDayOptions {
  /** Whether a day, by its first instant, goes by the habits of a Sunday. */
  readonly isHoliday?: (dayMs: number) => boolean;
}

/** Intervals by local day. The first and the last day are there as far as the intervals reach. */
export function localDays(intervals: Intervals, zone: Zone, { isHoliday }: LocalDayOptions = {}): LocalDays {
  const { tMs, lengthMs } = intervals;
  const days: LocalDay[] = [];
  let i = 0;
  while (i < tMs.length) {
    const fromMs = zone.dayStart((tMs[i] as number) - 1);
    const toMs = zone.nextStart("day", fromMs);
    const first = i;
    while (i < tMs.length && (tMs[i] as number) <= toMs) i += 1;
    const weekday = isHoliday?.(fromMs) ? 6 : weekdayOf(fromMs, zone);
    days.push(dayOf(intervals, { first, end: i }, { zone, fromMs, toMs, weekday }));
  }
  return { zone, slotMs: lengthMs, days };
}

/** 0 is Monday. */
export function weekdayOf(tMs: number, zone: Zone): number {
  // Day 0 of the epoch was a Thursday.
  return (((Math.floor(zone.localOf(tMs) / DAY_MS) + 3) % 7) + 7) % 7;
}

/** Whether the day was observed but for less than an hour. */
export function isWhole({ fromMs, toMs, seenMs, energyKwh }: LocalDay): boolean {
  return toMs - fromMs - seenMs < MOST_UNSEEN_MS && !Number.isNaN(energyKwh);
}

/** The slot of the clock an instant lies in. */
export function slotAt(tMs: number, { zone, slotMs }: Pick<LocalDays, "zone" | "slotMs">): number {
  const localMs = zone.localOf(tMs);
  return Math.floor((localMs - Math.floor(localMs / DAY_MS) * DAY_MS) / slotMs);
}

interface Place {
  readonly zone: Zone;
  readonly fromMs: number;
  readonly toMs: number;
  readonly weekday: number;
}

function dayOf(intervals: Intervals, rows: { first: number; end: number }, { zone, ...day }: Place): LocalDay {
  const { tMs, lengthMs, energyKwh, powerKw, coverage } = intervals;
  const sums = new Float64Array(DAY_MS / lengthMs);
  const counts = new Uint8Array(sums.length);
  let [kwh, known, seenMs] = [0, 0, 0];
  for (let i = rows.first; i < rows.end; i += 1) {
    const startMs = Math.max(day.fromMs, (tMs[i] as number) - lengthMs);
    seenMs += (coverage[i] as number) * ((tMs[i] as number) - startMs);
    if (Number.isNaN(energyKwh[i])) continue;
    kwh += energyKwh[i] as number;
    known += 1;
    const slot = slotAt(startMs, { zone, slotMs: lengthMs });
    sums[slot] = (sums[slot] as number) + (powerKw[i] as number);
    counts[slot] = (counts[slot] as number) + 1;
  }
  const mean = sums.map((sum, slot) => (counts[slot] === 0 ? Number.NaN : sum / (counts[slot] as number)));
  return { ...day, energyKwh: known === 0 ? Number.NaN : kwh, seenMs, powerKw: mean };
}
