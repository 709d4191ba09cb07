import { isWhole, type LocalDay, type LocalDays } from "./local-days.ts";
import { median } from "./median.ts";

/** Energy that is still to come, out of a meter's own history. */
export interface ExpectedRest {
  readonly restKwh: number;
  /** Half the width of what it can be: two times out of three it is no further off. */
  readonly plusMinusKwh: number;
  /** `last-year`: the same days of the year before, as this year runs against it. `mean`: the usual day. */
  readonly method: "last-year" | "mean";
  /** How this year runs against the last one; 1 where that is not known. */
  readonly ratio: number;
  /** Days of history it rests on. */
  readonly days: number;
}

const LEAST_DAYS = 14;
const MEAN_DAYS = 60;
/** Days that are held against the same ones of last year. */
const RATIO_DAYS = 90;
/** 52 weeks: the same weekday of the same season. */
const YEAR_DAYS = 364;
/** Of the days that are asked of last year, so many have to be known. */
const KNOWN_SHARE = 0.8;
const MOST_RATIO = 3;
const WEEK = 7;
const UNSEEN_SEASON = 0.25;
/** The median distance of a normal distribution, in standard deviations. */
const MAD_TO_SD = 1.4826;

/**
 * What a stretch will still take from now until its end.
 * Missing: undefined with fewer than 14 whole days of history.
 */
export function expectedRest(history: LocalDays, { nowMs, toMs }: { nowMs: number; toMs: number }): ExpectedRest | undefined {
  const { zone } = history;
  const todayMs = zone.dayStart(nowMs);
  const byDay = new Map(history.days.filter((day) => day.toMs <= todayMs && isWhole(day)).map((day) => [day.fromMs, day]));
  if (byDay.size < LEAST_DAYS) return undefined;
  const coming = zone
    .starts("day", nowMs, toMs)
    .map((dayMs) => ({ dayMs, share: shareAhead(dayMs, zone.nextStart("day", dayMs), { nowMs, toMs }) }));
  const yearBefore = (dayMs: number): LocalDay | undefined => byDay.get(zone.addDays(dayMs, -YEAR_DAYS));
  const known = coming.filter(({ dayMs }) => yearBefore(dayMs) !== undefined);
  const ratios = known.length >= KNOWN_SHARE * coming.length ? ratioOf(byDay, yearBefore, { zone: history.zone, todayMs }) : undefined;
  return ratios === undefined ? byMean([...byDay.values()], coming) : byLastYear(coming, yearBefore, { ratios, known });
}

/**
 * What a stretch nobody metered is taken to have used: so many usual days. It can be off by a quarter, like any season nobody has seen.
 * Missing: undefined with fewer than 14 whole days of history.
 */
export function usualEnergy({ zone, days }: LocalDays, { fromMs, toMs }: { fromMs: number; toMs: number }): UsualEnergy | undefined {
  const whole = days.filter(isWhole);
  if (whole.length < LEAST_DAYS) return undefined;
  const coming = zone
    .starts("day", fromMs, toMs)
    .map((dayMs) => ({ dayMs, share: shareAhead(dayMs, zone.nextStart("day", dayMs), { nowMs: fromMs, toMs }) }));
  const { restKwh } = byMean(whole, coming);
  return { kwh: restKwh, plusMinusKwh: UNSEEN_SEASON * restKwh };
}

export interface UsualEnergy {
  readonly kwh: number;
  readonly plusMinusKwh: number;
}

interface Coming {
  readonly dayMs: number;
  /** How much of the day is still to come. */
  readonly share: number;
}

function shareAhead(dayMs: number, endMs: number, { nowMs, toMs }: { nowMs: number; toMs: number }): number {
  return Math.max(0, Math.min(endMs, toMs) - Math.max(dayMs, nowMs)) / (endMs - dayMs);
}

interface Ratios {
  readonly ratio: number;
  /** How far a week's is usually off. */
  readonly spread: number;
  readonly days: number;
}

