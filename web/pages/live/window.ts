import type { RangeName } from "#web/client/range.ts";

/** How far the cards look back: always up to now, whatever the address says. */
export interface Window {
  readonly range: RangeName;
  readonly lengthMs: number;
  readonly words: string;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const A_DAY: Window = { range: "24h", lengthMs: DAY, words: "24\u00a0h" };

const WINDOWS: Readonly<Partial<Record<RangeName, Window>>> = {
  "1h": { range: "1h", lengthMs: HOUR, words: "1\u00a0h" },
  "6h": { range: "6h", lengthMs: 6 * HOUR, words: "6\u00a0h" },
  "7d": { range: "7d", lengthMs: 7 * DAY, words: "7\u00a0days" },
  "30d": { range: "30d", lengthMs: 30 * DAY, words: "30\u00a0days" },
};

/** The window of a range; ranges that do not end now, and none at all, mean the last 24 hours. */
export function windowOf(range: RangeName | undefined): Window {
  return (range && WINDOWS[range]) ?? A_DAY;
}
