import { useMemo } from "react";
import type { MeterProfileAnswer } from "#contract/meter-history.ts";
import { BarChart } from "#web/charts/bar-chart.tsx";
import { BarLegend } from "#web/charts/bar-legend.tsx";
import type { BarLine, BarScene } from "#web/charts/bar-scene.ts";
import type { TimeSpan } from "#web/charts/time-ticks.ts";
import { Card } from "#web/parts/card.tsx";
import { unitText } from "#web/parts/format-number.ts";
import { MEDIA } from "./media.ts";
import type { MeterLook } from "./meter-look.ts";
import { windowWords } from "./window-words.ts";
import { amountText } from "./words.ts";

const KINDS = [
  { key: "workday", label: "Workday", dash: undefined, mark: "line" },
  { key: "saturday", label: "Saturday", dash: [6, 3], mark: "dash" },
  { key: "sunday", label: "Sunday and holiday", dash: [2, 3], mark: "dash" },
] as const;

interface ProfileProps {
  readonly look: MeterLook;
  readonly profile: MeterProfileAnswer;
  readonly span: TimeSpan;
}

/** The mean course of a day, and the least that always flows. Nothing where readings are rarer than hours. */
export function DayProfile({ look, profile, span }: ProfileProps) {
  const { meter, clock } = look;
  const { color } = MEDIA[meter.medium];
  const { hours, unit, baseLoadPerHour } = profile;
  const scene = useMemo(() => sceneOf({ hours, unit, baseLoadPerHour, color }), [hours, unit, baseLoadPerHour, color]);
  if (!KINDS.some(({ key }) => hours[key].some((value) => value !== null))) return null;
  const base = baseLoadPerHour === null ? "" : `Base load ${amountText(baseLoadPerHour, unit)} per hour`;
  return (
    <Card title="Course of a day" note={[base, windowWords(span, clock)].filter(Boolean).join(" · ")}>
      <BarLegend
        items={KINDS.map(({ label, mark, key }) => ({
          label,
          mark,
          color: key === "workday" ? color : key === "saturday" ? "--text-1" : "--text-3",
        }))}
      />
      <BarChart
        scene={scene}
        height={170}
        label={`Course of a day of ${meter.name}`}
        summary={`Mean per hour of the day. ${base}.`}
        words={(hour) =>
          `${String(hour).padStart(2, "0")}:00: ${KINDS.map(({ key, label }) => `${label.toLowerCase()} ${amountText(hours[key][hour], unit)}`).join(", ")}`
        }
      />
    </Card>
  );
}

function sceneOf({
  hours,
  unit,
  baseLoadPerHour,
  color,
}: Pick<MeterProfileAnswer, "hours" | "unit" | "baseLoadPerHour"> & { color: string }): BarScene {
  const x = Array.from({ length: 25 }, (_, hour) => hour);
  const line = ({ key, dash }: (typeof KINDS)[number]): BarLine => {
    const values = hours[key];
    return {
      x,
      y: x.map((hour) => values[Math.min(hour, 23)] ?? Number.NaN),
      shape: "step",
      color: key === "workday" ? color : key === "saturday" ? "--text-1" : "--text-3",
      ...(dash === undefined ? { area: true } : { dash }),
    };
  };
  return {
    fromX: 0,
    toX: 24,
    unit: `${unitText(unit)}/h`,
    bars: Array.from({ length: 24 }, (_, hour) => ({ x0: hour, x1: hour + 1, value: Number.NaN, color })),
    lines: KINDS.map(line),
    levels: baseLoadPerHour === null || !(baseLoadPerHour > 0) ? [] : [{ value: baseLoadPerHour, label: "base load" }],
    shades: [
      { x0: 0, x1: 6 },
      { x0: 22, x1: 24 },
    ],
    ticks: () => Array.from({ length: 9 }, (_, index) => ({ x: index * 3, label: `${String(index * 3).padStart(2, "0")}:00` })),
  };
}
