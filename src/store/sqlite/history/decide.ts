import { OUTCOME } from "#store/batch.ts";
import type { Sample } from "./samples.ts";

/** What an equal instant with another value does: the first sample stays, or the last one wins. */
export type EqualInstant = "first" | "last";

/** Tells the rule of a series. */
export interface SeriesRules {
  rule(seriesId: number): EqualInstant;
}

export type Outcome = (typeof OUTCOME)[keyof typeof OUTCOME];

/**
 * What becomes of a sample that arrives where `old` stands (undefined where nothing does). The one place that knows.
 * Missing: two NaN are the same value; 0 and -0 are not.
 */
export function decide(old: Sample | undefined, arriving: Sample, rule: EqualInstant): Outcome {
  if (old === undefined) return OUTCOME.stored;
  if (sameSample(old, arriving)) return OUTCOME.duplicate;
  return rule === "last" ? OUTCOME.replaced : OUTCOME.refused;
}

function sameSample(a: Sample, b: Sample): boolean {
  return Object.is(a.value, b.value) && a.quality === b.quality && a.code === b.code;
}
