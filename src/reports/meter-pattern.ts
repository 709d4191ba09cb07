import { learnedPattern } from "#analytics/learned-pattern.ts";
import type { Pace } from "#analytics/meter-consumption.ts";
import type { MeterIndex } from "#analytics/meter-index.ts";
import { evenPace, monthlyPace, percentOf } from "#analytics/meter-pace.ts";
import type { Zone } from "#calendar/zone.ts";
import type { MeterSettings } from "./meter-settings.ts";

/** How consumption that nobody measured is spread. */
export interface MeterPattern {
  readonly pace: Pace;
  /** As used, sums to 100; NaN twelve times where it is spread evenly. */
  readonly percent: readonly number[];
  readonly from: "file" | "page" | "learned" | "none";
  /** What was written sums to; NaN where nobody wrote one. */
  readonly sum: number;
}

const MONTHS = 12;
const NAMES = { file: "by the months the file says", page: "by the months the page says" } as const;

/** As somebody wrote it, else as readings of a year and more tell, else evenly. */
export function patternOf(said: Pick<MeterSettings, "pattern" | "patternFrom">, index: MeterIndex, zone: Zone): MeterPattern {
  const { pattern, patternFrom: from = "file" } = said;
  const sum = pattern?.reduce((all, one) => all + one, 0) ?? Number.NaN;
  if (pattern !== undefined && pattern.length === MONTHS && sum > 0) {
    return { pace: monthlyPace(pattern, zone, { name: NAMES[from] }), percent: percentOf(pattern), from, sum };
  }
  const learned = learnedPattern(index, zone);
  if (learned === undefined) return { pace: evenPace(), percent: new Array<number>(MONTHS).fill(Number.NaN), from: "none", sum };
  const pace = monthlyPace(learned, zone, { name: "by the months its own readings tell" });
  return { pace, percent: learned, from: "learned", sum };
}
