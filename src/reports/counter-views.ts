import type { CounterTruth } from "#analytics/counter-truth.ts";
import { powerSinceLastStep } from "#analytics/derived-power.ts";
import { usualGapMs } from "#analytics/spacing.ts";
import { type Column, lowerBound } from "#series/column.ts";
import { BAD_QUALITY } from "#series/quality.ts";
import type { Series } from "#sites/registry.ts";
import type { Range, Store } from "#store/store.ts";
import { conversion } from "#units/unit.ts";
import { smoothed, truthOf } from "./derive.ts";
import type { Standing } from "./history.ts";
import type { LivePower, PowerColumns } from "./plant-answers.ts";
import type { SourceSeries } from "./plant-series.ts";
import { readSpan } from "./source-columns.ts";

type Reader = Pick<Store, "read" | "readBuckets">;

const HOUR_MS = 3_600_000;
/** A reading of power older than this says nothing about now, unless the meter is read so rarely. */
const STALE_MS = 300_000;
const STALE_GAPS = 3;
const LOOK_ROWS = 17;
/** A register of whole kWh moves every few hours. */
const STEPS_MS = 24 * HOUR_MS;
const NOTHING: LivePower = { kw: Number.NaN, plusMinusKw: Number.NaN, windowMs: 0 };

/** The source whose register counts most. Missing: undefined where none has one. */
export function counterSource({ sources }: Pick<Standing, "sources">): SourceSeries | undefined {
  return sources.findLast((source) => source.counter !== undefined);
}

/** What a source's register really counted over a range and the rows around it. Missing: undefined where no register is judged. */
export async function truthOver(
  store: Pick<Store, "read">,
  standing: Pick<Standing, "sources" | "rules">,
  { range, source = counterSource(standing) }: { readonly range: Range; readonly source?: SourceSeries | undefined },
): Promise<CounterTruth | undefined> {
  const { counter } = standing.rules;
  if (source?.counter === undefined || counter === undefined || range.toMs <= range.fromMs) return undefined;
  const just = { source: source.source, counter: source.counter };
  const { columns } = await readSpan(store, [just], { span: range, options: {}, counter });
  return columns[0] && truthOf(columns[0], standing.rules);
}

/** The newest good readings of a power gauge, W, none of them after an instant. */
export async function newestPower(store: Pick<Store, "read">, series: Series, nowMs: number): Promise<Column> {
  const { tMs, value, quality } = await store.read(series.id, { fromMs: -8.64e15, toMs: nowMs + 1 }, { limit: -LOOK_ROWS });
  const toW = conversion(series.unit, "W") as (value: number) => number;
  const good = Array.from(tMs.keys()).filter((i) => ((quality[i] as number) & BAD_QUALITY) === 0);
  return {
    tMs: Float64Array.from(good, (i) => tMs[i] as number),
    value: Float64Array.from(good, (i) => toW(value[i] as number)),
    quality: Uint16Array.from(good, (i) => quality[i] as number),
  };
}

/** How long the newest of these readings says what is now. */
export function freshMs({ tMs }: Column): number {
  return Math.max(STALE_MS, STALE_GAPS * (usualGapMs(tMs, tMs.length, tMs.length) || 0));
}

/** Power of now where a register counts: the gauge beside it, else its last steps. */
export async function counterPowerNow(store: Reader, standing: Standing, nowMs: number): Promise<LivePower> {
  const source = counterSource(standing);
  if (source === undefined) return NOTHING;
  const name = source.source.name;
  if (source.power !== undefined) {
    const column = await newestPower(store, source.power, nowMs);
    const [tMs, watts] = [column.tMs.at(-1), column.value.at(-1)];
    if (tMs !== undefined && watts !== undefined && !Number.isNaN(watts)) {
      const ageMs = nowMs - tMs;
      const kw = ageMs > freshMs(column) ? Number.NaN : ownPart(watts, standing) / 1000;
      return { kw, plusMinusKw: Number.isNaN(kw) ? Number.NaN : 0, windowMs: 0, tMs, ageMs, source: name };
    }
  }
  const truth = await truthOver(store, standing, { range: { fromMs: nowMs - STEPS_MS, toMs: nowMs + 1 }, source });
  const tMs = truth?.tMs.at(-1);
  if (truth === undefined || tMs === undefined) return NOTHING;
  const kw =
    nowMs - tMs > Math.max(STALE_MS, STALE_GAPS * (usualGapMs(truth.tMs, truth.length, truth.length) || 0))
      ? Number.NaN
      : powerSinceLastStep(truth, nowMs) / 1000;
  return { kw, plusMinusKw: Number.isNaN(kw) ? Number.NaN : 0, windowMs: 0, tMs, ageMs: nowMs - tMs, source: name };
}

/** What a register counts of power that flows both ways. */
function ownPart(watts: number, { rules }: Pick<Standing, "rules">): number {
  return Math.max(0, rules.counter?.choice.given ? -watts : watts);
}

/** Mean power over a range, a value at every whole `everyMs` of the stretch before it: what the register rose by. */
export async function counterPowerOver(
  store: Reader,
  standing: Standing,
  { range, everyMs }: { range: Range; everyMs: number },
): Promise<PowerColumns> {
  const rough = await truthOver(store, standing, { range });
  const truth = rough && smoothed(rough, standing.rules.zone);
  const first = Math.floor(range.fromMs / everyMs) + 1;
  const n = Math.max(0, Math.floor(range.toMs / everyMs) - first + 1);
  const tMs = Float64Array.from({ length: n }, (_, i) => (first + i) * everyMs);
  const kw = tMs.map((endMs) => (truth === undefined ? Number.NaN : (energyBetween(truth, endMs - everyMs, endMs) * HOUR_MS) / everyMs));
  return { tMs, kw, plusMinusKw: kw.map((one) => (Number.isNaN(one) ? one : 0)) };
}

/**
 * kWh a register counted until an instant, since the first of its readings here: on the line between two of them.
 * Missing: NaN before the first and after the last.
 */
export function energyAt({ tMs, energyKwh, length }: CounterTruth, atMs: number): number {
  const row = lowerBound(tMs, atMs, length);
  if (row >= length) return Number.NaN;
  const kwh = energyKwh[row] as number;
  if (tMs[row] === atMs) return kwh;
  if (row === 0) return Number.NaN;
  const [fromMs, beforeKwh] = [tMs[row - 1] as number, energyKwh[row - 1] as number];
  return beforeKwh + ((kwh - beforeKwh) * (atMs - fromMs)) / ((tMs[row] as number) - fromMs);
}

/** kWh counted between two instants. Missing: NaN where the register is not known at both. */
export function energyBetween(truth: CounterTruth, fromMs: number, toMs: number): number {
  return energyAt(truth, toMs) - energyAt(truth, fromMs);
}
