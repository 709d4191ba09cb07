import type { NewCorrection } from "#store/records.ts";
import type { ReadOptions, Store } from "#store/store.ts";
import { bucketsOf, laidOver, limited } from "./planned-column.ts";

const MOST_MS = 8.64e15;

/**
 * A store whose history is what it would be with one correction more. Nothing is written through it; what is asked as it was known on an
 * earlier day, or without corrections, is as it is.
 */
export function plannedStore(store: Store, planned: NewCorrection): Store {
  const concerns = (seriesId: number, options: ReadOptions): boolean =>
    seriesId === planned.seriesId && options.corrected !== false && options.asOfMs === undefined;

  const read: Store["read"] = async (seriesId, range, options = {}) => {
    if (!concerns(seriesId, options)) return store.read(seriesId, range, options);
    const { limit, ...whole } = options;
    return limited(laidOver(await store.read(seriesId, range, whole), planned, range), limit);
  };
  const own: Partial<Store> = {
    read,
    async readBuckets(seriesId, range, bucketMs, options = {}) {
      if (!concerns(seriesId, options)) return store.readBuckets(seriesId, range, bucketMs, options);
      const { limit, ...whole } = options;
      const fromMs = Math.floor(range.fromMs / bucketMs) * bucketMs;
      const toMs = Math.ceil(range.toMs / bucketMs) * bucketMs;
      return bucketsOf(limited(await read(seriesId, { fromMs, toMs }, whole), limit), bucketMs);
    },
    async latest(seriesIds) {
      const found = await store.latest(seriesIds);
      const row = found.seriesId.indexOf(planned.seriesId);
      if (row < 0) return found;
      const newest = await read(planned.seriesId, { fromMs: -MOST_MS, toMs: MOST_MS }, { limit: -1 });
      if (newest.tMs.length === 0) return found;
      const put = <T extends Float64Array | Uint16Array>(column: T, value: number): T => {
        const changed = column.slice() as T;
        changed[row] = value;
        return changed;
      };
      return {
        seriesId: found.seriesId,
        tMs: put(found.tMs, newest.tMs[0] as number),
        value: put(found.value, newest.value[0] as number),
        quality: put(found.quality, newest.quality[0] as number),
        code: put(found.code, newest.code?.[0] ?? 0),
      };
    },
    // What is kept of another history does not hold for this one, nor the other way round.
    derived: async () => [],
    saveDerived: async () => undefined,
  };
  return new Proxy(store, {
    get(target, name) {
      const method: unknown = Object.hasOwn(own, name) ? own[name as keyof Store] : target[name as keyof Store];
      return typeof method === "function" ? method.bind(target) : method;
    },
  });
}
