import { blankRows, CONSUMED, type MeterConsumption } from "./meter-consumption.ts";

/** A part of a sum and what it is multiplied with: one number, or one per row (a conversion that changes with time). */
export interface SumPart {
  readonly factor: number | Float64Array;
  readonly of: MeterConsumption;
}

/** Smaller than this share of what was added and taken off, a difference below zero is rounding. */
const ROUNDING = 1e-9;

/**
 * Adds and takes off, row by row. Below zero is told, never clipped.
 * Shape:   all parts over the same edges, at least one.
 * Missing: of a sum, what is known of its parts; NaN where nothing is known of any of them, and of a difference, where nothing is
 *          known of one of them. Such rows are incomplete, and below zero says nothing there.
 * Errors:  RangeError for parts with other edges.
 */
export function addUp(parts: readonly SumPart[]): MeterConsumption {
  const edgesMs = edgesOf(parts);
  const into = blankRows(edgesMs);
  for (let row = 0; row < into.amount.length; row += 1) addRow(parts, row, into);
  return into;
}

function edgesOf(parts: readonly SumPart[]): Float64Array {
  const edgesMs = parts[0]?.of.edgesMs;
  if (edgesMs === undefined) throw new RangeError("A sum of no parts");
  for (const { of } of parts) {
    const isSame = of.edgesMs === edgesMs || (of.edgesMs.length === edgesMs.length && of.edgesMs.every((edge, i) => edge === edgesMs[i]));
    if (!isSame) throw new RangeError("Parts of a sum have to lie between the same edges");
  }
  return edgesMs;
}

function addRow(parts: readonly SumPart[], row: number, into: MeterConsumption): void {
  let [sum, moved, measured, missingMs, flags] = [0, 0, 0, 0, 0];
  let [isKnown, isMissing, isDifference] = [false, false, false];
  for (const { factor: factors, of } of parts) {
    const factor = typeof factors === "number" ? factors : (factors[row] as number);
    if (factor === 0) continue;
    isDifference ||= !(factor > 0);
    const amount = factor * (of.amount[row] as number);
    flags |= (of.flags[row] as number) & ~CONSUMED.belowZero;
    missingMs = Math.max(missingMs, of.missingMs[row] as number);
    if (Number.isNaN(amount)) {
      flags |= CONSUMED.incomplete;
      missingMs = lengthOf(into.edgesMs, row);
      isMissing = true;
      continue;
    }
    isKnown = true;
    sum += amount;
    moved += Math.abs(amount);
    measured += Math.abs(factor * (of.measured[row] as number));
  }
  const isNothing = parts.every(({ factor }) => factor === 0);
  const isUnknown = (isDifference && isMissing) || !(isKnown || isNothing);
  if (!isUnknown && missingMs === 0 && sum < -ROUNDING * moved) flags |= CONSUMED.belowZero;
  const amount = isUnknown ? Number.NaN : Math.abs(sum) <= ROUNDING * moved ? 0 : sum;
  into.amount[row] = amount;
  // Of a difference, the share of both sides that was measured.
  into.measured[row] = isUnknown ? Number.NaN : moved > 0 ? amount * Math.min(1, measured / moved) : 0;
  into.missingMs[row] = isUnknown ? lengthOf(into.edgesMs, row) : missingMs;
  into.flags[row] = flags;
}

function lengthOf(edgesMs: Float64Array, row: number): number {
  return (edgesMs[row + 1] as number) - (edgesMs[row] as number);
}
