import "./utilities.css";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { lazy, Suspense, useDeferredValue, useMemo, useState } from "react";
import type { MetersAnswer } from "#contract/meters.ts";
import { metersQuery } from "#web/client/meter-queries.ts";
import { useMay } from "#web/client/role.ts";
import { EmptyState, ErrorState } from "#web/parts/states.tsx";
import { filteredMeters, meterSections } from "./meters-filter.ts";
import { MetersFilter } from "./meters-filter-bar.tsx";
import { MetersHead } from "./meters-head.tsx";
import { MetersSkeleton } from "./meters-skeleton.tsx";
import { MetersTable } from "./meters-table.tsx";
import { NoMeters } from "./no-meters.tsx";
import { paidThere } from "./top-meters.ts";
import type { MetersSearch } from "./utility-search.ts";

const DefinitionDialog = lazy(async () => ({ default: (await import("./definition-dialog.tsx")).DefinitionDialog }));

/** Every meter of the house: how it stands, what it counted this month, what it costs, what wants a look. */
export function MetersPage() {
  const { site } = useSearch({ strict: false });
  const query = useQuery(metersQuery(site));
  const [adding, setAdding] = useState(false);
  const may = useMay("operator");
  const onAdd = may ? () => setAdding(true) : undefined;
  if (query.data === undefined) {
    return query.error === null ? <MetersSkeleton /> : <ErrorState error={query.error} retry={() => void query.refetch()} />;
  }
  return (
    <>
      {query.data.meters.length === 0 ? <NoMeters onAdd={onAdd} /> : <Known answer={query.data} onAdd={onAdd} />}
      {adding && (
        <Suspense>
          <DefinitionDialog sites={query.data.sites} meters={query.data.meters} onClose={() => setAdding(false)} />
        </Suspense>
      )}
    </>
  );
}

function Known({ answer, onAdd }: { answer: MetersAnswer; onAdd: (() => void) | undefined }) {
  const navigate = useNavigate();
  const { medium, group, standing, find } = useSearch({ strict: false }) as MetersSearch;
  // Typing stays quick where two hundred rows follow it.
  const typed = useDeferredValue(find);
  const shown = useMemo(
    () => filteredMeters(answer.meters, { medium, group, standing, find: typed }),
    [answer.meters, medium, group, standing, typed],
  );
  const sections = useMemo(() => meterSections(shown, answer.sites), [shown, answer.sites]);
  const paid = useMemo(() => paidThere(answer.meters, (meter) => meter.thisMonth.cost !== null), [answer.meters]);
  const change = (next: Partial<MetersSearch>) =>
    void navigate({ to: ".", search: (before: object) => ({ ...before, ...next }), replace: true, resetScroll: false });
  const clear = () => change({ medium: undefined, group: undefined, standing: undefined, find: undefined });
  return (
    <>
      <MetersHead answer={answer} onAdd={onAdd} />
      <MetersFilter answer={answer} search={{ medium, group, standing, find }} shown={shown.length} onChange={change} />
      {shown.length === 0 ? (
        <EmptyState sentence="No meter fits all of these filters.">
          <button type="button" className="ctl" onClick={clear}>
            Show all {answer.meters.length} meters
          </button>
        </EmptyState>
      ) : (
        <MetersTable sections={sections} sites={answer.sites} paid={paid} />
      )}
    </>
  );
}
