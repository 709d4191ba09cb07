import "./utilities.css";
import "./meter.css";
import { useQuery } from "@tanstack/react-query";
import { Link, useRouterState, useSearch } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useMemo } from "react";
import { zoneClock } from "#web/charts/zone-clock.ts";
import { EmptyState, ErrorState, PageSkeleton, Skeleton } from "#web/parts/states.tsx";
import { useKeys } from "#web/parts/use-keys.ts";
import { ConsumptionCard } from "./consumption-card.tsx";
import { CoverageCard } from "./coverage-card.tsx";
import { DefinitionCard } from "./definition-card.tsx";
import { EventsCard } from "./events-card.tsx";
import { MeterHead } from "./meter-head.tsx";
import type { MeterLook } from "./meter-look.ts";
import { meterQuery } from "./meter-page-queries.ts";
import { PriceCard } from "./price-card.tsx";
import { HabitsPart, YearsPart } from "./profile-cards.tsx";
import { ReadingsCard } from "./readings-card.tsx";
import { type MeterView, useMeterView } from "./use-meter-view.ts";
import type { MeterSearch } from "./utility-search.ts";

const LineageDrawer = lazy(async () => ({ default: (await import("./lineage-drawer.tsx")).LineageDrawer }));

/** One meter: what it used, how well that is known, and everything that can be said about it. */
export function MeterPage() {
  const { meter: id } = useSearch({ strict: false }) as MeterSearch;
  if (id === undefined) {
    return (
      <EmptyState page sentence="No meter chosen.">
        <Link className="ctl" to="/utilities">
          All meters
        </Link>
      </EmptyState>
    );
  }
  return <Asked key={id} id={id} />;
}

function Asked({ id }: { id: string }) {
  const query = useQuery(meterQuery(id));
  const meter = query.data;
  const clock = useMemo(() => zoneClock(meter?.zone ?? "UTC"), [meter?.zone]);
  const look = useMemo(() => (meter === undefined ? undefined : { meter, clock }), [meter, clock]);
  if (query.error !== null && meter === undefined) return <ErrorState error={query.error} retry={() => void query.refetch()} />;
  return look === undefined ? <MeterSkeleton /> : <Known look={look} />;
}

function Known({ look }: { look: MeterLook }) {
  const view = useMeterView(look);
  useAnchor();
  useKeys({ t: () => view.setTable(!view.table), ...(view.zoomed ? { escape: view.reset } : {}) });
  const physical = look.meter.kind === "physical";
  return (
    <>
      <MeterHead look={look} view={view} />
      <ConsumptionCard look={look} view={view} />
      <div className="meter-columns">
        <div>
          {physical && <EventsCard look={look} view={view} />}
          {physical && <ReadingsCard look={look} view={view} />}
          <YearsPart look={look} view={view} />
        </div>
        <div>
          <DefinitionCard look={look} />
          <PriceCard look={look} />
          <CoverageCard look={look} />
        </div>
      </div>
      <HabitsPart look={look} view={view} />
      <Made look={look} view={view} />
    </>
  );
}

function Made({ look, view }: { look: MeterLook; view: MeterView }) {
  if (view.made === undefined) return null;
  return (
    <Suspense>
      <LineageDrawer look={look} view={view} span={view.made} />
    </Suspense>
  );
}

/** The part of the page an address names after its `#` comes into sight once it is there. */
function useAnchor(): void {
  const hash = useRouterState({ select: (state) => state.location.hash });
  useEffect(() => {
    if (hash !== "") document.getElementById(hash)?.scrollIntoView({ block: "start" });
  }, [hash]);
}

function MeterSkeleton() {
  return (
    <PageSkeleton>
      <div className="card util-skeleton">
        <Skeleton height={330} />
      </div>
      <div className="meter-columns">
        <div className="card util-skeleton">
          <Skeleton height={300} />
        </div>
        <div className="card util-skeleton">
          <Skeleton height={300} />
        </div>
      </div>
    </PageSkeleton>
  );
}
