import { CONSUMED, type MeterConsumption } from "./meter-consumption.ts";

/** So much of a row has to lie between readings within it: readings need not stand at midnight to the second. */
const LEAST_SHARE = 0.9;
const GUESSED = CONSUMED.incomplete | CONSUMED.extended;

/** Whether what a row says was read and not filled in by a rule. */
export function isMeasured({ amount, measured, missingMs, flags }: MeterConsumption, row: number): boolean {
  const used = amount[row] as number;
  if (Number.isNaN(used) || (missingMs[row] as number) > 0 || ((flags[row] as number) & GUESSED) !== 0) return false;
  if (((flags[row] as number) & CONSUMED.filled) === 0) return true;
  return Math.abs(measured[row] as number) >= LEAST_SHARE * Math.abs(used) && used !== 0;
}
