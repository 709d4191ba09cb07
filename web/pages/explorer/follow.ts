import type { TimeSpan } from "#web/charts/time-ticks.ts";
import type { RangeName } from "#web/client/range.ts";

/** A window whose right edge is this close to now moves with the clock. */
export const FOLLOW_MS = 2 * 60_000;

const DAY_MS = 86_400_000;
const LENGTHS: Readonly<Record<RangeName, number>> = {
  "1h": DAY_MS / 24,
  "6h": DAY_MS / 4,
  "24h": DAY_MS,
  today: DAY_MS,
  yesterday: DAY_MS,
  "7d": 7 * DAY_MS,
  "30d": 30 * DAY_MS,
  "365d": 365 * DAY_MS,
};
const STEPS = [1_000, 5_000];

/** How often a moving window moves: about once per pixel, at least every five seconds, so that it shows what has just come. */
export function followStepMs(lengthMs: number | undefined, range: RangeName | undefined): number {
  const length = lengthMs ?? LENGTHS[range ?? "24h"];
  return STEPS.findLast((step) => step <= length / 800) ?? 1_000;
}

/** The same length, ending now. */
export function followedSpan(span: TimeSpan, nowMs: number): TimeSpan {
  return { fromMs: nowMs - (span.toMs - span.fromMs), toMs: nowMs };
}
