import { DAY_MS } from "#calendar/civil.ts";
import { median } from "./median.ts";
import { type MeterIndex, STEP } from "./meter-index.ts";
import { twoSidedP } from "./student-t.ts";

/** How fast a meter counts as a rule, and which rule said so. */
export interface UsualRate {
  /** NaN with fewer than two readings. */
  readonly perDay: number;
  readonly by: "sure line" | "line" | "pairs" | "ends" | "nothing";
}

/** More readings than this are thinned to the last one of as many equal stretches of time. */
const MOST_READINGS = 100;

/**
 * What a meter uses in a day: the slope of a line through its readings where it fits (R² above 0.7 with p below 0.05, or R² above
 * 0.6), else the median slope of all pairs, else from the first to the last. Time of which nobody knows what was used is left out.
 * Units:   of the meter per day of 24 hours; never below 0.
 * Missing: NaN with fewer than two readings.
 */
export function usualRate(index: MeterIndex): UsualRate {
  const { days, amount } = thinned(known(index));
  const n = days.length;
  if (n < 2 || days[n - 1] === 0) return { perDay: Number.NaN, by: "nothing" };
  if (n >= 4) {
    const line = lineThrough(days, amount);
    if (line.fit > 0.7 && line.p < 0.05) return { perDay: Math.max(0, line.slope), by: "sure line" };
    if (line.fit > 0.6) return { perDay: Math.max(0, line.slope), by: "line" };
  }
  const pairs = n >= 3 ? median(slopes(days, amount)) : 0;
  if (pairs > 0) return { perDay: pairs, by: "pairs" };
  return { perDay: Math.max(0, ((amount[n - 1] as number) - (amount[0] as number)) / (days[n - 1] as number)), by: "ends" };
}

interface Points {
  readonly days: readonly number[];
  readonly amount: readonly number[];
}

/** Readings over the days that are known, from the first one on. */
function known({ tMs, total, step }: MeterIndex): Points {
  const days: number[] = [];
  const amount: number[] = [];
  let passedMs = 0;
  let used = 0;
  for (let i = 0; i < tMs.length; i += 1) {
    if (i > 0 && ((step[i] as number) & (STEP.unknown | STEP.extended | STEP.estimated)) === 0) {
      passedMs += (tMs[i] as number) - (tMs[i - 1] as number);
      used += (total[i] as number) - (total[i - 1] as number);
    } else if (i > 0) continue;
    days.push(passedMs / DAY_MS);
    amount.push(used);
  }
  return { days, amount };
}

function thinned(points: Points): Points {
  const n = points.days.length;
  if (n <= MOST_READINGS) return points;
  const width = (points.days[n - 1] as number) / MOST_READINGS;
  const rows = new Map<number, number>([[-1, 0]]);
  for (let i = 1; i < n; i += 1) rows.set(Math.min(MOST_READINGS - 1, Math.floor((points.days[i] as number) / width)), i);
  const kept = [...rows.values()];
  return { days: kept.map((i) => points.days[i] as number), amount: kept.map((i) => points.amount[i] as number) };
}

function lineThrough(x: readonly number[], y: readonly number[]): { slope: number; fit: number; p: number } {
  const n = x.length;
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / n;
  const [middleX, middleY] = [mean(x), mean(y)];
  let [xx, xy, yy] = [0, 0, 0];
  for (let i = 0; i < n; i += 1) {
    const [dx, dy] = [(x[i] as number) - middleX, (y[i] as number) - middleY];
    xx += dx * dx;
    xy += dx * dy;
    yy += dy * dy;
  }
  const slope = xy / xx;
  const fit = yy === 0 ? 0 : Math.min(1, (xy * xy) / (xx * yy));
  const t = fit === 1 ? Infinity : Math.sqrt((fit * (n - 2)) / (1 - fit));
  return { slope, fit, p: t === Infinity ? 0 : twoSidedP(t, n - 2) };
}

function slopes(x: readonly number[], y: readonly number[]): number[] {
  const found: number[] = [];
  for (let i = 0; i < x.length; i += 1) {
    for (let j = i + 1; j < x.length; j += 1) {
      const run = (x[j] as number) - (x[i] as number);
      if (run > 0) found.push(((y[j] as number) - (y[i] as number)) / run);
    }
  }
  return found;
}
