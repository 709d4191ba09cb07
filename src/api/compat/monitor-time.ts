import { isReachable } from "#api/instant.ts";
import { instantOf, readTime } from "#calendar/time-text.ts";
import type { Zone } from "#calendar/zone.ts";
import { OldProblem } from "./old-problem.ts";

const BAD_REQUEST = 400;
/** Epoch numbers below this are seconds: as milliseconds they would lie before March 1973. */
const LEAST_MS = 1e11;
const SECOND_MS = 1_000;

/**
 * A time of the query: ISO text, by the home's clock where it names no offset, or seconds or milliseconds since 1970 by their size.
 * Missing: undefined where it is left out or empty. Errors: 400 for what is no time.
 */
export function monitorInstant(text: string | undefined, name: string, zone: Zone, repeated: "earlier" | "later"): number | undefined {
  const given = text?.trim() ?? "";
  if (given === "") return undefined;
  const tMs = /^-?\d{1,16}(\.\d{1,9})?$/.test(given) ? epochMs(Number(given)) : isoMs(given, zone, repeated);
  if (tMs !== undefined && isReachable(tMs)) return tMs;
  const shown = given.slice(0, 60);
  throw new OldProblem(BAD_REQUEST, `${name} is no time: ${shown}. Write 2026-03-10T18:00:00, or seconds or milliseconds since 1970`);
}

function epochMs(value: number): number {
  return Math.abs(value) < LEAST_MS ? value * SECOND_MS : value;
}

function isoMs(text: string, zone: Zone, repeated: "earlier" | "later"): number | undefined {
  // A plus sign in a query that nobody escaped arrives as a blank.
  const given = text.replace(/(:\d{2}(?:[.,]\d+)?) (\d{2}:\d{2})$/, "$1+$2");
  const time = readTime(/^\d{4}-\d{2}-\d{2}$/.test(given) ? `${given}T00:00:00` : given);
  return time && (instantOf(time) ?? zone.instantOf(time.localMs, repeated));
}
