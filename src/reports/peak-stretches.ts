import type { Range } from "#store/store.ts";

/** Windows that are read at once, by their place in what was asked. */
export interface Stretch extends Range {
  readonly windows: readonly number[];
}

/**
 * Puts windows together that lie so near to each other that one read is cheaper than several, in the order of time.
 * Shape: every window is in exactly one stretch, which covers it.
 */
export function stretchesOf(windows: readonly Range[], mostGapMs: number): Stretch[] {
  const inOrder = windows.map((window, index) => ({ ...window, index })).sort((a, b) => a.fromMs - b.fromMs);
  const stretches: { fromMs: number; toMs: number; windows: number[] }[] = [];
  for (const { fromMs, toMs, index } of inOrder) {
    const open = stretches.at(-1);
    if (open !== undefined && fromMs - open.toMs <= mostGapMs) {
      open.toMs = Math.max(open.toMs, toMs);
      open.windows.push(index);
    } else stretches.push({ fromMs, toMs, windows: [index] });
  }
  return stretches;
}
