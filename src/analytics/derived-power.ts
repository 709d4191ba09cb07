import { HOUR_MS } from "#calendar/civil.ts";
import type { CounterTruth } from "./counter-truth.ts";

/** W of so many kWh in so many milliseconds. */
export const W_PER_KWH_MS = 1000 * HOUR_MS;

/**
 * Power between the steps of a register, for meters that send none.
 * Shape:   columns of one length, ascending: mean power over (fromMs[i], toMs[i]]. Spans follow one another, except where nobody
 *          knows what was used.
 * Units:   W.
 */
export interface DerivedPower {
  readonly fromMs: Float64Array;
  readonly toMs: Float64Array;
  readonly powerW: Float64Array;
}

/**
 * Mean power between neighbouring steps of a register. Readings that repeat the one before belong to the step that follows: the
 * register of a meter that shows whole kWh stands still although power is drawn.
 * Missing: nothing is said since the last step; see `powerSinceLastStep`.
 */
export function derivedPower({ length, tMs, energyKwh, unknown }: CounterTruth): DerivedPower {
  const fromMs = new Float64Array(Math.max(0, length - 1));
  const toMs = new Float64Array(fromMs.length);
  const powerW = new Float64Array(fromMs.length);
  let [rows, since, nextUnknown] = [0, 0, 0];
  for (let row = 1; row < length; row += 1) {
    if (row === unknown[nextUnknown]) {
      nextUnknown += 1;
      since = row;
      continue;
    }
    const kwh = (energyKwh[row] as number) - (energyKwh[since] as number);
    if (!(kwh > 0)) continue;
    fromMs[rows] = tMs[since] as number;
    toMs[rows] = tMs[row] as number;
    powerW[rows] = (kwh * W_PER_KWH_MS) / ((tMs[row] as number) - (tMs[since] as number));
    since = row;
    rows += 1;
  }
  return { fromMs: fromMs.subarray(0, rows), toMs: toMs.subarray(0, rows), powerW: powerW.subarray(0, rows) };
}

/**
 * Power now, as far as a register tells: that of its last step, and less once the next digit is overdue.
 * Missing: NaN before the second step.
 */
export function powerSinceLastStep(truth: CounterTruth, nowMs: number): number {
  const { powerW, toMs } = derivedPower(truth);
  const last = powerW.at(-1) ?? Number.NaN;
  const sinceMs = nowMs - (toMs.at(-1) ?? Number.NaN);
  return sinceMs > 0 ? Math.min(last, (truth.resolutionKwh * W_PER_KWH_MS) / sinceMs) : last;
}
