import type { Series } from "#sites/registry.ts";
import { OUTCOME } from "#store/batch.ts";
import type { Sample } from "./settle.ts";

/** A sample that is durable now. */
export interface CommittedSample {
  readonly series: Series;
  readonly tMs: number;
  readonly value: number;
  readonly quality: number;
  /** What the value says where the series says texts. */
  readonly text?: string;
  /** The sender's status text. */
  readonly status?: string;
  readonly outcome: "stored" | "replaced";
}

/** What a commit brought. Duplicates and refused samples are not in it: they changed nothing. */
export interface CommittedBatch {
  readonly samples: readonly CommittedSample[];
  readonly newSeries: readonly Series[];
  /** Series whose past changed by late or replaced samples, with the range to read again, `toMs` excluded. */
  readonly changed: readonly { readonly series: Series; readonly fromMs: number; readonly toMs: number }[];
}

/** Tells what became of the samples of a batch, and moves each series' newest instant on. */
export function committedBatch(samples: readonly Sample[], outcome: Uint8Array, newSeries: readonly Series[]): CommittedBatch {
  const changed = new Map<number, { series: Series; fromMs: number; toMs: number }>();
  const told: CommittedSample[] = [];
  samples.forEach((sample, i) => {
    const { entry, tMs } = sample;
    const replaced = outcome[i] === OUTCOME.replaced;
    if (!replaced && outcome[i] !== OUTCOME.stored) return;
    told.push(tell(sample, replaced ? "replaced" : "stored"));
    if (replaced || tMs < entry.newestMs) widen(changed, entry.series, tMs);
    if (tMs > entry.newestMs) entry.newestMs = tMs;
  });
  return { samples: told, newSeries, changed: [...changed.values()] };
}

function tell({ entry, tMs, value, quality, code, text }: Sample, outcome: "stored" | "replaced"): CommittedSample {
  const { series } = entry;
  // Almost every sample: a number that nobody comments on.
  if (text === undefined && code === 0) return { series, tMs, value, quality, outcome };
  return {
    series,
    tMs,
    value,
    quality,
    ...(text === undefined ? {} : { text }),
    ...(code === 0 ? {} : { status: entry.texts[code] ?? "" }),
    outcome,
  };
}

function widen(changed: Map<number, { series: Series; fromMs: number; toMs: number }>, series: Series, tMs: number): void {
  const range = changed.get(series.id);
  if (!range) changed.set(series.id, { series, fromMs: tMs, toMs: tMs + 1 });
  else {
    range.fromMs = Math.min(range.fromMs, tMs);
    range.toMs = Math.max(range.toMs, tMs + 1);
  }
}
