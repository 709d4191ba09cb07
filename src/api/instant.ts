import { instantOf, readTime } from "#calendar/time-text.ts";
import { ApiError } from "./errors.ts";

/** Instants a Date can hold, with room for the days and periods around them. */
const MAX_MS = 8.6e15;

/** Whether a calendar reaches an instant and what lies around it. */
export function isReachable(tMs: number): boolean {
  return Math.abs(tMs) <= MAX_MS;
}

/**
 * An instant as people and scripts write it: ISO 8601 with offset, or epoch milliseconds.
 * Errors:  bad-request, naming the parameter and what it needs.
 */
export function instant(text: string, parameter: string): number {
  if (/^-?\d{1,16}$/.test(text)) {
    const ms = Number(text);
    if (isReachable(ms)) return ms;
  }
  // A plus sign in a query that nobody escaped arrives as a blank.
  const time = readTime(text.replace(/ (\d{2}:\d{2})$/, "+$1"));
  const ms = time && instantOf(time);
  if (ms !== undefined) return ms;
  const sentence = time
    ? `query parameter \`${parameter}\`: the time needs an offset, as in 2026-11-20T08:00:00Z or 2026-11-20T09:00:00+01:00`
    : `query parameter \`${parameter}\`: expected a time as in 2026-11-20T08:00:00Z, or epoch milliseconds`;
  throw new ApiError("bad-request", {}, [sentence]);
}

/** A half-open range of the query. Errors: bad-request, bad-range. */
export function range(query: { readonly from: string; readonly to: string }): { fromMs: number; toMs: number } {
  const fromMs = instant(query.from, "from");
  const toMs = instant(query.to, "to");
  if (toMs <= fromMs) throw new ApiError("bad-range");
  return { fromMs, toMs };
}
