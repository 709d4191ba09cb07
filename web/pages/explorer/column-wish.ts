import type { TimeSpan } from "#web/charts/time-ticks.ts";

/** What to ask the server for: the window with room at both sides, so that a pan has something to show at once. */
export interface ColumnWish {
  readonly keys: readonly string[];
  readonly span: TimeSpan;
  readonly points: number;
  /** Length of the window it was made for; resolution goes by it. */
  readonly windowMs: number;
  readonly madeMs: number;
}

export interface WishNow {
  readonly keys: readonly string[];
  readonly window: TimeSpan;
  readonly widthPx: number;
  readonly nowMs: number;
  /** Every sample there is has been sent: a closer look shows no more. */
  readonly complete: boolean;
}

const ROOM = 0.5;
const FINER_THAN = 0.62;
const COARSER_THAN = 1.6;
const DAY_MS = 86_400_000;
/** From half a year on a point is a whole day: parts of days would draw nothing but the rhythm of day and night. */
const BY_DAY_FROM_MS = 180 * DAY_MS;
const MOST_POINTS = 8_000;
/** A window that moves with the clock is asked for again after this share of its length, to turn live samples into aggregates. */
const RENEW_AFTER = 0.05;

/** The wish for a window; the former one while what it brought is still good enough, so that nothing is asked twice. */
export function wishFor(former: ColumnWish | undefined, now: WishNow): ColumnWish {
  const length = now.window.toMs - now.window.fromMs;
  if (former !== undefined && isGood(former, { ...now, length })) return former;
  const span = {
    fromMs: Math.floor(now.window.fromMs - length * ROOM),
    toMs: Math.ceil(Math.max(now.window.toMs, Math.min(now.window.toMs + length * ROOM, now.nowMs))),
  };
  const share = (span.toMs - span.fromMs) / length;
  const pixels = Math.ceil((now.widthPx * share) / 50) * 50;
  const days = Math.ceil((span.toMs - span.fromMs) / DAY_MS) + 2;
  const points = Math.min(MOST_POINTS, Math.max(200, length > BY_DAY_FROM_MS ? Math.min(pixels, days) : pixels));
  return { keys: now.keys, span, points, windowMs: length, madeMs: now.nowMs };
}

function isGood(former: ColumnWish, now: WishNow & { readonly length: number }): boolean {
  if (former.keys.length !== now.keys.length || former.keys.some((key, index) => key !== now.keys[index])) return false;
  const live = now.window.toMs >= now.nowMs - 1_000;
  const reachesBack = former.span.fromMs <= now.window.fromMs;
  // A window that ends now is kept whole by the live channel.
  const reachesOn = former.span.toMs >= now.window.toMs || (live && former.span.toMs >= former.madeMs);
  if (!reachesBack || !reachesOn) return false;
  const ratio = now.length / former.windowMs;
  if (ratio > COARSER_THAN || (ratio < FINER_THAN && !now.complete)) return false;
  return now.complete || !live || now.nowMs - former.madeMs < Math.max(30_000, now.length * RENEW_AFTER);
}
