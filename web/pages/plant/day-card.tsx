import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import type { RunningAnswer, SummaryAnswer } from "#contract/plant.ts";
import type { IntervalRow } from "#contract/plant-intervals.ts";
import { BarChart } from "#web/charts/bar-chart.tsx";
import { BarLegend, type LegendItem } from "#web/charts/bar-legend.tsx";
import type { BarLine } from "#web/charts/bar-scene.ts";
import { zoneWord } from "#web/charts/time-words.ts";
import { useNow } from "#web/client/live.tsx";
import { Card } from "#web/parts/card.tsx";
import { countedIntervals } from "#web/parts/interval-words.ts";
import { EmptyState } from "#web/parts/states.tsx";
import { CardState } from "./card-state.tsx";
import { intervalBar, levelLines, runningBars, timeScene } from "./day-scene.ts";
import { demandText, powerText } from "./figures.ts";
import type { PlantLook } from "./plant-look.ts";
import { intervalsQuery, type Stretch } from "./plant-queries.ts";
import { peakWhen, rowWords } from "./words.ts";

interface DayCardProps {
  readonly look: PlantLook;
  readonly running: RunningAnswer;
  readonly summary: SummaryAnswer;
}

/** Today's intervals, the running one projected, the levels, and the same weekday a week ago. */
export function DayCard({ look, running, summary }: DayCardProps) {
  const { plant, clock } = look;
  const nowMs = useNow(60_000);
  const dayMs = clock.dayStartMs(nowMs);
  const day = useMemo((): Stretch => ({ fromMs: dayMs, toMs: clock.addDaysMs(dayMs, 1) }), [dayMs, clock]);
  const before = useMemo((): Stretch => ({ fromMs: clock.addDaysMs(dayMs, -7), toMs: clock.addDaysMs(dayMs, -6) }), [dayMs, clock]);
  const query = useQuery(intervalsQuery(plant.id, day));
  const last = useQuery(intervalsQuery(plant.id, before, 3_600_000)).data;
  const weekday = new Intl.DateTimeFormat(undefined, { weekday: "long", timeZone: plant.zone }).format(before.fromMs);
  const open = useOpenInterval(plant.id);
  const over = query.data?.rows.filter((row) => row.endMs <= running.interval.fromMs) ?? [];
  const known = running.interval.energyKwh !== null || over.some((row) => row.powerKw !== null);
  const scene = timeScene(day, clock, {
    bars: [...over.map(intervalBar), ...runningBars(running)],
    lines: last === undefined ? [] : [beforeLine(last.rows, day.fromMs - before.fromMs)],
    levels: levelLines(running, plant),
  });
  return (
    <Card title="Demand today" note={`${zoneWord(plant.zone, nowMs)}, ${plant.intervalMinutes} min`}>
      {known && (
        <BarLegend items={legendOf(over, last === undefined || !last.rows.some((row) => row.powerKw !== null) ? undefined : weekday)} />
      )}
      <CardState query={query} height={168}>
        {() =>
          !known ? (
            <EmptyState sentence={`No demand of ${plant.name} is known of today yet.`} />
          ) : (
            <BarChart
              scene={scene}
              height={168}
              label={`Demand of ${plant.name} today`}
              summary={`${countedIntervals(over.length, plant.intervalMinutes)} of today, the highest ${demandText(summary.today.peak?.kw, plant)}${summary.today.peak ? ` on ${peakWhen(summary.today.peak, clock, nowMs)}` : ""}.`}
              words={(index) => {
                const row = over[index];
                return row === undefined ? runningWords(running) : rowWords(row, plant, { clock, nowMs });
              }}
              onOpen={(index) => {
                const row = over[index];
                if (row !== undefined) open(row.endMs, day);
              }}
            />
          )
        }
      </CardState>
    </Card>
  );
}

function runningWords({ projection }: RunningAnswer): string {
  return projection.kw === null ? "runs" : `will end near ${powerText(projection.kw, projection.plusMinusKw)}`;
}

/** The same weekday a week ago, moved to today's clock. */
function beforeLine(rows: readonly IntervalRow[], shiftMs: number): BarLine {
  return {
    x: rows.map((row) => (row.startMs + row.endMs) / 2 + shiftMs),
    y: rows.map((row) => row.powerKw ?? Number.NaN),
    shape: "line",
    color: "--chart-compare",
    dash: [4, 3],
  };
}

/** What stands in a chart of intervals, and only that. */
export function legendOf(all: readonly IntervalRow[], compare: string | undefined): LegendItem[] {
  const rows = all.filter((row) => row.powerKw !== null);
  const items: LegendItem[] = [{ label: "Counts as demand", color: "--import", mark: "bar" }];
  if (rows.some((row) => row.estimated || row.quality.includes("recoveredAfterGap")))
    items.push({ label: "Estimated", color: "--import", mark: "hatch" });
  if (compare !== undefined)
    items.push(
      { label: "Projected", color: "--import", mark: "hatch" },
      { label: `Last ${compare}`, color: "--chart-compare", mark: "dash" },
    );
  if (rows.some((row) => row.demandKw === null && row.powerKw !== null))
    items.push({ label: "Not demand (R17 or invalid)", color: "--import", mark: "hollow" });
  return items;
}

/** Leads to one interval among its neighbours. */
export function useOpenInterval(plant: string): (endMs: number, stretch: Stretch) => void {
  const navigate = useNavigate();
  return (endMs, { fromMs, toMs }) => void navigate({ to: "/data-explorer", search: { plant, from: fromMs, to: toMs, row: endMs } });
}
