import type { ColumnAnswer, LiveValue, SeriesInfo } from "#contract/series.ts";
import { decimalsOf } from "#web/parts/format-number.ts";

export interface Spark {
  readonly tMs: readonly number[];
  readonly value: readonly (number | null)[];
}

interface Around {
  readonly live: LiveValue | undefined;
  readonly fromMs: number;
  readonly toMs: number;
}

/**
 * The line of a card. A register is drawn as what was used in each step, because its own line only climbs.
 * Gaps longer than the column's `gapMs` become a null; the newest value is added to what history knows.
 */
export function sparkOf(series: Pick<SeriesInfo, "kind">, column: ColumnAnswer | null, around: Around): Spark {
  const times = column?.tMs ?? [];
  const values = series.kind === "counter" ? steps(column?.value ?? []) : (column?.value ?? []);
  const tMs: number[] = [];
  const value: (number | null)[] = [];
  times.forEach((time, index) => {
    const last = tMs.at(-1);
    if (last !== undefined && column?.gapMs !== undefined && time - last > column.gapMs) {
      tMs.push(last + 1);
      value.push(null);
    }
    tMs.push(time);
    value.push(values[index] ?? null);
  });
  if (series.kind !== "counter") append(tMs, value, around);
  return { tMs, value };
}

function append(tMs: number[], value: (number | null)[], { live, fromMs }: Around): void {
  const last = tMs.at(-1) ?? fromMs;
  if (!live || live.value === null || live.tMs <= last) return;
  tMs.push(live.tMs);
  value.push(live.value);
}

function steps(register: readonly (number | null)[]): (number | null)[] {
  return register.map((value, index) => {
    const before = register[index - 1];
    if (value === null || before === null || before === undefined) return null;
    return value >= before ? value - before : null;
  });
}

/** Decimals the sender has used lately, at most two. Extremes are samples as they came; means are not. */
export function resolutionOf(column: ColumnAnswer | null | undefined): number {
  const sent = column?.mode === "raw" ? column.value : [...(column?.min ?? []), ...(column?.max ?? [])];
  return sent.reduce<number>((most, value) => (value === null ? most : Math.max(most, decimalsOf(value, 2))), 0);
}
