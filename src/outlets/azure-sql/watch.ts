import type { Store } from "#store/store.ts";
import { type MirroredPlant, seriesOf } from "./plant.ts";

export interface Changes {
  /**
   * The earliest instant from which on an answer may be another one; Infinity where nothing changed. A register that speaks
   * after a silence tells what was used during all of it, so the change begins with the sample before.
   */
  readonly sinceMs: number;
  /** It is not known what changed, so everything has to be looked at. */
  readonly unknown: boolean;
  /** Called when what changed has been dealt with. */
  seen(): void;
}

/** Notices from where on a plant's history is no longer what it was: late messages, files, corrections, facts. */
export class Watch {
  readonly #plant: MirroredPlant;
  readonly #store: Store;
  #ids: readonly number[] = [];
  #versions: Float64Array | undefined;
  #facts = "";

  constructor(plant: MirroredPlant, store: Store) {
    this.#plant = plant;
    this.#store = store;
  }

  async changes(): Promise<Changes> {
    const registry = await this.#store.registry();
    const { site, point } = this.#plant.settings;
    const ids = seriesOf(this.#plant, registry);
    const facts = JSON.stringify(registry.facts.filter((fact) => fact.site === site && (fact.point === point || fact.point === "")));
    // Asked for first: what comes in between is looked at twice, never missed.
    const versions = await this.#store.version(ids);
    const sinceMs = await this.#since(ids);
    const unknown = facts !== this.#facts || sinceMs === Number.NEGATIVE_INFINITY;
    const seen = (): void => {
      this.#ids = ids;
      this.#versions = versions;
      this.#facts = facts;
    };
    return { sinceMs: unknown ? Number.POSITIVE_INFINITY : sinceMs, unknown, seen };
  }

  /** Missing: -Infinity where the series themselves are others than before. */
  async #since(ids: readonly number[]): Promise<number> {
    if (this.#versions === undefined || ids.join() !== this.#ids.join()) return Number.NEGATIVE_INFINITY;
    const since = await this.#store.changedSince(ids, this.#versions);
    const starts = ids.map((id, index) => this.#sampleBefore(id, since[index] ?? Number.NEGATIVE_INFINITY));
    return Math.min(Number.POSITIVE_INFINITY, ...(await Promise.all(starts)));
  }

  async #sampleBefore(id: number, tMs: number): Promise<number> {
    if (!Number.isFinite(tMs)) return tMs;
    const before = await this.#store.read(id, { fromMs: -8.64e15, toMs: tMs }, { limit: -1 });
    return before.tMs[0] ?? tMs;
  }
}
