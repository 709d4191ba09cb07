import type { Severity } from "./rule.ts";

/** What is observed of one subject of a rule, at one moment. NaN where it is not known: nothing is then decided. */
export interface Observation {
  /** A source, a series, a plant, a job: what the alert is about. */
  readonly subject: string;
  /** What people call it. */
  readonly title: string;
  readonly value: number;
  readonly unit: string;
  /** Instant the value is of; for a source the newest it said, NaN where it never said anything. */
  readonly tMs: number;
  /** For a demand rule: the interval that runs, and the level it is held against. */
  readonly interval?: { readonly startMs: number; readonly endMs: number; readonly levelKw: number };
  /** For a source: its usual spacing; NaN where nothing can be said yet. */
  readonly spacingMs?: number;
  /**
   * For readings in a stretch of time: how many are usual. Where it is said, a rule asks for fewer of a reader that usually sends
   * less often than every ten seconds, and NaN decides nothing. Left out: the rule's number counts as it is.
   */
  readonly usual?: number;
  /** What a job said when it failed. */
  readonly sentence?: string;
}

/** What is remembered between two looks, of one rule and subject. JSON. */
export interface AlertState {
  readonly standing: "clear" | "pending" | "firing";
  /** When it came to stand so. */
  readonly sinceMs: number;
  /** Beginnings of the intervals that were told already, newest last. */
  readonly toldIntervals?: readonly number[];
  readonly lastToldMs?: number;
}

/** Nothing was seen yet. */
export const CLEAR: AlertState = { standing: "clear", sinceMs: 0 };

/** What to tell people. */
export interface Notice {
  readonly what: "fired" | "repeated" | "cleared" | "test";
  readonly rule: string;
  readonly subject: string;
  readonly severity: Severity;
  /** One line: "Electricity meter has been silent for 25 minutes". */
  readonly title: string;
  /** What it means and what to do, in words. */
  readonly text: string;
  readonly value: number;
  readonly unit: string;
  readonly tMs: number;
}

/** What a look came to. */
export interface Judgement {
  readonly state: AlertState;
  /** None, or one. */
  readonly notices: readonly Notice[];
}
