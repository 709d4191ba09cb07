import { ApiError } from "#api/errors.ts";
import { dateOf, homeRange } from "#api/homes/range.ts";
import { isReachable } from "#api/instant.ts";
import { instantOf, readTime } from "#calendar/time-text.ts";
import type { Zone } from "#calendar/zone.ts";
import type { AsKnown } from "#reports/meters.ts";
import type { Range } from "#store/store.ts";

const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** A stretch of a meter: instants, clock readings of the site, or local dates with the last one in it. Errors: bad-request, bad-range, range-too-long. */
export const meterRange = homeRange;

/** The same with the day whose knowledge is asked for. Errors: as `meterRange`. */
export function rangeAsKnown(query: { from: string; to: string; asOf?: string | undefined }, zone: Zone): Range & AsKnown {
  const range = meterRange(query, zone);
  return query.asOf === undefined ? range : { ...range, asOfMs: endMoment(query.asOf, zone, "asOf") };
}

/** A stretch of readings: those that stand at the end of its last date are of that date. */
export function withLastMoment<R extends Range>({ to }: { readonly to: string }, range: R): R {
  return DATE.test(to) ? { ...range, toMs: range.toMs + 1 } : range;
}

/** An instant as people write it; a local date without a time stands at its end. Errors: bad-request. */
export function endMoment(text: string, zone: Zone, parameter: string): number {
  return DATE.test(text) ? zone.nextStart("day", dateOf(text, zone, parameter)) : clockMoment(text, zone, parameter);
}

/** The same; a local date begins with its first moment. Errors: bad-request. */
export function startMoment(text: string, zone: Zone, parameter: string): number {
  return DATE.test(text) ? dateOf(text, zone, parameter) : clockMoment(text, zone, parameter);
}

function clockMoment(text: string, zone: Zone, parameter: string): number {
  const tMs = instantIn(text, zone);
  if (tMs !== undefined && isReachable(tMs)) return tMs;
  throw new ApiError("bad-request", {}, [
    `\`${parameter}\`: expected a date as in 2026-03-10, a time as in 2026-03-10T08:00:00Z or 2026-03-10T09:00, or epoch milliseconds`,
  ]);
}

function instantIn(text: string, zone: Zone): number | undefined {
  if (/^-?\d{1,16}$/.test(text)) return Number(text);
  // A plus sign in a query that nobody escaped arrives as a blank.
  const time = readTime(text.replace(/ (\d{2}:\d{2})$/, "+$1"));
  return time && (instantOf(time) ?? zone.instantOf(time.localMs, "earlier"));
}
