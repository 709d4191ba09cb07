import type { LiveValue } from "#contract/series.ts";
import type { Series } from "#sites/registry.ts";
import type { Latest } from "#store/records.ts";
import type { Store } from "#store/store.ts";
import type { Catalog } from "./catalog.ts";
import { jsonNumber } from "./json-text.ts";

/** Newest values in the order of the store, as the contract says them. Series without samples have none. */
export function liveValues(catalog: Catalog, latest: Latest): LiveValue[] {
  const values: LiveValue[] = [];
  for (let row = 0; row < latest.seriesId.length; row++) {
    const series = catalog.byId.get(latest.seriesId[row] as number);
    if (series) values.push(liveValue(catalog, series, sampleAt(latest, row)));
  }
  return values;
}

/** One sample as columns hold it. */
interface Sample {
  readonly tMs: number;
  readonly value: number;
  readonly quality: number;
  readonly code: number;
}

/** Reads newest values; all of them, or those of some series. */
export async function readLatest(store: Pick<Store, "latest">, catalog: Catalog, wanted?: readonly Series[]): Promise<LiveValue[]> {
  return liveValues(catalog, await store.latest(wanted?.map((series) => series.id)));
}

/** A code is the value of a state, and beside any other kind the sender's status. */
export function liveValue(catalog: Catalog, series: Series, sample: Sample): LiveValue {
  const said = catalog.text(series.id, sample.code);
  const text = said === undefined ? {} : series.kind === "state" ? { text: said } : { status: said };
  return { key: series.key, tMs: sample.tMs, value: jsonNumber(sample.value), ...text, quality: sample.quality };
}

const sampleAt = (latest: Latest, row: number): Sample => ({
  tMs: latest.tMs[row] as number,
  value: latest.value[row] as number,
  quality: latest.quality[row] as number,
  code: latest.code[row] as number,
});
