import type { QualityCounts } from "#contract/plant-quality.ts";
import { countText } from "#web/parts/format-number.ts";
import { countedIntervals, intervalNoun } from "#web/parts/interval-words.ts";

/**
 * "All 96 quarter-hours of the last day are there; 2 were left out of demand by R17." `counts` are those of the time that is
 * named by `when`, such as "of the last day".
 */
export function qualitySentence(counts: QualityCounts, { intervalMinutes, when }: { intervalMinutes: number; when: string }): string {
  if (counts.expected === 0) return `The first ${intervalNoun(intervalMinutes)} is not over yet.`;
  const all = countedIntervals(counts.expected, intervalMinutes);
  if (counts.observed === 0) return `Nothing came: all ${all} ${when} are missing.`;
  const tails = tailsOf(counts);
  return `${thereText(counts, `${all} ${when}`)}${tails.length === 0 ? "" : `; ${tails.join(", ")}`}.`;
}

function thereText(counts: QualityCounts, all: string): string {
  if (counts.missing === 0) return counts.expected === 1 ? `The one ${all.slice(2)} is there` : `All ${all} are there`;
  return `${countText(counts.observed)} of ${all} ${is(counts.observed)} there, ${countText(counts.missing)} ${is(counts.missing)} missing`;
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
