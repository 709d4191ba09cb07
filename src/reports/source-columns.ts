import { CHUNK_MARGIN_ROWS } from "#analytics/chunk.ts";
import { COUNTER_MARGIN_ROWS } from "#analytics/counter-settings.ts";
import { hasCounterMargin } from "#analytics/counter-truth.ts";
import { type Column, lowerBound } from "#series/column.ts";
import type { Series } from "#sites/registry.ts";
import type { Range, ReadOptions, Store } from "#store/store.ts";
import { type CounterRules, counterSettings } from "./counter-rules.ts";
import { counterColumn } from "./counter-scale.ts";
import type { SourceSeries } from "./plant-series.ts";

/** The columns of one source for a stretch of time, with the rows around it that its numbers are judged by. */
export interface SourceColumns {
  readonly source: SourceSeries["source"];
  readonly pulses?: Column;
  readonly pulsesTotal?: Column;
  readonly energy?: Column;
  readonly demand?: Column;
  readonly intervalPulses?: Column;
  readonly energyTotal?: Column;
  /** kWh. */
  readonly counter?: Column;
}

/** What was read, and up to which instant of each series it counts: a change from there on alters nothing of it. */
export interface ReadSpan {
  readonly columns: readonly SourceColumns[];
  readonly usedUntilMs: ReadonlyMap<number, number>;
}

type Reader = Pick<Store, "read">;

/** How a stretch is read: one moment's knowledge, and whether rows around it matter. */
interface Asked {
  readonly span: Range;
  readonly options: ReadOptions;
  /** How registers are judged; without it none is read. */
  readonly counter?: CounterRules;
}

interface Found {
  readonly column: Column;
  readonly usedUntilMs: number;
}

/** Reads what a stretch needs of every source. */
export async function readSpan(store: Reader, sources: readonly SourceSeries[], asked: Asked): Promise<ReadSpan> {
  const usedUntilMs = new Map<number, number>();
  const note = (series: Series, { column, usedUntilMs: until }: Found): Column => {
    usedUntilMs.set(series.id, until);
    return column;
  };
  const columns = await Promise.all(
    sources.map(async (source): Promise<SourceColumns> => {
      const { pulses, pulsesTotal, energyTotal, energy, demand, intervalPulses } = source;
      const plain = async (series: Series | undefined) => series && note(series, await alone(store, series, asked));
      const around = async (series: Series | undefined) =>
        series && note(series, await withMargin(store, series, { ...asked, rows: CHUNK_MARGIN_ROWS }));
      const { counter } = source;
      const judged = async () =>
        counter && asked.counter && note(counter, await register(store, source, { ...asked, counter: asked.counter }));
      const parts = await Promise.all([
        around(pulsesTotal),
        around(energyTotal),
        plain(energy),
        plain(demand),
        plain(intervalPulses),
        judged(),
      ]);
      const [totals] = parts;
      const deltas = pulses && note(pulses, await deltasAround(store, pulses, { ...asked, totals }));
      const [, energyTotals, energies, demands, counts, counted] = parts;
      return {
        source: source.source,
        ...(deltas === undefined ? {} : { pulses: deltas }),
        ...(totals === undefined ? {} : { pulsesTotal: totals }),
        ...(energyTotals === undefined ? {} : { energyTotal: energyTotals }),
        ...(energies === undefined ? {} : { energy: energies }),
        ...(demands === undefined ? {} : { demand: demands }),
        ...(counts === undefined ? {} : { intervalPulses: counts }),
        ...(counted === undefined ? {} : { counter: counted }),
      };
    }),
  );
  return { columns, usedUntilMs };
}

/** Finished intervals stand for themselves; the one that ends with the stretch belongs to it. */
async function alone(store: Reader, series: Series, { span, options }: Asked): Promise<Found> {
  const column = await store.read(series.id, { fromMs: span.fromMs + 1, toMs: span.toMs + 1 }, options);
  return { column, usedUntilMs: span.toMs + 1 };
}

