import type { PlantQualityAnswer, QualityCounts } from "#contract/plant-quality.ts";
import { countText } from "#web/parts/format-number.ts";
import { countedIntervals, intervalNoun } from "#web/parts/interval-words.ts";

/** "All 96 quarter-hours of the last day are there; 2 were left out of demand by R17." */
export function qualitySentence(answer: Pick<PlantQualityAnswer, "lastDay" | "intervalMinutes">): string {
  const { lastDay, intervalMinutes } = answer;
  if (lastDay.expected === 0) return `The first ${intervalNoun(intervalMinutes)} is not over yet.`;
  const all = countedIntervals(lastDay.expected, intervalMinutes);
  if (lastDay.observed === 0) return `Nothing came in the last day: all ${all} are missing.`;
  const there =
    lastDay.missing === 0
      ? `All ${all} of the last day are there`
      : `${countText(lastDay.observed)} of ${all} of the last day are there, ${countText(lastDay.missing)} ${is(lastDay.missing)} missing`;
  const tails = tailsOf(lastDay);
  return tails.length === 0 ? `${there}.` : `${there}; ${tails.join(", ")}.`;
}

function tailsOf(counts: QualityCounts): string[] {
  const tails: string[] = [];
  if (counts.excluded > 0) tails.push(`${countText(counts.excluded)} ${was(counts.excluded)} left out of demand by R17`);
  if (counts.invalid > 0) tails.push(`${countText(counts.invalid)} ${is(counts.invalid)} not valid`);
  if (counts.estimated > 0) tails.push(`${countText(counts.estimated)} ${is(counts.estimated)} estimated`);
  return tails;
}

const is = (count: number): string => (count === 1 ? "is" : "are");
const was = (count: number): string => (count === 1 ? "was" : "were");

/** "+0.4 s", "−2 min": how far the sender's clock is ahead of ours. */
export function offsetText(offsetMs: number): string {
  const sign = offsetMs < 0 ? "−" : "+";
  const seconds = Math.abs(offsetMs) / 1000;
  if (seconds < 100) return `${sign}${seconds.toFixed(1)}\u00a0s`;
  return `${sign}${Math.round(seconds / 60)}\u00a0min`;
}
