import { lowerBound } from "#series/column.ts";
import { blankRows, CONSUMED, type MeterConsumption, type Pace } from "./meter-consumption.ts";
import { type MeterIndex, STEP } from "./meter-index.ts";

/** So many steps are walked, farther ones are looked up. */
const NEAR = 8;
/** Steps whose amount no two readings bound. */
const UNBOUND = STEP.unknown | STEP.estimated | STEP.extended;

/**
 * What was used between neighbouring edges: a step of the register goes to the rows it touches by the weight of the pace. Readings
 * are met exactly, nothing is lost or added, and no row is below zero.
 * Units:   the meter's own.
 * Missing: NaN before the first row of the index and behind its last.
 */
export function consumptionOf(index: MeterIndex, edgesMs: Float64Array, pace: Pace): MeterConsumption {
  const into = blankRows(edgesMs);
  const walk = new Walk(index, pace);
  for (let row = 0; row < into.amount.length; row += 1) {
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

interface Found {
  amount: number;
  measured: number;
  missingMs: number;
  flags: number;
}

/** Goes through an index once, from one instant to the next. */
class Walk {
  private readonly index: MeterIndex;
  private readonly pace: Pace;
  /** The last step that was touched, by the row that ends it. */
  private at = 1;

  constructor(index: MeterIndex, pace: Pace) {
    this.index = index;
    this.pace = pace;
  }

  between(fromMs: number, toMs: number): Found {
    const { tMs } = this.index;
    const n = tMs.length;
    const found: Found = { amount: 0, measured: 0, missingMs: toMs - fromMs, flags: 0 };
    if (n === 0) return found;
    const [firstMs, lastMs] = [tMs[0] as number, tMs[n - 1] as number];
    found.missingMs = Math.max(0, Math.min(toMs, firstMs) - fromMs) + Math.max(0, toMs - Math.max(fromMs, lastMs));
    this.seek(fromMs);
    if (this.isCorrected(this.at - 1, fromMs)) found.flags |= CONSUMED.corrected;
    for (let i = this.at; i < n && (tMs[i - 1] as number) < toMs; i += 1) {
      this.at = i;
      const startMs = Math.max(fromMs, tMs[i - 1] as number);
      const endMs = Math.min(toMs, tMs[i] as number);
      if (endMs > startMs) this.take(i, { startMs, endMs, found });
    }
    return found;
  }

  /** Adds the part of a step that lies within a row. */
  private take(i: number, { startMs, endMs, found }: { startMs: number; endMs: number; found: Found }): void {
    const { tMs, total, step } = this.index;
    const bits = step[i] as number;
    if (bits !== 0) found.flags |= flagsOf(bits);
    if (this.isCorrected(i, endMs)) found.flags |= CONSUMED.corrected;
    if (bits & STEP.unknown) {
      found.missingMs += endMs - startMs;
      return;
    }
    const all = (total[i] as number) - (total[i - 1] as number);
    const isWhole = startMs === tMs[i - 1] && endMs === tMs[i];
    const amount = isWhole ? all : all * this.share(i, startMs, endMs);
    found.amount += amount;
    // Of a step that used nothing, every part used nothing.
    if ((bits & UNBOUND) === 0 && (isWhole || all === 0)) found.measured += amount;
    else if ((bits & UNBOUND) === 0) found.flags |= CONSUMED.filled;
  }

  /** Whether the reading of a row was corrected and stands at an instant. */
  private isCorrected(row: number, tMs: number): boolean {
    return ((this.index.step[row] as number) & STEP.corrected) !== 0 && this.index.tMs[row] === tMs;
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

  /** Puts `at` on the step that holds the instant: the first one that ends behind it, else the last. */
  private seek(tMs: number): void {
    const { tMs: times } = this.index;
    const last = times.length - 1;
    if ((times[this.at - 1] as number) > tMs) this.at = 1;
    for (let steps = 0; this.at < last && (times[this.at] as number) <= tMs; steps += 1) {
      if (steps < NEAR) this.at += 1;
      else this.at = Math.min(last, lowerBound(times, tMs + 1));
    }
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

function flagsOf(bits: number): number {
  let flags = 0;
  if (bits & STEP.replaced) flags |= CONSUMED.replaced;
  if (bits & STEP.reset) flags |= CONSUMED.reset;
  if (bits & STEP.leftOut) flags |= CONSUMED.leftOut;
  if (bits & (STEP.extended | STEP.estimated)) flags |= CONSUMED.extended;
  return flags;
}
