import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { ZoneDetailAnswer } from "#contract/building.ts";
import { durationWords } from "#web/charts/time-words.ts";
import type { ZoneClock } from "#web/charts/zone-clock.ts";
import { zoneQuery } from "#web/client/building-queries.ts";
import { SelectionActions } from "#web/parts/selection-actions.tsx";
import { ErrorState, Skeleton } from "#web/parts/states.tsx";
import type { ZoneView } from "./use-zone-view.ts";
import { stretchWords } from "./when-words.ts";
import { boxFacts, type Fact, zoneFacts } from "./zone-facts.ts";

interface SelectionProps {
  readonly detail: ZoneDetailAnswer;
  readonly clock: ZoneClock;
  readonly view: ZoneView;
}

/** What the selected stretch came to, as the server judges it; without a selection, all that is shown. */
export function ZoneSelection({ detail, clock, view }: SelectionProps) {
  const { selection } = view;
  const asked = selection === undefined ? view.asked.span : { from: selection.fromMs, to: selection.toMs };
  const query = useQuery({ ...zoneQuery(detail.site, detail.zone.id, asked) });
  const shown = query.data ?? detail;
  const span = selection ?? { fromMs: shown.range.fromMs, toMs: shown.range.toMs };
  return (
    <section className="card" aria-label="Selection" aria-busy={query.isPlaceholderData}>
      <header>
        <h2>{selection === undefined ? "This window" : "Selection"}</h2>
        <div className="note">{durationWords(span.toMs - span.fromMs)}</div>
      </header>
      <div className="body">
        <p className="zone-when">{stretchWords(clock, span)}</p>
        {query.error !== null && <ErrorState error={query.error} retry={() => void query.refetch()} />}
        {query.isPlaceholderData && selection !== undefined ? (
          <Skeleton height={220} />
        ) : (
          <dl className="zone-facts">
            {[...zoneFacts(shown), ...boxFacts(shown)].map((fact) => (
              <FactRow key={fact.label} fact={fact} />
            ))}
          </dl>
        )}
        <SelectionActions selection={selection} view={view} />
      </div>
    </section>
  );
}

function FactRow({ fact }: { fact: Fact }): ReactNode {
  return (
    <div>
      <dt>{fact.label}</dt>
      <dd>
        <b>{fact.value}</b>
        {fact.note !== "" && <small>{fact.note}</small>}
      </dd>
    </div>
  );
}
