import { derivedPower, W_PER_KWH_MS } from "#analytics/derived-power.ts";
import { bucketStatistics, type PowerStatistics, powerStatistics } from "#analytics/power-statistics.ts";
import { lowerBound } from "#series/column.ts";
import type { Series } from "#sites/registry.ts";
import type { Range, Store } from "#store/store.ts";
import { truthOver } from "./counter-views.ts";
import type { HomeSelection } from "./home-answers.ts";
import type { Flow, HomeBooks, HomeStanding } from "./home-books.ts";
import { edgesOf, isOneRegister } from "./home-edges.ts";
import { figuresOf } from "./home-figures.ts";
import { type GaugePart, gaugesOver } from "./home-gauge.ts";
import { powerColumn, toWatts } from "./home-power.ts";
import { gapOf } from "./home-rows.ts";

type Reader = Pick<Store, "read" | "readBuckets" | "extent">;
type PowerPart = Omit<HomeSelection, keyof ReturnType<typeof figuresOf>>;

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Of longer stretches the middle is read in hours. */
const MOST_RAW_MS = 3 * DAY_MS;

/** Energy, money and power of a stretch, exact at both ends. */
export async function homeSelection(
  store: Reader,
  { books, at }: { readonly books: HomeBooks; readonly at: HomeStanding },
  asked: Range,
): Promise<HomeSelection> {
  const range = { fromMs: asked.fromMs, toMs: Math.max(asked.fromMs, Math.min(asked.toMs, at.nowMs)) };
  const edges = await edgesOf(store, { grid: books.grid, at, range });
  const figures = figuresOf(at, { range, edges, exact: true });
  const power = await gaugePower(store, await gaugesOver(store, at.series.powers, closed(range)));
  const netKwh = isSoldAlone(at) ? -figures.soldKwh : figures.boughtKwh - (figures.soldKwh || 0);
  return { ...figures, ...(power ?? (await registerPower(store, at, { range, netKwh }))) };
}

/** Missing: undefined where the meter sent no power. */
async function gaugePower(store: Reader, gauges: readonly GaugePart[]): Promise<PowerPart | undefined> {
  const told = await Promise.all(
    gauges.map(async ({ series, range }) =>
      range.toMs - range.fromMs <= MOST_RAW_MS ? [await rawPart(store, series, range)] : await longParts(store, series, range),
    ),
  );
  const parts = told.flat();
  const known = parts.filter(({ statistics }) => statistics.count > 0);
  const [first] = known;
  if (first === undefined) return undefined;
  const highest = known.reduce((best, one) => (one.statistics.maxW > best.statistics.maxW ? one : best), first);
  const lowest = known.reduce((best, one) => (one.statistics.minW < best.statistics.minW ? one : best), first);
  const seenMs = known.reduce((sum, part) => sum + part.seenMs, 0);
  const wattMs = known.reduce((sum, { statistics, seenMs: own }) => sum + (own === 0 ? 0 : statistics.meanW * own), 0);
  return {
    maxW: highest.statistics.maxW,
    maxMs: await instantOf(store, { part: highest, watts: highest.statistics.maxW, bucketMs: highest.statistics.maxMs }),
    minW: lowest.statistics.minW,
    minMs: await instantOf(store, { part: lowest, watts: lowest.statistics.minW, bucketMs: lowest.statistics.minMs }),
    meanW: seenMs > 0 ? wattMs / seenMs : first.statistics.meanW,
    count: known.reduce((sum, { statistics }) => sum + statistics.count, 0),
    derived: false,
  };
}

/** A reading at the very end of a stretch belongs to it. */
function closed({ fromMs, toMs }: Range): Range {
  return { fromMs, toMs: toMs + 1 };
}

interface Part {
  readonly series: Series;
  readonly statistics: PowerStatistics;
  /** Time its mean is over. */
  readonly seenMs: number;
  /** 0 where extremes are told by the reading. */
  readonly bucketMs: number;
}

async function rawPart(store: Reader, series: Series, range: Range): Promise<Part> {
  const column = await powerColumn(store, series, { range });
  const seenMs = (column.tMs.at(-1) ?? 0) - (column.tMs[0] ?? 0);
  return { statistics: powerStatistics(column, { maxGapMs: gapOf(column.tMs) }), seenMs, bucketMs: 0, series };
}

