import type { Zone } from "#calendar/zone.ts";
import { QUALITY } from "#series/quality.ts";
import { IntervalGrid, type TimeRange } from "./interval-grid.ts";
import type { Intervals } from "./intervals.ts";

/** Missing intervals in one go. Half-open in time. */
export interface MissingRun extends TimeRange {
  readonly count: number;
}

/** Whether the intervals of a range are all there, and what they are worth. */
export interface IntervalQuality {
  /** By the clock of the place: 92 quarters on a spring day, 100 on an autumn one. */
  readonly expected: number;
  readonly observed: number;
  readonly missingCount: number;
  /** In order of time. */
  readonly missing: readonly MissingRun[];
  readonly invalid: number;
  readonly excluded: number;
  readonly estimated: number;
  readonly recovered: number;
  /** Whose demand can have been higher than is known. */
  readonly uncertain: number;
  readonly corrected: number;
  readonly suspect: number;
  readonly clockUncertain: number;
  /** Mean share of time that was observed. */
  readonly coverage: number;
}

/** Counts of an interval table that has a row for every interval. An interval is missing when nobody said anything about it. */
export function qualityOf(intervals: Intervals): IntervalQuality {
  const { tMs, quality, energyKwh, pulses, possibleKw } = intervals;
  const missing = missingRuns(intervals);
  const missingCount = missing.reduce((sum, { count }) => sum + count, 0);
  const having = (bit: number): number => quality.reduce((sum, bits) => sum + ((bits & bit) === 0 ? 0 : 1), 0);
  return {
    expected: tMs.length,
    observed: tMs.length - missingCount,
    missingCount,
    missing,
    invalid: having(QUALITY.invalidAlarm),
    excluded: having(QUALITY.excludedFromDemand),
    estimated: having(QUALITY.filled),
    recovered: having(QUALITY.recoveredAfterGap),
    uncertain: possibleKw.reduce((sum, kw, i) => sum + (Number.isNaN(kw) || isMissing(energyKwh[i], pulses[i]) ? 0 : 1), 0),
    corrected: having(QUALITY.corrected),
    suspect: having(QUALITY.suspect),
    clockUncertain: having(QUALITY.clockUncertain),
    coverage: tMs.length === 0 ? Number.NaN : intervals.coverage.reduce((sum, share) => sum + share, 0) / tMs.length,
  };
}

/** Runs of intervals of which neither energy nor pulses are known. */
export function missingRuns({ tMs, lengthMs, energyKwh, pulses }: Intervals): MissingRun[] {
  const runs: { fromMs: number; toMs: number; count: number }[] = [];
  let open: { fromMs: number; toMs: number; count: number } | undefined;
  for (let i = 0; i < tMs.length; i += 1) {
    if (!isMissing(energyKwh[i], pulses[i])) {
      open = undefined;
      continue;
    }
    const toMs = tMs[i] as number;
    if (open === undefined) {
      open = { fromMs: Math.max(toMs - lengthMs, tMs[i - 1] ?? -Infinity), toMs, count: 0 };
      runs.push(open);
    }
    open.toMs = toMs;
    open.count += 1;
  }
  return runs;
}

function isMissing(energyKwh = Number.NaN, pulses = Number.NaN): boolean {
  return Number.isNaN(energyKwh) && Number.isNaN(pulses);
}

/** Intervals that end in (fromMs, toMs] by the clock of the place. */
export function expectedIntervals(range: TimeRange, zone: Zone, lengthMs: number): number {
  return Math.max(0, new IntervalGrid(zone, lengthMs).boundaries(range).length - 1);
}

/** The same energy counted in several ways. NaN where one of them is not known. */
export interface EnergyCounts {
  readonly registerKwh: number;
  readonly intervalsKwh: number;
  readonly daysKwh: number;
  readonly billedKwh: number;
}

export interface EnergyConservation extends EnergyCounts {
  readonly toleranceKwh: number;
  /** Whether no two of those that are known are further apart than the tolerance. */
  readonly holds: boolean;
}

/** What a register can show: one of its digits times the multiplier, and one pulse at each of the two ends. */
export function conservationTolerance(parts: { registerDigitKwh: number; multiplier: number; kwhPerPulse: number }): number {
  const pulse = Number.isNaN(parts.kwhPerPulse) ? 0 : parts.kwhPerPulse;
  return parts.registerDigitKwh * parts.multiplier + 2 * pulse;
}

export function conservation(counts: EnergyCounts, toleranceKwh: number): EnergyConservation {
  const { registerKwh, intervalsKwh, daysKwh, billedKwh } = counts;
  const known = [registerKwh, intervalsKwh, daysKwh, billedKwh].filter((kwh) => !Number.isNaN(kwh));
  // Sums of the same numbers in another order differ in their last bits.
  const rounding = 1e-9 * Math.max(1, ...known.map(Math.abs));
  const holds = known.length < 2 || Math.max(...known) - Math.min(...known) <= toleranceKwh + rounding;
  return { ...counts, toleranceKwh, holds };
}
