import type { CounterTruth } from "#analytics/counter-truth.ts";
import { derivedPower, W_PER_KWH_MS } from "#analytics/derived-power.ts";
import { typicalPower } from "#analytics/typical.ts";
import { lowerBound } from "#series/column.ts";
import type { Series } from "#sites/registry.ts";
import type { Range, Store } from "#store/store.ts";
import { truthOver } from "./counter-views.ts";
import { smoothed } from "./derive.ts";
import type { HomeChart } from "./home-answers.ts";
import type { Flow, HomeStanding } from "./home-books.ts";
import { counted, isOneRegister, moreAt } from "./home-edges.ts";
import { gaugeRows, gaugesOver } from "./home-gauge.ts";
import { powerColumn, toWatts } from "./home-power.ts";
import { type PowerRows, rowsOfBuckets, rowsOfReadings, stepOf, withGaps } from "./home-rows.ts";

type Reader = Pick<Store, "read" | "readBuckets" | "extent">;

export interface ChartAsked {
  readonly points: number;
  readonly phases?: boolean;
  readonly typical?: boolean;
}

/** What a flow counted since the beginning of a range, until an instant. Missing: NaN. */
type CountedUntil = (atMs: number) => number;

const DAY_MS = 86_400_000;
/** What is longer is compared with nothing. */
const MOST_TYPICAL_MS = 9 * DAY_MS;
/** Values of one reading may be stamped a little apart. */
const SAME_READING_MS = 5_000;

/** Power and energy of a range, in as many rows as a screen can show. */
export async function homeChart(
  store: Reader,
  at: HomeStanding,
  { range, asked }: { range: Range; asked: ChartAsked },
): Promise<HomeChart> {
  const stepMs = stepOf(range, asked.points);
  const flows = [at.bought, ...(at.sold === undefined ? [] : [at.sold])];
  const said = await gaugeRows(store, await gaugesOver(store, at.series.powers, range), { points: asked.points, stepMs });
  // Coarse rows are made of whole intervals, which are at hand; finer ones of the readings themselves.
  const isCoarse = stepMs >= at.bought.intervals.lengthMs && said?.stepMs !== 0;
  const fine = async (flow: Flow) => (isOneRegister(flow, range) ? truthOver(store, flow.standing, { range }) : undefined);
  const truths = isCoarse ? [] : await Promise.all(flows.map(fine));
  const filled = said ?? withGaps(derivedRows({ flows, truths }, { range, points: asked.points, stepMs }));
  const [bought, sold] = await Promise.all(flows.map((flow, i) => countedUntil(store, { flow, truth: truths[i], range })));
  return {
    ...range,
    ...filled,
    boughtKwh: cumulative(filled, bought, range),
    soldKwh: cumulative(filled, sold, range),
    ...(asked.phases ? await phasesOf(store, at, { range, rows: filled }) : {}),
    derived: said === undefined,
    typical: asked.typical === false || range.toMs - range.fromMs > MOST_TYPICAL_MS ? NOTHING_TYPICAL : typicalRows(at, range),
  };
}

const NOTHING_TYPICAL: HomeChart["typical"] = { tMs: new Float64Array(0), powerW: new Float64Array(0), days: 0 };

function typicalRows({ bought, isHoliday }: HomeStanding, range: Range): HomeChart["typical"] {
  const { tMs, powerKw, days } = typicalPower(bought.days, range, { isHoliday });
  return { tMs, powerW: powerKw.map((kw) => kw * 1000), days };
}

interface RowsAsked {
  readonly range: Range;
  readonly points: number;
  readonly stepMs: number;
}

interface Registers {
  readonly flows: readonly Flow[];
  readonly truths: readonly (CounterTruth | undefined)[];
}

/** Power out of registers: from step to step where there are few, else what they rose by in each row. */
function derivedRows({ flows, truths }: Registers, { range, points, stepMs }: RowsAsked): PowerRows {
  const [bought, sold] = truths;
  if (bought !== undefined && (sold === undefined || (sold.energyKwh[sold.length - 1] ?? 0) === 0)) {
    const steps = stepRows(bought, range);
    if (steps.tMs.length <= points) return steps;
  }
  const firstMs = Math.floor(range.fromMs / stepMs) * stepMs;
  const n = Math.max(0, Math.ceil((range.toMs - firstMs) / stepMs));
  const tMs = Float64Array.from({ length: n }, (_, i) => firstMs + i * stepMs);
  const [taken, given] = flows.map((flow, i) => {
    const of = energyOf(flow, truths[i]);
    return tMs.map((startMs) => of(Math.max(startMs, range.fromMs), startMs + stepMs));
  });
  const isSoldAlone = flows[0]?.standing.ids.length === 0;
  const powerW = tMs.map((startMs, i) => {
    const netKwh = isSoldAlone ? -(given?.[i] ?? Number.NaN) : (taken?.[i] ?? Number.NaN) - (given?.[i] || 0);
    return (netKwh * W_PER_KWH_MS) / (startMs + stepMs - Math.max(startMs, range.fromMs));
  });
  const from = powerW.findIndex((watts) => !Number.isNaN(watts));
  const to = powerW.findLastIndex((watts) => !Number.isNaN(watts)) + 1;
  const known = powerW.subarray(Math.max(0, from), to);
  return {
    stepMs,
    tMs: tMs.subarray(Math.max(0, from), to),
    powerW: known,
    minW: known,
    maxW: known,
    quality: new Uint16Array(known.length),
  };
}

