import type { BackupsAnswer } from "#contract/backups.ts";
import { Card } from "#web/parts/card.tsx";
import { countText } from "#web/parts/format-number.ts";
import { ageText } from "#web/parts/format-time.ts";
import { copiesScene, LANES, type Lane } from "./copies-scene.ts";
import { keepWords } from "./words.ts";

const LANE_WORDS: Readonly<Record<Lane, string>> = { hourly: "Hourly", daily: "Daily", monthly: "Monthly" };

/** The kept copies over time: a mark per copy, in the lane of what it is kept as; the newest at the right. */
export function CopiesCard({ answer }: { answer: BackupsAnswer }) {
  const { marks, ticks } = copiesScene(answer.backups, answer.nowMs);
  const place = (at: number) => ({ left: `${((1 - at) * 100).toFixed(2)}%` });
  return (
    <Card title="Kept copies" note={`keeps ${keepWords(answer.keep)}`}>
      <div className="copies" role="img" aria-label={summary(answer)}>
        {LANES.map((lane) => (
          <div key={lane} className="copies-lane">
            <span className="copies-name">{LANE_WORDS[lane]}</span>
            <div className="copies-track">
              {marks
                .filter((mark) => mark.lane === lane)
                .map((mark) => (
                  <span key={mark.file} className="copies-mark" data-verified={mark.verified} style={place(mark.at)} />
                ))}
            </div>
          </div>
        ))}
        <div className="copies-lane copies-axis">
          <span className="copies-name">Age</span>
          <div className="copies-track">
            {ticks.map((tick, index) => (
              <span key={tick.label} className="copies-tick" data-edge={index === 0 ? "now" : undefined} style={place(tick.at)}>
                {tick.label}
              </span>
            ))}
          </div>
        </div>
      </div>
    </Card>
  );
}

/** The drawing in words. */
function summary({ backups, nowMs }: BackupsAnswer): string {
  const count = (lane: Lane) => backups.filter((copy) => copy.keptAs.includes(lane)).length;
  const kinds = LANES.map((lane) => `${countText(count(lane))} ${lane}`).join(", ");
  const oldest = backups.at(-1);
  const newest = backups[0];
  if (newest === undefined || oldest === undefined) return "No copy is kept.";
  return `Kept copies by age: ${kinds}. The newest is ${ageText(nowMs - newest.madeMs)} old, the oldest ${ageText(nowMs - oldest.madeMs)}.`;
}
