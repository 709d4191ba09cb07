import type { LiveValue } from "#contract/series.ts";

/** The newest value of every series the page has heard of. Components subscribe to one key, or to everything. */
export interface LiveStore {
  get(key: string): LiveValue | undefined;
  /** Values that are not newer than what is there change nothing and wake nobody. */
  merge(values: readonly LiveValue[]): void;
  /** Wakes only when the value of `key` has changed. */
  subscribe(key: string, listener: () => void): () => void;
  /** Wakes once per merge that changed anything. */
  subscribeAll(listener: () => void): () => void;
  /** 0 until the first merge, even an empty one, has come; grows with each merge that changed anything. */
  version(): number;
}

/** An empty store. Pure memory: the socket feeds it, pages read it. */
export function createLiveStore(): LiveStore {
  const values = new Map<string, LiveValue>();
  const listeners = new Map<string, Set<() => void>>();
  const everyone = new Set<() => void>();
  let version = 0;

  const wake = (changed: readonly string[]) => {
    version += 1;
    for (const key of changed) for (const listener of listeners.get(key) ?? []) listener();
    for (const listener of everyone) listener();
  };

  return {
    get: (key) => values.get(key),
    merge(incoming) {
      const changed = incoming.filter((value) => isNews(values.get(value.key), value));
      for (const value of changed) values.set(value.key, value);
      if (changed.length > 0 || version === 0) wake(changed.map((value) => value.key));
    },
    subscribe(key, listener) {
      const own = listeners.get(key) ?? new Set();
      listeners.set(key, own.add(listener));
      return () => {
        own.delete(listener);
        if (own.size === 0 && listeners.get(key) === own) listeners.delete(key);
      };
    },
    subscribeAll(listener) {
      everyone.add(listener);
      return () => everyone.delete(listener);
    },
    version: () => version,
  };
}

/** A correction of the same instant is news; an older instant that arrived late is not. */
function isNews(old: LiveValue | undefined, next: LiveValue): boolean {
  if (!old || next.tMs > old.tMs) return true;
  if (next.tMs < old.tMs) return false;
  return next.value !== old.value || next.text !== old.text || next.quality !== old.quality || next.status !== old.status;
}
