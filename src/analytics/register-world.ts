import { DAY_MS } from "#calendar/civil.ts";
import type { Column } from "#series/column.ts";
import { type MeterIndex, type RegisterRules, STEP } from "./meter-index.ts";

/** Nothing is said beside the readings. */
export const NO_RULES: RegisterRules = { replacements: [], decisions: new Map(), resetsMs: [] };
export const BEGIN_MS = Date.UTC(2024, 0, 1);
/** Percent per month of a gas meter, as people write it down: it sums to 101. */
export const GAS_PATTERN = [15.1, 12, 12.5, 8.1, 3.5, 3.2, 2.7, 3.6, 5.2, 8.4, 12.2, 14.5];

export const atDay = (day: number): number => BEGIN_MS + day * DAY_MS;

/** Readings by day since the beginning. */
export function readingsAt(points: readonly (readonly [day: number, value: number])[]): Column {
  return {
    tMs: Float64Array.from(points, ([day]) => atDay(day)),
    value: Float64Array.from(points, ([, value]) => value),
    quality: new Uint16Array(points.length),
  };
}

/** A register by instants, without anything strange. */
export function indexAt(points: readonly (readonly [tMs: number, register: number, step?: number])[]): MeterIndex {
  const first = points[0]?.[1] ?? 0;
  let total = 0;
  return {
    tMs: Float64Array.from(points, ([tMs]) => tMs),
    total: Float64Array.from(points, ([, register, step = 0], i) => {
      const before = points[i - 1]?.[1] ?? first;
      if ((step & STEP.unknown) === 0) total += register - before;
      return total;
    }),
    register: Float64Array.from(points, ([, register]) => register),
    step: Uint8Array.from(points, ([, , step = 0]) => step),
  };
}

/** Readings one after another: days since the one before, and what was used since. */
export function risingFrom(value: number, steps: readonly (readonly [days: number, used: number])[]): [tMs: number, register: number][] {
  const points: [number, number][] = [[BEGIN_MS, value]];
  for (const [days, used] of steps) {
    const [tMs, shown] = points.at(-1) as [number, number];
    points.push([tMs + days * DAY_MS, shown + used]);
  }
  return points;
}
