import { spacings } from "#analytics/median-spacing.ts";
import type { Series } from "#sites/registry.ts";
import type { Store } from "#store/store.ts";

/** Samples looked at: enough for a median, cheap for thousands of series. */
const RECENT = 33;
/** A usual spacing is an estimate: it is not asked for again sooner than this, whatever arrives. */
const KEEP_MS = 60_000;
const AT_ONCE = 100;
const EVER = { fromMs: -8.64e15, toMs: 8.64e15 } as const;

interface Known {
  readonly version: number;
  readonly askedMs: number;
  readonly everyMs: number | undefined;
}

/**
 * Usual spacing per series, from its recent samples; cached by the version of the series.
 * Missing: undefined with fewer than three samples, and for states, which come when they change.
 */
export type Spacing = (series: readonly Series[]) => Promise<(number | undefined)[]>;

export function openSpacing(store: Pick<Store, "version" | "read">, nowMs: () => number): Spacing {
  const known = new Map<number, Known>();
  const refresh = async (series: Series, version: number): Promise<void> => {
    const had = known.get(series.id);
    const askedMs = nowMs();
    if (had && (had.version === version || askedMs - had.askedMs < KEEP_MS)) return;
    const { tMs } = await store.read(series.id, EVER, { limit: -RECENT });
    known.set(series.id, { version, askedMs, everyMs: spacings(tMs)?.median });
  };
  return async (series) => {
    const asked = series.filter((one) => one.kind !== "state" && one.intervalMs === undefined);
    const versions = await store.version(asked.map((one) => one.id));
    for (let start = 0; start < asked.length; start += AT_ONCE) {
      await Promise.all(asked.slice(start, start + AT_ONCE).map((one, i) => refresh(one, versions[start + i] as number)));
    }
    return series.map((one) => one.intervalMs ?? (one.kind === "state" ? undefined : known.get(one.id)?.everyMs));
  };
}
