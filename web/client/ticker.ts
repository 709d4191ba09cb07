/** One timer for every age on the page: ten thousand ages tick together, and only while somebody looks. */
export interface Ticker {
  subscribe(listener: () => void): () => void;
  /** Server time, whole seconds in milliseconds: a stable snapshot between two ticks. */
  nowMs(): number;
  /** Lays this device's clock over the server's; ages are right even on a tablet that is minutes off. */
  align(serverNowMs: number): void;
}

export function createTicker(clockMs: () => number): Ticker {
  const listeners = new Set<() => void>();
  let offsetMs = 0;
  let current = floorSecond(clockMs());
  let timer: ReturnType<typeof setInterval> | undefined;

  const tick = () => {
    current = floorSecond(clockMs() + offsetMs);
    for (const listener of listeners) listener();
  };
  return {
    subscribe(listener) {
      listeners.add(listener);
      timer ??= setInterval(tick, 1000);
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0 || timer === undefined) return;
        clearInterval(timer);
        timer = undefined;
      };
    },
    nowMs: () => current,
    align(serverNowMs) {
      const offset = serverNowMs - clockMs();
      // Network delay is not worth a correction; half a minute of wrong clock is.
      offsetMs = Math.abs(offset) > 2000 ? offset : 0;
      current = Math.max(current, floorSecond(clockMs() + offsetMs));
    },
  };
}

function floorSecond(ms: number): number {
  return Math.floor(ms / 1000) * 1000;
}
