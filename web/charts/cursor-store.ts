/** Where the pointer stands in time. Legends listen; nothing else is rendered again when it moves. */
export interface CursorStore {
  get(): number | undefined;
  set(tMs: number | undefined): void;
  subscribe(listener: () => void): () => void;
}

export function cursorStore(): CursorStore {
  const listeners = new Set<() => void>();
  let at: number | undefined;
  return {
    get: () => at,
    set(tMs) {
      if (tMs === at) return;
      at = tMs;
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
