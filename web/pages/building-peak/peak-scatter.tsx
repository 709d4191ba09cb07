import type { PeakAnswerInfo } from "#contract/building-peak.ts";
import { numberText } from "#web/parts/format-number.ts";
import { plotScale } from "./peak-day-scene.ts";
import { PeakPlot } from "./peak-plot.tsx";

const kwText = (value: number): string => numberText(value, { unit: "kW" });

/** Load against outdoor temperature: the days alike, and the day of the peak. Without temperatures, in a row by date. */
export function PeakScatter({ answer }: { answer: PeakAnswerInfo }) {
  const { of, outdoor, similarDays } = answer;
  const days = similarDays.flatMap((day) => (day.kw === null ? [] : [{ ...day, kw: day.kw }])).toReversed();
  if (days.length === 0 || of.valueKw === null) return <p className="faint">There are no days alike to compare with.</p>;
  const byOutdoor = outdoor !== null && days.every((day) => day.outdoor !== null);
  const xs = days.map((day, index) => (byOutdoor ? (day.outdoor as number) : index));
  const own = byOutdoor ? outdoor.value : days.length;
  const [low, high] = [Math.min(...xs, own), Math.max(...xs, own)];
  const x = (value: number): number => (high === low ? 50 : 3 + (94 * (value - low)) / (high - low));
  const loads = days.map((day) => day.kw);
  const y = plotScale([...loads, of.valueKw]);
  const summary = `${of.name} drew ${kwText(of.valueKw)}; on ${days.length} days alike between ${kwText(Math.min(...loads))} and ${kwText(Math.max(...loads))}.`;
  const ticks = byOutdoor ? [low, high].filter((value, index) => index === 0 || value !== low) : [];
  const words = byOutdoor
    ? ticks.map((value, index) => ({ at: x(value), text: `${numberText(value, { unit: outdoor.unit })}${index === 0 ? "" : " outside"}` }))
    : [
        { at: 3, text: days[0]?.date ?? "" },
        { at: 97, text: "this day" },
      ];
  return (
    <PeakPlot summary={summary} y={y} ticks={words}>
      {days.map((day, index) => (
        <b
          key={day.date}
          className="peak-dot"
          style={{ left: `${x(xs[index] as number)}%`, bottom: `${y.at(day.kw)}%` }}
          title={`${day.date}: ${kwText(day.kw)}${day.outdoor === null || outdoor === null ? "" : `, ${numberText(day.outdoor, { unit: outdoor.unit })}`}`}
        />
      ))}
      <b className="peak-dot own" style={{ left: `${x(own)}%`, bottom: `${y.at(of.valueKw)}%` }} />
    </PeakPlot>
  );
}
