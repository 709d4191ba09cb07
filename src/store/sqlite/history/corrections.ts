import { lowerBound } from "#series/column.ts";
import { BAD_QUALITY, QUALITY } from "#series/quality.ts";
import type { Correction } from "#store/records.ts";
import { keepWhere } from "./as-of.ts";
import { allocate, overlay, type Samples, setRow } from "./samples.ts";
import type { Span } from "./spans.ts";

/** Corrections that held at an instant, or hold today where none is given; in the order they were made. */
export function inForce(corrections: readonly Correction[], asOfMs?: number): Correction[] {
  return corrections.filter(({ madeMs, undoneMs }) => {
    if (asOfMs === undefined) return undoneMs === undefined;
    return madeMs <= asOfMs && (undoneMs === undefined || undoneMs > asOfMs);
  });
}

/**
 * Lays corrections over the samples of a span, the earlier made first. `set` and `add` are a person's word, so the
 * sample no longer counts as bad; `offset` leaves that as it was. Changes `samples`.
 */
export function layOver(samples: Samples, corrections: readonly Correction[], span: Span): Samples {
  let laid = samples;
  for (const correction of corrections) laid = layOne(laid, correction, span);
  return laid;
}

function layOne(samples: Samples, correction: Correction, span: Span): Samples {
  const from = lowerBound(samples.tMs, correction.t0Ms);
  let to = lowerBound(samples.tMs, correction.t1Ms);
  if (samples.tMs[to] === correction.t1Ms) to++;
  switch (correction.action) {
    case "delete":
      return keepWhere(samples, (i) => i < from || i >= to);
    case "set":
      for (let i = from; i < to; i++) setRow(samples, i, samples.tMs[i] as number, corrected(samples, i, correction.value));
      return samples;
    case "offset":
      for (let i = from; i < to; i++) {
        samples.value[i] = (samples.value[i] as number) + correction.value;
        samples.quality[i] = (samples.quality[i] as number) | QUALITY.corrected;
      }
      return samples;
    case "add":
      return add(samples, correction, span);
  }
}

function add(samples: Samples, { t0Ms, value }: Correction, span: Span): Samples {
  if (t0Ms < span.fromMs || t0Ms >= span.toMs) return samples;
  const row = lowerBound(samples.tMs, t0Ms);
  const one = allocate(1);
  setRow(one, 0, t0Ms, samples.tMs[row] === t0Ms ? corrected(samples, row, value) : { value, quality: QUALITY.corrected, code: 0 });
  return overlay(samples, one);
}

function corrected(samples: Samples, row: number, value: number) {
  const quality = ((samples.quality[row] as number) & ~BAD_QUALITY) | QUALITY.corrected;
  return { value, quality, code: samples.code[row] as number };
}
