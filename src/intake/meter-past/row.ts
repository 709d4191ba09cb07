/** What a row says, in the order of `MeterRow.values`. */
export const SAID = [
  { quantity: "power", kind: "gauge", unit: "W" },
  { quantity: "energy-import", kind: "counter", unit: "kWh" },
  { quantity: "energy-export", kind: "counter", unit: "kWh" },
  { quantity: "power-l1", kind: "gauge", unit: "W" },
  { quantity: "power-l2", kind: "gauge", unit: "W" },
  { quantity: "power-l3", kind: "gauge", unit: "W" },
] as const;

/** Where the register of what is bought stands in `MeterRow.values`. */
export const BOUGHT = 1;

/** A row of a file of readings. */
export interface MeterRow {
  readonly seq: number;
  /** Empty where the file names no meter. */
  readonly meter: string;
  /** The clock reading, where the row names no offset. */
  readonly localMs: number;
  /** The instant, where it does. */
  readonly tMs?: number;
  /** One per SAID. Missing: NaN. */
  readonly values: Float64Array;
  /** Marks that were told with it. */
  readonly quality?: number;
  /** As it is written, for telling people. */
  readonly written: string;
}
