import type { ChartColumn } from "./chart-column.ts";

/**
 * Where a line is meant to be: from each instant to the next its lowest and highest value.
 * Shape:   `tMs` ascending, one longer than `low` and `high`: the last instant ends the last step.
 * Missing: NaN where nobody says what is meant.
 */
export interface TargetBand {
  readonly tMs: readonly number[];
  readonly low: readonly number[];
  readonly high: readonly number[];
  /** How far beyond either edge is well enough: drawn lighter. */
  readonly beyond?: number;
}

type Held = Pick<ChartColumn, "tMs" | "value">;

/** The band between two held lines, until `untilMs`. Either may be left out: then the other alone says nothing of a band. */
export function bandBetween(low: Held | undefined, high: Held | undefined, untilMs: number): TargetBand | undefined {
  if (low === undefined || high === undefined) return undefined;
  const instants = [...new Set([...low.tMs, ...high.tMs])].filter((t) => t < untilMs).sort((a, b) => a - b);
  if (instants.length === 0) return undefined;
  const lows = heldAt(low, instants);
  const highs = heldAt(high, instants);
  return { tMs: [...instants, untilMs], low: lows, high: highs };
}

/** The band around one held line, as wide to each side as `reach` says of its value. */
export function bandAround(line: Held, reach: (value: number) => number, untilMs: number): TargetBand | undefined {
  const instants = [...line.tMs].filter((t) => t < untilMs);
  if (instants.length === 0) return undefined;
  const values = heldAt(line, instants);
  return {
    tMs: [...instants, untilMs],
    low: values.map((value) => value - reach(value)),
    high: values.map((value) => value + reach(value)),
  };
}

/** The value a line holds at each of some ascending instants; NaN before its first. */
function heldAt({ tMs, value }: Held, instants: readonly number[]): number[] {
  let row = -1;
  return instants.map((instant) => {
    while (row + 1 < tMs.length && (tMs[row + 1] ?? 0) <= instant) row++;
    return row < 0 ? Number.NaN : (value[row] ?? Number.NaN);
  });
}
