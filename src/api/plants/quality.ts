import type { Intervals } from "#analytics/intervals.ts";
import { offsetText } from "#calendar/local-text.ts";
import type { PlantQualityAnswer, QualityCounts } from "#contract/plant-quality.ts";
import type { IntervalRow, QualityReport } from "#reports/plant-answers.ts";
import { lowerBound } from "#series/column.ts";
import { QUALITY } from "#series/quality.ts";
import type { Range } from "#store/store.ts";
import { conservationOf } from "./conservation.ts";
import type { PlantDesk } from "./desk.ts";
import { onGrid } from "./intervals.ts";
import { finished, greatest, sum } from "./spell.ts";
import { figure, marks, orNull, span } from "./wire.ts";

const DAY_MS = 86_400_000;
const WEEK_DAYS = 7;
const MOST = 500;

export interface QualityWish {
  readonly range: Range;
  readonly nowMs: number;
  readonly clockOffsetMs: number | undefined;
}

/** Whether the intervals of a range are all there, which are marked, and whether all ways of counting tell of one energy. */
export async function qualityAnswer(desk: PlantDesk, wish: QualityWish): Promise<PlantQualityAnswer> {
  const { reports } = desk;
  const { nowMs } = wish;
  const over = finished(desk, onGrid(desk, wish.range));
  const report = await reports.quality(over);
  const rows = over.toMs > over.fromMs ? await reports.rows(over) : [];
  const intervals = over.toMs > over.fromMs ? await reports.intervals(over) : undefined;
  const flagged = rows.filter((row) => row.quality !== 0).toReversed();
  const latest = await reports.latest();
  return {
    nowMs,
    zone: reports.settings.zone,
    intervalMinutes: reports.settings.intervalMinutes,
    range: countsOf(report, intervals),
    lastDay: await countsSince(desk, nowMs - DAY_MS, nowMs),
    lastWeek: await countsSince(desk, nowMs - WEEK_DAYS * DAY_MS, nowMs),
    gaps: report.missing
      .toReversed()
      .slice(0, MOST)
      .map((run) => gapAnswer(run, intervals, desk)),
    moreGaps: report.missing.length > MOST,
    flagged: flagged.slice(0, MOST).map((row) => flaggedAnswer(row, desk)),
    moreFlagged: flagged.length > MOST,
    conservation: conservationOf(rows),
    sources: intervals === undefined ? [] : await sourcesOf(desk, over, intervals),
    lastIntervalMs: orNull(latest?.endMs),
    clockOffsetMs: orNull(wish.clockOffsetMs),
  };
}

async function countsSince(desk: PlantDesk, fromMs: number, nowMs: number): Promise<QualityCounts> {
  const over = finished(desk, onGrid(desk, { fromMs, toMs: nowMs }));
  return countsOf(await desk.reports.quality(over), over.toMs > over.fromMs ? await desk.reports.intervals(over) : undefined);
}

function countsOf(report: QualityReport, intervals: Intervals | undefined): QualityCounts {
  const rows = intervals?.tMs.length ?? 0;
  const suspect = intervals?.quality.reduce((count, bits) => count + ((bits & QUALITY.suspect) === 0 ? 0 : 1), 0) ?? 0;
  return {
    fromMs: report.fromMs,
    toMs: report.toMs,
    expected: report.expected,
    observed: report.observed,
    missing: report.missingCount,
    estimated: report.estimated,
    excluded: report.excluded,
    invalid: report.invalid,
    recovered: report.recovered,
    suspect,
    coverage: rows === 0 ? 0 : (intervals?.coverage.reduce((a, b) => a + b, 0) ?? 0) / rows,
  };
}

function gapAnswer(
  run: QualityReport["missing"][number],
  intervals: Intervals | undefined,
  desk: PlantDesk,
): PlantQualityAnswer["gaps"][number] {
  const [from, to] =
    intervals === undefined ? [0, 0] : [lowerBound(intervals.tMs, run.fromMs + 1), lowerBound(intervals.tMs, run.toMs + 1)];
  const possible = intervals?.possibleKw.subarray(from, to) ?? new Float64Array();
  return {
    ...span(run, desk.zone),
    intervals: run.count,
    recoveredKwh: figure(sum(intervals?.energyKwh.subarray(from, to) ?? new Float64Array())),
    possibleKw: figure(possible[greatest(possible)] ?? Number.NaN),
  };
}

function flaggedAnswer(row: IntervalRow, desk: PlantDesk): PlantQualityAnswer["flagged"][number] {
  return {
    endMs: row.endMs,
    endLocal: offsetText(row.endMs, desk.zone),
    powerKw: figure(row.powerKw),
    quality: marks(row.quality),
    source: orNull(row.source),
  };
}

/** How each source stands to what was taken. */
async function sourcesOf(desk: PlantDesk, range: Range, taken: Intervals): Promise<PlantQualityAnswer["sources"]> {
  return Promise.all(
    desk.reports.settings.sources.map(async ({ name }) => {
      const layer = await desk.reports.layer(name, range);
      const index = taken.layers.indexOf(name);
      let [spoke, differing, differenceKwh, mine] = [0, 0, 0, 0];
      for (let i = 0; i < taken.tMs.length; i++) {
        if (taken.layer[i] === index) mine += 1;
        const energy = layer.energyKwh[i] ?? Number.NaN;
        if (Number.isNaN(energy)) continue;
        spoke += 1;
        const difference = energy - (taken.energyKwh[i] as number);
        if (Number.isNaN(difference)) continue;
        differenceKwh += difference;
        if (Math.abs(difference) > resolutionOf(layer, i)) differing += 1;
      }
      return { source: name, taken: mine, spoke, differing, differenceKwh };
    }),
  );
}

/** One pulse, or one kWh where nothing is counted: what files and pulses differ by without contradicting each other. */
function resolutionOf(layer: Intervals, i: number): number {
  const pulses = layer.pulses[i] as number;
  return Math.max(1, pulses > 0 ? (layer.energyKwh[i] as number) / pulses : 0);
}
