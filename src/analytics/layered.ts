import { ladder, NO_RUNG, type Rank } from "#series/ladder.ts";
import { blank } from "./demand-intervals.ts";
import type { Intervals } from "./intervals.ts";

/** What one source says, and how much that counts. */
export interface Layer {
  readonly name: string;
  readonly rank: Rank;
  readonly intervals: Intervals;
}

/**
 * Per interval what the source of highest rank says that knows its energy, whole: its flags, its demand, its pulses. Where none
 * knows energy, one that at least counted pulses. `layers` names the sources, the lowest rank first.
 * Errors:  throws where the layers are not of the same intervals.
 */
export function layered(layers: readonly Layer[]): Intervals {
  const first = layers[0]?.intervals;
  if (!first) return blank(0, { lengthMs: 0, layer: "" });
  for (const { name, intervals } of layers) check(first, intervals, name);
  const { order, taken } = ladder(layers.map(({ name, rank, intervals }) => ({ name, rank, value: intervals.energyKwh })));
  const counted = ladder(layers.map(({ name, rank, intervals }) => ({ name, rank, value: intervals.pulses }))).taken;
  const whole = {
    ...blank(first.tMs.length, { lengthMs: first.lengthMs, layer: "" }),
    layers: order.map((i) => (layers[i] as Layer).name),
  };
  whole.tMs.set(first.tMs);
  for (let i = 0; i < taken.length; i += 1) {
    const position = taken[i] === NO_RUNG ? (counted[i] as number) : (taken[i] as number);
    if (position === NO_RUNG) continue;
    take(whole, i, { from: (layers[order[position] as number] as Layer).intervals, position });
  }
  return whole;
}

function take(whole: Intervals, i: number, { from, position }: { from: Intervals; position: number }): void {
  whole.energyKwh[i] = from.energyKwh[i] as number;
  whole.demandKw[i] = from.demandKw[i] as number;
  whole.powerKw[i] = from.powerKw[i] as number;
  whole.possibleKw[i] = from.possibleKw[i] as number;
  whole.quality[i] = from.quality[i] as number;
  whole.coverage[i] = from.coverage[i] as number;
  whole.pulses[i] = from.pulses[i] as number;
  whole.layer[i] = position;
}

function check(first: Intervals, other: Intervals, name: string): void {
  const same = first.lengthMs === other.lengthMs && first.tMs.length === other.tMs.length && first.tMs.every((t, i) => t === other.tMs[i]);
  if (!same) throw new Error(`The intervals of ${name} are not those of the other layers`);
}
