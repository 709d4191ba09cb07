import type { Zone } from "#calendar/zone.ts";
import type { CounterTruth } from "./counter-truth.ts";

/** From here on a register goes up so rarely that its readings say little about a quarter of an hour. */
const COARSE_KWH = 0.1;
/** More than this at once was not counted digit by digit. */
const MOST_DIGITS = 1.5;

/** Whether the last digit is worth so much that steps have to be spread. */
export function isCoarse({ resolutionKwh }: CounterTruth): boolean {
  return resolutionKwh > COARSE_KWH * 0.99;
}

/**
 * The same register as if it had counted smoothly: what one step brought was used since the step before. Nothing is moved over
 * local midnight, so that every local day is the difference of what the register really showed at its two ends.
 * Shape:   as before, with a row at every local midnight.
 */
export function spreadSteps(truth: CounterTruth, zone: Zone): CounterTruth {
  const { truth: parted, midnights } = withMidnights(truth, zone);
  const { length, energyKwh, tMs, resolutionKwh, unknown } = parted;
  const smooth = Float64Array.from(energyKwh);
  let sinceRow = 0;
  let nextUnknown = 0;
  let nextMidnight = 0;
  for (let row = 1; row < length; row += 1) {
    const kwh = (energyKwh[row] as number) - (energyKwh[row - 1] as number);
    const isUnknown = row === unknown[nextUnknown];
    if (isUnknown) nextUnknown += 1;
    if (kwh > 0 && kwh <= MOST_DIGITS * resolutionKwh && !isUnknown) {
      const fromMs = tMs[sinceRow] as number;
      const perMs = ((energyKwh[row] as number) - (energyKwh[sinceRow] as number)) / ((tMs[row] as number) - fromMs);
      for (let at = sinceRow + 1; at < row; at += 1) {
        smooth[at] = (energyKwh[sinceRow] as number) + perMs * ((tMs[at] as number) - fromMs);
      }
    }
    while ((midnights[nextMidnight] ?? Infinity) < row) nextMidnight += 1;
    if (kwh > 0 || isUnknown || row === midnights[nextMidnight]) sinceRow = row;
  }
  return { ...parted, energyKwh: smooth };
}

/** A row at every local midnight, where the register stood on the line between its neighbours. */
function withMidnights(truth: CounterTruth, zone: Zone): { truth: CounterTruth; midnights: number[] } {
  const { length } = truth;
  if (length < 2) return { truth, midnights: [] };
  const startsMs = zone.starts("day", truth.tMs[0] as number, truth.tMs[length - 1] as number);
  const room = length + startsMs.length;
  const tMs = new Float64Array(room);
  const energyKwh = new Float64Array(room);
  const quality = new Uint16Array(room);
  const unknown: number[] = [];
  const midnights: number[] = [];
  let [to, next, nextUnknown] = [0, 0, 0];
  for (let row = 0; row < length; row += 1) {
    const atMs = truth.tMs[row] as number;
    const isUnknown = row === truth.unknown[nextUnknown];
    if (isUnknown) nextUnknown += 1;
    for (; (startsMs[next] ?? Infinity) <= atMs; next += 1) {
      const startMs = startsMs[next] as number;
      if (startMs === atMs) {
        midnights.push(to);
        continue;
      }
      if (row === 0) continue;
      const fromMs = truth.tMs[row - 1] as number;
      const beforeKwh = truth.energyKwh[row - 1] as number;
      tMs[to] = startMs;
      energyKwh[to] = beforeKwh + (((truth.energyKwh[row] as number) - beforeKwh) * (startMs - fromMs)) / (atMs - fromMs);
      quality[to] = 0;
      if (isUnknown) unknown.push(to);
      midnights.push(to);
      to += 1;
    }
    if (isUnknown) unknown.push(to);
    tMs[to] = atMs;
    energyKwh[to] = truth.energyKwh[row] as number;
    quality[to] = truth.quality[row] as number;
    to += 1;
  }
  const parted = {
    ...truth,
    length: to,
    tMs: tMs.subarray(0, to),
    energyKwh: energyKwh.subarray(0, to),
    quality: quality.subarray(0, to),
    unknown: Uint32Array.from(unknown),
  };
  return { truth: parted, midnights };
}