const EVER = { fromMs: -8.64e15, toMs: 8.64e15 };

async function withMargin(store: Reader, series: Series, { span, options, rows }: Asked & { readonly rows: number }): Promise<Found> {
  const [before, inner, after] = await Promise.all([
    store.read(series.id, { fromMs: EVER.fromMs, toMs: span.fromMs }, { ...options, limit: -rows }),
    store.read(series.id, span, options),
    store.read(series.id, { fromMs: span.toMs, toMs: EVER.toMs }, { ...options, limit: rows }),
  ]);
  const whole = after.tMs.length >= rows;
  return { column: concat([before, inner, after]), usedUntilMs: whole ? (after.tMs.at(-1) as number) + 1 : Number.POSITIVE_INFINITY };
}

/** A register that stands still for longer is judged by these: what is not seen is a last digit. */
const MOST_MARGIN_ROWS = 16 * COUNTER_MARGIN_ROWS;

/** A register in kWh, with as many rows around the stretch as its judgement asks for. */
async function register(store: Reader, source: SourceSeries, asked: Asked & { readonly counter: CounterRules }): Promise<Found> {
  const series = source.counter as Series;
  const settings = counterSettings(source.source.name, asked.counter);
  for (let rows = COUNTER_MARGIN_ROWS; ; rows *= 4) {
    const { column: raw, usedUntilMs } = await withMargin(store, series, { ...asked, rows });
    const column = counterColumn(raw, { unit: series.unit, scale: asked.counter.scale });
    const has = hasCounterMargin(column, asked.span, settings);
    const before = lowerBound(raw.tMs, asked.span.fromMs);
    const after = raw.tMs.length - lowerBound(raw.tMs, asked.span.toMs);
    const isEnough = (has.before || before < rows) && (has.after || after < rows);
    if (isEnough || rows >= MOST_MARGIN_ROWS) return { column, usedUntilMs };
  }
}

/** Values of one message may be stamped a little apart. */
const SAME_MESSAGE_MS = 1_000;

/** Deltas begin no later than the totals that are handed over with them, and end no earlier. */
async function deltasAround(
  store: Reader,
  series: Series,
  { span, options, totals }: Asked & { readonly totals: Column | undefined },
): Promise<Found> {
  const found = await withMargin(store, series, { span, options, rows: CHUNK_MARGIN_ROWS });
  const firstMs = totals?.tMs[0];
  const lastMs = totals?.tMs.at(-1);
  if (firstMs === undefined || lastMs === undefined) return found;
  const { tMs } = found.column;
  const [earlier, later] = await Promise.all([
    store.read(series.id, { fromMs: firstMs - SAME_MESSAGE_MS, toMs: tMs[0] ?? span.fromMs }, options),
    store.read(series.id, { fromMs: (tMs.at(-1) ?? span.toMs - 1) + 1, toMs: lastMs + SAME_MESSAGE_MS }, options),
  ]);
  if (earlier.tMs.length + later.tMs.length === 0) return found;
  const untilMs =
    found.usedUntilMs === Number.POSITIVE_INFINITY ? found.usedUntilMs : Math.max(found.usedUntilMs, lastMs + SAME_MESSAGE_MS);
  return { column: concat([earlier, found.column, later]), usedUntilMs: untilMs };
}

function concat(all: readonly Column[]): Column {
  const pieces = all.filter((piece) => piece.tMs.length > 0);
  const [only] = pieces;
  if (pieces.length <= 1) return only ?? (all[0] as Column);
  const n = pieces.reduce((sum, piece) => sum + piece.tMs.length, 0);
  const joined = { tMs: new Float64Array(n), value: new Float64Array(n), quality: new Uint16Array(n) };
  let at = 0;
  for (const piece of pieces) {
    joined.tMs.set(piece.tMs, at);
    joined.value.set(piece.value, at);
    joined.quality.set(piece.quality, at);
    at += piece.tMs.length;
  }
  return joined;
}
