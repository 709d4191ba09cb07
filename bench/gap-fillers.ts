import { judgeReadings } from "#analytics/judged-readings.ts";
import { learnedPattern } from "#analytics/learned-pattern.ts";
import type { Pace } from "#analytics/meter-consumption.ts";
import { consumptionOf } from "#analytics/meter-fill.ts";
import type { MeterIndex } from "#analytics/meter-index.ts";
import { evenPace, monthlyPace } from "#analytics/meter-pace.ts";
import { shapedPace } from "#analytics/shaped-pace.ts";
import { zoneNamed } from "#calendar/zone.ts";
import type { Gap, GapSeries } from "./gap-series.ts";

/** A rule that fills gaps: all values, those in gaps filled. */
export type Filler = (series: GapSeries, gaps: readonly Gap[]) => Float64Array;

/** The series as a meter whose reader was away during the gaps: what was used in each is known, how it was spread is not. */
export const REGISTER_FILLERS: Readonly<Record<string, Filler>> = {
  ours: (series) => consumed(series, ourPace),
  linear: (series) => consumed(series, evenPace),
  "last value": overGaps((series, { from, to }) =>
    Float64Array.from({ length: to - from }, (_, k) => (from + k === to - 1 ? totalOf(series, { from, to }) : 0)),
  ),
  "naive seasonal": overGaps((series, gap) => {
    const season = seasonal(series, gap);
    const sum = season.reduce((all, value) => all + value, 0);
    return season.map((value) => (sum > 0 ? (value * totalOf(series, gap)) / sum : totalOf(series, gap) / season.length));
  }),
};

/** The values as they are: nothing is known of a gap but what is around it. */
export const VALUE_FILLERS: Readonly<Record<string, Filler>> = {
  linear: overGaps(({ known }, { from, to }) => lineOver(known, { from, to })),
  "last value": overGaps(({ known }, { from, to }) => new Float64Array(to - from).fill(known[from - 1] as number)),
  "naive seasonal": overGaps(seasonal),
};

/** Straight from the value before a gap to the one after it. */
export function lineOver(values: Float64Array, { from, to }: Gap): Float64Array {
  const [left, right] = [values[from - 1] as number, values[to] as number];
  return Float64Array.from({ length: to - from }, (_, k) => left + ((right - left) * (k + 1)) / (to - from + 1));
}

export function overGaps(fill: (series: GapSeries, gap: Gap) => Float64Array): Filler {
  return (series, gaps) => {
    const filled = Float64Array.from(series.known);
    for (const gap of gaps) filled.set(fill(series, gap), gap.from);
    return filled;
  };
}

function totalOf({ truth }: GapSeries, { from, to }: Gap): number {
  return truth.subarray(from, to).reduce((sum, value) => sum + value, 0);
}

/** Mean of the values one period before and after; where neither is known, straight over the gap. */
function seasonal({ known, period }: GapSeries, { from, to }: Gap): Float64Array {
  const line = lineOver(known, { from, to });
  return line.map((value, k) => {
    const around = [known[from + k - period], known[from + k + period]].filter(
      (other) => other !== undefined && !Number.isNaN(other),
    ) as number[];
    return around.length === 0 ? value : around.reduce((sum, other) => sum + other, 0) / around.length;
  });
}

function consumed(series: GapSeries, paceOf: (index: MeterIndex) => Pace): Float64Array {
  const { known, truth, edgesMs } = series;
  const tMs: number[] = [edgesMs[0] as number];
  const register: number[] = [0];
  let counted = 0;
  for (let i = 0; i < known.length; i += 1) {
    counted += Number.isNaN(truth[i] as number) ? 0 : (truth[i] as number);
    const isRead = i + 1 === known.length || !(Number.isNaN(known[i] as number) && Number.isNaN(known[i + 1] as number));
    if (!isRead) continue;
    tMs.push(edgesMs[i + 1] as number);
    register.push(counted);
  }
  const column = { tMs: Float64Array.from(tMs), value: Float64Array.from(register), quality: new Uint16Array(tMs.length) };
  const { index } = judgeReadings(column, { replacements: [], decisions: new Map(), resetsMs: [] });
  return consumptionOf(index, edgesMs, paceOf(index)).amount;
}

function ourPace(index: MeterIndex): Pace {
  const zone = zoneNamed("UTC");
  const pattern = learnedPattern(index, zone);
  return shapedPace(index, zone, { pace: pattern ? monthlyPace(pattern, zone) : evenPace() });
}
