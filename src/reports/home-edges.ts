import type { CounterTruth } from "#analytics/counter-truth.ts";
import { IntervalGrid } from "#analytics/interval-grid.ts";
import { NO_RUNG } from "#series/ladder.ts";
import type { Range, Store } from "#store/store.ts";
import { counterSource, energyAt, truthOver } from "./counter-views.ts";
import { smoothed } from "./derive.ts";
import type { Flow, HomeStanding } from "./home-books.ts";
import type { Asked } from "./home-figures.ts";
import { firstAfter } from "./interval-columns.ts";
import type { SourceSeries } from "./plant-series.ts";

type Edges = NonNullable<Asked["edges"]>;
type Reader = Pick<Store, "read">;

/**
 * What the two ends of a stretch really take of the intervals they lie in, more than their share by time.
 * Missing: 0 where the register is not known there.
 */
export async function edgesOf(store: Reader, { grid, at, range }: { grid: IntervalGrid; at: HomeStanding; range: Range }): Promise<Edges> {
  return Promise.all(
    [range.fromMs, range.toMs].map(async (tMs, i) => {
      const of = async (flow: Flow | undefined): Promise<number> => (flow === undefined ? 0 : moreAt(store, flow, tMs));
      const [boughtKwh, soldKwh] = await Promise.all([of(at.bought), of(at.sold)]);
      const fromMs = grid.atOrBefore(tMs);
      const sign = i === 0 ? -1 : 1;
      return { fromMs, toMs: grid.after(fromMs), boughtKwh: sign * boughtKwh, soldKwh: sign * soldKwh };
    }),
  );
}

/** Energy from the beginning of an interval to an instant in it, less that instant's share of the interval. */
export async function moreAt(store: Reader, flow: Flow, tMs: number): Promise<number> {
  const { zone, lengthMs } = flow.standing.rules;
  const startMs = new IntervalGrid(zone, lengthMs).atOrBefore(tMs);
  if (startMs === tMs) return 0;
  const source = sourceOf(flow, startMs);
  const truth = source && (await truthOver(store, flow.standing, { range: { fromMs: startMs, toMs: tMs + 1 }, source }));
  if (truth === undefined) return 0;
  const exact = counted(smoothed(truth, zone), startMs, tMs);
  const linear = flow.sums.between(startMs, tMs).kwh;
  return Number.isNaN(exact) || Number.isNaN(linear) ? 0 : exact - linear;
}

/** The source an interval came from. Missing: undefined where nobody knows of it. */
function sourceOf({ intervals, standing }: Flow, startMs: number): SourceSeries | undefined {
  const { tMs, layer, layers } = intervals;
  const name = layers[layer[firstAfter(tMs, startMs)] ?? NO_RUNG];
  return standing.sources.find(({ source }) => source.name === name);
}

/** Whether a register that counts most is all that is known of a range: where it was not yet read, another source may speak. */
export function isOneRegister({ intervals, standing }: Flow, range: Range): boolean {
  const { tMs, layer, layers, lengthMs } = intervals;
  const own = layers.indexOf(counterSource(standing)?.source.name ?? "");
  const [from, to] = [firstAfter(tMs, range.fromMs), firstAfter(tMs, range.toMs - 1 + lengthMs)];
  return layer.subarray(from, to).every((one) => one === own || one === NO_RUNG);
}

/** kWh a register counted between two instants; what lies before its first or after its last reading is nothing. */
export function counted(truth: CounterTruth, fromMs: number, toMs: number): number {
  const [first, last] = [truth.tMs[0], truth.tMs[truth.length - 1]];
  if (first === undefined || last === undefined) return Number.NaN;
  const at = (tMs: number): number => energyAt(truth, Math.min(Math.max(tMs, first), last));
  return at(toMs) - at(fromMs);
}
