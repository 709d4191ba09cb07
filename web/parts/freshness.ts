import { QUALITY_NAMES, STALE_FLOOR_MS, STALE_SPACINGS } from "#contract/names.ts";
import type { LiveValue, SeriesInfo } from "#contract/series.ts";
import { ageText } from "./format-time.ts";

/** The five ways a number can be, the same on every page. */
export type Freshness = "fresh" | "stale" | "estimated" | "suspect" | "missing";

/** The state and the words that stand beside its mark. */
export interface Mark {
  readonly state: Freshness;
  readonly words: string;
}

type QualityName = (typeof QUALITY_NAMES)[number];

const SUSPECT_WORDS: Readonly<Partial<Record<QualityName, string>>> = {
  invalidAlarm: "alarm",
  badStatus: "bad status",
  suspect: "suspect",
  clockUncertain: "clock unsure",
};

const DAY_MS = 24 * 3_600_000;

/** After this age a series is late. A series with no known spacing is given a day. Units: ms. */
export function staleAfterMs(series: Pick<SeriesInfo, "everyMs" | "intervalMs">): number {
  const spacing = series.everyMs ?? series.intervalMs;
  return spacing === undefined ? DAY_MS : Math.max(STALE_FLOOR_MS, STALE_SPACINGS * spacing);
}

/**
 * How a live value is at this moment. Late comes before doubtful: an old number is first of all old.
 * Missing: no value at all, a stated absence, or late by more than a day.
 */
export function markOf(series: Pick<SeriesInfo, "everyMs" | "intervalMs">, live: LiveValue | undefined, nowMs: number): Mark {
  if (!live || (live.value === null && live.text === undefined)) return { state: "missing", words: "no data" };
  const ageMs = nowMs - live.tMs;
  const limitMs = staleAfterMs(series);
  if (ageMs > Math.max(limitMs, DAY_MS)) return { state: "missing", words: "no data" };
  const age = ageText(ageMs);
  if (ageMs > limitMs) return { state: "stale", words: `stale ${age}` };
  const doubt = Object.entries(SUSPECT_WORDS).find(([name]) => has(live.quality, name as QualityName));
  if (doubt) return { state: "suspect", words: live.status ?? doubt[1] };
  if (has(live.quality, "filled")) return { state: "estimated", words: "filled" };
  return { state: "fresh", words: age };
}

/** Late, doubtful and absent numbers want a person; filled ones do not. */
export function needsLook(state: Freshness): boolean {
  return state === "stale" || state === "suspect" || state === "missing";
}

/** Whether a quality bit is set. */
export function has(quality: number, name: QualityName): boolean {
  return (quality & (1 << QUALITY_NAMES.indexOf(name))) !== 0;
}
