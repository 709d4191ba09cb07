import type { Store } from "#store/store.ts";
import type { Versions } from "./building-kept.ts";
import type { Newest } from "./building-now.ts";

const HOUR_MS = 3_600_000;
const QUARTER_MS = 900_000;
/** One that speaks on change leaves most hours empty. */
const KNOWN_SHARE = 0.75;

/** Which polled sensors have said the very same for all of the time that makes them flat; looked at again when they said something. */
export class Stills {
  readonly #store: Pick<Store, "readBuckets">;
  readonly #flatMs: number;
  readonly #kept = new Map<number, { readonly print: string; readonly still: Promise<boolean> }>();

  constructor(store: Pick<Store, "readBuckets">, flatMs: number) {
    this.#store = store;
    this.#flatMs = flatMs;
  }

  of(newest: Newest, { nowMs, versions }: { readonly nowMs: number; readonly versions: Versions }): Promise<boolean> {
    const { id } = newest.series;
    const print = `${versions.get(id) ?? 0} ${Math.floor(nowMs / QUARTER_MS)}`;
    const kept = this.#kept.get(id);
    if (kept?.print === print) return kept.still;
    const still = this.#read(newest, (Math.floor(nowMs / QUARTER_MS) + 1) * QUARTER_MS);
    this.#kept.set(id, { print, still });
    still.catch(() => this.#kept.delete(id));
    return still;
  }

  async #read({ series, value }: Newest, toMs: number): Promise<boolean> {
    const buckets = await this.#store.readBuckets(series.id, { fromMs: toMs - this.#flatMs, toMs }, HOUR_MS);
    let known = 0;
    for (let row = 0; row < buckets.tMs.length; row += 1) {
      if ((buckets.n[row] as number) === 0) continue;
      if (buckets.min[row] !== value || buckets.max[row] !== value) return false;
      known += 1;
    }
    return known >= Math.max(2, KNOWN_SHARE * Math.floor(this.#flatMs / HOUR_MS));
  }
}
