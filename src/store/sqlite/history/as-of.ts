import { lowerBound } from "#series/column.ts";
import type { StoredRevision } from "./revision-table.ts";
import { ownCopy, rows, type Samples, sampleAt, setRow } from "./samples.ts";

/**
 * A column as it was known at an instant, made from today's by taking back what came later. Instants that no `late`
 * or `arrived` revision speaks of were known when they were taken; where several do, the newest is right, since a
 * revision covers nothing that was there before it. Changes `samples`.
 */
export function asKnownAt(samples: Samples, revisions: readonly StoredRevision[], asOfMs: number): Samples {
  const known = samples.tMs.slice();
  const restored = new Set<number>();
  for (const revision of revisions) {
    if (revision.kind === "replaced") restore(samples, revision, { asOfMs, restored });
    else if (revision.kind !== "refused") markKnown(samples.tMs, revision, known);
  }
  return keepWhere(samples, (i) => (known[i] as number) <= asOfMs);
}

/** The first replacement after the instant says what stood there until then. */
function restore(samples: Samples, revision: StoredRevision, at: { asOfMs: number; restored: Set<number> }): void {
  const { t0Ms, receivedMs, sample } = revision;
  if (receivedMs <= at.asOfMs || sample === undefined || at.restored.has(t0Ms)) return;
  const row = lowerBound(samples.tMs, t0Ms);
  if (samples.tMs[row] !== t0Ms) return;
  at.restored.add(t0Ms);
  setRow(samples, row, t0Ms, sample);
}

function markKnown(tMs: Float64Array, revision: StoredRevision, known: Float64Array): void {
  const from = lowerBound(tMs, revision.t0Ms);
  for (let i = from; i < tMs.length && (tMs[i] as number) <= revision.t1Ms; i++) known[i] = revision.receivedMs;
}

/** The rows that pass; the same arrays where all do. */
export function keepWhere(samples: Samples, passes: (row: number) => boolean): Samples {
  let n = 0;
  for (let i = 0; i < samples.tMs.length; i++) {
    if (!passes(i)) continue;
    if (n < i) setRow(samples, n, samples.tMs[i] as number, sampleAt(samples, i));
    n++;
  }
  return n === samples.tMs.length ? samples : ownCopy(rows(samples, 0, n));
}