/** Whole hours as the store keeps them, and what is before and after them reading by reading. */
async function longParts(store: Reader, series: Series, range: Range): Promise<Part[]> {
  const fromMs = Math.ceil(range.fromMs / HOUR_MS) * HOUR_MS;
  const toMs = Math.floor(range.toMs / HOUR_MS) * HOUR_MS;
  const [head, tail, buckets] = await Promise.all([
    rawPart(store, series, { fromMs: range.fromMs, toMs: fromMs }),
    rawPart(store, series, { fromMs: toMs, toMs: range.toMs }),
    store.readBuckets(series.id, { fromMs, toMs }, HOUR_MS),
  ]);
  const toW = toWatts(series);
  const watts = { ...buckets, min: buckets.min.map(toW), max: buckets.max.map(toW), sum: buckets.sum.map(toW) };
  const filled = watts.n.reduce((count, n) => count + (n > 0 ? 1 : 0), 0);
  return [head, { statistics: bucketStatistics(watts), seenMs: filled * HOUR_MS, bucketMs: HOUR_MS, series }, tail];
}

/** When it was: of an hour the first reading that shows it. */
async function instantOf(store: Reader, { part, watts, bucketMs }: { part: Part; watts: number; bucketMs: number }): Promise<number> {
  if (part.bucketMs === 0) return bucketMs;
  const { tMs, value } = await powerColumn(store, part.series, { range: { fromMs: bucketMs, toMs: bucketMs + part.bucketMs } });
  return tMs[value.indexOf(watts)] ?? bucketMs;
}

/** Power out of the register: its highest and lowest step, and the mean of all that was counted. */
async function registerPower(
  store: Reader,
  at: HomeStanding,
  { range, netKwh }: { readonly range: Range; readonly netKwh: number },
): Promise<PowerPart> {
  const meanW = (netKwh * W_PER_KWH_MS) / (range.toMs - range.fromMs);
  const { fromMs, powerW } = await stepsOf(store, at, range);
  let [max, min] = [-1, -1];
  for (let i = 0; i < powerW.length; i++) {
    if (max < 0 || (powerW[i] as number) > (powerW[max] as number)) max = i;
    if (min < 0 || (powerW[i] as number) < (powerW[min] as number)) min = i;
  }
  const extremes =
    max < 0 ? {} : { maxMs: Math.max(range.fromMs, fromMs[max] as number), minMs: Math.max(range.fromMs, fromMs[min] as number) };
  return { maxW: powerW[max] ?? Number.NaN, minW: powerW[min] ?? Number.NaN, ...extremes, meanW, count: 0, derived: true };
}

function isSoldAlone({ bought, sold }: HomeStanding): boolean {
  return sold !== undefined && bought.standing.ids.length === 0;
}

interface Steps {
  readonly fromMs: Float64Array;
  readonly powerW: Float64Array;
}

/** Of a meter that only counts what is sold, power is negative. */
async function stepsOf(store: Reader, at: HomeStanding, range: Range): Promise<Steps> {
  if (at.sold === undefined || !isSoldAlone(at)) return stepsOfFlow(store, at.bought, range);
  const { fromMs, powerW } = await stepsOfFlow(store, at.sold, range);
  return { fromMs, powerW: powerW.map((watts) => -watts) };
}

/** Steps of the register, or intervals where a stretch is long or several registers tell it. */
async function stepsOfFlow(store: Reader, flow: Flow, range: Range): Promise<Steps> {
  if (range.toMs - range.fromMs <= MOST_RAW_MS && isOneRegister(flow, range)) {
    const truth = await truthOver(store, flow.standing, { range });
    if (truth === undefined) return { fromMs: new Float64Array(0), powerW: new Float64Array(0) };
    const { fromMs, toMs, powerW } = derivedPower(truth);
    const [from, to] = [lowerBound(toMs, range.fromMs + 1), lowerBound(fromMs, range.toMs)];
    return { fromMs: fromMs.subarray(from, to), powerW: powerW.subarray(from, to) };
  }
  const { tMs, powerKw, lengthMs } = flow.intervals;
  const rows = Array.from(tMs.keys()).filter((i) => isWithin(tMs[i] as number, { lengthMs, range }) && !Number.isNaN(powerKw[i]));
  return {
    fromMs: Float64Array.from(rows, (i) => (tMs[i] as number) - lengthMs),
    powerW: Float64Array.from(rows, (i) => (powerKw[i] as number) * 1000),
  };
}

function isWithin(endMs: number, { lengthMs, range }: { readonly lengthMs: number; readonly range: Range }): boolean {
  return endMs - lengthMs >= range.fromMs && endMs <= range.toMs;
}
