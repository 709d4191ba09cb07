import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { RunningAnswer } from "#contract/plant.ts";
import type { IntervalRow, IntervalsAnswer } from "#contract/plant-intervals.ts";
import { BarChart } from "#web/charts/bar-chart.tsx";
import { BarLegend } from "#web/charts/bar-legend.tsx";
import { useNow } from "#web/client/live.tsx";
import { CardState } from "#web/pages/plant/card-state.tsx";
import { legendOf, useOpenInterval } from "#web/pages/plant/day-card.tsx";
import { intervalBar, levelLines, timeScene } from "#web/pages/plant/day-scene.ts";
import { demandText, energyText } from "#web/pages/plant/figures.ts";
import type { PlantLook } from "#web/pages/plant/plant-look.ts";
import { intervalsQuery, type Stretch } from "#web/pages/plant/plant-queries.ts";
import { rowWords } from "#web/pages/plant/words.ts";
import { Card } from "#web/parts/card.tsx";
import { EmptyState } from "#web/parts/states.tsx";

interface ProfileCardProps {
  readonly look: PlantLook;
  readonly title: string;
  readonly stretch: Stretch;
  /** Where given, its levels are drawn and named. */
  readonly running?: RunningAnswer;
  readonly height: number;
}

const DAY_MS = 86_400_000;

/** Every interval of a stretch, with the levels that matter. */
export function ProfileCard({ look, title, stretch, running, height }: ProfileCardProps) {
  const query = useQuery(intervalsQuery(look.plant.id, stretch, stretch.toMs < Date.now() ? 3_600_000 : 60_000));
  const table = (
    <Link className="link" to="/data-explorer" search={{ plant: look.plant.id, from: stretch.fromMs, to: stretch.toMs }}>
      Table
    </Link>
  );
  const note =
    query.data === undefined ? (
      table
    ) : (
      <>
        {sumWords(query.data, look)} · {table}
      </>
    );
  return (
    <Card title={title} note={note}>
      <CardState query={query} height={height}>
        {(answer) => <Profile look={look} title={title} stretch={stretch} answer={answer} running={running} height={height} />}
      </CardState>
    </Card>
  );
}

function sumWords(answer: IntervalsAnswer, { plant }: PlantLook): string {
  return answer.energyKwh === null ? "nothing metered" : `${energyText(answer.energyKwh)}, highest ${demandText(answer.peakKw, plant)}`;
}

interface ProfileProps extends Omit<ProfileCardProps, "running"> {
  readonly answer: IntervalsAnswer;
  readonly running: RunningAnswer | undefined;
}

function Profile({ look: { plant, clock }, title, stretch, answer, running, height }: ProfileProps) {
  const nowMs = useNow(60_000);
  const open = useOpenInterval(plant.id);
  const rows = answer.rows.filter((row) => row.endMs <= nowMs);
  if (!rows.some((row) => row.powerKw !== null)) return <EmptyState sentence="Nothing was metered in this time." />;
  const short = stretch.toMs - stretch.fromMs <= 2 * DAY_MS;
  const around = (row: IntervalRow): Stretch => ({ fromMs: clock.dayStartMs(row.startMs), toMs: clock.addDaysMs(row.startMs, 1) });
  return (
    <>
      {short && <BarLegend items={legendOf(rows, undefined)} />}
      <BarChart
        scene={timeScene(stretch, clock, { bars: rows.map(intervalBar), levels: levelLines(running, plant) })}
        height={height}
        label={`${title}, ${plant.name}`}
        summary={`${title}: ${energyText(answer.energyKwh)}, the highest demand ${demandText(answer.peakKw, plant)}.`}
        words={(index) => {
          const row = rows[index];
          return row === undefined ? "" : rowWords(row, plant, { clock, nowMs });
        }}
        onOpen={(index) => {
          const row = rows[index];
          if (row !== undefined) open(row.endMs, around(row));
        }}
      />
    </>
  );
}
