import "./sources.css";
import { useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import type { LedgerInfo, SourcesAnswer } from "#contract/sources.ts";
import { healthQuery, ledgerQuery, sitesQuery, sourcesQuery } from "#web/client/queries.ts";
import { AgeText } from "#web/parts/age-text.tsx";
import { Answer, Strip } from "#web/parts/card.tsx";
import { countText } from "#web/parts/format-number.ts";
import { NumberText } from "#web/parts/number-text.tsx";
import { rateText } from "#web/parts/shell/pulse-words.ts";
import { ErrorState, PageSkeleton, Skeleton } from "#web/parts/states.tsx";
import { Brokers } from "./brokers.tsx";
import { Ledger } from "./ledger.tsx";
import { Rejects } from "./rejects.tsx";
import { SourceTable } from "./source-table.tsx";
import { Unclaimed } from "./unclaimed.tsx";
import { counted, type Flow, sourcesSentence, totalOf } from "./words.ts";

/** Where numbers come from, whether any was lost, and what could not be read. */
export function SourcesPage() {
  const { site } = useSearch({ strict: false });
  const sources = useQuery(sourcesQuery);
  const ledger = useQuery(ledgerQuery);
  const health = useQuery(healthQuery).data;
  const sites = useQuery(sitesQuery).data ?? [];
  const failed = sources.error ?? ledger.error;
  if (!sources.data || !ledger.data) {
    return failed ? (
      <ErrorState error={failed} retry={() => void Promise.all([sources.refetch(), ledger.refetch()])} />
    ) : (
      <SourcesSkeleton />
    );
  }
  const total = totalOf(ledger.data.sources);
  const flow = { perSecond: health?.messagesPerSecond ?? 0, balanced: ledger.data.balanced, rejectsOpen: health?.rejectsOpen ?? 0 };
  return (
    <>
      <Answer
        sentence={sourcesSentence(sources.data, flow)}
        evidence={[
          ledger.data.balanced ? "Every message and every item is accounted for" : "See the ledger below",
          <AgeText key="age" tMs={sources.data.nowMs} ago />,
        ]}
      />
      <Strip items={figures(sources.data, total, flow)} />
      <div className="sources-grid">
        <div className="grid">
          <SourceTable
            sources={site === undefined ? sources.data.sources : sources.data.sources.filter((source) => source.site === site)}
            sites={sites}
          />
          <Ledger answer={ledger.data} />
          <Rejects sources={sources.data.sources.map((source) => source.name)} />
        </div>
        <div className="grid sources-side">
          <Brokers brokers={sources.data.brokers} />
          <Unclaimed topics={sources.data.unclaimed} sites={sites} />
        </div>
      </div>
    </>
  );
}

/** The page in five numbers. */
function figures(answer: SourcesAnswer, total: LedgerInfo, flow: Flow) {
  const received = answer.brokers.reduce((sum, broker) => sum + broker.received, 0);
  const qos0 = answer.brokers.reduce((sum, broker) => sum + broker.qos0, 0);
  const share = received === 0 ? null : (100 * qos0) / received;
  return [
    { label: "Messages a second", value: rateText(flow.perSecond), note: counted(answer.brokers.length, "broker") },
    { label: "Messages", value: countText(total.messages), note: "since the first one" },
    { label: "Readings stored", value: countText(total.stored), note: "imports included" },
    { label: "Rejected", value: countText(flow.rejectsOpen), note: "waiting to be read again" },
    { label: "Not guaranteed", value: <NumberText value={share} unit="%" />, note: "came at QoS 0 since the start" },
  ];
}

function SourcesSkeleton() {
  return (
    <PageSkeleton>
      <div className="strip-skeleton">
        <Skeleton height={72} />
      </div>
      <div className="sources-grid">
        <div className="grid">
          <Skeleton height={210} />
          <Skeleton height={320} />
        </div>
        <div className="grid sources-side">
          <Skeleton height={180} />
          <Skeleton height={240} />
        </div>
      </div>
    </PageSkeleton>
  );
}
