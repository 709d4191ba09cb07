import "./building.css";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useDeferredValue, useMemo } from "react";
import type { BuildingAnswer } from "#contract/building.ts";
import type { Asked } from "#web/client/asked-span.ts";
import { buildingQuery } from "#web/client/building-queries.ts";
import type { BuildingSearch } from "#web/client/building-search.ts";
import { useNow } from "#web/client/live.tsx";
import { useAsked } from "#web/client/use-asked.ts";
import { BuildingGate, type BuildingLook } from "#web/parts/building-gate.tsx";
import { EmptyState, ErrorState } from "#web/parts/states.tsx";
import { whenShort } from "./when-words.ts";
import { ZonesFilter } from "./zones-filter-bar.tsx";
import { ZonesByFloor, ZonesByHandler } from "./zones-groups.tsx";
import { ZonesHead } from "./zones-head.tsx";
import type { ZoneLists } from "./zones-lists.ts";
import { ZonesSkeleton } from "./zones-skeleton.tsx";
import { filteredZones, mostFlow, orderNamed } from "./zones-view.ts";
import { ZonesWorst } from "./zones-worst.tsx";

/** Every zone of a building: how it is, how comfortable it was, and which of them want somebody. */
export function ZonesPage() {
  return <BuildingGate skeleton={<ZonesSkeleton />}>{(look) => <Zones {...look} />}</BuildingGate>;
}

function Zones({ building }: BuildingLook) {
  const asked = useAsked(building.zone);
  const query = useQuery(buildingQuery(building.site, asked.span));
  if (query.data === undefined) {
    return query.error === null ? <ZonesSkeleton /> : <ErrorState error={query.error} retry={() => void query.refetch()} />;
  }
  return (
    <>
      {query.error !== null && <ErrorState error={query.error} retry={() => void query.refetch()} />}
      {query.data.zones.length === 0 ? (
        <NoZones answer={query.data} />
      ) : (
        <Known answer={query.data} asked={asked} loading={query.isPlaceholderData} />
      )}
    </>
  );
}

function Known({ answer, asked, loading }: { answer: BuildingAnswer; asked: Asked; loading: boolean }) {
  const navigate = useNavigate();
  const search = useSearch({ strict: false }) as BuildingSearch;
  const { handler, standing, find, by, order, site, range, from, to } = search;
  // Typing stays quick where hundreds of rows follow it.
  const typed = useDeferredValue(find);
  const rows = useMemo(() => filteredZones(answer.zones, { handler, standing, find: typed }), [answer.zones, handler, standing, typed]);
  const most = useMemo(() => mostFlow(answer.zones), [answer.zones]);
  const kept = useMemo(() => ({ site, range, from, to }), [site, range, from, to]);
  const change = (next: Partial<BuildingSearch>) =>
    void navigate({ to: ".", search: (before: object) => ({ ...before, ...next }), replace: true, resetScroll: false });
  const lists: ZoneLists = {
    rows,
    nowMs: useNow(60_000),
    timeZone: answer.zone,
    order: orderNamed(order),
    onOrder: (next) => change({ order: next }),
    most,
    when: whenShort(search),
    search: kept,
  };
  return (
    <div className="zones-body" aria-busy={loading}>
      <ZonesHead answer={answer} asked={asked} onChange={change} />
      <ZonesFilter answer={answer} search={{ find, standing }} shown={rows.length} onChange={change} />
      {rows.length === 0 ? (
        <EmptyState sentence="No zone fits all of these filters.">
          <button type="button" className="ctl" onClick={() => change({ handler: undefined, standing: undefined, find: undefined })}>
            Show all {answer.zones.length} zones
          </button>
        </EmptyState>
      ) : by === "handler" ? (
        <ZonesByHandler {...lists} airHandlers={answer.airHandlers} />
      ) : by === "floor" ? (
        <ZonesByFloor {...lists} />
      ) : (
        <ZonesWorst {...lists} />
      )}
    </div>
  );
}

/** Histories came in, and none of their names told a zone. */
function NoZones({ answer }: { answer: BuildingAnswer }) {
  return (
    <EmptyState
      page
      sentence={
        answer.unmapped === 0
          ? `No zone was found at ${answer.name} yet.`
          : `No zone was found at ${answer.name} by the names of its histories; ${answer.unmapped} of them have no role yet.`
      }
    >
      <p>A zone is a box with a space temperature. Say on the page of names what a history is, and its zone appears here.</p>
      <Link className="ctl" to="/building/names" search={{ site: answer.site }}>
        Names and roles
      </Link>
    </EmptyState>
  );
}
