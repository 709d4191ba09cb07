import { Cursor } from "#api/cursor.ts";
import type { Registry, Series } from "#sites/registry.ts";
import type { Extent, Range, Store } from "#store/store.ts";
import { conversion } from "#units/unit.ts";
import type { HomeDesk } from "./desk.ts";

/** What is told of a meter row by row, each in its unit. */
export const METER_COLUMNS = {
  power: "W",
  "energy-import": "kWh",
  "energy-export": "kWh",
  "power-l1": "W",
  "power-l2": "W",
  "power-l3": "W",
} as const;

export type MeterQuantity = keyof typeof METER_COLUMNS;

const QUANTITIES = Object.keys(METER_COLUMNS) as MeterQuantity[];

/** A stretch of time that one source speaks for, and its series. */
export interface MeterStretch {
  readonly source: string;
  readonly fromMs: number;
  readonly toMs: number;
  /** First and last reading of the source, whatever the stretch. */
  readonly firstMs: number;
  readonly lastMs: number;
  readonly series: ReadonlyMap<MeterQuantity, Series>;
}

/** One reading of the meter. Units: those of METER_COLUMNS. Missing: NaN for what it did not say. */
export interface MeterRow {
  readonly tMs: number;
  readonly values: Float64Array;
  readonly quality: number;
  readonly source: string;
}

/**
 * Who speaks for the grid meter of a home and when, oldest first: the source that counts most from its first reading on, and before that
 * the others, each until the one after it begins. So what was taken over and what is read now follow one another and nothing is told twice.
 */
export async function meterStretches(desk: HomeDesk, store: Pick<Store, "extent" | "registry">): Promise<MeterStretch[]> {
  const bySource = seriesBySource(desk, await store.registry());
  const extents = await store.extent([...bySource.values()].flatMap((series) => [...series.values()].map(({ id }) => id)));
  const said = [...bySource].flatMap(([source, series]) => spanOf(source, series, extents));
  const first = (await desk.reports.info()).source;
  const order = said.toSorted((a, b) => Number(b.source === first) - Number(a.source === first) || b.firstMs - a.firstMs);
  let untilMs = Number.POSITIVE_INFINITY;
  const stretches: MeterStretch[] = [];
  for (const one of order) {
    if (one.firstMs >= untilMs) continue;
    stretches.unshift({ ...one, fromMs: one.firstMs, toMs: untilMs });
    untilMs = one.firstMs;
  }
  return stretches;
}

function seriesBySource({ place }: HomeDesk, registry: Registry): Map<string, Map<MeterQuantity, Series>> {
  const found = new Map<string, Map<MeterQuantity, Series>>();
  for (const series of registry.series) {
    const { site, point, quantity, source } = series;
    if (site !== place.site || point !== place.point || !Object.hasOwn(METER_COLUMNS, quantity)) continue;
    const of = found.get(source) ?? new Map<MeterQuantity, Series>();
    found.set(source, of.set(quantity as MeterQuantity, series));
  }
  return found;
}

type Span = Omit<MeterStretch, "fromMs" | "toMs">;

/** Sources without any reading have none. */
function spanOf(source: string, series: ReadonlyMap<MeterQuantity, Series>, extents: readonly Extent[]): Span[] {
  const ids = new Set([...series.values()].map(({ id }) => id));
  const held = extents.filter(({ seriesId, count }) => ids.has(seriesId) && count > 0);
  if (held.length === 0) return [];
  const firstMs = Math.min(...held.map((extent) => extent.firstMs));
  const lastMs = Math.max(...held.map((extent) => extent.lastMs));
  return [{ source, series, firstMs, lastMs }];
}

/** Every reading of a stretch of time, a page of the store at a time, however many there are. */
export async function* meterRows(
  store: Pick<Store, "read">,
  stretches: readonly MeterStretch[],
  { range, quantities = QUANTITIES }: { range: Range; quantities?: readonly MeterQuantity[] },
): AsyncGenerator<MeterRow[]> {
  for (const stretch of stretches) {
    const fromMs = Math.max(range.fromMs, stretch.fromMs);
    const toMs = Math.min(range.toMs, stretch.toMs);
    if (fromMs < toMs) yield* rowsOf(store, stretch, { range: { fromMs, toMs }, quantities });
  }
}

const ROWS_AT_ONCE = 1_024;

async function* rowsOf(
  store: Pick<Store, "read">,
  { series, source }: MeterStretch,
  { range, quantities }: { range: Range; quantities: readonly MeterQuantity[] },
): AsyncGenerator<MeterRow[]> {
  const columns = quantities.flatMap((quantity, at) => {
    const one = series.get(quantity);
    const convert = one && conversion(one.unit, METER_COLUMNS[quantity]);
    if (one === undefined || convert === undefined) return [];
    return [{ at, convert, cursor: new Cursor((part, limit) => store.read(one.id, part, { limit }), range) }];
  });
  let rows: MeterRow[] = [];
  for (;;) {
    for (const { cursor } of columns) if (cursor.exhausted) await cursor.turn();
    const tMs = columns.reduce((least, { cursor }) => Math.min(least, cursor.tMs), Number.POSITIVE_INFINITY);
    if (tMs === Number.POSITIVE_INFINITY) break;
    const values = new Float64Array(quantities.length).fill(Number.NaN);
    let quality = 0;
    for (const { at, convert, cursor } of columns) {
      const row = cursor.take(tMs);
      if (row < 0) continue;
      values[at] = convert(cursor.page.value[row] as number);
      quality |= cursor.page.quality[row] as number;
    }
    rows.push({ tMs, values, quality, source });
    if (rows.length < ROWS_AT_ONCE) continue;
    yield rows;
    rows = [];
  }
  if (rows.length > 0) yield rows;
}
