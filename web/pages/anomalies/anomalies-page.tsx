import "./anomalies.css";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import type { AnomaliesAnswer, AnomalyInfo } from "#contract/anomalies.ts";
import { anomaliesQuery } from "#web/client/meter-act-queries.ts";
import { metersQuery } from "#web/client/meter-queries.ts";
import { AgeText } from "#web/parts/age-text.tsx";
import { Answer, Card } from "#web/parts/card.tsx";
import { countText } from "#web/parts/format-number.ts";
import { meterTitle } from "#web/parts/meter-title.ts";
import { EmptyState, ErrorState, PageSkeleton, Skeleton } from "#web/parts/states.tsx";
import type { AnomaliesSearch } from "./anomalies-search.ts";
import { AnomalyFilters } from "./anomaly-filters.tsx";
import { AnomalyItem } from "./anomaly-item.tsx";
import { anomaliesSentence, filtered, likeItBefore } from "./words.ts";

const STEP = 50;

/** What meters used that their season, weekday and past do not explain: each with its reason, and a way to settle it. */
export function AnomaliesPage() {
  const search: AnomaliesSearch = useSearch({ strict: false });
  const navigate = useNavigate();
  const query = useQuery(anomaliesQuery({ site: search.site, simple: search.simple === "on" }));
  const meters = useQuery(metersQuery(search.site)).data;
  const zoneOf = (id?: string) => {
    const site = meters?.meters.find((one) => one.id === id)?.site;
    return (meters?.sites.find((one) => one.id === site) ?? meters?.sites[0])?.zone;
  };
  const nameOf = ({ meter, name }: AnomalyInfo) => {
    const known = meters?.meters.find((one) => one.id === meter);
    return known === undefined ? name : meterTitle(known);
  };
  const change = (next: AnomaliesSearch) => void navigate({ to: ".", search: (before) => ({ ...before, ...next }), replace: true });
  if (query.data === undefined) {
    return query.error ? <ErrorState error={query.error} retry={() => void query.refetch()} /> : <AnomaliesSkeleton />;
  }
  const { anomalies, method, nowMs } = query.data;
  const newest = anomalies.find((one) => one.dismissed === null);
  return (
    <>
      <Answer
        sentence={anomaliesSentence(query.data, zoneOf(newest?.meter))}
        evidence={["Judged on what was truly read, never on what was filled", <AgeText key="age" tMs={nowMs} ago />]}
      />
      <div className="grid">
        {anomalies.length > 0 && <AnomalyFilters anomalies={anomalies} nameOf={nameOf} search={search} onChange={change} />}
        <Findings answer={query.data} search={search} zoneOf={zoneOf} nameOf={nameOf} onChange={change} />
        <Card title="Method">
          <p className="muted">{method}</p>
          <label className="anomaly-switch">
            <input
              type="checkbox"
              checked={search.simple === "on"}
              onChange={(event) => change({ simple: event.currentTarget.checked ? "on" : undefined })}
            />
            <span>
              <b>Simple rule</b>{" "}
              <span className="muted">
                of the old system: a day above twice the mean of its last seven. It knows neither season nor weekday, and is there to
                compare.
              </span>
            </span>
          </label>
        </Card>
      </div>
    </>
  );
}

interface FindingsProps {
  readonly answer: AnomaliesAnswer;
  readonly search: AnomaliesSearch;
  readonly zoneOf: (meter: string) => string | undefined;
  readonly nameOf: (anomaly: AnomalyInfo) => string;
  readonly onChange: (next: AnomaliesSearch) => void;
}

function Findings({ answer, search, zoneOf, nameOf, onChange }: FindingsProps) {
  const [most, setMost] = useState(STEP);
  const dismissed = search.show === "dismissed";
  const shown = filtered(answer.anomalies, { meter: search.meter, rule: search.rule, dismissed });
  if (answer.anomalies.length === 0) {
    return (
      <EmptyState sentence="Nothing stands out. A meter is judged once it has readings of some months; each new reading is judged at once." />
    );
  }
  return (
    <Card title={dismissed ? "Put aside" : "Worth a look"} note={`${countText(shown.length)}, newest first`}>
      {shown.length === 0 ? (
        <EmptyState sentence={dismissed ? "Nothing was put aside here." : "Nothing here, or all of it is put aside."}>
          {(search.meter !== undefined || search.rule !== undefined) && (
            <button type="button" className="link" onClick={() => onChange({ meter: undefined, rule: undefined })}>
              Show every meter and rule
            </button>
          )}
        </EmptyState>
      ) : (
        <ul className="anomalies">
          {shown.slice(0, most).map((anomaly) => (
            <AnomalyItem
              key={`${anomaly.meter} ${anomaly.id}`}
              anomaly={anomaly}
              nowMs={answer.nowMs}
              zone={zoneOf(anomaly.meter)}
              name={nameOf(anomaly)}
              before={dismissed ? 0 : likeItBefore(anomaly, answer.anomalies)}
            />
          ))}
        </ul>
      )}
      {shown.length > most && (
        <button type="button" className="ctl" onClick={() => setMost(most + STEP)}>
          Show {countText(Math.min(STEP, shown.length - most))} more
        </button>
      )}
    </Card>
  );
}

function AnomaliesSkeleton() {
  return (
    <PageSkeleton>
      <div className="grid">
        <Skeleton height={30} />
        <Skeleton height={420} />
        <Skeleton height={96} />
      </div>
    </PageSkeleton>
  );
}
