import { BAD_QUALITY } from "#series/quality.ts";
import type { Range, Store } from "#store/store.ts";
import type { Versions } from "./building-kept.ts";
import type { Newest } from "./building-now.ts";

const HOUR_MS = 3_600_000;
const QUARTER_MS = 900_000;
/** One that speaks on change leaves most hours empty. */
const KNOWN_SHARE = 0.75;
/** Of longer times hours are counted in buckets. */
const FEW_MS = 48 * HOUR_MS;

/** Which polled sensors have said the very same for all of the time that makes them flat; looked at again when they said something. */
export class Stills {
  readonly #reads: Pick<Store, "read">;
  readonly #store: Pick<Store, "readBuckets">;
  readonly #flatMs: number;
  readonly #kept = new Map<number, { readonly print: string; readonly still: Promise<boolean> }>();

  constructor({ reads, store }: { readonly reads: Pick<Store, "read">; readonly store: Pick<Store, "readBuckets"> }, flatMs: number) {
    this.#reads = reads;
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
    const fromMs = Math.floor((toMs - this.#flatMs) / HOUR_MS) * HOUR_MS;
    const known = await (this.#flatMs > FEW_MS ? this.#hoursOfBuckets : this.#hoursOfSamples)(series.id, { fromMs, toMs }, value);
    return known >= Math.max(2, KNOWN_SHARE * Math.floor(this.#flatMs / HOUR_MS));
  }

  /** Reads that are asked at once travel together, and the samples of a day were most likely just unpacked. */
  readonly #hoursOfSamples: Hours = async (seriesId, range, value) => {
    const { tMs, value: said, quality } = await this.#reads.read(seriesId, range);
    let [known, hour] = [0, Number.NaN];
    for (let row = tMs.length - 1; row >= 0; row -= 1) {
      const one = said[row] as number;
      if (Number.isNaN(one) || ((quality[row] as number) & BAD_QUALITY) !== 0) continue;
      if (one !== value) return 0;
      const itsHour = Math.floor((tMs[row] as number) / HOUR_MS);
      if (itsHour !== hour) known += 1;
      hour = itsHour;
    }
    return known;
  };

  readonly #hoursOfBuckets: Hours = async (seriesId, range, value) => {
    const buckets = await this.#store.readBuckets(seriesId, range, HOUR_MS);
    let known = 0;
    for (let row = 0; row < buckets.tMs.length; row += 1) {
      if ((buckets.n[row] as number) === 0) continue;
      if (buckets.min[row] !== value || buckets.max[row] !== value) return 0;
      known += 1;
    }
    return known;
  };
}

/** Hours of a range in which a series said that value; none where it said another one as well. */
type Hours = (seriesId: number, range: Range, value: number) => Promise<number>;
