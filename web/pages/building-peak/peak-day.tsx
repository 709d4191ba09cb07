import type { PeakAnswerInfo } from "#contract/building-peak.ts";
import { clockWords, dayWords } from "#web/charts/time-words.ts";
import { HOUR_MS, type ZoneClock } from "#web/charts/zone-clock.ts";
import { Card } from "#web/parts/card.tsx";
import { numberText } from "#web/parts/format-number.ts";
import { dayShape } from "./peak-day-scene.ts";
import { PeakPlot } from "./peak-plot.tsx";

const TICK_HOURS = [0, 6, 12, 18, 24] as const;
const kwText = (value: number | null): string => numberText(value, { unit: "kW", keepUnit: true });

/** The load of that day against the days alike, with the interval marked. */
export function PeakDay({ answer, clock }: { answer: PeakAnswerInfo; clock: ZoneClock }) {
  const { curve, range, of, similarDays } = answer;
  const shape = dayShape(answer);
  const dayMs = curve[0]?.tMs ?? range.fromMs;
  const day = dayWords(clock.wallMs(dayMs), true);
  const lengthMs = (curve.at(-1)?.tMs ?? dayMs) - dayMs + HOUR_MS / 4;
  const isLong = lengthMs > 26 * HOUR_MS;
  const ticks = isLong
    ? []
    : TICK_HOURS.map((hour) => ({
        at: hour === 24 ? 100 : (100 * (clock.instantMs(clock.wallMs(dayMs) + hour * HOUR_MS) - dayMs)) / lengthMs,
        text: `${String(hour).padStart(2, "0")}:00`,
      }));
  const clockOf = (tMs: number): string => clockWords(clock.wallMs(tMs));
  const summary = `${of.name} on ${day}: ${kwText(of.valueKw)} from ${clockOf(range.fromMs)} to ${clockOf(range.toMs)}, usually ${kwText(of.usualKw)} at that time on ${similarDays.length} days alike.`;
  return (
    <Card title={`The day, ${day}`} note={of.name}>
      {shape === undefined ? (
        <p className="faint">Nothing is known of that day.</p>
      ) : (
        <>
          <PeakPlot summary={summary} y={shape.y} ticks={ticks}>
            <i className="peak-mark" style={{ left: `${shape.left}%`, width: `max(3px, ${shape.width}%)` }} />
            <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
              <path className="band" d={shape.band} />
              <path className="usual" d={shape.usual} />
              <path className="line" d={shape.line} />
            </svg>
          </PeakPlot>
          <ul className="peak-keys">
            <li>
              <i className="line" /> that day
            </li>
            <li>
              <i className="band" /> usual half and middle of the days alike
            </li>
            <li>
              <i className="mark" /> {clockOf(range.fromMs)} to {clockOf(range.toMs)}
            </li>
          </ul>
        </>
      )}
    </Card>
  );
}
