const MAX_DIFFERENCES = 512;

/** Median distance of neighbours. Missing: NaN with fewer than three instants. */
export function medianSpacing(tMs: Float64Array): number {
  return spacings(tMs)?.median ?? Number.NaN;
}

/** Median and nine-tenths point of the distances of neighbours, from a spread of them where there are many. Missing: undefined with fewer than three instants. */
export function spacings(tMs: Float64Array): { median: number; most: number } | undefined {
  if (tMs.length < 3) return undefined;
  const count = Math.min(tMs.length - 1, MAX_DIFFERENCES);
  const step = (tMs.length - 1) / count;
  const differences = Float64Array.from({ length: count }, (_, i) => {
    const row = Math.floor(i * step);
    return (tMs[row + 1] as number) - (tMs[row] as number);
  }).sort();
  return { median: differences[count >> 1] as number, most: differences[Math.floor(count * 0.9)] as number };
}
