import { type Column, lowerBound } from "#series/column.ts";

/** One sample without its instant. */
export interface Sample {
  readonly value: number;
  readonly quality: number;
  readonly code: number;
}

/** A column that always has its codes; the working form inside the history. */
export interface Samples extends Column {
  readonly code: Uint16Array;
}

export const BYTES_PER_SAMPLE = 20;

export function allocate(length: number): Samples {
  return {
    tMs: new Float64Array(length),
    value: new Float64Array(length),
    quality: new Uint16Array(length),
    code: new Uint16Array(length),
  };
}

export const NO_SAMPLES: Samples = allocate(0);

export function sampleAt(samples: Samples, i: number): Sample {
  return { value: samples.value[i] as number, quality: samples.quality[i] as number, code: samples.code[i] as number };
}

/** A view of the rows [from, to), sharing memory. */
export function rows(samples: Samples, from: number, to: number): Samples {
  return {
    tMs: samples.tMs.subarray(from, to),
    value: samples.value.subarray(from, to),
    quality: samples.quality.subarray(from, to),
    code: samples.code.subarray(from, to),
  };
}

/** A view of the rows with fromMs <= t < toMs. */
export function rowsWithin(samples: Samples, fromMs: number, toMs: number): Samples {
  const from = lowerBound(samples.tMs, fromMs);
  return rows(samples, from, Math.max(from, lowerBound(samples.tMs, toMs)));
}

/** Copies all rows of `source` into `target` from row `at` on. */
export function copyInto(target: Samples, at: number, source: Samples): void {
  target.tMs.set(source.tMs, at);
  target.value.set(source.value, at);
  target.quality.set(source.quality, at);
  target.code.set(source.code, at);
}

/** A copy that owns exactly its rows. */
export function ownCopy(samples: Samples): Samples {
  return { tMs: samples.tMs.slice(), value: samples.value.slice(), quality: samples.quality.slice(), code: samples.code.slice() };
}

/** A column with codes of its own: zeros where it has none. */
export function withCodes(column: Column): Samples {
  const { tMs, value, quality } = column;
  return { tMs, value, quality, code: column.code ?? new Uint16Array(tMs.length) };
}

/** The form others see: codes are left out where no row has one. */
export function toColumn(samples: Samples): Column {
  if (samples.code.some((code) => code !== 0)) return samples;
  return { tMs: samples.tMs, value: samples.value, quality: samples.quality };
}

/** The rows of both in time order; where both have an instant, `over` wins. */
export function overlay(under: Samples, over: Samples): Samples {
  const out = allocate(under.tMs.length + over.tMs.length);
  const n = overlayInto(out, under, over);
  return n === out.tMs.length ? out : ownCopy(rows(out, 0, n));
}

/** Writes the overlay to the start of `out`; answers how many rows it has. */
function overlayInto(out: Samples, under: Samples, over: Samples): number {
  let i = 0;
  let n = 0;
  for (let j = 0; j < over.tMs.length; j++) {
    const tMs = over.tMs[j] as number;
    const next = lowerBound(under.tMs, tMs);
    copyInto(rows(out, n, n + next - i), 0, rows(under, i, next));
    n += next - i;
    i = under.tMs[next] === tMs ? next + 1 : next;
    setRow(out, n++, tMs, sampleAt(over, j));
  }
  copyInto(rows(out, n, n + under.tMs.length - i), 0, rows(under, i, under.tMs.length));
  return n + under.tMs.length - i;
}

/** All rows, one part after the other. */
export function concat(parts: readonly Samples[]): Samples {
  const out = allocate(parts.reduce((sum, part) => sum + part.tMs.length, 0));
  let at = 0;
  for (const part of parts) {
    copyInto(out, at, part);
    at += part.tMs.length;
  }
  return out;
}

export function setRow(samples: Samples, i: number, tMs: number, sample: Sample): void {
  samples.tMs[i] = tMs;
  samples.value[i] = sample.value;
  samples.quality[i] = sample.quality;
  samples.code[i] = sample.code;
}
