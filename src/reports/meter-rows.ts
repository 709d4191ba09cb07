import { blankRows, type MeterConsumption } from "#analytics/meter-consumption.ts";

/** Rows of stretches that follow one another, each beginning where the one before ends. */
export function rowsAfter(edgesMs: Float64Array, pieces: readonly MeterConsumption[]): MeterConsumption {
  const [only] = pieces;
  if (pieces.length === 1 && only !== undefined) return only;
  const into = blankRows(edgesMs);
  let at = 0;
  for (const { amount, measured, missingMs, flags } of pieces) {
    into.amount.set(amount, at);
    into.measured.set(measured, at);
    into.missingMs.set(missingMs, at);
    into.flags.set(flags, at);
    at += amount.length;
  }
  return into;
}
