import { DAY_MS } from "#calendar/civil.ts";
import type { IndexRow } from "./index-rows.ts";
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
  const into = withRoom(index, before.length, { behind: isBehind ? 1 : 0 });
  for (let i = 0; i < n; i += 1) into.total[before.length + i] = (index.total[i] as number) + began;
  if (before.length > 0) into.step[before.length] = (index.step[0] as number) | STEP.extended;
  for (const [i, row] of before.entries()) {
    const step = i === 0 ? 0 : STEP.extended;
    put(into, i, { tMs: row.tMs, total: row.total + began, register: row.register, step });
  }
  if (!isBehind) return into;
  const total = (index.total[n - 1] as number) + began + behind;
  put(into, before.length + n, { tMs: range.toMs, total, register: (index.register[n - 1] as number) + behind, step: STEP.extended });
  return into;
}

/** The index with so many empty rows before it and behind it. */
function withRoom(index: MeterIndex, before: number, { behind }: { behind: number }): MeterIndex {
  const n = before + index.tMs.length + behind;
  const into = { tMs: new Float64Array(n), total: new Float64Array(n), register: new Float64Array(n), step: new Uint8Array(n) };
  into.tMs.set(index.tMs, before);
  into.total.set(index.total, before);
  into.register.set(index.register, before);
  into.step.set(index.step, before);
  return into;
}

function put(into: MeterIndex, row: number, { tMs, total, register, step }: IndexRow): void {
  into.tMs[row] = tMs;
  into.total[row] = total;
  into.register[row] = register;
  into.step[row] = step;
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
