import type { PlantInfo, SummaryAnswer } from "#contract/plant.ts";
import type { IntervalsAnswer } from "#contract/plant-intervals.ts";
import { shortNoun } from "#web/pages/plant/answer.ts";
import { demandText, percentText } from "#web/pages/plant/figures.ts";
import { countText } from "#web/parts/format-number.ts";
import { intervalNoun } from "#web/parts/interval-words.ts";

/** How many of the last 24 hours' intervals somebody spoke of. */
export const spokenOf = (last: Pick<IntervalsAnswer, "rows">): number => last.rows.filter((row) => row.source !== null).length;

/** "The last quarter drew 387.6 kW, 1.8 % more than the one before; all 96 quarter-hours of the last day are there." */
export function operationsSentence(summary: SummaryAnswer, last: IntervalsAnswer, plant: PlantInfo): string {
  const { interval } = summary.current;
  const noun = shortNoun(plant.intervalMinutes);
  if (interval === null) {
    return plant.pulsesPerKwh === null && summary.lastIntervalMs !== null
      ? "Pulses are counted, but no kWh per pulse is set yet: set it, and the demand is right backwards too."
      : `No finished ${noun} of ${plant.name} yet.`;
  }
  return `The last ${noun} drew ${demandText(interval.kw, plant)}${changeWords(summary)}; ${presenceWords(last, plant)}.`;
}

function changeWords({ current }: SummaryAnswer): string {
  const percent = current.changePercent;
  if (percent === null) return "";
  if (Math.abs(percent) < 0.05) return ", the same as the one before";
  return `, ${percentText(Math.abs(percent))} ${percent > 0 ? "more" : "less"} than the one before`;
}

function presenceWords(last: IntervalsAnswer, plant: PlantInfo): string {
  const there = spokenOf(last);
  const missing = last.expected - there;
  const all = `${countText(last.expected)} ${intervalNoun(plant.intervalMinutes, last.expected)} of the last 24 hours`;
  if (missing <= 0) return `all ${all} are there`;
  return `${countText(missing)} of ${all} ${missing === 1 ? "is" : "are"} missing`;
}
