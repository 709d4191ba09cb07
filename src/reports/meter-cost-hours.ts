import type { Decimal } from "decimal.js";
import { lowerBound } from "#series/column.ts";
import type { Registry, Series } from "#sites/registry.ts";
import type { ReadOptions, Store } from "#store/store.ts";
import { decimal } from "#tariffs/money.ts";
import type { MeterSettings } from "./meter-settings.ts";

/** Quantity of what a supplier billed per interval. */
const COST = "cost";
const HOUR_MS = 3_600_000;
const EVER = { fromMs: -8.64e15, toMs: 8.64e15 };

/** The series that says what a meter's hours cost. Missing: undefined where nobody does. */
export function costSeriesOf(registry: Pick<Registry, "series">, { site, what }: MeterSettings): Series | undefined {
  if (what.kind !== "physical") return undefined;
  return registry.series.find(
    (series) => series.site === site && series.point === what.point && series.quantity === COST && series.kind === "interval",
  );
}

/** What hours of a meter cost, as its supplier billed them. */
export class CostHours {
  /** Where hours that follow one another begin and end, ascending. */
  readonly boundsMs: readonly number[];
  readonly lastMs: number;
  readonly #fromMs: Float64Array;
  readonly #toMs: Float64Array;
  readonly #cost: Float64Array;

  /** Rows ascend, do not overlap, and are numbers. */
  constructor(rows: { readonly fromMs: Float64Array; readonly toMs: Float64Array; readonly cost: Float64Array }) {
    this.#fromMs = rows.fromMs;
    this.#toMs = rows.toMs;
    this.#cost = rows.cost;
    this.lastMs = rows.toMs.at(-1) ?? Number.POSITIVE_INFINITY;
    const bounds: number[] = [];
    for (let i = 0; i < rows.toMs.length; i += 1) {
      if (rows.fromMs[i] === bounds.at(-1)) bounds.pop();
      else bounds.push(rows.fromMs[i] as number);
      bounds.push(rows.toMs[i] as number);
    }
    this.boundsMs = bounds;
  }

  /** Of a stretch; an hour that reaches beyond it counts by its share. Missing: undefined unless hours cover all of it. */
  between(fromMs: number, toMs: number): Decimal | undefined {
    let cost = decimal(0);
    let atMs = fromMs;
    for (let i = lowerBound(this.#toMs, fromMs + 1); i < this.#toMs.length && atMs < toMs; i += 1) {
      const [beginMs, endMs] = [this.#fromMs[i] as number, this.#toMs[i] as number];
      if (beginMs > atMs) return undefined;
      const share = (Math.min(endMs, toMs) - atMs) / (endMs - beginMs);
      cost = cost.plus(share === 1 ? decimal(this.#cost[i] as number) : decimal((this.#cost[i] as number) * share));
      atMs = Math.min(endMs, toMs);
    }
    return atMs >= toMs && toMs > fromMs ? cost : undefined;
  }
}

/** Reads them. Missing: undefined where there are none. */
export async function readCostHours(store: Pick<Store, "read">, series: Series, options: ReadOptions): Promise<CostHours | undefined> {
  const { tMs, value } = await store.read(series.id, EVER, options);
  const rows = [...tMs.keys()].filter((i) => !Number.isNaN(value[i] as number));
  if (rows.length === 0) return undefined;
  const lengthMs = series.intervalMs ?? HOUR_MS;
  const toMs = Float64Array.from(rows, (i) => tMs[i] as number);
  return new CostHours({
    toMs,
    // Of intervals that overlap, as when a supplier went from hours to quarters, the later begins where the earlier ends.
    fromMs: toMs.map((endMs, i) => Math.max(endMs - lengthMs, toMs[i - 1] ?? Number.NEGATIVE_INFINITY)),
    cost: Float64Array.from(rows, (i) => value[i] as number),
  });
}
