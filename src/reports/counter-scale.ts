import type { Column } from "#series/column.ts";
import { conversion } from "#units/unit.ts";
import type { DatedFact } from "./dated-facts.ts";

/**
 * What a register's own kWh are multiplied with over time: the point's `multiplier` (CT × PT) times its `scale`.
 * Shape:   `factor[i]` holds from `fromMs[i]` up to the next row; the first row is from -Infinity.
 */
export interface CounterScale {
  readonly fromMs: readonly number[];
  readonly factor: readonly number[];
}

const NAMES: readonly string[] = ["multiplier", "scale"];

/** The first value of a fact holds right backwards. Missing: without a fact the factor is 1; values that cannot be one are passed over. */
export function counterScale(facts: readonly DatedFact[]): CounterScale {
  const used = facts.filter(({ name, value }) => NAMES.includes(name) && Number(value) > 0 && Number.isFinite(Number(value)));
  const dates = [...new Set(used.map(({ fromMs }) => fromMs))].sort((a, b) => a - b);
  if (dates.length === 0) return { fromMs: [-Infinity], factor: [1] };
  const partAt = (name: string, tMs: number): number => {
    const own = used.filter((fact) => fact.name === name);
    return Number((own.findLast((fact) => fact.fromMs <= tMs) ?? own[0])?.value ?? 1);
  };
  return {
    fromMs: dates.map((date, i) => (i === 0 ? -Infinity : date)),
    factor: dates.map((date) => NAMES.reduce((product, name) => product * partAt(name, date), 1)),
  };
}

/** The factor at an instant. */
export function scaleAt({ fromMs, factor }: CounterScale, tMs: number): number {
  return factor[fromMs.findLastIndex((from) => from <= tMs)] as number;
}

/**
 * A register in kWh. Where its factor changes it goes on from where it stands, so that the change is no step; only differences of
 * such a column mean anything.
 * Errors: throws for a unit that is none of energy, which is our mistake.
 */
export function counterColumn(column: Column, { unit, scale }: { readonly unit: string; readonly scale: CounterScale }): Column {
  const toKwh = conversion(unit, "kWh");
  if (toKwh === undefined) throw new Error(`A register in ${unit} counts no energy`);
  const { fromMs, factor } = scale;
  if (factor.length === 1 && factor[0] === 1 && unit === "kWh") return column;
  const value = new Float64Array(column.value.length);
  let row = 0;
  let offset = 0;
  let last = Number.NaN;
  for (let i = 0; i < value.length; i++) {
    const raw = toKwh(column.value[i] as number);
    while (row + 1 < fromMs.length && (fromMs[row + 1] as number) <= (column.tMs[i] as number)) {
      row += 1;
      if (!Number.isNaN(last)) offset += last * ((factor[row - 1] as number) - (factor[row] as number));
    }
    value[i] = raw * (factor[row] as number) + offset;
    if (!Number.isNaN(raw)) last = raw;
  }
  return { ...column, value };
}
