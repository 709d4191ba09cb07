export type AnomalyRule = "unusual" | "leak" | "simple" | "below-zero";

/** A stretch in which a meter used what its season, weekday and past do not explain. */
export interface MeterAnomaly {
  /** Of rule and stretch: the same as long as the readings are. */
  readonly id: string;
  readonly rule: AnomalyRule;
  readonly fromMs: number;
  readonly toMs: number;
  /** In the meter's unit, over the stretch. */
  readonly amount: number;
  readonly expected: number;
  readonly low: number;
  readonly high: number;
  /** How far out, in robust deviations; NaN for rules that have none. */
  readonly score: number;
  /** Why it is told, in words. */
  readonly sentence: string;
}
