import type { CounterTruth } from "./counter-truth.ts";

/**
 * Several registers as one, each freed of its own pathologies before: one that begins again does not tear the sum.
 * Shape:   a row at every reading of any of them, from when all are known to when the first of them ends; between two readings of
 *          a register it stands on the line between them.
 * Missing: no rows where their times do not overlap.
 */
export function sumOfCounters(truths: readonly CounterTruth[]): CounterTruth {
  const [only] = truths;
  if (only && truths.length === 1) return only;
  const fromMs = Math.max(...truths.map(({ tMs }) => tMs[0] ?? Infinity));
  const toMs = Math.min(...truths.map(({ tMs, length }) => tMs[length - 1] ?? -Infinity));
  const times = new Set<number>();
  for (const { tMs } of truths) for (const at of tMs) if (at >= fromMs && at <= toMs) times.add(at);
  const tMs = Float64Array.from(times).sort();
  const energyKwh = new Float64Array(tMs.length);
  const quality = new Uint16Array(tMs.length);
  const unknown = new Set<number>();
  for (const truth of truths) add(truth, tMs, { energyKwh, quality, unknown });
  return {
    length: tMs.length,
    tMs,
    energyKwh: energyKwh.map((kwh) => kwh - (energyKwh[0] as number)),
    quality,
    unknown: Uint32Array.from(unknown).sort(),
    events: truths.flatMap(({ events }) => events).sort((a, b) => a.tMs - b.tMs),
    resolutionKwh: Math.max(0, ...truths.map(({ resolutionKwh }) => resolutionKwh)),
  };
}

interface Sums {
  readonly energyKwh: Float64Array;
  readonly quality: Uint16Array;
  readonly unknown: Set<number>;
}

function add(truth: CounterTruth, tMs: Float64Array, { energyKwh, quality, unknown }: Sums): void {
  let row = 0;
  let nextUnknown = 0;
  for (let i = 0; i < tMs.length; i += 1) {
    const atMs = tMs[i] as number;
    while ((truth.tMs[row] as number) < atMs) row += 1;
    while ((truth.unknown[nextUnknown] ?? Infinity) < row) nextUnknown += 1;
    const toMs = truth.tMs[row] as number;
    const kwh = truth.energyKwh[row] as number;
    const fromMs = truth.tMs[row - 1] ?? toMs;
    const beforeKwh = truth.energyKwh[row - 1] ?? kwh;
    energyKwh[i] = (energyKwh[i] as number) + (atMs === toMs ? kwh : beforeKwh + ((kwh - beforeKwh) * (atMs - fromMs)) / (toMs - fromMs));
    if (atMs === toMs) quality[i] = (quality[i] as number) | (truth.quality[row] as number);
    if (i > 0 && row === truth.unknown[nextUnknown]) unknown.add(i);
  }
}
