import { convertDifference } from "#units/unit.ts";

export type DayType = "working" | "saturday" | "sunday";

/** A local day that could be compared with. */
export interface DayFacts {
  /** Local date, `2026-07-14`. */
  readonly date: string;
  readonly type: DayType;
  /** Outdoor temperature at the time asked about; NaN unknown. */
  readonly outdoor: number;
}

export interface SimilarDays<D extends DayFacts> {
  /** Newest first. */
  readonly days: readonly D[];
  /** False with fewer than three. */
  readonly enough: boolean;
  readonly by: "outdoor" | "nearest";
  /** Why those, and how many were looked at: "7 of 21 working days: outdoor temperature within 3 K at that time". */
  readonly method: string;
}

export interface SimilarOptions {
  readonly outdoorUnit: "°C" | "°F";
}

/** Fewer do not tell what is usual. */
export const LEAST_SIMILAR = 3;
const MOST_SIMILAR = 20;
const OUTDOOR_K = 3;

const PLURAL: Readonly<Record<DayType, string>> = { working: "working days", saturday: "Saturdays", sunday: "Sundays and holidays" };

/** A holiday is a Sunday. `weekday`: 1 Monday to 7 Sunday. */
export function dayTypeOf(weekday: number, isHoliday: boolean): DayType {
  if (isHoliday || weekday === 7) return "sunday";
  return weekday === 6 ? "saturday" : "working";
}

/**
 * Days to compare a day with: of its type, and as warm outside at that time within 3 K, the newest twenty. Where nobody knows the
 * outdoor temperature of the day, or of any other, the nearest days of its type.
 * Missing: fewer than three are answered as they are, and said to be too few.
 */
export function similarDays<D extends DayFacts>(day: DayFacts, candidates: readonly D[], { outdoorUnit }: SimilarOptions): SimilarDays<D> {
  const alike = candidates.filter((one) => one.type === day.type && one.date !== day.date);
  const byOutdoor = !Number.isNaN(day.outdoor) && alike.some((one) => !Number.isNaN(one.outdoor));
  const days = byOutdoor ? asWarm(day, alike, outdoorUnit) : nearest(day, alike);
  const enough = days.length >= LEAST_SIMILAR;
  const degrees = outdoorUnit === "°C" ? "3 K" : "5.4 °F";
  const why = byOutdoor
    ? `outdoor temperature within ${degrees} of ${day.outdoor.toFixed(1)} ${outdoorUnit} at that time`
    : "the nearest ones, since the outdoor temperature is not known";
  const few = enough ? "" : days.length === 0 ? "; nothing to compare with" : "; too few to tell what is usual";
  const method = `${days.length} of ${alike.length} ${PLURAL[day.type]}: ${why}${few}`;
  return { days, enough, by: byOutdoor ? "outdoor" : "nearest", method };
}

function asWarm<D extends DayFacts>(day: DayFacts, alike: readonly D[], outdoorUnit: "°C" | "°F"): D[] {
  const band = convertDifference(OUTDOOR_K, "°C", outdoorUnit) + 1e-9;
  return newestFirst(alike.filter((one) => Math.abs(one.outdoor - day.outdoor) <= band)).slice(0, MOST_SIMILAR);
}

function nearest<D extends DayFacts>(day: DayFacts, alike: readonly D[]): D[] {
  const asked = Date.parse(day.date);
  const far = (one: D): number => Math.abs(Date.parse(one.date) - asked);
  return newestFirst([...newestFirst(alike)].sort((a, b) => far(a) - far(b)).slice(0, MOST_SIMILAR));
}

function newestFirst<D extends DayFacts>(days: readonly D[]): D[] {
  return [...days].sort((a, b) => (a.date < b.date ? 1 : a.date > b.date ? -1 : 0));
}
