/** How a publisher publishes, found out from when its messages came. */
export interface Publisher {
  /** Usual time between messages; NaN where nothing can be said yet. */
  readonly spacingMs: number;
  /** How long after a boundary a message still counts to the interval that ended. */
  readonly graceMs: number;
  /** Sends one message per interval, about. */
  readonly perInterval: boolean;
}

/** Gaps that are looked at around a message: enough to know a habit, few enough to notice when it changes. */
const HABIT_ROWS = 16;
const FEW = 4;
const PER_INTERVAL_GRACE_MS = 30_000;
const MOST_FAST_GRACE_MS = 2_000;
const SHARE_OF_INTERVAL = 0.75;
const SECOND_MS = 1_000;

/**
 * Usual gap around row `i`: three quarters of the gaps before it are no longer. It looks ahead only where too little is behind,
 * and never at the gap that ends at `i`.
 * Missing: NaN where there is no other gap.
 */
export function usualGapMs(tMs: Float64Array, length: number, i: number): number {
  const gaps: number[] = [];
  for (let row = Math.max(1, i - HABIT_ROWS); row < i; row += 1) insert(gaps, (tMs[row] as number) - (tMs[row - 1] as number));
  if (gaps.length < FEW) {
    const last = Math.min(length - 1, i + HABIT_ROWS);
    for (let row = i + 1; row <= last; row += 1) insert(gaps, (tMs[row] as number) - (tMs[row - 1] as number));
  }
  return gaps[Math.floor((gaps.length - 1) * 0.75)] ?? Number.NaN;
}

/** Keeps a short list ascending. */
function insert(sorted: number[], value: number): void {
  let at = sorted.length;
  sorted.push(value);
  while (at > 0 && (sorted[at - 1] as number) > value) {
    sorted[at] = sorted[at - 1] as number;
    at -= 1;
  }
  sorted[at] = value;
}

/** Most pulses a message brought, of those before row `i`. Missing: NaN where too few are known. */
export function mostPulses(pulses: Float64Array, i: number): number {
  let most = Number.NaN;
  let known = 0;
  for (let row = Math.max(0, i - HABIT_ROWS); row < i; row += 1) {
    const here = pulses[row] as number;
    if (Number.isNaN(here)) continue;
    known += 1;
    if (!(here <= most)) most = here;
  }
  return known < FEW ? Number.NaN : most;
}

/** Whether a message is sent whenever the count reaches the next step, so that a long pause only means few pulses. */
export function isSentByPulse(tMs: Float64Array, pulses: Float64Array, i: number): boolean {
  const from = Math.max(1, i - HABIT_ROWS);
  if (i - from < 2 * FEW) return false;
  const step = pulses[i - 1] as number;
  let shortest = Infinity;
  let longest = 0;
  for (let row = from; row < i; row += 1) {
    if (pulses[row] !== step) return false;
    const gap = (tMs[row] as number) - (tMs[row - 1] as number);
    shortest = Math.min(shortest, gap);
    longest = Math.max(longest, gap);
  }
  return step > 0 && longest > 1.5 * shortest;
}

/** Grace that is usual for a spacing: 30 s for one message per interval, 2 s at most for faster publishers. */
export function graceFor(spacingMs: number, lengthMs: number): number {
  if (isPerInterval(spacingMs, lengthMs)) return PER_INTERVAL_GRACE_MS;
  if (Number.isNaN(spacingMs)) return 0;
  return Math.min(MOST_FAST_GRACE_MS, Math.floor(spacingMs / (5 * SECOND_MS)) * SECOND_MS);
}

export function isPerInterval(spacingMs: number, lengthMs: number): boolean {
  return spacingMs >= SHARE_OF_INTERVAL * lengthMs;
}

/** What the newest messages of a source say about how it publishes; to be shown. */
export function publisherOf(tMs: Float64Array, lengthMs: number): Publisher {
  const spacingMs = usualGapMs(tMs, tMs.length, tMs.length);
  return { spacingMs, graceMs: graceFor(spacingMs, lengthMs), perInterval: isPerInterval(spacingMs, lengthMs) };
}

/**
 * How long after a boundary a message is still late for the interval before it. Whole seconds count, so that a message in the very
 * second of a boundary belongs to the interval that ended there.
 */
export function lateUntilMs(graceMs: number, lengthMs: number): number {
  return Math.min((Math.floor(graceMs / SECOND_MS) + 1) * SECOND_MS, lengthMs);
}
