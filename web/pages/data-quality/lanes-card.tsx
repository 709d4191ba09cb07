import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { type CSSProperties, useMemo } from "react";
import type { PlantInfo } from "#contract/plant.ts";
import type { PlantQualityAnswer } from "#contract/plant-quality.ts";
import { timeTicks } from "#web/charts/time-ticks.ts";
import type { ZoneClock } from "#web/charts/zone-clock.ts";
import { Card } from "#web/parts/card.tsx";
import { countText } from "#web/parts/format-number.ts";
import { countedIntervals, edgeText, intervalNoun, intervalText } from "#web/parts/interval-words.ts";
import { fixedText, pulseDecimals } from "#web/parts/resolution.ts";
import { EmptyState, ErrorState, Skeleton } from "#web/parts/states.tsx";
import { type Lane, lanesOf, type Run } from "./lanes.ts";
import { lanesStretch, rowsQuery, type Stretch } from "./quality-queries.ts";

interface LanesCardProps {
  readonly plant: PlantInfo;
  readonly quality: PlantQualityAnswer;
  readonly clock: ZoneClock;
  readonly nowMs: number;
  readonly beganMs: number;
}

/** Which source each interval of the last days was taken from, as one lane for each. */
export function LanesCard({ plant, quality, clock, nowMs, beganMs }: LanesCardProps) {
  const stretch = useMemo(
    () => lanesStretch(nowMs, { beganMs, intervalMinutes: plant.intervalMinutes }),
    [nowMs, beganMs, plant.intervalMinutes],
  );
  const query = useQuery(rowsQuery(plant.id, stretch));
  const ranked = useMemo(() => [...plant.sources].sort((a, b) => b.rank - a.rank).map((source) => source.name), [plant.sources]);
  const lanes = useMemo(() => (query.data ? lanesOf(query.data.rows, known(ranked, quality)) : []), [query.data, ranked, quality]);
  const days = Math.round((stretch.toMs - stretch.fromMs) / 86_400_000);
  const when = stretch.fromMs === beganMs ? "since it began" : `last ${days === 1 ? "24 hours" : `${days} days`}`;
  return (
    <Card title={`Where each ${intervalNoun(plant.intervalMinutes)} came from`} note={`${when}, highest rank first`}>
      {query.error && !query.data && <ErrorState error={query.error} retry={() => void query.refetch()} />}
      {!query.data && !query.error && <Skeleton height={96} />}
      {query.data && lanes.length === 0 && <EmptyState sentence="No source has spoken of this plant yet." />}
      {lanes.length > 0 && (
        <div className="lanes">
          {lanes.map((lane) => (
            <LaneRow key={lane.source ?? ""} lane={lane} plant={plant} quality={quality} clock={clock} stretch={stretch} />
          ))}
          <Ticks stretch={stretch} clock={clock} />
        </div>
      )}
    </Card>
  );
}

/** Sources the plant has, highest rank first, and those only the counts know. */
function known(ranked: readonly string[], quality: PlantQualityAnswer): string[] {
  const spoke = quality.sources.filter((source) => source.spoke > 0).map((source) => source.source);
  return [...ranked.filter((name) => spoke.includes(name)), ...spoke.filter((name) => !ranked.includes(name))];
}

interface LaneRowProps {
  readonly lane: Lane;
  readonly plant: PlantInfo;
  readonly quality: PlantQualityAnswer;
  readonly clock: ZoneClock;
  readonly stretch: Stretch;
}

