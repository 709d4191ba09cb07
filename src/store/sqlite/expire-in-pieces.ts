import type { ExpireCounts, Range } from "#store/store.ts";
import type { StoreCore } from "./core.ts";
import type { Pause } from "./pause.ts";

interface Expiry {
  readonly seriesIds: readonly number[];
  readonly beforeMs: number;
  readonly spare: readonly Range[];
}

/** Forgets samples series by series, in steps that are each durable by themselves, so that live samples are committed in between. */
export async function expireInPieces(core: StoreCore, { seriesIds, beforeMs, spare }: Expiry, pause: Pause): Promise<ExpireCounts> {
  const counts = { series: 0, samples: 0 };
  for (const seriesId of new Set(seriesIds)) {
    let samples = 0;
    let fromMs: number | undefined;
    do {
      const done = core.expireStep({ seriesId, beforeMs, spare, fromMs });
      samples += done.samples;
      fromMs = done.nextMs;
      if (done.samples > 0 || fromMs !== undefined) await pause();
    } while (fromMs !== undefined);
    counts.samples += samples;
    if (samples > 0) counts.series++;
  }
  return counts;
}
