import { plainClockMs, readTime } from "#calendar/time-text.ts";

const SECOND_MS = 1_000;

/**
 * What a Tasmota device's own clock shows, in seconds of its text read as if it stood in UTC. It has no zone, and starts in
 * 1970 until the device hears the network. Missing: undefined where the text is no time.
 */
export function deviceClockSeconds(raw: unknown): number | undefined {
  if (typeof raw === "number") return Number.isFinite(raw) ? raw : undefined;
  if (typeof raw !== "string") return undefined;
  const ms = plainClockMs(raw) ?? readTime(raw)?.localMs;
  return ms === undefined ? undefined : ms / SECOND_MS;
}
