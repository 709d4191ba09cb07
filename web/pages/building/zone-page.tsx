import "./building.css";
import "./zone.css";
import { useQuery } from "@tanstack/react-query";
import { Link, useSearch } from "@tanstack/react-router";
import { useRef } from "react";
import type { ChartHandle } from "#web/charts/chart-handle.ts";
import { chartKeys } from "#web/charts/chart-keys.ts";
import { buildingQuery, zoneQuery } from "#web/client/building-queries.ts";
import type { BuildingSearch } from "#web/client/building-search.ts";
import { ApiError } from "#web/client/fetch.ts";
import { BuildingGate, type BuildingLook } from "#web/parts/building-gate.tsx";
import { EmptyState, ErrorState } from "#web/parts/states.tsx";
import { useKeys } from "#web/parts/use-keys.ts";
import { useZoneView } from "./use-zone-view.ts";
import { ZoneChartCard } from "./zone-chart-card.tsx";
import { ZoneFindings } from "./zone-findings.tsx";
import { ZoneHead } from "./zone-head.tsx";
import { ZoneHealth } from "./zone-health.tsx";
import { ZoneMethod } from "./zone-method.tsx";
import { ZonePoints } from "./zone-points.tsx";
import { ZoneSelection } from "./zone-selection.tsx";
import { ZoneSkeleton } from "./zone-skeleton.tsx";
import { neighbours } from "./zones-view.ts";

/** One zone: its temperature in its band, what its box did, how comfortable it was, and how all of that was told. */
export function ZonePage() {
  const { zone } = useSearch({ strict: false }) as BuildingSearch;
  if (zone === undefined) {
    return (
      <EmptyState page sentence="No zone chosen.">
        <Link className="ctl" to="/building">
          All zones
        </Link>
      </EmptyState>
    );
  }
  return <BuildingGate skeleton={<ZoneSkeleton />}>{(look) => <Zone key={zone} id={zone} {...look} />}</BuildingGate>;
}

function Zone({ id, building, clock }: BuildingLook & { id: string }) {
  const view = useZoneView(building.zone);
  const query = useQuery(zoneQuery(building.site, id, view.asked.span));
  // The day so far, which the tabs ask for anyway: the neighbours are those of the list.
  const all = useQuery(buildingQuery(building.site)).data?.zones;
  const { previous, next } = neighbours(all ?? [], id);
  const chart = useRef<ChartHandle | null>(null);
  useKeys({
    ...chartKeys(view, chart),
    t: () => view.setTable(!view.table),
    ...(previous === undefined ? {} : { p: () => view.setZone(previous.zone.id) }),
    ...(next === undefined ? {} : { n: () => view.setZone(next.zone.id) }),
  });
  const detail = query.data;
  if (detail === undefined) {
    if (query.error instanceof ApiError && query.error.code === "unknown-equipment") return <UnknownZone id={id} building={building} />;
    return query.error === null ? <ZoneSkeleton /> : <ErrorState error={query.error} retry={() => void query.refetch()} />;
  }
  return (
    <>
      <ZoneHead detail={detail} view={view} previous={previous} next={next} />
      {query.error !== null && <ErrorState error={query.error} retry={() => void query.refetch()} />}
      <div className="zone-columns">
        <ZoneChartCard
          detail={detail}
          building={building}
          clock={clock}
          view={view}
          chart={chart}
          faded={query.error !== null}
          loading={query.isPlaceholderData}
        />
        <div className="zone-side">
          <ZoneSelection detail={detail} clock={clock} view={view} />
          <ZoneFindings detail={detail} nowMs={view.nowMs} />
          <ZoneHealth health={detail.health} />
        </div>
      </div>
      <ZonePoints detail={detail} nowMs={view.nowMs} span={view.span} />
      <ZoneMethod detail={detail} />
    </>
  );
}

/** An address of a zone that was renamed in the station, or never was. */
function UnknownZone({ id, building }: { id: string } & Pick<BuildingLook, "building">) {
  return (
    <EmptyState page sentence={`There is no zone ${id} at ${building.name}.`}>
      <Link className="ctl" to="/building" search={{ site: building.site }}>
        All zones
      </Link>
    </EmptyState>
  );
}
