import "./points.css";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useDeferredValue, useMemo } from "react";
import type { BuildingPointsAnswer } from "#contract/building-points.ts";
import { buildingPointsQuery } from "#web/client/building-queries.ts";
import type { BuildingSearch } from "#web/client/building-search.ts";
import { BuildingGate, type BuildingLook } from "#web/parts/building-gate.tsx";
import { Answer } from "#web/parts/card.tsx";
import { countText } from "#web/parts/format-number.ts";
import { EmptyState, ErrorState, PageSkeleton, Skeleton } from "#web/parts/states.tsx";
import { NamesTable } from "./names-table.tsx";
import { foundNames, NAME_VIEW_WORDS, NAME_VIEWS, namesSentence, nameViewOf, viewCounts } from "./names-view.ts";

/** What every history is taken for, and why; wrong guesses are put right here. */
export function NamesPage() {
  return <BuildingGate skeleton={<Waiting />}>{(look) => <Names {...look} />}</BuildingGate>;
}

const Waiting = () => (
  <PageSkeleton>
    <Skeleton height={30} />
    <Skeleton height={560} />
  </PageSkeleton>
);

function Names({ building }: BuildingLook) {
  const query = useQuery(buildingPointsQuery(building.site));
  if (query.data === undefined)
    return query.error === null ? <Waiting /> : <ErrorState error={query.error} retry={() => void query.refetch()} />;
  if (query.data.points.length === 0) return <EmptyState page sentence={`No history of ${building.name} was found yet.`} />;
  return <Known answer={query.data} />;
}

function Known({ answer }: { answer: BuildingPointsAnswer }) {
  const { show, find = "" } = useSearch({ strict: false }) as BuildingSearch;
  const navigate = useNavigate();
  const view = nameViewOf(show);
  // Typing stays quick where thousands of rows follow it.
  const typed = useDeferredValue(find);
  const counts = useMemo(() => viewCounts(answer.points), [answer.points]);
  const rows = useMemo(() => foundNames(answer.points, { view, find: typed }), [answer.points, view, typed]);
  const change = (next: Partial<BuildingSearch>) =>
    void navigate({ to: ".", search: (before: object) => ({ ...before, ...next }), replace: true, resetScroll: false });
  const stations = [...new Set(answer.points.map(({ station }) => station))].filter((station) => station !== "");
  return (
    <>
      <Answer
        sentence={namesSentence(answer)}
        evidence={[
          stations.length === 0 ? "no station names itself" : `of ${stations.join(", ")}`,
          "a person's word goes before every rule",
        ]}
      />
      <div className="names-tools">
        <label className="names-find">
          <span className="read-aloud">Find a history</span>
          <input
            type="search"
            placeholder="Name, equipment, role or tag"
            value={find}
            onChange={({ target }) => change({ find: target.value || undefined })}
          />
        </label>
        <div className="chips">
          {NAME_VIEWS.map((one) => (
            <button
              key={one}
              type="button"
              className="chip"
              aria-pressed={view === one}
              onClick={() => change({ show: one === "all" ? undefined : one })}
            >
              {NAME_VIEW_WORDS[one]} <b>{countText(counts[one])}</b>
            </button>
          ))}
        </div>
      </div>
      {rows.length === 0 ? (
        <EmptyState sentence="No history is like that.">
          <button type="button" className="ctl" onClick={() => change({ show: undefined, find: undefined })}>
            Show all {countText(answer.points.length)}
          </button>
        </EmptyState>
      ) : (
        <NamesTable key={`${view} ${typed}`} rows={rows} answer={answer} />
      )}
    </>
  );
}
