import { dateStart } from "#calendar/local-text.ts";
import { instantOf, readTime } from "#calendar/time-text.ts";
import { isZone, zoneNamed } from "#calendar/zone.ts";

/**
 * When a device was changed: `2026-03-08T10:30` by the clock of the place, an instant with its offset, or a date, which stands for
 * the end of its local day as the date of a reading does. Missing: undefined where it is none of them.
 */
export function replacementInstant(written: string, zone: string): number | undefined {
  const clock = zoneNamed(zone);
  const time = readTime(written);
  if (time) return instantOf(time) ?? clock.instantOf(time.localMs, "earlier");
  const start = dateStart(written, clock);
  return start === undefined ? undefined : clock.nextStart("day", start);
}

/** Zone of a site, or of the only one; UTC where that cannot be told, which is a problem of its own. */
export function zoneIn(sites: unknown, site: unknown): string {
  const bodies = typeof sites === "object" && sites !== null ? (sites as Readonly<Record<string, unknown>>) : {};
  const all = Object.values(bodies);
  const body = typeof site === "string" ? bodies[site] : all.length === 1 ? all[0] : undefined;
  const zone = typeof body === "object" && body !== null ? (body as { zone?: unknown }).zone : undefined;
  return typeof zone === "string" && isZone(zone) ? zone : "UTC";
}
