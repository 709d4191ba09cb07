import type { MeterInfo } from "#contract/meters.ts";

export type Standing = MeterInfo["standing"];

/** How a standing is called and shown: `mark` is one of the marks of quality, `sign` a sign of its own. */
export interface StandingLook {
  readonly word: string;
  readonly mark?: "fresh" | "stale" | "suspect" | "missing";
  readonly sign?: string;
  readonly tone?: "warn" | "bad" | "faint";
}

/** In the order in which they want a person. */
export const STANDINGS: Readonly<Record<Standing, StandingLook>> = {
  broken: { word: "broken", sign: "✕", tone: "bad" },
  implausible: { word: "implausible", mark: "suspect" },
  due: { word: "due", sign: "◷", tone: "warn" },
  silent: { word: "silent", mark: "stale" },
  waiting: { word: "waiting", mark: "missing" },
  live: { word: "live", mark: "fresh" },
  ended: { word: "ended", sign: "■", tone: "faint" },
};

export const STANDING_ORDER = Object.keys(STANDINGS) as readonly Standing[];
