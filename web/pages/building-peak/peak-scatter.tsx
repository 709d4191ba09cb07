import type { PeakAnswerInfo } from "#contract/building-peak.ts";
import { numberText } from "#web/parts/format-number.ts";

const WIDTH = 420;
const HEIGHT = 150;
const EDGE = { left: 46, right: 14, top: 10, bottom: 26 };

/** Load against outdoor temperature: the days alike, and the day of the peak. Without temperatures, in a row by date. */
export function PeakScatter({ answer }: { answer: PeakAnswerInfo }) {
  const { of, outdoor, similarDays } = answer;
  const days = similarDays.filter((day) => day.kw !== null) as readonly { date: string; outdoor: number | null; kw: number }[];
  if (days.length === 0 || of.valueKw === null) return <p className="faint">There are no days alike to compare with.</p>;
  const byOutdoor = outdoor !== null && days.every((day) => day.outdoor !== null);
  const xs = days.map((day, index) => (byOutdoor ? (day.outdoor as number) : index));
  const own = byOutdoor ? outdoor.value : days.length;
  const x = scale([...xs, own], EDGE.left, WIDTH - EDGE.right);
  const y = scale([0, ...days.map((day) => day.kw), of.valueKw], HEIGHT - EDGE.bottom, EDGE.top);
  const summary = `${of.name} drew ${numberText(of.valueKw, { unit: "kW" })}; on ${days.length} days alike between ${numberText(Math.min(...days.map((day) => day.kw)), { unit: "kW" })} and ${numberText(Math.max(...days.map((day) => day.kw)), { unit: "kW" })}.`;
  const low = Math.min(...xs, own);
  const high = Math.max(...xs, own);
  return (
    <svg className="peak-scatter" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={summary}>
      {[0, y.top / 2, y.top].map((kw) => (
        <g key={kw}>
          <line x1={EDGE.left} x2={WIDTH - EDGE.right} y1={y.at(kw)} y2={y.at(kw)} />
          <text x={EDGE.left - 6} y={y.at(kw) + 4} textAnchor="end">
            {numberText(kw, { unit: "kW", keepUnit: true })}
          </text>
        </g>
      ))}
      {days.map((day, index) => (
        <circle key={day.date} cx={x.at(xs[index] as number)} cy={y.at(day.kw)} r={3.5}>
          <title>{`${day.date}: ${numberText(day.kw, { unit: "kW" })}${day.outdoor === null || outdoor === null ? "" : `, ${numberText(day.outdoor, { unit: outdoor.unit })}`}`}</title>
        </circle>
      ))}
      <circle className="own" cx={x.at(own)} cy={y.at(of.valueKw)} r={5} />
      <text x={EDGE.left} y={HEIGHT - 8}>
        {byOutdoor ? numberText(low, { unit: outdoor.unit }) : days.at(-1)?.date}
      </text>
      <text x={WIDTH - EDGE.right} y={HEIGHT - 8} textAnchor="end">
        {byOutdoor ? `${numberText(high, { unit: outdoor.unit })} outside` : "this day"}
      </text>
    </svg>
  );
}

function scale(values: readonly number[], from: number, to: number): { at: (value: number) => number; top: number } {
  const least = Math.min(...values);
  const most = Math.max(...values);
  const span = most - least || 1;
  return { at: (value) => from + ((to - from) * (value - least)) / span, top: most };
}
