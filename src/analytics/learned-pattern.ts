import { DAY_MS } from "#calendar/civil.ts";
import type { Zone } from "#calendar/zone.ts";
import { median } from "./median.ts";
import { type MeterIndex, STEP } from "./meter-index.ts";
import { meanDays, percentOf } from "./meter-pace.ts";

const MONTHS = 12;
/** Fewer readings, or a shorter time, tell nothing about a year. */
const LEAST_READINGS = 24;
const LEAST_DAYS = 330;
/** A step longer than this has no month. */
const LONGEST_STEP_DAYS = 62;

/**
 * The share of each month that readings tell: the daily rate of each step belongs to the month of its middle; the median of a month
 * over the median of all months is its weight, a month without any has the middle weight.
 * Shape:   twelve shares in percent, January first, that sum to 100.
 * Missing: undefined where there are fewer than 24 readings or less than eleven months of them, or nothing was used.
 */
export function learnedPattern(index: MeterIndex, zone: Zone): readonly number[] | undefined {
  const rates: number[][] = Array.from({ length: MONTHS }, () => []);
  const { tMs, total, step } = index;
  const n = tMs.length;
  if (n < LEAST_READINGS || (tMs[n - 1] as number) - (tMs[0] as number) < LEAST_DAYS * DAY_MS) return undefined;
  for (let i = 1; i < n; i += 1) {
    const days = ((tMs[i] as number) - (tMs[i - 1] as number)) / DAY_MS;
    if (days > LONGEST_STEP_DAYS || (step[i] as number) & (STEP.unknown | STEP.estimated | STEP.extended)) continue;
    const middle = zone.localOf(((tMs[i] as number) + (tMs[i - 1] as number)) / 2);
    rates[new Date(middle).getUTCMonth()]?.push(((total[i] as number) - (total[i - 1] as number)) / days);
  }
  const months = rates.map((of) => median(of));
  const middle = median(months.filter((rate) => !Number.isNaN(rate)));
  if (!(middle > 0)) return undefined;
  return percentOf(months.map((rate, month) => (Number.isNaN(rate) ? 1 : rate / middle) * meanDays(month + 1)));
}
