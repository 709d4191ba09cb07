import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { RunningAnswer, SummaryAnswer } from "#contract/plant.ts";
import { BarChart } from "#web/charts/bar-chart.tsx";
import type { BarLevel, BarScene, BarStyle, BarTick } from "#web/charts/bar-scene.ts";
import { DAY_MS, HOUR_MS } from "#web/charts/zone-clock.ts";
import { useNow } from "#web/client/live.tsx";
import { weekOf } from "#web/pages/operations/stretches.ts";
import { intervalBar, runningBars, timeScene } from "#web/pages/plant/day-scene.ts";
import { changeText, powerEverySeconds } from "#web/pages/plant/figures.ts";
import type { PlantLook } from "#web/pages/plant/plant-look.ts";
import { countText } from "#web/parts/format-number.ts";
import { kioskIntervals, kioskPower } from "./kiosk-queries.ts";
import { useWallStyle } from "./use-wall-style.ts";

interface ChartsProps {
  readonly look: PlantLook;
  readonly running: RunningAnswer | undefined;
  readonly summary: SummaryAnswer | undefined;
  readonly everyMs: number;
  readonly away: boolean;
}

const TURN_MS = 30_000;

/** Today beside the week, and in turn with it the last half hour. */
export function KioskCharts(props: ChartsProps) {
  const turn = useNow(TURN_MS);
  const style = useWallStyle();
  useBoth(props);
  return (
    <div className="k-charts" data-away={props.away}>
      <Today {...props} style={style} />
      {Math.floor(turn / TURN_MS) % 2 === 0 ? <Week {...props} style={style} /> : <HalfHour {...props} style={style} />}
    </div>
  );
}

type ChartProps = ChartsProps & { readonly style: BarStyle };

/** Asks for both pictures all the time: the one whose turn comes while the server is away is there then, too. */
function useBoth({ look, running, everyMs }: ChartsProps): void {
  const { plant, clock } = look;
  const dayMs = clock.dayStartMs(useNow(60_000));
  const week = useMemo(() => weekOf(dayMs, clock), [dayMs, clock]);
  useQuery(kioskIntervals(plant.id, "week", week));
  useQuery(kioskPower(plant.id, everyMs, powerEverySeconds(plant.pulseKwh, running?.live.kw ?? null)));
}

function Today({ look, running, summary, style }: ChartProps) {
  const { plant, clock } = look;
  const dayMs = clock.dayStartMs(useNow(60_000));
  const day = useMemo(() => ({ fromMs: dayMs, toMs: clock.addDaysMs(dayMs, 1) }), [dayMs, clock]);
  const answer = useQuery(kioskIntervals(plant.id, "day", day)).data;
  const scene = useMemo(() => {
    const over = answer?.rows.filter((row) => row.startMs >= day.fromMs && row.endMs <= (running?.interval.fromMs ?? day.toMs)) ?? [];
    const bars = [...over.map(intervalBar), ...(running === undefined ? [] : runningBars(running))];
    return withHours(timeScene(day, clock, { bars, levels: costly(running) }), { clock, every: 6 });
  }, [answer, running, day, clock]);
  const change = changeText(summary?.today.changePercent);
  return (
    <figure className="k-chart">
      <figcaption>
        <span>
          <b>{summary?.today.energyKwh === null || summary === undefined ? "—" : countText(Math.round(summary.today.energyKwh))}</b> kWh
          today
        </span>
        <span>{change === undefined ? "" : change === "as before" ? "as yesterday by now" : `${change} on yesterday by now`}</span>
      </figcaption>
      <BarChart scene={scene} height="fill" label="Today" summary="Demand of every interval of today." style={style} ground="--surface-0" />
    </figure>
  );
}

function Week({ look, running, style }: ChartProps) {
  const { plant, clock } = look;
  const dayMs = clock.dayStartMs(useNow(60_000));
  const week = useMemo(() => weekOf(dayMs, clock), [dayMs, clock]);
  const answer = useQuery(kioskIntervals(plant.id, "week", week)).data;
  const scene = useMemo(
    () => withDays(timeScene(week, clock, { bars: answer?.rows.map(intervalBar) ?? [], levels: costly(running) }), clock),
    [answer, running, week, clock],
  );
  const kwh = answer?.rows.some((row) => row.energyKwh !== null) ? answer.energyKwh : null;
  return (
    <figure className="k-chart">
      <figcaption>
        <span>
          <b>{kwh === null || kwh === undefined ? "—" : countText(Math.round(kwh))}</b> kWh this week
        </span>
      </figcaption>
      <BarChart
        scene={scene}
        height="fill"
        label="This week"
        summary="Demand of every interval of this week."
        style={style}
        ground="--surface-0"
      />
    </figure>
  );
}

function HalfHour({ look, running, everyMs, style }: ChartProps) {
  const over = powerEverySeconds(look.plant.pulseKwh, running?.live.kw ?? null);
  const power = useQuery(kioskPower(look.plant.id, everyMs, over)).data;
  const scene = useMemo(() => {
    const span = power ?? { fromMs: 0, toMs: 1 };
    const line = {
      x: power?.tMs ?? [],
      y: power?.kw.map((kw) => kw ?? Number.NaN) ?? [],
      around: power?.plusMinusKw.map((kw) => kw ?? 0) ?? [],
      shape: "line" as const,
      color: "--import",
      area: true,
    };
    return timeScene(span, look.clock, { lines: [line] });
  }, [power, look.clock]);
  return (
    <figure className="k-chart">
      <figcaption>
        <span>
          <b>30</b> min live
        </span>
        <span>each over {over / 60} min</span>
      </figcaption>
      <BarChart scene={scene} height="fill" label="Live" summary="Power of the last half hour." style={style} ground="--surface-0" />
    </figure>
  );
}

function costly(running: RunningAnswer | undefined): BarLevel[] {
  return (running?.levels ?? [])
    .filter((level) => level.level === "raises-bill")
    .map((level) => ({ value: level.kw, label: "", costs: true }));
}

/** Every sixth hour of the day, the last as 24:00. */
function withHours(scene: BarScene, { clock, every }: { readonly clock: PlantLook["clock"]; readonly every: number }): BarScene {
  const ticks: BarTick[] = [];
  const wall = clock.wallMs(scene.fromX);
  for (let hour = 0; hour <= 24; hour += every) {
    ticks.push({ x: hour === 24 ? scene.toX : clock.instantMs(wall + hour * HOUR_MS), label: `${String(hour).padStart(2, "0")}:00` });
  }
  return { ...scene, ticks: () => ticks };
}

/** The days of the week in the middle of each. */
function withDays(scene: BarScene, clock: PlantLook["clock"]): BarScene {
  const ticks = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].map((label, index) => ({
    x: clock.addDaysMs(scene.fromX, index) + DAY_MS / 2,
    label,
  }));
  return { ...scene, ticks: () => ticks };
}
