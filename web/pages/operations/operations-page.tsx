import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { RunningAnswer, SummaryAnswer } from "#contract/plant.ts";
import type { IntervalsAnswer } from "#contract/plant-intervals.ts";
import { useNow } from "#web/client/live.tsx";
import { LiveCard } from "#web/pages/plant/live-card.tsx";
import { Needs } from "#web/pages/plant/needs.tsx";
import { PlantGate } from "#web/pages/plant/plant-gate.tsx";
import type { PlantLook } from "#web/pages/plant/plant-look.ts";
import { intervalsQuery, runningQuery, summaryQuery } from "#web/pages/plant/plant-queries.ts";
import { PlantSkeleton } from "#web/pages/plant/plant-skeleton.tsx";
import { AgeText } from "#web/parts/age-text.tsx";
import { Answer, Strip } from "#web/parts/card.tsx";
import { countText } from "#web/parts/format-number.ts";
import { EmptyState, ErrorState } from "#web/parts/states.tsx";
import { DayTable } from "./day-table.tsx";
import { operationFigures } from "./figures.tsx";
import { ProfileCard } from "./profile-card.tsx";
import { lastMonthOf, weekOf } from "./stretches.ts";
import { operationsSentence } from "./words.ts";
import "#web/pages/plant/plant.css";

/** The last day, week and months as the meter saw them, and whether anything is missing. */
export function OperationsPage() {
  return <PlantGate skeleton={<PlantSkeleton />}>{(look) => <Operations look={look} />}</PlantGate>;
}

const MINUTE = 60_000;

function Operations({ look }: { look: PlantLook }) {
  const { plant, clock } = look;
  const nowMs = useNow(plant.intervalMinutes * MINUTE);
  const day = useMemo(() => ({ fromMs: nowMs - 1440 * MINUTE, toMs: nowMs }), [nowMs]);
  const running = useQuery(runningQuery(plant.id));
  const summary = useQuery(summaryQuery(plant.id));
  const last = useQuery(intervalsQuery(plant.id, day));
  if (running.data === undefined || summary.data === undefined || last.data === undefined) {
    const error = running.error ?? summary.error ?? last.error;
    const again = () => void Promise.all([running.refetch(), summary.refetch(), last.refetch()]);
    return error ? <ErrorState error={error} retry={again} /> : <PlantSkeleton />;
  }
  const known = { running: running.data, summary: summary.data, last: last.data };
  const week = weekOf(nowMs, clock);
  const month = { fromMs: known.summary.month.fromMs, toMs: clock.addDaysMs(nowMs, 1) };
  return (
    <>
      <Answer sentence={operationsSentence(known.summary, known.last, plant)} evidence={evidenceOf(known, look)} />
      <Needs needs={plant.needs} />
      <Strip items={operationFigures(known, look)} />
      {known.summary.lastIntervalMs === null && (
        <EmptyState sentence="Nothing has been metered yet. Point the pulse counter at the broker, or read a file of the PLC in.">
          <code>wattkeep import plc FOLDER</code>
        </EmptyState>
      )}
      <div className="grid">
        <ProfileCard look={look} title="Last 24 hours" stretch={day} running={known.running} height={210} />
        <div className="plant-pair">
          <ProfileCard look={look} title="This week, Monday to Sunday" stretch={week} running={known.running} height={150} />
          <LiveCard look={look} summary={known.summary} height={150} />
        </div>
        <div className="plant-pair">
          <ProfileCard look={look} title="Month to date" stretch={month} height={150} />
          <ProfileCard look={look} title="Last month" stretch={lastMonthOf(known.summary.month.fromMs, clock)} height={150} />
        </div>
        <DayTable look={look} stretch={week} />
      </div>
    </>
  );
}

interface Known {
  readonly running: RunningAnswer;
  readonly summary: SummaryAnswer;
  readonly last: IntervalsAnswer;
}

function evidenceOf({ running, summary }: Known, { plant }: PlantLook) {
  return [
    summary.lastIntervalMs === null ? (
      "No interval yet"
    ) : (
      <span key="last">
        Last interval ended <AgeText tMs={summary.lastIntervalMs} zone={plant.zone} ago />
      </span>
    ),
    running.live.atMs === null ? (
      "No pulse yet"
    ) : (
      <span key="pulse" className={running.live.stale ? "q stale" : undefined}>
        <span>
          Pulses <AgeText tMs={running.live.atMs} zone={plant.zone} ago />
        </span>
      </span>
    ),
    `${countText(plant.sources.length)} ${plant.sources.length === 1 ? "source" : "sources"}: ${plant.sources.map((source) => source.name).join(", ")}`,
  ];
}
