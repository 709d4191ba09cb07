import { useQuery } from "@tanstack/react-query";
import type { SummaryAnswer } from "#contract/plant.ts";
import type { PowerAnswer } from "#contract/plant-power.ts";
import { BarChart } from "#web/charts/bar-chart.tsx";
import { Card } from "#web/parts/card.tsx";
import { EmptyState } from "#web/parts/states.tsx";
import { CardState } from "./card-state.tsx";
import { timeScene } from "./day-scene.ts";
import { changeText, powerEverySeconds, powerText } from "./figures.ts";
import type { PlantLook } from "./plant-look.ts";
import { powerQuery } from "./plant-queries.ts";

const MINUTES = 30;

/** Power of the last half hour, from pulses over a minute each, with its doubt as a band. */
export function LiveCard({ look, summary, height = 132 }: { look: PlantLook; summary: SummaryAnswer; height?: number }) {
  const every = powerEverySeconds(look.plant.pulseKwh, summary.live.meanOf5MinutesKw ?? summary.live.kw);
  const query = useQuery(powerQuery(look.plant.id, MINUTES, every));
  const change = changeText(summary.live.changePercent);
  const mean = summary.live.meanOf5MinutesKw;
  const against =
    mean === null || change === undefined
      ? ""
      : `${change === "as before" ? "at" : `${change} on`} the mean of 5 min, ${powerText(mean, 0.5)}; `;
  const note = `${against}each over ${every / 60} min`;
  return (
    <Card title={`Live, last ${MINUTES} min`} note={note}>
      <CardState query={query} height={height}>
        {(power) => <LiveChart power={power} look={look} height={height} />}
      </CardState>
    </Card>
  );
}

function LiveChart({ power, look, height }: { power: PowerAnswer; look: PlantLook; height: number }) {
  const known = power.kw.filter((kw) => kw !== null);
  if (known.length === 0) return <EmptyState sentence={`No power of ${look.plant.name} is known of the last ${MINUTES} minutes.`} />;
  const scene = timeScene(power, look.clock, {
    lines: [
      {
        x: power.tMs,
        y: power.kw.map((kw) => kw ?? Number.NaN),
        around: power.plusMinusKw.map((kw) => kw ?? 0),
        shape: "line",
        color: "--import",
        area: true,
      },
    ],
  });
  return (
    <BarChart
      scene={scene}
      height={height}
      label="Live power"
      summary={`Between ${powerText(Math.min(...known), 0.5)} and ${powerText(Math.max(...known), 0.5)} in the last ${MINUTES} minutes.`}
    />
  );
}
