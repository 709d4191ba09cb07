import type { RunningAnswer, SummaryAnswer } from "#contract/plant.ts";
import { AgeText } from "#web/parts/age-text.tsx";
import { Answer } from "#web/parts/card.tsx";
import { countText } from "#web/parts/format-number.ts";
import { intervalNoun } from "#web/parts/interval-words.ts";
import { QualityMark } from "#web/parts/quality-mark.tsx";
import { answerSentence } from "./answer.ts";
import { powerText } from "./figures.ts";
import type { PlantLook } from "./plant-look.ts";
import { offsetText } from "./words.ts";

interface PlantHeadProps {
  readonly look: PlantLook;
  readonly running: RunningAnswer;
  readonly summary: SummaryAnswer;
}

/** The answer in words, and where it comes from. */
export function PlantHead({ look, running, summary }: PlantHeadProps) {
  const { plant } = look;
  const { live } = running;
  const evidence = [
    live.atMs === null ? (
      "No pulse yet"
    ) : (
      <span key="age" className={live.stale ? "q stale" : undefined}>
        <span>
          Pulses <AgeText tMs={live.atMs} zone={plant.zone} ago />, {plant.name}
          {live.source && live.source !== plant.name && ` (${live.source})`}
        </span>
      </span>
    ),
    ...presence(summary, plant.intervalMinutes),
    ...(summary.clockOffsetMs === null ? [] : [`Clock offset ${offsetText(summary.clockOffsetMs)}`]),
    ...uncertainty(summary),
    ...running.remarks,
  ];
  return <Answer sentence={answerSentence(running, plant)} evidence={evidence} />;
}

function presence(summary: SummaryAnswer, minutes: number): string[] {
  const spell = summary.period ?? summary.month;
  if (spell.intervals + spell.missing === 0) return [];
  const all = spell.intervals + spell.missing;
  const estimated = (summary.period?.estimated ?? 0) * 100;
  const words = `${countText(spell.intervals)} of ${countText(all)} ${intervalNoun(minutes, all)} present`;
  return [estimated < 0.05 ? words : `${words}, ${estimated.toFixed(1)}\u00a0% of the energy estimated`];
}

function uncertainty({ period }: SummaryAnswer) {
  if (!period?.uncertain) return [];
  const { lowKw, highKw } = period.uncertain;
  return [
    <QualityMark
      key="uncertain"
      state="suspect"
      words={`Demand not certain, between ${powerText(lowKw, 0.5)} and ${powerText(highKw, 0.5)}`}
    />,
  ];
}
