import type { Severity } from "./rule.ts";

/** What is observed of one subject of a rule, at one moment. NaN where it is not known: nothing is then decided. */
export interface Observation {
  /** A source, a series, a plant, a job: what the alert is about. */
  readonly subject: string;
  /** What people call it. */
  readonly title: string;
  readonly value: number;
  readonly unit: string;
  /** Instant the value is of. */
  readonly tMs: number;
  /** For a demand rule: the interval that runs, and the level it is held against. */
  readonly interval?: { readonly startMs: number; readonly endMs: number; readonly levelKw: number };
  /** For a source: newest thing it said, and its usual spacing. */
  readonly spacingMs?: number;
  /** What a job said when it failed. */
  readonly sentence?: string;
}

/** What is remembered between two looks, of one rule and subject. JSON. */
export interface AlertState {
  readonly standing: "clear" | "pending" | "firing";
  readonly sinceMs: number;
  /** The interval that was told already. */
  readonly toldIntervalMs?: number;
  readonly lastToldMs?: number;
}

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