/** How the last days run against the same ones a year before. Missing: undefined where too few of them are known twice. */
function ratioOf(
  byDay: ReadonlyMap<number, LocalDay>,
  yearBefore: (dayMs: number) => LocalDay | undefined,
  { zone, todayMs }: Pick<LocalDays, "zone"> & { todayMs: number },
): Ratios | undefined {
  const pairs: { now: number; earlier: number }[] = [];
  for (let back = 1; back <= RATIO_DAYS; back += 1) {
    const dayMs = zone.addDays(todayMs, -back);
    const [now, earlier] = [byDay.get(dayMs), yearBefore(dayMs)];
    if (now && earlier) pairs.push({ now: now.energyKwh, earlier: earlier.energyKwh });
  }
  if (pairs.length < LEAST_DAYS) return undefined;
  const sums = (some: readonly { now: number; earlier: number }[]): number =>
    some.reduce((sum, { now }) => sum + now, 0) / some.reduce((sum, { earlier }) => sum + earlier, 0);
  const ratio = sums(pairs);
  if (!(ratio >= 1 / MOST_RATIO && ratio <= MOST_RATIO)) return undefined;
  const weekly: number[] = [];
  for (let at = 0; at + WEEK <= pairs.length; at += WEEK) weekly.push(Math.abs(sums(pairs.slice(at, at + WEEK)) - ratio));
  return { ratio, spread: MAD_TO_SD * median(weekly), days: pairs.length };
}

/** Days nobody knows of last year are like the mean of those that are known. */
function byLastYear(
  coming: readonly Coming[],
  yearBefore: (dayMs: number) => LocalDay | undefined,
  { ratios, known }: { ratios: Ratios; known: readonly Coming[] },
): ExpectedRest {
  const shares = (some: readonly Coming[]): number => some.reduce((sum, { share }) => sum + share, 0);
  const kwh = known.reduce((sum, { dayMs, share }) => sum + share * (yearBefore(dayMs)?.energyKwh ?? 0), 0);
  const lastYearKwh = shares(known) === 0 ? 0 : (kwh / shares(known)) * shares(coming);
  const { ratio, spread } = ratios;
  return {
    restKwh: lastYearKwh * ratio,
    plusMinusKwh: lastYearKwh * off(spread, { weeksSeen: ratios.days / WEEK, weeksAhead: coming.length / WEEK }),
    method: "last-year",
    ratio,
    days: ratios.days + known.length,
  };
}

function byMean(days: readonly LocalDay[], coming: readonly Coming[]): ExpectedRest {
  const last = days.slice(-MEAN_DAYS);
  const mean = last.reduce((sum, { energyKwh }) => sum + energyKwh, 0) / last.length;
  const weekly: number[] = [];
  for (let at = 0; at + WEEK <= last.length; at += WEEK) {
    weekly.push(Math.abs(last.slice(at, at + WEEK).reduce((sum, { energyKwh }) => sum + energyKwh, 0) / WEEK - mean));
  }
  const ahead = coming.reduce((sum, { share }) => sum + share, 0);
  const scatter = off(MAD_TO_SD * median(weekly), { weeksSeen: last.length / WEEK, weeksAhead: coming.length / WEEK });
  return {
    restKwh: mean * ahead,
    plusMinusKwh: ahead * Math.hypot(scatter, mean * unseenSeasons(ahead, last.length)),
    method: "mean",
    ratio: 1,
    days: last.length,
  };
}

/** How far the mean of weeks to come is off: they scatter, and what they are held against does too. */
function off(spread: number, { weeksSeen, weeksAhead }: { weeksSeen: number; weeksAhead: number }): number {
  return spread * Math.sqrt(1 / Math.max(1, weeksSeen) + 1 / Math.max(1, weeksAhead));
}

/** A season nobody has seen yet is unlike this one by up to a quarter, the more so the longer it is. */
function unseenSeasons(ahead: number, seen: number): number {
  return ahead > seen ? UNSEEN_SEASON * Math.min(1, ahead / 180) : 0;
}
