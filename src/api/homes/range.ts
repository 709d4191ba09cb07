import { ApiError } from "#api/errors.ts";
import { isReachable } from "#api/instant.ts";
import { dateStart } from "#calendar/local-text.ts";
import { instantOf, readTime } from "#calendar/time-text.ts";
import type { Zone } from "#calendar/zone.ts";
import type { Range } from "#store/store.ts";

const DAY_MS = 86_400_000;
const YEAR_MS = 366 * DAY_MS;
/** A register that is read for a lifetime. */
const MOST_YEARS = 60;
/** Ten years of days. */
export const MOST_DAYS = 3_660;

interface Asked {
  readonly from: string;
  readonly to: string;
}

/** A stretch as people ask a home for it: instants, clock readings of the home, or local dates with the last one in it. Errors: bad-request, bad-range, range-too-long. */
export function homeRange(query: Asked, zone: Zone): Range {
  const fromMs = moment(query.from, zone, "from");
  const toMs = moment(query.to, zone, "to");
  if (toMs <= fromMs) throw new ApiError("bad-range");
  if (toMs - fromMs > MOST_YEARS * YEAR_MS) throw new ApiError("range-too-long", { limit: `${MOST_YEARS} years` });
  return { fromMs, toMs };
}

/** Two local dates, the second not before the first. Errors: bad-request, bad-range, range-too-long. */
export function homeDates(query: Asked, zone: Zone): Asked {
  const [fromMs, toMs] = [dateOf(query.from, zone, "from"), dateOf(query.to, zone, "to")];
  if (toMs < fromMs) throw new ApiError("bad-range");
  if (zone.daysBetween(fromMs, toMs) >= MOST_DAYS) throw new ApiError("range-too-long", { limit: `${MOST_DAYS} days` });
  return query;
}

/** The first instant of a local date. Errors: bad-request. */
export function dateOf(text: string, zone: Zone, parameter: string): number {
  const startMs = dateStart(text, zone);
  if (startMs !== undefined && isReachable(startMs)) return startMs;
  throw new ApiError("bad-request", {}, [`\`${parameter}\`: expected a date of the calendar as in 2026-03-10`]);
}

function moment(text: string, zone: Zone, parameter: "from" | "to"): number {
  const tMs = /^\d{4}-\d{2}-\d{2}$/.test(text) ? dayEdge(text, zone, parameter) : instantIn(text, zone);
  if (tMs !== undefined && isReachable(tMs)) return tMs;
  throw new ApiError("bad-request", {}, [
    `query parameter \`${parameter}\`: expected a date as in 2026-03-10, a time as in 2026-03-10T08:00:00Z or 2026-03-10T09:00, or epoch milliseconds`,
  ]);
}

function dayEdge(date: string, zone: Zone, parameter: "from" | "to"): number {
  const startMs = dateOf(date, zone, parameter);
  return parameter === "from" ? startMs : zone.nextStart("day", startMs);
}

function instantIn(text: string, zone: Zone): number | undefined {
  if (/^-?\d{1,16}$/.test(text)) return Number(text);
  // A plus sign in a query that nobody escaped arrives as a blank.
  const time = readTime(text.replace(/ (\d{2}:\d{2})$/, "+$1"));
  return time && (instantOf(time) ?? zone.instantOf(time.localMs, "earlier"));
}
