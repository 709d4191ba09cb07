/** One claim, what was measured, and whether it holds here and now. */
export interface Row {
  readonly what: string;
  readonly measured: string;
  readonly claim: string;
  readonly holds: boolean | undefined;
}

/** Prints rows as an aligned table; a claim that does not hold is marked, not hidden. */
export function printTable(rows: readonly Row[]): void {
  const cells = rows.map(({ what, measured, claim, holds }) => [
    what,
    measured,
    claim,
    holds === undefined ? "" : holds ? "holds" : "DOES NOT HOLD",
  ]);
  const widths = [0, 1, 2, 3].map((column) => Math.max(...cells.map((row) => (row[column] as string).length)));
  for (const row of cells)
    console.log(
      row
        .map((cell, column) => cell.padEnd(widths[column] as number))
        .join("  ")
        .trimEnd(),
    );
}

/** How long a work took, and what is claimed of it at most. */
export function msRow(what: string, ms: number, most: number | undefined): Row {
  return {
    what,
    measured: `${ms.toFixed(1)} ms`,
    claim: most === undefined ? "" : `≤ ${most} ms`,
    holds: most === undefined ? undefined : ms <= most,
  };
}

/** Runs a work. Units: ms. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const startMs = performance.now();
  await work();
  return performance.now() - startMs;
}

/** Middle value. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** The value below which `share` of the values lie. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export const count = (value: number): string =>
  value >= 1e6 ? `${(value / 1e6).toFixed(2)} M` : value >= 1e3 ? `${(value / 1e3).toFixed(1)} k` : value.toFixed(0);
