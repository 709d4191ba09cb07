import { DAY_MS } from "#calendar/civil.ts";
import type { TimeRange } from "./interval-grid.ts";
import { type MeterIndex, STEP } from "./meter-index.ts";
import { usualRate } from "./usual-rate.ts";

/**
 * Carries a register on before its first and behind its last reading at its usual rate. A register that would have been below zero
 * began at zero where the line meets it. Spread it by a pace like any other step: each day then has its weight.
 * Missing: the same index where it has fewer than two readings: of a single one nobody knows how fast it counts.
 */
export function extendIndex(index: MeterIndex, range: TimeRange): MeterIndex {
  const { perDay } = usualRate(index);
  const n = index.tMs.length;
  if (Number.isNaN(perDay)) return index;
  const before = rowsBefore(index, range.fromMs, perDay);
  const lastMs = index.tMs[n - 1] as number;
  const isBehind = range.toMs > lastMs;
  const behind = isBehind ? (perDay * (range.toMs - lastMs)) / DAY_MS : 0;
  if (before.length === 0 && !isBehind) return index;
  const began = before.length === 0 ? 0 : -(before[0]?.total as number);
  const lastTotal = (index.total[n - 1] as number) + began;
  const step = Array.from(index.step);
  if (before.length > 0) step[0] = (step[0] as number) | STEP.extended;
  return {
    tMs: Float64Array.from([...before.map((row) => row.tMs), ...index.tMs, ...(isBehind ? [range.toMs] : [])]),
    total: Float64Array.from([
      ...before.map((row) => row.total + began),
      ...index.total.map((total) => total + began),
      ...(isBehind ? [lastTotal + behind] : []),
    ]),
    register: Float64Array.from([
      ...before.map((row) => row.register),
      ...index.register,
      ...(isBehind ? [(index.register[n - 1] as number) + behind] : []),
    ]),
    step: Uint8Array.from([...before.map((_, i) => (i === 0 ? 0 : STEP.extended)), ...step, ...(isBehind ? [STEP.extended] : [])]),
  };
}

interface Row {
  readonly tMs: number;
  /** Against the first reading: not above 0. */
  readonly total: number;
  readonly register: number;
}

function rowsBefore(index: MeterIndex, fromMs: number, perDay: number): Row[] {
  const firstMs = index.tMs[0] as number;
  const first = index.register[0] as number;
  if (!(fromMs < firstMs)) return [];
  const amount = (perDay * (firstMs - fromMs)) / DAY_MS;
  if (!(first - amount < 0)) return [{ tMs: fromMs, total: -amount, register: first - amount }];
  const beginMs = Math.round(firstMs - (first / perDay) * DAY_MS);
  const zero = { total: -first, register: 0 };
  return [{ tMs: fromMs, ...zero }, ...(beginMs > fromMs && beginMs < firstMs ? [{ tMs: beginMs, ...zero }] : [])];
}
