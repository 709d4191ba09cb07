import type { Store } from "#store/store.ts";
import type { Source } from "./source.ts";

const EVERY_MS = 3_600_000;

/** Lets go of original messages that are older than their source keeps them, about once an hour. */
export class RawExpiry {
  readonly #store: Store;
  readonly #sources: readonly Source[];
  #lastMs = Number.NEGATIVE_INFINITY;

  constructor(store: Store, sources: readonly Source[]) {
    this.#store = store;
    this.#sources = sources.filter(({ keepRawMs }) => Number.isFinite(keepRawMs));
  }

  /** Does nothing within an hour of the last time. Errors: as the store's. */
  async run(nowMs: number): Promise<void> {
    // A clock that was set back must not put this off for years.
    if (Math.abs(nowMs - this.#lastMs) < EVERY_MS) return;
    this.#lastMs = nowMs;
    for (const { name, keepRawMs } of this.#sources) await this.#store.expireRaw(name, nowMs - keepRawMs);
  }
}
