import { localText } from "#calendar/local-text.ts";
import { instantOf, readTime } from "#calendar/time-text.ts";
import type { Zone } from "#calendar/zone.ts";
import { OldProblem } from "./old-problem.ts";

/** An instant as the old dashboard wrote it: the clock of the plant without offset, a fraction only where there is one. */
export function oldTime(tMs: number, zone: Zone): string {
  const text = localText(tMs, zone).replace(" ", "T");
  const fraction = ((zone.localOf(tMs) % 1_000) + 1_000) % 1_000;
  return fraction === 0 ? text : `${text}.${String(Math.floor(fraction)).padStart(3, "0")}000`;
}

/** Missing: null. */
export function oldTimeOrNull(tMs: number | undefined, zone: Zone): string | null {
  return tMs === undefined ? null : oldTime(tMs, zone);
}

/** A time of the query: with Z or offset an instant, else the clock of the plant; a bare date is its midnight. Errors: 400. */
export function oldInstant(text: string, zone: Zone): number {
  // A plus sign in a query that nobody escaped arrives as a blank.
  const given = text.trim().replace(/ (\d{2}:\d{2})$/, "+$1");
  const time = readTime(/^\d{4}-\d{2}-\d{2}$/.test(given) ? `${given}T00:00:00` : given);
  if (time === undefined) throw new OldProblem(400, `Invalid datetime: ${text.slice(0, 100)}`);
  return instantOf(time) ?? zone.instantOf(time.localMs, "earlier");
}
