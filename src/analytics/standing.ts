import type { Speaking } from "#series/change-of-value.ts";
import type { Silence } from "#series/silence.ts";
import type { TimeRange } from "./interval-grid.ts";

export interface StandingOptions {
  /** How long a sample stands for at most; Infinity for one that speaks on change. */
  readonly standsMs: number;
  /** No sample stands into a silence of the station. */
  readonly silences?: readonly Silence[];
}

/** One sample that is missing is bridged, two are not. */
const INTERVALS = 2;

/** How long a sample of a series stands for at most, by how it speaks. */
export function standingMs({ changeOfValue, usualMs }: Speaking): number {
  return changeOfValue ? Infinity : INTERVALS * usualMs;
}

/** Until when each sample stands: the next one, whatever it says, the most it may, or the silence of its station. */
export function standsUntil(tMs: Float64Array, { standsMs, silences = [] }: StandingOptions): Float64Array {
  const until = new Float64Array(tMs.length);
  let silence = 0;
  for (let row = 0; row < tMs.length; row += 1) {
    const at = tMs[row] as number;
    while (silence < silences.length && (silences[silence] as Silence).fromMs < at) silence += 1;
    until[row] = Math.min(tMs[row + 1] ?? Infinity, at + standsMs, silences[silence]?.fromMs ?? Infinity);
  }
  return until;
}

/** How long each sample stands within some stretches, milliseconds. The stretches ascend, none touches the next. */
export function weightsIn(tMs: Float64Array, spans: readonly TimeRange[], options: StandingOptions): Float64Array {
  const until = standsUntil(tMs, options);
  const weight = new Float64Array(tMs.length);
  let first = 0;
  for (let row = 0; row < tMs.length; row += 1) {
    const at = tMs[row] as number;
    const end = until[row] as number;
    while (first < spans.length && (spans[first] as TimeRange).toMs <= at) first += 1;
    let sum = 0;
    for (let k = first; k < spans.length && (spans[k] as TimeRange).fromMs < end; k += 1) {
      const { fromMs, toMs } = spans[k] as TimeRange;
      sum += Math.min(toMs, end) - Math.max(fromMs, at);
    }
    weight[row] = Math.max(0, sum);
  }
  return weight;
}
