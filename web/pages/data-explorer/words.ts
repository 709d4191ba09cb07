import type { IntervalsAnswer } from "#contract/plant-intervals.ts";
import { countText } from "#web/parts/format-number.ts";
import { countedIntervals, intervalNoun } from "#web/parts/interval-words.ts";
import { fixedText } from "#web/parts/resolution.ts";
import { FLAG_CHOICES, type IntervalSearch } from "./explorer-search.ts";

/** Decimals the amounts of this plant are written with. */
export interface Decimals {
  readonly kw: number;
  readonly kwh: number;
}

/** "38,112.4 kWh in 96 quarter-hours, highest 412.8 kW." What the table holds, in one line. */
export function tableSentence(answer: IntervalsAnswer, filtered: boolean, decimals: Decimals): string {
  const { matching, expected, intervalMinutes } = answer;
  const noun = intervalNoun(intervalMinutes);
  if (expected === 0) return `No ${noun} of this time is over yet.`;
  if (matching === 0) return `None of the ${countedIntervals(expected, intervalMinutes)} of this time matches.`;
  const counted = `${countText(matching)} of ${countedIntervals(expected, intervalMinutes)} ${matching === 1 ? "matches" : "match"}`;
  if (answer.energyKwh === null) {
    return filtered
      ? `${counted}; no energy is known of ${matching === 1 ? "it" : "them"}.`
      : `No energy is known of ${countedIntervals(matching, intervalMinutes)}.`;
  }
  const energy = fixedText(answer.energyKwh, "kWh", Math.min(1, decimals.kwh));
  const peak = answer.peakKw === null ? "" : `, highest ${fixedText(answer.peakKw, "kW", decimals.kw)}`;
  if (!filtered) return `${energy} in ${countedIntervals(matching, intervalMinutes)}${peak}.`;
  return `${counted}: ${energy}${peak}.`;
}

/** The filters in words: "left out by R17", "without invalid alarm", "350 kW and more". */
export function filterWords(search: IntervalSearch): string[] {
  const words: string[] = [];
  if (search.flag !== undefined) words.push(search.flag === "any" ? "only marked ones" : `only ${FLAG_CHOICES[search.flag]}`);
  for (const flag of search.without ?? []) words.push(`without ${flag === "excludedFromDemand" ? "R17" : FLAG_CHOICES[flag]}`);
  const { minKw, maxKw } = search;
  if (minKw !== undefined && maxKw !== undefined) words.push(`${plain(minKw)} to ${plain(maxKw)}\u00a0kW`);
  else if (minKw !== undefined) words.push(`${plain(minKw)}\u00a0kW and more`);
  else if (maxKw !== undefined) words.push(`${plain(maxKw)}\u00a0kW and less`);
  return words;
}

function plain(value: number): string {
  return new Intl.NumberFormat(undefined, { maximumFractionDigits: 3 }).format(value).replace("-", "−");
}

/** What a person typed as a level; NaN where it is no number, undefined where nothing is. */
export function levelOf(text: string): number | undefined {
  const bare = text.trim().replace(/\s*kW$/i, "");
  if (bare === "") return undefined;
  // A comma is the thousands' mark where three digits follow, else the decimal one.
  const plainText = /,\d{3}(\D|$)/.test(bare) ? bare.replaceAll(",", "") : bare.replace(",", ".");
  return Number(plainText.replaceAll("\u2212", "-"));
}

/** Why two levels cannot be used, or undefined. */
export function levelFault(min: number | undefined, max: number | undefined): string | undefined {
  if (Number.isNaN(min) || Number.isNaN(max)) return "Write a level as a number of kW, such as 350.";
  if (min !== undefined && max !== undefined && min > max) return "The lower level is above the upper one, so nothing can match.";
  return undefined;
}
