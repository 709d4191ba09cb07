import { offsetText } from "#calendar/local-text.ts";
import type { IntervalRow as IntervalAnswer, IntervalFlag, IntervalSort } from "#contract/plant-intervals.ts";
import type { IntervalRow } from "#reports/plant-answers.ts";
import { QUALITY, type QualityName } from "#series/quality.ts";
import type { PlantDesk } from "./desk.ts";
import { isEstimated } from "./estimated.ts";
import { figure, marks, orNull } from "./wire.ts";

/** An interval as it is sent. */
export function intervalAnswer(row: IntervalRow, desk: Pick<PlantDesk, "lengthMs" | "zone">): IntervalAnswer {
  const startMs = row.endMs - desk.lengthMs;
  return {
    startMs,
    endMs: row.endMs,
    startLocal: offsetText(startMs, desk.zone),
    endLocal: offsetText(row.endMs, desk.zone),
    energyKwh: figure(row.energyKwh),
    demandKw: figure(row.demandKw),
    powerKw: figure(row.powerKw),
    possibleKw: figure(row.possibleKw),
    pulses: figure(row.pulses),
    totalKwh: figure(row.totalKwh),
    coverage: row.coverage,
    quality: marks(row.quality),
    estimated: isEstimated(row.quality),
    source: orNull(row.source),
  };
}

/** What of the intervals of a range is wanted, and in which order. */
export interface IntervalFilter {
  readonly flag?: IntervalFlag | undefined;
  readonly without?: readonly IntervalFlag[] | undefined;
  readonly minKw?: number | undefined;
  readonly maxKw?: number | undefined;
  readonly sort: IntervalSort;
}

/** The rows a filter lets through, in its order; unknown values come last. */
export function filtered(rows: readonly IntervalRow[], filter: IntervalFilter): IntervalRow[] {
  const { flag, without = [], minKw, maxKw } = filter;
  const kept = rows.filter(
    (row) =>
      (flag === undefined || hasFlag(row, flag)) &&
      !without.some((one) => hasFlag(row, one)) &&
      (minKw === undefined || row.powerKw >= minKw) &&
      (maxKw === undefined || row.powerKw <= maxKw),
  );
  return filter.sort === "time" ? kept : kept.sort(orderOf(filter.sort));
}

const WORDS: Readonly<Record<Exclude<IntervalFlag, QualityName>, (row: IntervalRow) => boolean>> = {
  missing: (row) => Number.isNaN(row.energyKwh),
  estimated: (row) => isEstimated(row.quality),
  uncertain: (row) => !Number.isNaN(row.possibleKw),
  "not-demand": (row) => !Number.isNaN(row.powerKw) && Number.isNaN(row.demandKw),
  any: (row) => row.quality !== 0 || Number.isNaN(row.energyKwh) || !Number.isNaN(row.possibleKw),
};

function hasFlag(row: IntervalRow, flag: IntervalFlag): boolean {
  return Object.hasOwn(WORDS, flag) ? WORDS[flag as keyof typeof WORDS](row) : (row.quality & QUALITY[flag as QualityName]) !== 0;
}

function orderOf(sort: IntervalSort): (a: IntervalRow, b: IntervalRow) => number {
  const name = sort.replace("-", "");
  const value = (row: IntervalRow): number => (name === "time" ? row.endMs : name === "kw" ? row.powerKw : row.energyKwh);
  const turn = sort.startsWith("-") ? -1 : 1;
  return (a, b) => {
    const [x, y] = [value(a), value(b)];
    if (Number.isNaN(x) || Number.isNaN(y)) return Number(Number.isNaN(x)) - Number(Number.isNaN(y)) || a.endMs - b.endMs;
    return turn * (x - y) || a.endMs - b.endMs;
  };
}
