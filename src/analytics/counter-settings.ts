import type { CounterDecision } from "./counter-events.ts";

/** What is known of a register besides what it shows. */
export interface CounterSettings {
  /** Most the connection can deliver; a step above it is no consumption. Infinity where nobody knows. */
  readonly connectionKw: number;
  /**
   * What the last digit is worth. Left out, it is found in the readings; chunks of one register are alike for certain only where
   * it is given (`resolutionKwh` of its newest readings).
   */
  readonly resolutionKwh?: number;
  /** Where the register begins again. Left out, the usual ends of registers are tried, close to them alone. */
  readonly modulusKwh?: number;
  readonly swaps?: readonly CounterSwap[];
  /** What people decided, by the instant of the event (`tMs`). */
  readonly decisions?: ReadonlyMap<number, CounterDecision>;
}

/** Another meter, from an instant on. */
export interface CounterSwap {
  readonly tMs: number;
  /** Last reading of the old and first of the new meter, where somebody wrote them down: what is between counts. */
  readonly endKwh?: number;
  readonly startKwh?: number;
}

/**
 * Rows before and after a stretch that its counter is judged by. Where `hasCounterMargin` says they are too few (a register that
 * stands still, rows without a number), more have to be read. Whoever stops some day loses no more than a last digit that flickers.
 */
export const COUNTER_MARGIN_ROWS = 1024;
