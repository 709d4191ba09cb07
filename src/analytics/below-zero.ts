import type { MeterAnomaly } from "./meter-anomaly.ts";
import { CONSUMED, type MeterConsumption } from "./meter-consumption.ts";
import { dateWords, figureText, type RuleSettings } from "./meter-words.ts";

/** Less than this share of what its neighbours use is rounding of readings. */
const ROUNDING = 1e-6;

/**
 * Stretches in which a difference of meters is below zero: a part counts more than the whole, so one of them is wrong, read at
 * another time, or not behind it.
 * Missing: rows with a part that is not known are not told.
 */
export function belowZero(rows: MeterConsumption, { zone, unit }: RuleSettings): MeterAnomaly[] {
  const found: MeterAnomaly[] = [];
  const least = ROUNDING * largest(rows.amount);
  for (let i = 0; i < rows.amount.length; i += 1) {
    if (!isBelow(rows, i, least)) continue;
    const first = i;
    let [amount, flags] = [0, 0];
    for (; i < rows.amount.length && isBelow(rows, i, least); i += 1) {
      amount += rows.amount[i] as number;
      flags |= rows.flags[i] as number;
    }
    const [fromMs, toMs] = [rows.edgesMs[first] as number, rows.edgesMs[i] as number];
    const filled =
      (flags & CONSUMED.filled) === 0 ? "" : " Part of it is filled in between readings: reading all of them on one day tells.";
    found.push({
      id: `below-zero:${fromMs}`,
      rule: "below-zero",
      fromMs,
      toMs,
      amount,
      expected: Number.NaN,
      low: 0,
      high: Number.NaN,
      score: Number.NaN,
      sentence: `The difference is ${figureText(amount)} ${unit} from ${dateWords(fromMs, zone)} until ${dateWords(toMs - 1, zone)}: the parts count more than the whole.${filled}`,
    });
  }
  return found;
}

function isBelow({ amount, flags }: MeterConsumption, row: number, least: number): boolean {
  return (amount[row] as number) < -least && ((flags[row] as number) & CONSUMED.incomplete) === 0;
}

function largest(amount: Float64Array): number {
  let most = 0;
  for (const one of amount) if (Math.abs(one) > most) most = Math.abs(one);
  return most;
}
