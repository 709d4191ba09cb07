import type { RunningAnswer, SummaryAnswer } from "#contract/plant.ts";
import type { IntervalsAnswer } from "#contract/plant-intervals.ts";
import { DemandNumber, FixedNumber, PowerNumber } from "#web/pages/plant/figure-text.tsx";
import { changeText, demandText, energyText, powerText } from "#web/pages/plant/figures.ts";
import type { PlantLook } from "#web/pages/plant/plant-look.ts";
import { peakWhen } from "#web/pages/plant/words.ts";
import { AgeText } from "#web/parts/age-text.tsx";
import { countText, NOT_KNOWN } from "#web/parts/format-number.ts";
import { spokenOf } from "./words.ts";

interface Known {
  readonly running: RunningAnswer;
  readonly summary: SummaryAnswer;
  readonly last: IntervalsAnswer;
}

/** The page in six numbers. */
export function operationFigures({ running, summary, last }: Known, { plant, clock }: PlantLook) {
  const { current, today } = summary;
  const there = spokenOf(last);
  const missing = Math.max(0, last.expected - there);
  return [
    {
      label: `Last ${plant.intervalMinutes} min`,
      value: <DemandNumber kw={current.interval?.kw} plant={plant} />,
      note: changeNote(summary),
    },
    {
      label: "Live",
      value: running.live.stale ? NOT_KNOWN : <PowerNumber kw={running.live.kw} plusMinusKw={running.live.plusMinusKw} />,
      note: running.live.plusMinusKw === null ? "not known yet" : `±\u00a0${powerText(running.live.plusMinusKw, running.live.plusMinusKw)}`,
    },
    {
      label: "Age of the last interval",
      value: summary.lastIntervalMs === null ? NOT_KNOWN : <AgeText tMs={summary.lastIntervalMs} zone={plant.zone} />,
      note: `one every ${plant.intervalMinutes} min`,
    },
    {
      label: "Intervals in 24 h",
      value: countText(there),
      note:
        missing === 0 ? `of ${countText(last.expected)}, none missing` : `of ${countText(last.expected)}, ${countText(missing)} missing`,
    },
    {
      label: "Highest today",
      value: <DemandNumber kw={today.peak?.kw} plant={plant} />,
      note: today.peak === null ? "no demand yet" : peakWhen(today.peak, clock, summary.nowMs),
    },
    {
      label: "Month to date",
      value: <FixedNumber value={summary.month.energyKwh} unit="kWh" decimals={0} />,
      note: `today ${energyText(today.energyKwh)}`,
    },
  ];
}

function changeNote({ current }: SummaryAnswer): string {
  if (current.interval === null) return "no finished interval";
  const before = current.previousKw === null ? "the one before is missing" : `before ${demandText(current.previousKw, { pulseKw: null })}`;
  return [changeText(current.changePercent), before].filter(Boolean).join(", ");
}
