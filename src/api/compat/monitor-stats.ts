import type { HomeDesk } from "#api/homes/desk.ts";
import { type MeterStretch, meterStretches } from "#api/homes/meter-rows.ts";
import { jsonNumber } from "#api/json-text.ts";
import type { OldStats } from "#contract/old-tasmota.ts";
import { BAD_QUALITY } from "#series/quality.ts";
import type { Range, Store } from "#store/store.ts";
import { conversion } from "#units/unit.ts";

const HOUR_MS = 3_600_000;
/** Thousandths of a watt hour: what is smaller is noise of adding. */
const WH_PARTS = 1e6;

/**
 * Statistics of the readings of a window closed on both sides: energy between its first and its last register reading, as the register really
 * counted, and plain sample statistics of power. Missing: null, with a count of 0, where there is none.
 */
export async function windowStats(desk: HomeDesk | undefined, store: Store, { fromMs, toMs }: Range): Promise<OldStats> {
  const range = { fromMs, toMs: toMs + 1 };
  const stretches = desk === undefined ? [] : await meterStretches(desk, store);
  const [usedKwh, power] = await Promise.all([energyOf(desk, store, { stretches, range }), powerOf(store, stretches, range)]);
  return {
    start: Math.floor(fromMs),
    end: Math.floor(toMs),
    stats: {
      energy_used_kwh: jsonNumber(usedKwh),
      min_power_watts: power.n === 0 ? null : power.min,
      max_power_watts: power.n === 0 ? null : power.max,
      avg_power_watts: power.n === 0 ? null : power.sum / power.n,
      count: power.n,
    },
  };
}

interface Window {
  readonly stretches: readonly MeterStretch[];
  readonly range: Range;
}

async function energyOf(desk: HomeDesk | undefined, store: Store, window: Window): Promise<number> {
  const [firstMs, lastMs] = [await edge(store, window, 1), await edge(store, window, -1)];
  if (desk === undefined || firstMs === undefined || lastMs === undefined) return Number.NaN;
  if (firstMs === lastMs) return 0;
  const { boughtKwh } = await desk.reports.selection({ fromMs: firstMs, toMs: lastMs });
  return Math.round(boughtKwh * WH_PARTS) / WH_PARTS;
}

/** The first (1) or last (-1) register reading of a window. */
async function edge(store: Store, { stretches, range }: Window, limit: 1 | -1): Promise<number | undefined> {
  for (const stretch of limit === 1 ? stretches : stretches.toReversed()) {
    const series = stretch.series.get("energy-import");
    const part = clipped(stretch, range);
    if (series === undefined || part === undefined) continue;
    const [tMs] = (await store.read(series.id, part, { limit })).tMs;
    if (tMs !== undefined) return tMs;
  }
  return undefined;
}

function clipped(stretch: MeterStretch, range: Range): Range | undefined {
  const [fromMs, toMs] = [Math.max(stretch.fromMs, range.fromMs), Math.min(stretch.toMs, stretch.lastMs + 1, range.toMs)];
  return fromMs < toMs ? { fromMs, toMs } : undefined;
}

interface Sums {
  n: number;
  sum: number;
  min: number;
  max: number;
}

/** Whole hours come from kept sums, so that years cost little; the edges are read. */
async function powerOf(store: Store, stretches: readonly MeterStretch[], range: Range): Promise<Sums> {
  const total: Sums = { n: 0, sum: 0, min: Number.POSITIVE_INFINITY, max: Number.NEGATIVE_INFINITY };
  for (const stretch of stretches) {
    const series = stretch.series.get("power");
    const part = clipped(stretch, range);
    const inWatts = series && conversion(series.unit, "W");
    if (series === undefined || part === undefined || inWatts === undefined) continue;
    const whole = wholeHours(part);
    for (const piece of whole === undefined
      ? [part]
      : [
          { ...part, toMs: whole.fromMs },
          { ...part, fromMs: whole.toMs },
        ])
      if (piece.fromMs < piece.toMs) await addRead(store, series.id, { piece, inWatts, total });
    if (whole !== undefined) await addHours(store, series.id, { piece: whole, inWatts, total });
  }
  return total;
}

function wholeHours({ fromMs, toMs }: Range): Range | undefined {
  const whole = { fromMs: Math.ceil(fromMs / HOUR_MS) * HOUR_MS, toMs: Math.floor(toMs / HOUR_MS) * HOUR_MS };
  return whole.fromMs < whole.toMs ? whole : undefined;
}

interface Piece {
  readonly piece: Range;
  readonly inWatts: (value: number) => number;
  readonly total: Sums;
}

async function addRead(store: Store, seriesId: number, { piece, inWatts, total }: Piece): Promise<void> {
  const { value, quality } = await store.read(seriesId, piece);
  for (const [row, said] of value.entries()) {
    if (Number.isNaN(said) || ((quality[row] as number) & BAD_QUALITY) !== 0) continue;
    const watts = inWatts(said);
    add(total, { n: 1, sum: watts, min: watts, max: watts });
  }
}

async function addHours(store: Store, seriesId: number, { piece, inWatts, total }: Piece): Promise<void> {
  const { n, sum, min, max } = await store.readBuckets(seriesId, piece, HOUR_MS);
  for (const [row, count] of n.entries())
    if (count > 0)
      add(total, {
        n: count,
        sum: inWatts(sum[row] as number),
        min: inWatts(min[row] as number),
        max: inWatts(max[row] as number),
      });
}

function add(total: Sums, more: Sums): void {
  total.n += more.n;
  total.sum += more.sum;
  total.min = Math.min(total.min, more.min);
  total.max = Math.max(total.max, more.max);
}
