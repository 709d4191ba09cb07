import type { Column } from "#series/column.ts";
import type { InfluxPoint } from "./point.ts";

/** Measurement of what a supplier said of each hour. It is no register: nothing that counts up is ever written under it. */
export const ENERGY = "energy";

/** What an hour of a supplier has, by the names its fields go by. */
export const ENERGY_FIELDS = {
  "energy-import": "consumption",
  cost: "cost",
  "unit-price": "unit_price",
  "unit-price-vat": "unit_price_vat",
} as const;
export type EnergyQuantity = keyof typeof ENERGY_FIELDS;

/** A column of one quantity and the length of its rows. */
export interface EnergyColumn {
  readonly quantity: EnergyQuantity;
  readonly column: Column;
  readonly lengthMs: number;
}

/** Hours of a supplier as points, stamped with the beginning of the hour; what is not known of an hour has no field. */
export function energyPoints(columns: readonly EnergyColumn[]): InfluxPoint[] {
  const byTime = new Map<number, Record<string, number>>();
  for (const { quantity, column, lengthMs } of columns) {
    for (let row = 0; row < column.tMs.length; row += 1) {
      const value = column.value[row] as number;
      if (!Number.isFinite(value)) continue;
      const startMs = (column.tMs[row] as number) - lengthMs;
      const fields = byTime.get(startMs) ?? {};
      fields[ENERGY_FIELDS[quantity]] = value;
      byTime.set(startMs, fields);
    }
  }
  return [...byTime].sort(([a], [b]) => a - b).map(([tMs, fields]) => ({ tMs, fields }));
}
