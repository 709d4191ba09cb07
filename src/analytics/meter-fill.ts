import { lowerBound } from "#series/column.ts";
import { CONSUMED, type MeterConsumption, type Pace } from "./meter-consumption.ts";
import { type MeterIndex, STEP } from "./meter-index.ts";

/** Steps whose amount no two readings bound. */
const UNBOUND = STEP.unknown | STEP.estimated | STEP.extended;
/** Steps of which something was said that holds somewhere within. */
const SOMEWHERE = STEP.replaced | STEP.reset | STEP.leftOut;

/**
 * What was used between neighbouring edges: a step of the register goes to the rows it touches by the weight of the pace. Readings
 * are met exactly, nothing is lost or added, and no row is below zero.
 * Units:   the meter's own.
 * Missing: NaN before the first row of the index and behind its last.
 */
export function consumptionOf(index: MeterIndex, edgesMs: Float64Array, pace: Pace): MeterConsumption {
  const rows = Math.max(0, edgesMs.length - 1);
  const into: MeterConsumption = {
    edgesMs,
    amount: new Float64Array(rows),
    measured: new Float64Array(rows),
    missingMs: new Float64Array(rows),
    flags: new Uint16Array(rows),
  };
  const walk = new Walk(index, pace);
  for (let row = 0; row < rows; row += 1) {
    const [fromMs, toMs] = [edgesMs[row] as number, edgesMs[row + 1] as number];
    const found = walk.between(fromMs, toMs);
    const isUnknown = found.missingMs > 0 && found.missingMs >= toMs - fromMs;
    into.amount[row] = isUnknown ? Number.NaN : found.amount;
    into.measured[row] = isUnknown ? Number.NaN : found.measured;
    into.missingMs[row] = found.missingMs;
    into.flags[row] = found.flags | (found.missingMs > 0 ? CONSUMED.incomplete : 0);
  }
  return into;
}

/**
 * What the dial showed, or would have shown, at each instant.
 * Shape:   `atMs` ascending.
 * Missing: NaN outside the index, in a step nobody knows, and where only amounts are known.
 */
export function registerAt(index: MeterIndex, atMs: Float64Array, pace: Pace): Float64Array {
  const walk = new Walk(index, pace);
  return atMs.map((tMs) => walk.registerAt(tMs));
}

class Walk {
  private readonly index: MeterIndex;
  private readonly pace: Pace;
  /** The last step that was touched, by the row that ends it. */
  private at = 1;

  constructor(index: MeterIndex, pace: Pace) {
    this.index = index;
    this.pace = pace;
  }

  between(fromMs: number, toMs: number): { amount: number; measured: number; missingMs: number; flags: number } {
    const { tMs, total, step } = this.index;
    const n = tMs.length;
    const found = { amount: 0, measured: 0, missingMs: 0, flags: 0 };
    if (n === 0) return { ...found, missingMs: toMs - fromMs };
    this.seek(fromMs);
    found.missingMs = outside(fromMs, toMs, { firstMs: tMs[0] as number, lastMs: tMs[n - 1] as number });
    for (let i = this.at; i < n && (tMs[i - 1] as number) < toMs; i += 1) {
      this.at = i;
      const startMs = Math.max(fromMs, tMs[i - 1] as number);
      const endMs = Math.min(toMs, tMs[i] as number);
      if (endMs <= startMs) continue;
      const bits = step[i] as number;
      const isWhole = startMs === tMs[i - 1] && endMs === tMs[i];
      found.flags |= flagsOf(bits, isWhole);
      if (bits & STEP.corrected && (tMs[i] as number) <= toMs) found.flags |= CONSUMED.corrected;
      if (bits & STEP.unknown) {
        found.missingMs += endMs - startMs;
        continue;
      }
      const all = (total[i] as number) - (total[i - 1] as number);
      const amount = isWhole ? all : all * this.share(i, startMs, endMs);
      found.amount += amount;
      if ((bits & UNBOUND) === 0 && (isWhole || all === 0)) found.measured += amount;
      else if ((bits & STEP.extended) === 0 && !isWhole && all > 0) found.flags |= CONSUMED.filled;
    }
    if ((step[lowerBound(tMs, fromMs)] ?? 0) & STEP.corrected && tMs[lowerBound(tMs, fromMs)] === fromMs) found.flags |= CONSUMED.corrected;
    return found;
  }

  registerAt(tMs: number): number {
    const { tMs: times, total, register, step } = this.index;
    const n = times.length;
    if (n === 0 || tMs < (times[0] as number) || tMs > (times[n - 1] as number)) return Number.NaN;
    this.seek(tMs);
    const i = this.at;
    if (times[i - 1] === tMs || n === 1) return register[i - 1] as number;
    if (times[i] === tMs) return register[i] as number;
    if ((step[i] as number) & STEP.unknown) return Number.NaN;
    const all = (total[i] as number) - (total[i - 1] as number);
    const shown = (register[i - 1] as number) + all * this.share(i, times[i - 1] as number, tMs);
    // A register that rolled over within the step shows what is above its highest number from zero on.
    const rolledAt = (step[i] as number) & (STEP.replaced | STEP.reset) ? 0 : all - ((register[i] as number) - (register[i - 1] as number));
    return rolledAt > all && shown >= rolledAt ? shown - rolledAt : shown;
  }

  /** Puts `at` on the step that holds the instant: the first one that ends behind it. */
  private seek(tMs: number): void {
    const { tMs: times } = this.index;
    const isNear = this.at < times.length && (times[this.at - 1] as number) <= tMs;
    if (!isNear) this.at = 1;
    if (isNear && (times[this.at] as number) > tMs) return;
    const steps = 8;
    for (let k = 0; k < steps && this.at < times.length - 1 && (times[this.at] as number) <= tMs; k += 1) this.at += 1;
    if ((times[this.at] ?? Infinity) <= tMs) this.at = Math.max(1, Math.min(times.length - 1, lowerBound(times, tMs + Number.MIN_VALUE)));
  }

  /** Share of a step that falls into a part of it. A step to which the pace gives no weight is even. */
  private share(i: number, startMs: number, endMs: number): number {
    const [fromMs, toMs] = [this.index.tMs[i - 1] as number, this.index.tMs[i] as number];
    const from = this.pace.at(fromMs);
    const weight = this.pace.at(toMs) - from;
    if (!(weight > 0)) return (endMs - startMs) / (toMs - fromMs);
    const start = startMs === fromMs ? 0 : (this.pace.at(startMs) - from) / weight;
    const end = endMs === toMs ? 1 : (this.pace.at(endMs) - from) / weight;
    return Math.min(1, Math.max(0, end - start));
  }
}

function flagsOf(bits: number, isWhole: boolean): number {
  let flags = 0;
  if (bits & SOMEWHERE) {
    if (bits & STEP.replaced) flags |= CONSUMED.replaced;
    if (bits & STEP.reset) flags |= CONSUMED.reset;
    if (bits & STEP.leftOut) flags |= CONSUMED.leftOut;
  }
  if (bits & (STEP.extended | STEP.estimated)) flags |= CONSUMED.extended;
  return isWhole ? flags : flags;
}

function outside(fromMs: number, toMs: number, { firstMs, lastMs }: { firstMs: number; lastMs: number }): number {
  return Math.max(0, Math.min(toMs, firstMs) - fromMs) + Math.max(0, toMs - Math.max(fromMs, lastMs));
}
