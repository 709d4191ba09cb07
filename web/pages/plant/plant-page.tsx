import "./plant.css";
import { useQuery } from "@tanstack/react-query";
import { ErrorState } from "#web/parts/states.tsx";
import { BillCard } from "./bill-card.tsx";
import { CapCard } from "./cap-card.tsx";
import { DayCard } from "./day-card.tsx";
import { FigureStrip } from "./figure-strip.tsx";
import { LiveCard } from "./live-card.tsx";
import { MonthCard } from "./month-card.tsx";
import { Needs } from "./needs.tsx";
import { PlantGate } from "./plant-gate.tsx";
import { PlantHead } from "./plant-head.tsx";
import type { PlantLook } from "./plant-look.ts";
import { runningQuery, summaryQuery } from "./plant-queries.ts";
import { PlantSkeleton } from "./plant-skeleton.tsx";
import { RatchetCard } from "./ratchet-card.tsx";
import { RunningCard } from "./running-card.tsx";
import { SettingCard } from "./setting-card.tsx";
import { SpellsCard } from "./spells-card.tsx";

/** What the plant draws, where this interval will end, and what that does to the bill. */
export function PlantPage() {
  return <PlantGate skeleton={<PlantSkeleton />}>{(look) => <Executive look={look} />}</PlantGate>;
}

function Executive({ look }: { look: PlantLook }) {
  const { plant } = look;
  const running = useQuery(runningQuery(plant.id));
  const summary = useQuery(summaryQuery(plant.id));
  const error = running.error ?? summary.error;
  if (running.data === undefined || summary.data === undefined) {
    const again = () => void Promise.all([running.refetch(), summary.refetch()]);
    return error ? <ErrorState error={error} retry={again} /> : <PlantSkeleton />;
  }
  const known = { running: running.data, summary: summary.data };
  return (
    <>
      <PlantHead look={look} {...known} />
      <Needs needs={plant.needs} />
      <FigureStrip look={look} {...known} />
      <div className="plant-grid">
        <div className="grid">
          <RunningCard look={look} running={known.running} />
          <DayCard look={look} {...known} />
          <RatchetCard look={look} basis="billing" height={158} />
          <div className="plant-pair">
            <LiveCard look={look} summary={known.summary} />
            <MonthCard look={look} summary={known.summary} />
          </div>
        </div>
        <div className="grid plant-side">
          <SettingCard look={look} summary={known.summary} />
          <BillCard look={look} summary={known.summary} />
          {known.summary.period && <CapCard look={look} period={known.summary.period.name} around={capAround(known.summary)} />}
          <SpellsCard look={look} summary={known.summary} />
        </div>
      </div>
    </>
  );
}

/** Where a cap begins to save, and the highest demand there is to cut. */
function capAround({ period, highest }: NonNullable<Parameters<typeof FigureStrip>[0]>["summary"]) {
  return { highestKw: period?.peak?.kw ?? highest?.kw ?? null, meteredKw: period?.meteredKw ?? null };
}
