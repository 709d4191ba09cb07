import type { InfluxPoint, InfluxSeries } from "./point.ts";

/** Instants, both inclusive. */
export interface Stretch {
  readonly fromMs: number;
  readonly toMs: number;
}

/**
 * An InfluxDB that points are written to.
 * Errors: InfluxTrouble, of every question.
 */
export interface InfluxTarget {
  /** `http://nas:8086/lampfi_processed`, for sentences. */
  readonly name: string;
  /** Whether there is the bucket or database. */
  exists(): Promise<boolean>;
  /** Makes it, to keep what it is given for good. */
  make(): Promise<void>;
  /** Points of a series in order of time, as they are now. */
  read(series: InfluxSeries): Promise<InfluxPoint[]>;
  /** Values of a tag among the points of a measurement. */
  tagValues(measurement: string, tag: string): Promise<string[]>;
  /** Points of the same series and instant are replaced field by field. */
  write(series: InfluxSeries, points: readonly InfluxPoint[]): Promise<void>;
  /** Every point of a series within. */
  remove(series: InfluxSeries, stretch: Stretch): Promise<void>;
}
