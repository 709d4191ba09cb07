import "#web/parts/table.css";
import "./corrections.css";
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { correctionsQuery } from "#web/client/meter-act-queries.ts";
import { metersQuery } from "#web/client/meter-queries.ts";
import { useMay } from "#web/client/role.ts";
import { Answer } from "#web/parts/card.tsx";
import { MeterSelect } from "#web/parts/meter-select.tsx";
import { ErrorState, PageSkeleton, Skeleton } from "#web/parts/states.tsx";
import { AsKnownCard } from "./as-known-card.tsx";
import { CorrectionDialog } from "./correction-dialog.tsx";
import type { CorrectionsSearch } from "./corrections-search.ts";
import { CorrectionsTable } from "./corrections-table.tsx";
import { correctionsSentence } from "./words.ts";

/** What people changed of readings, by whom and why; and what was known before they did. */
export function CorrectionsPage() {
  const search: CorrectionsSearch = useSearch({ strict: false });
  const navigate = useNavigate();
  const may = useMay("operator");
  const [making, setMaking] = useState(search.near !== undefined);
  const corrections = useQuery(correctionsQuery(search.meter));
  const meters = useQuery(metersQuery(search.site));
  const change = (next: CorrectionsSearch) => void navigate({ to: ".", search: (before) => ({ ...before, ...next }), replace: true });
  if (corrections.data === undefined || meters.data === undefined) {
    const failed = corrections.error ? corrections : meters.error ? meters : undefined;
    return failed ? <ErrorState error={failed.error} retry={() => void failed.refetch()} /> : <CorrectionsSkeleton />;
  }
  const { meters: all, sites } = meters.data;
  const shown = corrections.data.corrections;
  const meter = all.find((one) => one.id === search.meter);
  const close = () => {
    setMaking(false);
    if (search.near !== undefined) change({ near: undefined });
  };
  return (
    <>
      <Answer
        sentence={correctionsSentence(shown)}
        evidence={["What came stays stored as it came", "Everything derived follows, and each can be taken back"]}
      >
        {may && all.some((one) => one.kind === "physical") && (
          <Button size="xs" onClick={() => setMaking(true)}>
            Correct a reading
          </Button>
        )}
      </Answer>
      <div className="grid">
        {all.length > 0 && (
          <fieldset className="corrections-filters" aria-label="Filters">
            <MeterSelect
              label="Meter"
              none="Every meter"
              meters={all}
              sites={sites}
              value={meter?.id}
              onChange={(id) => change({ meter: id })}
            />
          </fieldset>
        )}
        <CorrectionsTable corrections={shown} zoneOf={(site) => sites.find((one) => one.id === site)?.zone} meters={all} />
        <AsKnownCard
          meters={all}
          sites={sites}
          meter={meter}
          corrections={shown}
          zone={sites.find((one) => one.id === (meter ?? all[0])?.site)?.zone}
          asOf={search.asOf}
          onChange={change}
        />
      </div>
      <CorrectionDialog opened={making} meters={all} start={{ meter: search.meter, near: search.near }} zones={sites} onClose={close} />
    </>
  );
}

function CorrectionsSkeleton() {
  return (
    <PageSkeleton>
      <div className="grid">
        <Skeleton height={30} />
        <Skeleton height={300} />
        <Skeleton height={200} />
      </div>
    </PageSkeleton>
  );
}
