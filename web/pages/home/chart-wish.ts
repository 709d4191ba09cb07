import type { TimeSpan } from "#web/charts/time-ticks.ts";

/** What is asked of the server: the window with room at both sides, so that a pan has something to show at once. */
export interface ChartWish {
  readonly span: TimeSpan;
  readonly points: number;
  /** Length of the window it was made for: what it brings is fine enough for windows about as long. */
  readonly windowMs: number;
  readonly widthPx: number;
  readonly madeMs: number;
}

export interface WishNow {
  readonly window: TimeSpan;
  readonly widthPx: number;
  readonly nowMs: number;
  /** Rows are the readings themselves: a closer look shows no more. */
  readonly complete: boolean;
}

const ROOM = 0.5;
const FINER_THAN = 0.62;
const COARSER_THAN = 1.6;
const WIDER_BY = 1.3;
/** Rows have round lengths: a few more are asked for, so that the next longer one is not chosen for a second too much. */
const FINER_BY = 1.25;
const MOST_POINTS = 6_000;
/** A window that grows is asked for anew after this share of its length, so that new readings join the rows beside them. */
const RENEW_AFTER = 0.1;
const RENEW_LEAST_MS = 60_000;

/** The wish for a window; the former one while what it brought is good enough, so that nothing is asked twice. */
export function wishFor(former: ChartWish | undefined, now: WishNow): ChartWish {
  const length = now.window.toMs - now.window.fromMs;
  if (former !== undefined && isGood(former, now, length)) return former;
  const span = {
    fromMs: Math.floor(now.window.fromMs - length * ROOM),
    toMs: Math.ceil(Math.max(now.window.toMs, Math.min(now.window.toMs + length * ROOM, now.nowMs))),
  };
  const pixels = (now.widthPx * FINER_BY * (span.toMs - span.fromMs)) / length;
  const points = Math.min(MOST_POINTS, Math.max(200, Math.ceil(pixels / 50) * 50));
  return { span, points, windowMs: length, widthPx: now.widthPx, madeMs: now.nowMs };
}

function isGood(former: ChartWish, now: WishNow, length: number): boolean {
  if (former.span.fromMs > now.window.fromMs || now.widthPx > former.widthPx * WIDER_BY) return false;
  // What comes after the wish was made is fetched piece by piece, if the wish reached that far.
  const live = now.window.toMs >= former.madeMs && former.span.toMs >= former.madeMs;
  if (former.span.toMs < now.window.toMs && !live) return false;
  const ratio = length / former.windowMs;
  if (ratio > COARSER_THAN || (ratio < FINER_THAN && !now.complete)) return false;
  return !live || now.nowMs - former.madeMs < Math.max(RENEW_LEAST_MS, length * RENEW_AFTER);
}
