import type { Actions } from "#api/actions.ts";

/** Arrivals that are looked at: a day of quarter-hours. */
const RECENT = 96;
/** What comes later than this was sent again or imported, and says nothing of a clock. */
const PROMPT_MS = 300_000;

/** How far the clocks of senders are from ours, where they say their own time. */
export interface Clocks {
  /** Missing: undefined where no interval came from the point lately. */
  offsetMs(key: string): number | undefined;
  close(): void;
}

/**
 * Watches when finished intervals arrive. The smallest delay behind their own end is taken for the clock: a sender whose clock
 * is ahead speaks before its interval is over by ours.
 */
export function openClocks(actions: Pick<Actions, "onCommitted">, nowMs: () => number): Clocks {
  const delays = new Map<string, number[]>();
  const close = actions.onCommitted(({ values }) => {
    const receivedMs = nowMs();
    for (const { key, tMs } of values) {
      const point = pointOfInterval(key);
      if (point === undefined || Math.abs(receivedMs - tMs) > PROMPT_MS) continue;
      const list = delays.get(point) ?? [];
      list.push(receivedMs - tMs);
      if (list.length > RECENT) list.shift();
      delays.set(point, list);
    }
  });
  return {
    offsetMs(key) {
      const list = delays.get(key);
      return list === undefined ? undefined : -Math.min(...list);
    },
    close,
  };
}

/** `site/point` of a finished interval's demand. Missing: undefined for everything else. */
function pointOfInterval(key: string): string | undefined {
  const match = /^(.+)\/demand@/.exec(key);
  return match?.[1];
}
