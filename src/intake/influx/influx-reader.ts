/** Readings of one entity in one unit: the measurement is the unit's text. */
export interface InfluxSeries {
  readonly unit: string;
  readonly entity: string;
}

/** One row. `value` is what is there: no number is a matter for whoever takes it. */
export interface InfluxRow {
  readonly tMs: number;
  readonly value: unknown;
}

/** Readings as they lie in an InfluxDB, whatever its version. Errors: PullProblem. */
export interface InfluxReader {
  /** Everything of the domain that has a field `value`. */
  discover(signal: AbortSignal): Promise<InfluxSeries[]>;
  /** Instant of the oldest row. Missing: undefined where there is none. */
  firstMs(series: InfluxSeries, signal: AbortSignal): Promise<number | undefined>;
  /** Rows of [fromMs, toMs), those of one instant in the order they lie there; in no other order. */
  rows(series: InfluxSeries, range: { readonly fromMs: number; readonly toMs: number }, signal: AbortSignal): AsyncIterable<InfluxRow>;
}
