import type { MeterIndex } from "./meter-index.ts";

/** One row of an index. */
export interface IndexRow {
  readonly tMs: number;
  readonly total: number;
  readonly register: number;
  readonly step: number;
}

/** An index that grows row by row. */
export class IndexRows {
  private readonly tMs: number[] = [];
  private readonly total: number[] = [];
  private readonly register: number[] = [];
  private readonly step: number[] = [];

  push(row: IndexRow): void {
    this.tMs.push(row.tMs);
    this.total.push(row.total);
    this.register.push(row.register);
    this.step.push(row.step);
  }

  index(): MeterIndex {
    return {
      tMs: Float64Array.from(this.tMs),
      total: Float64Array.from(this.total),
      register: Float64Array.from(this.register),
      step: Uint8Array.from(this.step),
    };
  }
}
