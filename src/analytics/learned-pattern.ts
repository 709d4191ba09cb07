import { DAY_MS } from "#calendar/civil.ts";
import type { Zone } from "#calendar/zone.ts";
import { lowerBound } from "#series/column.ts";
import { median } from "./median.ts";
import { type MeterIndex, STEP } from "./meter-index.ts";
import { meanDays, percentOf } from "./meter-pace.ts";

const MONTHS = 12;
/** Fewer readings, or a shorter time, tell nothing about a year. */
const LEAST_READINGS = 24;
const LEAST_DAYS = 330;
/** A step longer than this has no month. */
const LONGEST_STEP_DAYS = 62;
const LEAST_STEP_MS = 0.9 * DAY_MS;
const YEAR_MS = 365.2425 * DAY_MS;
/** Buildings and habits change: of each month the newest years count. */
const NEWEST_YEARS = 5;
const UNSURE = STEP.unknown | STEP.estimated | STEP.extended;

/**
 * The share of each month that readings tell: the daily rate of each step, against that of the year around it, belongs to the month of
 * its middle; the median of a month in its newest five years, over the median of all months, is its weight; a month without any has
 * the middle weight.
 * Shape:   twelve shares in percent, January first, that sum to 100.
 * Missing: undefined where there are fewer than 24 readings or less than eleven months of them, or nothing was used.
 */
export function learnedPattern(index: MeterIndex, zone: Zone): readonly number[] | undefined {
  const ratios: Ratio[][] = Array.from({ length: MONTHS }, () => []);
  const { tMs, total, step } = index;
  const n = tMs.length;
  if (n < LEAST_READINGS || (tMs[n - 1] as number) - (tMs[0] as number) < LEAST_DAYS * DAY_MS) return undefined;
  let begin = 0;
  for (let i = 1; i < n; i += 1) {
    const ms = (tMs[i] as number) - (tMs[begin] as number);
    const isUnsure = ((step[i] as number) & UNSURE) !== 0;
    // Short steps say something about the hours of a day: together they say something about the day.
    if (!isUnsure && ms < LEAST_STEP_MS) continue;
    const middleMs = ((tMs[i] as number) + (tMs[begin] as number)) / 2;
    const value = ((total[i] as number) - (total[begin] as number)) / ms / perMsAround(index, middleMs);
    begin = i;
    if (isUnsure || ms > LONGEST_STEP_DAYS * DAY_MS || !Number.isFinite(value)) continue;
    ratios[new Date(zone.localOf(middleMs)).getUTCMonth()]?.push({ atMs: middleMs, value });
  }
  return patternOf(ratios.map(newestMedian));
}

/** What a step used, against the year around it. */
interface Ratio {
  readonly atMs: number;
  readonly value: number;
}

function newestMedian(ratios: readonly Ratio[]): number {
  const sinceMs = (ratios.at(-1)?.atMs ?? 0) - (NEWEST_YEARS - 0.5) * YEAR_MS;
  return median(ratios.filter(({ atMs }) => atMs >= sinceMs).map(({ value }) => value));
}

function patternOf(months: readonly number[]): readonly number[] | undefined {
  const middle = median(months.filter((ratio) => !Number.isNaN(ratio)));
  if (!(middle > 0)) return undefined;
  return percentOf(months.map((ratio, month) => (Number.isNaN(ratio) ? 1 : ratio / middle) * meanDays(month + 1)));
}

/** What was used per ms in the year around an instant, as far as there are readings: a meter that uses more every year has a season too. */
function perMsAround({ tMs, total }: MeterIndex, atMs: number): number {
  const [firstMs, lastMs] = [tMs[0] as number, tMs.at(-1) as number];
  const fromMs = Math.max(firstMs, Math.min(atMs - YEAR_MS / 2, lastMs - YEAR_MS));
  const toMs = Math.min(lastMs, fromMs + YEAR_MS);
  return (totalAt({ tMs, total }, toMs) - totalAt({ tMs, total }, fromMs)) / (toMs - fromMs);
}

function totalAt({ tMs, total }: Pick<MeterIndex, "tMs" | "total">, atMs: number): number {
  const i = lowerBound(tMs, atMs);
  if (i === 0 || tMs[i] === atMs) return total[i] as number;
  const [fromMs, toMs] = [tMs[i - 1] as number, tMs[i] as number];
  const [before, after] = [total[i - 1] as number, total[i] as number];
  return before + ((after - before) * (atMs - fromMs)) / (toMs - fromMs);
}
