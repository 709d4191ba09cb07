import type { LiveValue } from "#contract/series.ts";
import type { Series } from "#sites/registry.ts";
import type { Latest } from "#store/records.ts";
import type { Store } from "#store/store.ts";
import { type Catalog, wordsOf } from "./catalog.ts";
import { jsonNumber } from "./json-text.ts";

/** Newest values in the order of the store, as the contract says them. Series without samples have none. */
function liveValues(catalog: Catalog, latest: Latest): LiveValue[] {
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

function liveValue(catalog: Catalog, series: Series, sample: Sample): LiveValue {
  const { tMs, value, quality } = sample;
  return { key: series.key, tMs, value: jsonNumber(value), ...wordsOf(catalog, series, sample), quality };
}

const sampleAt = (latest: Latest, row: number): Sample => ({
  tMs: latest.tMs[row] as number,
  value: latest.value[row] as number,
  quality: latest.quality[row] as number,
  code: latest.code[row] as number,
});
