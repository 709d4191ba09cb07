import type { TimeRange } from "./interval-grid.ts";

/** Stretches of time, ascending, none touching the next. Every function here takes and gives such lists but `joined`. */
export type TimeSpans = readonly TimeRange[];

/** Any stretches, in any order and overlapping, as a list. */
export function joined(spans: readonly TimeRange[]): TimeRange[] {
  const sorted = spans.filter(({ fromMs, toMs }) => fromMs < toMs).sort((a, b) => a.fromMs - b.fromMs);
  const list: { fromMs: number; toMs: number }[] = [];
  for (const { fromMs, toMs } of sorted) {
    const last = list.at(-1);
    if (last && fromMs <= last.toMs) last.toMs = Math.max(last.toMs, toMs);
    else list.push({ fromMs, toMs });
  }
  return list;
}

/** What lies in both. */
export function common(a: TimeSpans, b: TimeSpans): TimeRange[] {
  const list: TimeRange[] = [];
  let [i, j] = [0, 0];
  while (i < a.length && j < b.length) {
    const [x, y] = [a[i] as TimeRange, b[j] as TimeRange];
    const fromMs = Math.max(x.fromMs, y.fromMs);
    const toMs = Math.min(x.toMs, y.toMs);
    if (fromMs < toMs) list.push({ fromMs, toMs });
    if (x.toMs <= y.toMs) i += 1;
    else j += 1;
  }
  return list;
}

/** What of the first is not in the second. */
export function without(a: TimeSpans, b: TimeSpans): TimeRange[] {
  const list: TimeRange[] = [];
  let j = 0;
  for (const { fromMs, toMs } of a) {
    let at = fromMs;
    while (j < b.length && (b[j] as TimeRange).toMs <= at) j += 1;
    for (let k = j; k < b.length && (b[k] as TimeRange).fromMs < toMs; k += 1) {
      const off = b[k] as TimeRange;
      if (at < off.fromMs) list.push({ fromMs: at, toMs: off.fromMs });
      at = Math.max(at, off.toMs);
    }
    if (at < toMs) list.push({ fromMs: at, toMs });
  }
  return list;
}

export function lengthMs(spans: TimeSpans): number {
  return spans.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0);
}

/** Per instant 1 where it lies in one of the stretches, whose end is not part of it. The instants ascend. */
export function membership(tMs: Float64Array, spans: TimeSpans): Uint8Array {
  const inside = new Uint8Array(tMs.length);
  let k = 0;
  for (let row = 0; row < tMs.length; row += 1) {
    const at = tMs[row] as number;
    while (k < spans.length && (spans[k] as TimeRange).toMs <= at) k += 1;
    if (k < spans.length && (spans[k] as TimeRange).fromMs <= at) inside[row] = 1;
  }
  return inside;
}
