import { type Series, TEXT_UNIT } from "#sites/registry.ts";
import { OUTCOME } from "#store/batch.ts";
import type { SeriesEntry } from "./registry-view.ts";
import type { Sheet } from "./sheet.ts";

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
  /** How many were stored or replaced. */
  readonly count: number;
  /** They themselves, made when somebody asks. */
  samples(): CommittedSample[];
  readonly newSeries: readonly Series[];
  /** Series whose past changed by late or replaced samples, with the range to read again, `toMs` excluded. */
  readonly changed: readonly { readonly series: Series; readonly fromMs: number; readonly toMs: number }[];
}

/** Tells what became of the samples of a batch, and moves each series' newest instant on. */
export function committedBatch(samples: Sheet, outcome: Uint8Array, newSeries: readonly Series[]): CommittedBatch {
  const changed = new Map<number, { series: Series; fromMs: number; toMs: number }>();
  let count = 0;
  for (let row = 0; row < outcome.length; row++) {
    const replaced = outcome[row] === OUTCOME.replaced;
    if (!replaced && outcome[row] !== OUTCOME.stored) continue;
    count++;
    const entry = samples.entries[row] as SeriesEntry;
    const tMs = samples.tMs[row] as number;
    if (replaced || tMs < entry.newestMs) widen(changed, entry.series, tMs);
    if (tMs > entry.newestMs) entry.newestMs = tMs;
  }
  return { count, samples: () => told(samples, outcome), newSeries, changed: [...changed.values()] };
}

function told(samples: Sheet, outcome: Uint8Array): CommittedSample[] {
  const all: CommittedSample[] = [];
  outcome.forEach((how, row) => {
    if (how === OUTCOME.stored) all.push(tell(samples, row, "stored"));
    else if (how === OUTCOME.replaced) all.push(tell(samples, row, "replaced"));
  });
  return all;
}

function tell(samples: Sheet, row: number, outcome: "stored" | "replaced"): CommittedSample {
  const { series, texts } = samples.entries[row] as SeriesEntry;
  const tMs = samples.tMs[row] as number;
  const value = samples.value[row] as number;
  const quality = samples.quality[row] as number;
  const code = samples.code[row] as number;
  // Almost every sample: a number that nobody comments on.
  if (code === 0 && series.unit !== TEXT_UNIT) return { series, tMs, value, quality, outcome };
  return {
    series,
    tMs,
    value,
    quality,
    ...(series.unit === TEXT_UNIT ? { text: texts[value] ?? "" } : {}),
    ...(code === 0 ? {} : { status: texts[code] ?? "" }),
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