function LaneRow({ lane, plant, quality, clock, stretch }: LaneRowProps) {
  const navigate = useNavigate();
  const length = stretch.toMs - stretch.fromMs;
  const open = (event: React.MouseEvent<HTMLDivElement>) => {
    const edge = event.currentTarget.getBoundingClientRect();
    const tMs = stretch.fromMs + ((event.clientX - edge.left) / edge.width) * length;
    void navigate({ to: "/data-explorer", search: { plant: plant.id, from: clock.dayStartMs(tMs), to: clock.addDaysMs(tMs, 1) } });
  };
  const words = `${lane.source ?? "Nobody"}: ${countedIntervals(lane.intervals, plant.intervalMinutes)} in ${countText(lane.runs.length)} ${lane.runs.length === 1 ? "stretch" : "stretches"}`;
  return (
    <div className="lane" data-nobody={lane.source === null}>
      <div className="lane-name">
        <span title={lane.source ?? undefined}>{lane.source ?? "Nobody"}</span>
        <small>{lane.source === null ? <MissingLink plant={plant.id} stretch={stretch} /> : rankOf(lane.source, plant)}</small>
      </div>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: a shortcut for the mouse; every interval is reached by key in the map above */}
      <div className="lane-bar" role="img" aria-label={words} onClick={open}>
        {lane.runs.map((run) => (
          <i
            key={run.fromMs}
            className={run.estimated ? "estimated" : undefined}
            title={runWords(run, plant, clock)}
            style={{ "--x": (run.fromMs - stretch.fromMs) / length, "--w": (run.toMs - run.fromMs) / length } as CSSProperties}
          />
        ))}
      </div>
      <div className="lane-facts">
        <span>{countText(lane.intervals)}</span>
        <small>{lane.source === null ? "missing" : differingOf(lane.source, plant, quality)}</small>
      </div>
    </div>
  );
}

function MissingLink({ plant, stretch }: { plant: string; stretch: Stretch }) {
  return (
    <Link className="link" to="/data-explorer" search={{ plant, from: stretch.fromMs, to: stretch.toMs, flag: "missing" }}>
      show them
    </Link>
  );
}

const RANKS = {
  derived: "computed from live pulses",
  live: "live pulses",
  device: "interval messages",
  file: "files",
  utility: "the utility's data",
} as const;

function rankOf(name: string, plant: PlantInfo): string {
  const source = plant.sources.find((one) => one.name === name);
  if (source === undefined) return "no longer configured";
  const grace =
    source.graceMs === null ? "" : `, ${Math.round(source.graceMs / 100) / 10}\u00a0s of grace${source.graceSet ? "" : " (found)"}`;
  return `${RANKS[source.rankName]}${grace}`;
}

/** What else the source says: where it differs from what was taken. */
function differingOf(name: string, plant: PlantInfo, quality: PlantQualityAnswer): string {
  const counts = quality.sources.find((one) => one.source === name);
  if (counts === undefined || counts.differing === 0) return "taken";
  const kwh = counts.differenceKwh === null ? "" : `, ${fixedText(counts.differenceKwh, "kWh", pulseDecimals(plant.pulseKwh))}`;
  return `taken; ${countText(counts.differing)} differ${counts.differing === 1 ? "s" : ""}${kwh}`;
}

function runWords(run: Run, plant: PlantInfo, clock: ZoneClock): string {
  const sameDay = clock.dayStartMs(run.fromMs) === clock.dayStartMs(run.toMs - 1);
  const when = sameDay
    ? intervalText({ startMs: run.fromMs, endMs: run.toMs }, clock, run.toMs)
    : `${edgeText(run.fromMs, clock, run.toMs)} – ${edgeText(run.toMs, clock, run.toMs)}`;
  return `${when}: ${countedIntervals(run.intervals, plant.intervalMinutes)}${run.estimated ? ", estimated" : ""}`;
}

/** Days below the lanes. */
function Ticks({ stretch, clock }: { stretch: Stretch; clock: ZoneClock }) {
  const ticks = useMemo(
    () => timeTicks(stretch, 520, clock).filter((tick) => tick.strong || stretch.toMs - stretch.fromMs < 172_800_000),
    [stretch, clock],
  );
  const length = stretch.toMs - stretch.fromMs;
  return (
    <div className="lane lane-ticks" aria-hidden="true">
      <div className="lane-bar">
        {ticks.map((tick) => (
          <span key={tick.tMs} style={{ "--x": (tick.tMs - stretch.fromMs) / length } as CSSProperties}>
            {tick.label}
          </span>
        ))}
      </div>
    </div>
  );
}
