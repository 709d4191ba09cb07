import { QUALITY_NAMES } from "#contract/names.ts";
import type { HeatAnswer } from "#contract/plant-intervals.ts";
import { HEAT_MARK, type HeatCells, RAMP_STEPS } from "#web/charts/draw-heat-map.ts";
import { type HeatGrid, heatGrid } from "#web/charts/heat-grid.ts";
import type { ZoneClock } from "#web/charts/zone-clock.ts";

/** The map's intervals in order of time; those that are not over yet are left out. */
export interface HeatRows {
  readonly lengthMs: number;
  readonly endMs: readonly number[];
  /** Mean power; null is an interval nobody spoke of. */
  readonly kw: readonly (number | null)[];
  readonly bits: readonly number[];
}

/** The answer's days and clock times after `sinceMs` as one list, both passes of a repeated hour included. */
export function heatRows(answer: HeatAnswer, { sinceMs, nowMs }: { sinceMs: number; nowMs: number }): HeatRows {
  const rows: { endMs: number; kw: number | null; bits: number }[] = [];
  answer.endMs.forEach((day, row) => {
    day.forEach((endMs, slot) => {
      if (endMs !== null) rows.push({ endMs, kw: answer.kw[row]?.[slot] ?? null, bits: answer.quality[row]?.[slot] ?? 0 });
    });
  });
  for (const cell of answer.repeated) rows.push({ endMs: cell.endMs, kw: cell.kw, bits: cell.quality });
  const over = rows.filter((cell) => cell.endMs > sinceMs && cell.endMs <= nowMs).sort((a, b) => a.endMs - b.endMs);
  return {
    lengthMs: answer.intervalMinutes * 60_000,
    endMs: over.map((cell) => cell.endMs),
    kw: over.map((cell) => cell.kw),
    bits: over.map((cell) => cell.bits),
  };
}

const bit = (name: (typeof QUALITY_NAMES)[number]): number => 1 << QUALITY_NAMES.indexOf(name);
export const EXCLUDED = bit("excludedFromDemand");
export const INVALID = bit("invalidAlarm") | bit("badStatus");
export const DOUBTFUL = INVALID | bit("suspect") | bit("clockUncertain");
export const NOT_MEASURED = bit("filled") | bit("recoveredAfterGap");

export interface HeatPicture {
  readonly grid: HeatGrid;
  readonly cells: HeatCells;
  readonly maxKw: number;
}

/** Colours and marks of the map: power as a ramp from zero to the highest, gaps as gaps, what is marked with its mark. */
export function heatPicture(rows: HeatRows, clock: ZoneClock): HeatPicture {
  const grid = heatGrid(rows, clock);
  let maxKw = 0;
  for (const kw of rows.kw) if (kw !== null && kw > maxKw) maxKw = kw;
  const ink = new Int16Array(rows.endMs.length).fill(-1);
  const mark = new Uint8Array(rows.endMs.length);
  rows.kw.forEach((kw, index) => {
    const bits = rows.bits[index] ?? 0;
    if (kw !== null) ink[index] = maxKw === 0 ? 0 : Math.round((Math.max(0, kw) / maxKw) * (RAMP_STEPS - 1));
    mark[index] =
      ((bits & NOT_MEASURED) === 0 ? 0 : HEAT_MARK.hatched) |
      ((bits & DOUBTFUL) !== 0 ? HEAT_MARK.dot : (bits & EXCLUDED) !== 0 ? HEAT_MARK.ring : 0);
  });
  return { grid, cells: { ink, mark }, maxKw };
}

/** What a map says in one paragraph. */
export interface HeatFacts {
  readonly days: number;
  readonly missing: number;
  readonly excluded: number;
  readonly invalid: number;
  readonly highest: number | undefined;
}

/** Counts of the map, and where its highest interval is. */
export function heatFacts(rows: HeatRows, days: number): HeatFacts {
  let missing = 0;
  let excluded = 0;
  let invalid = 0;
  let highest: number | undefined;
  rows.kw.forEach((kw, index) => {
    const bits = rows.bits[index] ?? 0;
    if ((bits & EXCLUDED) !== 0) excluded++;
    if ((bits & INVALID) !== 0) invalid++;
    if (kw === null) missing++;
    else if ((bits & INVALID) === 0 && (highest === undefined || kw > (rows.kw[highest] ?? 0))) highest = index;
  });
  return { days, missing, excluded, invalid, highest };
}
