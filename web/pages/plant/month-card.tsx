import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { SummaryAnswer } from "#contract/plant.ts";
import { BarChart } from "#web/charts/bar-chart.tsx";
import { BarLegend } from "#web/charts/bar-legend.tsx";
import { useNow } from "#web/client/live.tsx";
import { Card } from "#web/parts/card.tsx";
import { EmptyState } from "#web/parts/states.tsx";
import { CardState } from "./card-state.tsx";
import { legendOf, useOpenInterval } from "./day-card.tsx";
import { intervalBar, timeScene } from "./day-scene.ts";
import { demandText, energyText } from "./figures.ts";
import type { PlantLook } from "./plant-look.ts";
import { intervalsQuery } from "./plant-queries.ts";
import { peakWhen, rowWords } from "./words.ts";

/** Every interval of the running month; where they are thinner than a pixel, its lowest and highest. */
export function MonthCard({ look, summary }: { look: PlantLook; summary: SummaryAnswer }) {
  const { plant, clock } = look;
  const nowMs = useNow(900_000);
  const { fromMs, peak } = summary.month;
  const stretch = useMemo(() => ({ fromMs, toMs: clock.addDaysMs(nowMs, 1) }), [fromMs, nowMs, clock]);
  const query = useQuery(intervalsQuery(plant.id, stretch, 300_000));
  const open = useOpenInterval(plant.id);
  const note = peak === null ? undefined : `highest ${demandText(peak.kw, plant)}`;
  return (
    <Card title="This month" note={note}>
      <CardState query={query} height={132}>
        {(answer) => {
          const rows = answer.rows.filter((row) => row.endMs <= nowMs + 900_000);
          if (!rows.some((row) => row.powerKw !== null)) return <EmptyState sentence="No demand is known of this month yet." />;
          return (
            <>
              {rows.some((row) => row.demandKw === null && row.powerKw !== null) && rows.length < 300 && (
                <BarLegend items={legendOf(rows, undefined)} />
              )}
              <BarChart
                scene={timeScene(stretch, clock, {
                  bars: rows.map(intervalBar),
                  levels: peak === null ? [] : [{ value: peak.kw, label: "" }],
                })}
                height={132}
                label={`Demand of ${plant.name} this month`}
                summary={`${energyText(summary.month.energyKwh)} this month; the highest demand ${peak === null ? "is not known yet" : `${demandText(peak.kw, plant)} on ${peakWhen(peak, clock, nowMs)}`}.`}
                words={(index) => {
                  const row = rows[index];
                  return row === undefined ? "" : rowWords(row, plant, { clock, nowMs });
                }}
                onOpen={(index) => {
                  const row = rows[index];
                  if (row !== undefined) open(row.endMs, { fromMs: clock.dayStartMs(row.startMs), toMs: clock.addDaysMs(row.startMs, 1) });
                }}
              />
            </>
          );
        }}
      </CardState>
    </Card>
  );
}