/** Energy of a stretch out of readings, or of intervals where readings were not looked at. Missing: NaN. */
function energyOf({ sums, standing }: Flow, truth: CounterTruth | undefined): (fromMs: number, toMs: number) => number {
  if (truth === undefined) return (fromMs, toMs) => sums.between(fromMs, toMs).kwh;
  const smooth = smoothed(truth, standing.rules.zone);
  const [first, last] = [smooth.tMs[0] ?? Number.POSITIVE_INFINITY, smooth.tMs[smooth.length - 1] ?? Number.NEGATIVE_INFINITY];
  return (fromMs, toMs) => (toMs <= first || fromMs >= last ? Number.NaN : counted(smooth, fromMs, toMs));
}

/** A row where each step of a register begins, and one where the last ends. */
function stepRows(truth: CounterTruth, range: Range): PowerRows {
  const { fromMs, toMs, powerW } = derivedPower(truth);
  const from = lowerBound(toMs, range.fromMs + 1);
  const to = lowerBound(fromMs, range.toMs);
  const starts: number[] = [];
  const watts: number[] = [];
  for (let i = from; i < to; i++) {
    starts.push(Math.max(fromMs[i] as number, range.fromMs));
    watts.push(powerW[i] as number);
    const endMs = toMs[i] as number;
    if (i + 1 < to && fromMs[i + 1] === endMs) continue;
    starts.push(Math.min(endMs, range.toMs));
    watts.push(i + 1 < to ? Number.NaN : (powerW[i] as number));
  }
  const values = Float64Array.from(watts);
  return { stepMs: 0, tMs: Float64Array.from(starts), powerW: values, minW: values, maxW: values, quality: new Uint16Array(values.length) };
}

interface Counting {
  readonly flow: Flow;
  /** Left out where readings were not looked at. */
  readonly truth: CounterTruth | undefined;
  readonly range: Range;
}

/** Rows of intervals begin and end where intervals do; the two ends of the range may lie in one. */
async function countedUntil(store: Reader, { flow, truth, range }: Counting): Promise<CountedUntil> {
  if (truth !== undefined) {
    const of = energyOf(flow, truth);
    return (atMs) => of(range.fromMs, atMs);
  }
  const [from, to] = await Promise.all([range.fromMs, range.toMs].map((tMs) => moreAt(store, flow, tMs)));
  const more = (atMs: number): number => (atMs === range.toMs ? (to as number) : 0) - (from as number);
  return (atMs) => flow.sums.between(range.fromMs, atMs).kwh + more(atMs);
}

/** At the end of each row, or at the reading; nothing is said in a gap. */
function cumulative(rows: PowerRows, until: CountedUntil | undefined, range: Range): Float64Array {
  return rows.tMs.map((tMs, i) => {
    if (until === undefined || Number.isNaN(rows.powerW[i])) return Number.NaN;
    const atMs = Math.min(tMs + rows.stepMs, range.toMs);
    return atMs <= range.fromMs ? 0 : until(atMs);
  });
}

async function phasesOf(
  store: Reader,
  { series }: HomeStanding,
  { range, rows }: { readonly range: Range; readonly rows: PowerRows },
): Promise<Pick<HomeChart, "phasesW">> {
  const found = await Promise.all(series.phases.map((one) => phaseRows(store, one, { range, rows })));
  const [a, b, c] = found;
  return a === undefined || b === undefined || c === undefined ? {} : { phasesW: [a, b, c] };
}

async function phaseRows(
  store: Reader,
  series: Series,
  { range, rows }: { readonly range: Range; readonly rows: PowerRows },
): Promise<Float64Array> {
  const nearMs = rows.stepMs === 0 ? SAME_READING_MS : 0;
  const phase =
    rows.stepMs === 0
      ? rowsOfReadings(await powerColumn(store, series, { range: { fromMs: range.fromMs - nearMs, toMs: range.toMs + nearMs } }))
      : rowsOfBuckets(await store.readBuckets(series.id, range, rows.stepMs), toWatts(series));
  return rows.tMs.map((tMs, i) => {
    if (Number.isNaN(rows.powerW[i])) return Number.NaN;
    const row = lowerBound(phase.tMs, tMs - nearMs);
    return Math.abs((phase.tMs[row] ?? Number.POSITIVE_INFINITY) - tMs) <= nearMs ? (phase.powerW[row] as number) : Number.NaN;
  });
}
