import "#web/parts/table.css";
import "./alerts.css";
import { useQuery } from "@tanstack/react-query";
import { alertRulesQuery, alertsQuery } from "#web/client/alert-queries.ts";
import { AgeText } from "#web/parts/age-text.tsx";
import { Answer } from "#web/parts/card.tsx";
import { ErrorState, PageSkeleton, Skeleton } from "#web/parts/states.tsx";
import { ActiveCard } from "./active-card.tsx";
import { ChannelsCard } from "./channels-card.tsx";
import { HistoryCard } from "./history-card.tsx";
import { RulesCard } from "./rules-card.tsx";
import { alertsEvidence, alertsSentence } from "./words.ts";

/** What wants a person now, what is watched, who is told, and what was. */
export function AlertsPage() {
  const alerts = useQuery(alertsQuery());
  const rules = useQuery(alertRulesQuery);
  if (alerts.data === undefined || rules.data === undefined) {
    const failed = alerts.error ? alerts : rules.error ? rules : undefined;
    return failed ? <ErrorState error={failed.error} retry={() => void failed.refetch()} /> : <AlertsSkeleton />;
  }
  const { active, nowMs } = alerts.data;
  return (
    <>
      <Answer
        sentence={alertsSentence(active, rules.data.rules)}
        evidence={[...alertsEvidence(rules.data), <AgeText key="age" tMs={nowMs} ago />]}
      />
      <div className="grid">
        {active.length > 0 && <ActiveCard active={active} rules={rules.data.rules} />}
        <div className="alerts-grid">
          <RulesCard answer={rules.data} />
          <ChannelsCard channels={rules.data.channels} />
        </div>
        <HistoryCard />
      </div>
    </>
  );
}

function AlertsSkeleton() {
  return (
    <PageSkeleton>
      <div className="grid">
        <div className="alerts-grid">
          <Skeleton height={280} />
          <Skeleton height={280} />
        </div>
        <Skeleton height={240} />
      </div>
    </PageSkeleton>
  );
}
