import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { useCallback, useMemo, useRef } from "react";
import type { HomeInfo } from "#contract/home.ts";
import type { ChartHandle } from "#web/charts/chart-handle.ts";
import { ErrorState } from "#web/parts/states.tsx";
import { BalanceCard } from "./balance-card.tsx";
import { ChartCard } from "./chart-card.tsx";
import { DaysCard } from "./days-card.tsx";
import { EventsCard } from "./events-card.tsx";
import { HomeHead } from "./home-head.tsx";
import type { HomeLook } from "./home-look.ts";
import { chartKey, summaryQuery } from "./home-queries.ts";
import { SideSkeleton } from "./home-skeleton.tsx";
import { Needs } from "./needs.tsx";
import { PeriodsCard } from "./periods-card.tsx";
import { PriceCard } from "./price-card.tsx";
import { SelectionCard } from "./selection-card.tsx";
import { useHomeKeys } from "./use-home-keys.ts";
import { type HomeSearch, useHomeView } from "./use-home-view.ts";
import { useReadings } from "./use-readings.ts";
import { weekStart } from "./week-start.ts";

interface HomeViewProps {
  readonly look: HomeLook;
  readonly homes: readonly HomeInfo[];
}

/** The page of one home. */
export function HomeView({ look, homes }: HomeViewProps) {
  const { home, clock } = look;
  const queries = useQueryClient();
  const view = useHomeView(clock);
  const chart = useRef<ChartHandle>(null);
  const wall = (useSearch({ strict: false }) as HomeSearch).wall === "on";
  const asked = useMemo(() => summaryQuery(home.id, weekStart()), [home.id]);
  const summary = useQuery(asked);
  useReadings(home, () => void queries.invalidateQueries({ queryKey: asked.queryKey }));
  const refresh = useCallback(() => {
    for (const queryKey of [["homes"], ["home", home.id], chartKey(home)]) void queries.invalidateQueries({ queryKey });
  }, [queries, home]);
  useHomeKeys({ view, chart, refresh });
  const { data } = summary;
  return (
    <div className="home" data-wall={wall}>
      {summary.error !== null && data === undefined && <ErrorState error={summary.error} retry={() => void summary.refetch()} />}
      <HomeHead look={look} summary={data} view={view} chart={chart} homes={homes} refresh={refresh} wall={wall} />
      <Needs look={look} />
      <div className="grid home-columns">
        <ChartCard look={look} view={view} chart={chart} />
        <SelectionCard look={look} summary={data} view={view} />
        {data === undefined ? <SideSkeleton /> : <PeriodsCard look={look} summary={data} />}
      </div>
      <DaysCard look={look} onDay={view.setSpan} />
      <div className="home-below">
        {home.hasBalance && <BalanceCard look={look} view={view} />}
        <PriceCard look={look} />
        <EventsCard look={look} onSelect={view.setSpan} />
      </div>
    </div>
  );
}
