import type { Message } from "#readings/message.ts";
import type { Source } from "./source.ts";

export interface SettleLimits {
  /** New series and devices of one source in one hour. */
  readonly newPerHour: number;
  /** Texts one series may say in its life. */
  readonly textsPerSeries: number;
}

/** Where a message stands: who sent it, and whether it is told again long after it came. */
export interface Telling {
  readonly source: Source;
  readonly message: Message;
  /** What an equal instant with another value does to new series; the dialect says. */
  readonly equalInstant: "first" | "last";
  /** A stored message read anew: its arrival lies in the past for good reason. */
  readonly past?: boolean;
  /** How far ahead of the clock an instant may lie and be believed: prices of tomorrow. Left out: as far as clocks go wrong. */
  readonly aheadMs?: number;
  readonly limits: SettleLimits;
}
