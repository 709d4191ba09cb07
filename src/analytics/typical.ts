import { isWhole, type LocalDay, type LocalDays, slotAt, weekdayOf } from "./local-days.ts";
import { median } from "./median.ts";

/** With fewer days nothing is typical. */
export const LEAST_DAYS = 4;
/** Days of one weekday that are looked back on. */
const LAST_DAYS = 8;
const DAYS_OF_YEAR = 365;
/** Fewer days than this do not tell what a year is like. */
const LEAST_OF_YEAR = 28;

/** What a weekday is usually like. Missing: NaN per slot with fewer than four days that know it. */
export interface TypicalDay {
  /** Days it rests on. */
  readonly days: number;
  readonly slotMs: number;
  /** Mean power by the time on the clock. */
  readonly powerKw: Float64Array;
}

export interface TypicalOptions {
  /** The first instant of a holiday's date goes by Sundays. */
  readonly isHoliday?: (dayMs: number) => boolean;
}

/** The typical day for the weekday of an instant: per slot of the clock the median of the same weekdays before it. */
export function typicalDay(days: LocalDays, atMs: number, options: TypicalOptions = {}): TypicalDay {
  const alike = sameDays(days, days.zone.dayStart(atMs), options);
  const slots = alike[0]?.powerKw.length ?? 0;
  const powerKw = Float64Array.from({ length: slots }, (_, slot) => {
    const known = alike.map((day) => day.powerKw[slot] as number).filter((kw) => !Number.isNaN(kw));
    return known.length < LEAST_DAYS ? Number.NaN : median(known);
  });
  return { days: alike.length, slotMs: days.slotMs, powerKw };
}

/** Typical power of a range, a row per slot, by when it begins. `days`: fewest days a part of it rests on. Missing: NaN. */
export interface TypicalPower {
  readonly tMs: Float64Array;
  readonly powerKw: Float64Array;
  readonly days: number;
}

/** Every local day of a range by its own weekday; an hour that comes twice has its row twice. */
export function typicalPower(days: LocalDays, range: { fromMs: number; toMs: number }, options: TypicalOptions = {}): TypicalPower {
  const tMs: number[] = [];
  const powerKw: number[] = [];
  let fewest = Infinity;
  for (const dayMs of days.zone.starts("day", range.fromMs, range.toMs)) {
    const typical = typicalDay(days, dayMs, options);
    const endMs = days.zone.nextStart("day", dayMs);
    fewest = Math.min(fewest, typical.days);
    for (let at = dayMs; at < endMs; at += days.slotMs) {
      if (at + days.slotMs <= range.fromMs || at >= range.toMs) continue;
      tMs.push(at);
      powerKw.push(typical.powerKw[slotAt(at, days)] ?? Number.NaN);
    }
  }
  return { tMs: Float64Array.from(tMs), powerKw: Float64Array.from(powerKw), days: Number.isFinite(fewest) ? fewest : 0 };
}

/** What a stretch usually takes. Missing: NaN with too few days to compare with. */
export interface TypicalEnergy {
  readonly wholeKwh: number;
  /** Until the same moment. */
  readonly soFarKwh: number;
}

export interface TypicalAsked {
  readonly unit: "day" | "week" | "month" | "year";
  /** An instant of the stretch. */
  readonly atMs: number;
  /** First instant of the stretch, where it is no local unit that `atMs` lies in. */
  readonly fromMs?: number;
}

/**
 * Typical energy of the local day, week, month or year an instant lies in, whole and until that instant. A day is the median of
 * the same weekdays before it; weeks and months are their days; a year is its days at the mean of the last 365.
 */
export function typicalEnergy(days: LocalDays, { unit, atMs, fromMs }: TypicalAsked, options: TypicalOptions = {}): TypicalEnergy {
  const { zone } = days;
  const startMs = fromMs ?? zone.startOf(unit, atMs);
  const endMs = zone.nextStart(unit, startMs);
  if (unit === "year") return ofYear(days, { startMs, atMs, endMs });
  const seen = new Map<number, TypicalEnergy>();
  // Days to come have no weekdays of their own before them: the last ones there are stand for all of the stretch.
  const todayMs = zone.dayStart(atMs);
  const ofWeekday = (dayMs: number): TypicalEnergy => {
    const weekday = options.isHoliday?.(dayMs) ? 6 : weekdayOf(dayMs, zone);
    const known = seen.get(weekday) ?? ofDay(before(days, todayMs, weekday), days, atMs);
    seen.set(weekday, known);
    return known;
  };
  let [wholeKwh, soFarKwh] = [0, 0];
  for (const dayMs of zone.starts("day", startMs, endMs)) {
    const typical = ofWeekday(dayMs);
    wholeKwh += typical.wholeKwh;
    if (dayMs < todayMs) soFarKwh += typical.wholeKwh;
    else if (dayMs === todayMs) soFarKwh += typical.soFarKwh;
  }
  return { wholeKwh, soFarKwh };
}

/** Whole day, and until the time the clock shows at an instant. */
function ofDay(alike: readonly LocalDay[], days: LocalDays, atMs: number): TypicalEnergy {
  const whole = alike.filter(isWhole);
  if (whole.length < LEAST_DAYS) return { wholeKwh: Number.NaN, soFarKwh: Number.NaN };
  return { wholeKwh: median(whole.map((day) => day.energyKwh)), soFarKwh: median(whole.map((day) => untilKwh(day, days, atMs))) };
}

/** Energy of a day until the time the clock shows at another instant. Its slots are brought to the day's own energy. */
function untilKwh({ powerKw, energyKwh }: LocalDay, days: LocalDays, atMs: number): number {
  const { zone, slotMs } = days;
  const last = slotAt(atMs, days);
  const localMs = zone.localOf(atMs);
  const share = (localMs - Math.floor(localMs / slotMs) * slotMs) / slotMs;
  let [until, all] = [0, 0];
  for (let slot = 0; slot < powerKw.length; slot += 1) {
    const kw = powerKw[slot] as number;
    if (Number.isNaN(kw)) continue;
    all += kw;
    until += slot < last ? kw : slot === last ? kw * share : 0;
  }
  return all === 0 ? (energyKwh * (last + share)) / powerKw.length : (energyKwh * until) / all;
}

function ofYear({ days, zone }: LocalDays, { startMs, atMs, endMs }: { startMs: number; atMs: number; endMs: number }): TypicalEnergy {
  const todayMs = zone.dayStart(atMs);
  const sinceMs = zone.addDays(todayMs, -DAYS_OF_YEAR);
  const whole = days.filter((day) => day.fromMs >= sinceMs && day.fromMs < todayMs && isWhole(day));
  if (whole.length < LEAST_OF_YEAR) return { wholeKwh: Number.NaN, soFarKwh: Number.NaN };
  const perMs = whole.reduce((sum, day) => sum + day.energyKwh, 0) / whole.reduce((sum, day) => sum + day.toMs - day.fromMs, 0);
  return { wholeKwh: perMs * (endMs - startMs), soFarKwh: perMs * (atMs - startMs) };
}

/** The last days of the weekday of a day, before it. */
function sameDays(days: LocalDays, dayMs: number, { isHoliday }: TypicalOptions): LocalDay[] {
  return before(days, dayMs, isHoliday?.(dayMs) ? 6 : weekdayOf(dayMs, days.zone));
}

function before({ days }: LocalDays, dayMs: number, weekday: number): LocalDay[] {
  return days.filter((day) => day.weekday === weekday && day.toMs <= dayMs && day.seenMs > 0).slice(-LAST_DAYS);
}
