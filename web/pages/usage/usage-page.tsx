import "./usage.css";
import { queryOptions, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { UsageSummaryAnswer } from "#contract/usage.ts";
import { getJson } from "#web/client/fetch.ts";
import { useNow } from "#web/client/live.tsx";
import { AgeText } from "#web/parts/age-text.tsx";
import { Answer, Card, Strip } from "#web/parts/card.tsx";
import { countText } from "#web/parts/format-number.ts";
import { momentText } from "#web/parts/format-time.ts";
import { EmptyState, ErrorState, PageSkeleton, Skeleton } from "#web/parts/states.tsx";
import { DayBars } from "./day-bars.tsx";
import { PathTable } from "./path-table.tsx";
import { usageSentence } from "./words.ts";

const usageQuery = queryOptions({
  queryKey: ["usage"],
  queryFn: ({ signal }) => getJson<UsageSummaryAnswer>("/usage/summary", { params: { days: 30 }, signal }),
  refetchInterval: 60_000,
});

/** How often which page of this dashboard was opened; who opened it is not kept. */
export function UsagePage() {
  const query = useQuery(usageQuery);
  const answer = query.data;
  if (answer === undefined) {
    return query.error ? <ErrorState error={query.error} retry={() => void query.refetch()} /> : <UsageSkeleton />;
  }
  const top = answer.byPath[0];
  return (
    <>
      <Answer
        sentence={usageSentence(answer)}
        evidence={[`Counted by page and day for ${countText(answer.keptDays)} days; no person, address or browser is kept`, answer.zone]}
      />
      <Strip items={figuresOf(answer)} />
      {top === undefined ? (
        <EmptyState sentence="No page has been counted yet. Open one, and it appears here within a minute.">
          <Link className="link" to="/">
            Open Live
          </Link>
        </EmptyState>
      ) : (
        <div className="usage-grid">
          <Card title="By day" note="last 30 days">
            <DayBars days={answer.byDay} />
          </Card>
          <Card title="By page" note="most seen first">
            <PathTable answer={answer} />
          </Card>
        </div>
      )}
    </>
  );
}

function figuresOf(answer: UsageSummaryAnswer) {
  return [
    { label: "Today", value: countText(answer.today), note: "views since midnight" },
    { label: "Last 7 days", value: countText(answer.last7Days), note: `${perDay(answer.last7Days, 7)} a day` },
    { label: "Last 30 days", value: countText(answer.last30Days), note: `${perDay(answer.last30Days, 30)} a day` },
    {
      label: "Last seen",
      value: <LastSeen answer={answer} />,
      note: answer.lastSeenMs === null ? "nobody yet" : <LastMoment answer={answer} />,
    },
  ];
}

function LastSeen({ answer }: { answer: UsageSummaryAnswer }) {
  return answer.lastSeenMs === null ? "—" : <AgeText tMs={answer.lastSeenMs} zone={answer.zone} ago />;
}

function LastMoment({ answer }: { answer: UsageSummaryAnswer }) {
  const nowMs = useNow(60_000);
  return answer.lastSeenMs === null ? null : momentText(answer.lastSeenMs, nowMs, { zone: answer.zone });
}

function perDay(views: number, days: number): string {
  const mean = views / days;
  return mean >= 10 ? countText(Math.round(mean)) : mean.toFixed(1);
}

function UsageSkeleton() {
  return (
    <PageSkeleton>
      <div className="usage-strip">
        <Skeleton height={78} />
      </div>
      <div className="usage-grid">
        <Skeleton height={280} />
        <Skeleton height={280} />
      </div>
    </PageSkeleton>
  );
}
