import { spacings } from "#analytics/median-spacing.ts";
import { STALE_SPACINGS } from "#contract/names.ts";
import type { Buckets, Column } from "#series/column.ts";
import type { Series } from "#sites/registry.ts";
import type { Range, ReadOptions, Store } from "#store/store.ts";
import { bucketWidth } from "./bucket-width.ts";
import { type Catalog, saysTexts } from "./catalog.ts";
import { ApiError } from "./errors.ts";
import { jsonNumbers, jsonObject } from "./json-text.ts";

/** What is asked of one series. */
export interface ColumnQuery {
  readonly range: Range;
  /** Rows at the most. */
  readonly budget: number;
  /** Samples, or an error; never buckets. */
  readonly raw: boolean;
  readonly asOfMs?: number;
}

/** The answer of one series, written, and how many rows it holds. */
export interface WrittenColumn {
  readonly json: string;
  readonly rows: number;
}

type History = Pick<Store, "read" | "readBuckets">;

/**
 * History of one series as the JSON text of `columnSchema`: samples where they fit the budget, else whole buckets.
 * Units:   the series' own. Errors: too-many-points where raw samples were asked for and do not fit.
 */
export async function writeColumn(store: History, catalog: Catalog, asked: { series: Series; query: ColumnQuery }): Promise<WrittenColumn> {
  const { series, query } = asked;
  const options: ReadOptions = query.asOfMs === undefined ? {} : { asOfMs: query.asOfMs };
  const column = await store.read(series.id, query.range, { ...options, limit: query.budget + 1 });
  if (column.tMs.length <= query.budget) return { json: rawJson(catalog, series, column), rows: column.tMs.length };
  if (query.raw) throw new ApiError("too-many-points", { limit: query.budget });
  const width = bucketWidth(query.range, query.budget);
  const buckets = await store.readBuckets(series.id, query.range, width, options);
  const samples = total(buckets.n) + total(buckets.nBad) - (await countOutside(store, asked, buckets));
  return { json: bucketsJson(catalog, series, { buckets, samples }), rows: buckets.tMs.length };
}

function rawJson(catalog: Catalog, series: Series, column: Column): string {
  return jsonObject({
    ...head(series),
    mode: '"raw"',
    tMs: jsonNumbers(column.tMs),
    value: jsonNumbers(column.value),
    quality: jsonNumbers(column.quality),
    text: textsOf(catalog, series, saysTexts(series) ? column.value : column.code),
    samples: String(column.tMs.length),
    gapMs: numberOf(rawGap(series, column)),
  });
}

function bucketsJson(catalog: Catalog, series: Series, found: { buckets: Buckets; samples: number }): string {
  const { buckets, samples } = found;
  const amounts = series.kind === "delta" || series.kind === "interval";
  return jsonObject({
    ...head(series),
    mode: '"buckets"',
    bucketMs: String(buckets.bucketMs),
    tMs: jsonNumbers(buckets.tMs),
    value: jsonNumbers(bucketValues(series, buckets)),
    min: saysTexts(series) ? undefined : jsonNumbers(buckets.min),
    max: saysTexts(series) ? undefined : jsonNumbers(buckets.max),
    sum: amounts ? jsonNumbers(buckets.sum) : undefined,
    n: jsonNumbers(buckets.n),
    quality: jsonNumbers(buckets.qualityOr),
    text: saysTexts(series) ? textsOf(catalog, series, buckets.last) : undefined,
    samples: String(samples),
    gapMs: numberOf(bucketGap(series, buckets)),
  });
}

const head = (series: Series) => ({
  key: JSON.stringify(series.key),
  unit: JSON.stringify(series.unit),
  kind: JSON.stringify(series.kind),
});

const numberOf = (value: number | undefined): string | undefined => (value === undefined ? undefined : String(value));

/** The last value of what only grows or changes by steps, the mean of everything else. */
function bucketValues(series: Series, buckets: Buckets): Float64Array {
  if (series.kind === "counter" || series.kind === "state" || saysTexts(series)) return buckets.last;
  return buckets.sum.map((sum, row) => sum / (buckets.n[row] as number));
}

/** Texts of the codes, null where there is none. Missing: undefined where no row has one. */
function textsOf(catalog: Catalog, series: Series, codes: ArrayLike<number> = []): string | undefined {
  const texts = Array.from(codes, (code) => catalog.text(series.id, code) ?? null);
  return texts.some((text) => text !== null) ? JSON.stringify(texts) : undefined;
}

/** Irregular senders leave longer pauses now and then: those that are common among them are no gap. */
const COMMON_PAUSES = 1.5;

function rawGap(series: Series, column: Column): number | undefined {
  if (series.kind === "state") return undefined;
  if (series.intervalMs !== undefined) return series.intervalMs * COMMON_PAUSES;
  const usual = spacings(column.tMs);
  return usual && Math.max(STALE_SPACINGS * usual.median, COMMON_PAUSES * usual.most);
}

function bucketGap(series: Series, buckets: Buckets): number | undefined {
  if (series.kind === "state") return undefined;
  const usual = spacings(buckets.tMs);
  // Buckets in a row mean the sender is faster than they are; then one that is missing is a gap.
  if (!usual || usual.most <= buckets.bucketMs) return buckets.bucketMs * COMMON_PAUSES;
  return Math.max(STALE_SPACINGS * usual.median, COMMON_PAUSES * usual.most);
}

/** Samples of whole buckets that lie before or after the range itself. */
async function countOutside(store: History, asked: { series: Series; query: ColumnQuery }, buckets: Buckets): Promise<number> {
  const { range, asOfMs } = asked.query;
  const options: ReadOptions = asOfMs === undefined ? {} : { asOfMs };
  const startMs = Math.floor(range.fromMs / buckets.bucketMs) * buckets.bucketMs;
  const endMs = Math.ceil(range.toMs / buckets.bucketMs) * buckets.bucketMs;
  const edges = [
    { fromMs: startMs, toMs: range.fromMs },
    { fromMs: range.toMs, toMs: endMs },
  ].filter((edge) => edge.toMs > edge.fromMs);
  const columns = await Promise.all(edges.map((edge) => store.read(asked.series.id, edge, options)));
  return columns.reduce((sum, column) => sum + column.tMs.length, 0);
}

function total(counts: Uint32Array): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
