import "./building.css";
import "./air-handlers.css";
import { useQuery } from "@tanstack/react-query";
import { Link, useRouterState, useSearch } from "@tanstack/react-router";
import { useEffect } from "react";
import type { BuildingAnswer } from "#contract/building.ts";
import type { Asked } from "#web/client/asked-span.ts";
import { buildingQuery } from "#web/client/building-queries.ts";
import type { BuildingSearch } from "#web/client/building-search.ts";
import { useNow } from "#web/client/live.tsx";
import { useAsked } from "#web/client/use-asked.ts";
import { AgeText } from "#web/parts/age-text.tsx";
import { BuildingGate, type BuildingLook } from "#web/parts/building-gate.tsx";
import { Answer } from "#web/parts/card.tsx";
import { EmptyState, ErrorState, PageSkeleton, Skeleton } from "#web/parts/states.tsx";
import { AirHandlerCard } from "./air-handler-card.tsx";
import { airHandlersSentence, sortedHandlers, unservedZones, zonesOf } from "./air-handlers-view.ts";
import { whenShort, whenWords } from "./when-words.ts";
import { percentText } from "./zone-words.ts";

/** What serves the zones with air: whether it runs, what it sends out, and how its zones fare. */
export function AirHandlersPage() {
  return <BuildingGate skeleton={<Waiting />}>{(look) => <AirHandlers {...look} />}</BuildingGate>;
}

function AirHandlers({ building }: BuildingLook) {
  const asked = useAsked(building.zone);
  const query = useQuery(buildingQuery(building.site, asked.span));
  if (query.data === undefined) {
    return query.error === null ? <Waiting /> : <ErrorState error={query.error} retry={() => void query.refetch()} />;
  }
  return (
    <>
      {query.error !== null && <ErrorState error={query.error} retry={() => void query.refetch()} />}
      {query.data.airHandlers.length === 0 ? (
        <NoHandlers answer={query.data} />
      ) : (
        <Known answer={query.data} asked={asked} loading={query.isPlaceholderData} />
      )}
    </>
  );
}

function Known({ answer, asked, loading }: { answer: BuildingAnswer; asked: Asked; loading: boolean }) {
  const search = useSearch({ strict: false }) as BuildingSearch;
  const { site, range, from, to } = search;
  const nowMs = useNow(60_000);
  const { zone } = answer;
  const unserved = unservedZones(answer);
  useAnchor(answer.airHandlers.length);
  const evidence = [
    answer.comfortPct === null
      ? "Zones were not judged"
      : `Zones comfortable ${percentText(answer.comfortPct, 1)} of occupied hours ${whenWords(search, asked, { nowMs, zone })}`,
    ...(answer.newestMs === null
      ? []
      : [
          <span key="age">
            Newest value <AgeText tMs={answer.newestMs} zone={zone} ago />
          </span>,
        ]),
    ...(unserved === 0
      ? []
      : [
          <Link key="unserved" className="link" to="/building" search={{ site, handler: "none" }}>
            {unserved === 1 ? "1 zone" : `${unserved} zones`} with no air handler known
          </Link>,
        ]),
  ];
  return (
    <div className="zones-body" aria-busy={loading}>
      <Answer sentence={airHandlersSentence(sortedHandlers(answer.airHandlers))} evidence={evidence} />
      <div className="handlers">
        {sortedHandlers(answer.airHandlers).map((one) => (
          <AirHandlerCard
            key={one.equipment.id}
            airHandler={one}
            zones={zonesOf(one, answer.zones)}
            nowMs={nowMs}
            timeZone={zone}
            when={whenShort(search)}
            search={{ site, range, from, to }}
          />
        ))}
      </div>
    </div>
  );
}

/** The air handler an address names after its `#` comes into sight once it is there. */
function useAnchor(count: number): void {
  const hash = useRouterState({ select: (state) => state.location.hash });
  useEffect(() => {
    if (hash !== "" && count > 0) document.getElementById(hash)?.scrollIntoView({ block: "start" });
  }, [hash, count]);
}

function NoHandlers({ answer }: { answer: BuildingAnswer }) {
  return (
    <EmptyState page sentence={`No air handler was found at ${answer.name} by the names of its histories.`}>
      <p>Its zones are judged over all occupied hours then, whether there was air or not.</p>
      <Link className="ctl" to="/building/names" search={{ site: answer.site }}>
        Names and roles
      </Link>
    </EmptyState>
  );
}

const Waiting = () => (
  <PageSkeleton>
    <div className="handlers">
      {[0, 1, 2, 3].map((index) => (
        <div key={index} className="card zones-skeleton">
          <Skeleton height={230} />
        </div>
      ))}
    </div>
  </PageSkeleton>
);
