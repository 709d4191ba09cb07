import type { Decimal } from "decimal.js";
import type { MeterConsumption } from "#analytics/meter-consumption.ts";
import type { Range } from "#store/store.ts";
import type { MeterFigure } from "./meter-answers.ts";

/** Rows as figures, one by one. */
export function figuresOf(rows: MeterConsumption, costs: readonly (Decimal | undefined)[]): MeterFigure[] {
  return Array.from(rows.amount, (amount, row) => {
    const cost = costs[row];
    return {
      fromMs: rows.edgesMs[row] as number,
      toMs: rows.edgesMs[row + 1] as number,
      amount,
      measured: rows.measured[row] as number,
      missingMs: rows.missingMs[row] as number,
      flags: rows.flags[row] as number,
      ...(cost === undefined ? {} : { cost }),
    };
  });
}

/** A stretch of which nothing is known. */
export function nothingKnown({ fromMs, toMs }: Range): MeterFigure {
  return { fromMs, toMs, amount: Number.NaN, measured: Number.NaN, missingMs: toMs - fromMs, flags: 0 };
}
