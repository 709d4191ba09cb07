import "./sources.css";
import { useQuery } from "@tanstack/react-query";
import { healthQuery, ledgerQuery, sitesQuery, sourcesQuery } from "#web/client/queries.ts";
import { AgeText } from "#web/parts/age-text.tsx";
import { Answer } from "#web/parts/card.tsx";
import { countText } from "#web/parts/format-number.ts";
import { ErrorState, Skeleton } from "#web/parts/states.tsx";
import { Brokers } from "./brokers.tsx";
import { Ledger } from "./ledger.tsx";
import { Rejects } from "./rejects.tsx";
import { SourceTable } from "./source-table.tsx";
import { Unclaimed } from "./unclaimed.tsx";
import { sourcesSentence, totalOf } from "./words.ts";

/** Where numbers come from, whether any was lost, and what could not be read. */
export function SourcesPage() {
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
          `${countText(total.messages)} messages so far`,
          `${countText(total.stored)} readings stored`,
          <AgeText key="age" tMs={sources.data.nowMs} ago />,
        ]}
      />
      <div className="sources-grid">
        <div className="grid">
          <SourceTable sources={sources.data.sources} sites={sites} />
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

function SourcesSkeleton() {
  return (
    <div aria-busy="true">
      <span className="read-aloud">Loading</span>
      <div className="answer">
        <Skeleton width="min(640px, 90%)" height={28} />
        <Skeleton width={320} height={20} />
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
    </div>
  );
}
