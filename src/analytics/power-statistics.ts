import { type Buckets, type Column, lowerBound } from "#series/column.ts";
import { BAD_QUALITY } from "#series/quality.ts";
import { eachSpan, type PowerSettings } from "./energy-of-power.ts";
import type { TimeRange } from "./interval-grid.ts";

/**
 * What readings of power were like over a stretch.
 * Units:   W.
 * Missing: NaN where there is no reading. Readings of bad quality do not count.
 */
export interface PowerStatistics {
  readonly minW: number;
  /** When it first was so low, or so high; of buckets the start of the bucket. */
  readonly minMs: number;
  readonly maxW: number;
  readonly maxMs: number;
  /** Over time. */
  readonly meanW: number;
  /** Over readings, whatever time they stand for. */
  readonly sampleMeanW: number;
  readonly count: number;
}

/** Statistics of readings one by one. The mean over time leaves out what is between readings that are too far apart. */
export function powerStatistics(column: Column, { maxGapMs = Infinity }: PowerSettings = {}): PowerStatistics {
  const found = new Extremes();
  const { tMs, value, quality } = column;
  for (let i = 0; i < tMs.length; i += 1) {
    const powerW = value[i] as number;
    if (!Number.isFinite(powerW) || ((quality[i] as number) & BAD_QUALITY) !== 0) continue;
    found.low(powerW, tMs[i] as number);
    found.high(powerW, tMs[i] as number);
    found.count += 1;
    found.sumW += powerW;
  }
  let [wattMs, ms] = [0, 0];
  eachSpan(column, ({ fromMs, toMs, fromW, toW }) => {
    if (toMs - fromMs > maxGapMs) return;
    wattMs += ((fromW + toW) / 2) * (toMs - fromMs);
    ms += toMs - fromMs;
  });
  return found.statistics(ms > 0 ? wattMs / ms : Number.NaN);
}

/** The same of buckets, each as heavy as the others in the mean over time. */
export function bucketStatistics({ tMs, min, max, sum, n }: Buckets): PowerStatistics {
  const found = new Extremes();
  let [means, filled] = [0, 0];
  for (let i = 0; i < tMs.length; i += 1) {
    const count = n[i] as number;
    const total = sum[i] as number;
    if (count === 0 || !Number.isFinite(total)) continue;
    found.low(min[i] as number, tMs[i] as number);
    found.high(max[i] as number, tMs[i] as number);
    found.count += count;
    found.sumW += total;
    means += total / count;
    filled += 1;
  }
  return found.statistics(means / filled);
}

class Extremes {
  count = 0;
  sumW = 0;
  private minW = Infinity;
  private minMs = Number.NaN;
  private maxW = -Infinity;
  private maxMs = Number.NaN;

  low(powerW: number, tMs: number): void {
    if (!(powerW < this.minW)) return;
    this.minW = powerW;
    this.minMs = tMs;
  }

  high(powerW: number, tMs: number): void {
    if (!(powerW > this.maxW)) return;
    this.maxW = powerW;
    this.maxMs = tMs;
  }

  /** A single reading is its own mean. */
  statistics(meanW: number): PowerStatistics {
    const { count, minMs, maxMs } = this;
    const sampleMeanW = this.sumW / count;
    if (count === 0) return { minW: Number.NaN, minMs, maxW: Number.NaN, maxMs, meanW: Number.NaN, sampleMeanW: Number.NaN, count };
    return { minW: this.minW, minMs, maxW: this.maxW, maxMs, meanW: Number.isNaN(meanW) ? sampleMeanW : meanW, sampleMeanW, count };
  }
}

/** The statistics of the Tasmota MT681 monitor. Missing: NaN. */
export interface WindowStatistics {
  readonly energyKwh: number;
  readonly minW: number;
  readonly maxW: number;
  readonly meanW: number;
  readonly count: number;
}

/**
 * Statistics of the readings in a window that is closed at both ends: the register's last less its first reading, whatever is
 * between its ends and them, and the plain mean of power. Ends in the wrong order are swapped.
 * Source:  the Tasmota MT681 monitor, which its users' scripts rely on.
 */
export function windowStatistics(columns: { counter: Column; power: Column }, window: TimeRange): WindowStatistics {
  const fromMs = Math.min(window.fromMs, window.toMs);
  const toMs = Math.max(window.fromMs, window.toMs);
  const counter = within(columns.counter, fromMs, toMs);
  const { minW, maxW, sampleMeanW, count } = powerStatistics(within(columns.power, fromMs, toMs));
  const good = counter.value.filter((kwh, i) => Number.isFinite(kwh) && ((counter.quality[i] as number) & BAD_QUALITY) === 0);
  return { energyKwh: (good.at(-1) ?? Number.NaN) - (good[0] ?? Number.NaN), minW, maxW, meanW: sampleMeanW, count };
}

function within({ tMs, value, quality }: Column, fromMs: number, toMs: number): Column {
  const [from, to] = [lowerBound(tMs, fromMs), lowerBound(tMs, toMs + 1)];
  return { tMs: tMs.subarray(from, to), value: value.subarray(from, to), quality: quality.subarray(from, to) };
}
