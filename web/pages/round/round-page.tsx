import "./round.css";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { useLive } from "#web/client/live.tsx";
import { roundQuery } from "#web/client/meter-act-queries.ts";
import { sessionQuery } from "#web/client/queries.ts";
import { EmptyState, ErrorState, PageSkeleton, Skeleton } from "#web/parts/states.tsx";
import { useOffline } from "./offline.ts";
import { useReadingQueue } from "./use-reading-queue.ts";
import { WalkView } from "./walk-view.tsx";

/** A walk along the meters that people read, in a cellar with or without a connection. */
export function RoundPage() {
  const { site } = useSearch({ strict: false });
  const queries = useQueryClient();
  const query = useQuery(roundQuery(site));
  const offline = useOffline(() => void query.refetch());
  const { connection } = useLive();
  const queue = useReadingQueue(connection.state === "open", () => {
    for (const about of ["meters", "meter", "anomalies", "corrections"]) void queries.invalidateQueries({ queryKey: [about] });
  });
  if (query.data === undefined || queue.readings === undefined) {
    return query.error ? <ErrorState error={query.error} retry={() => void query.refetch()} /> : <RoundSkeleton />;
  }
  if (query.data.stops.length === 0 && queue.readings.length === 0) {
    return (
      <EmptyState
        page
        sentence="No meter here is read by hand yet. A meter whose settings say every how many days it is read is due on this page in time."
      />
    );
  }
  return (
    <WalkView
      answer={query.data}
      queue={queue}
      readings={queue.readings}
      offline={offline}
      onSignIn={() => void queries.invalidateQueries({ queryKey: sessionQuery.queryKey })}
    />
  );
}

function RoundSkeleton() {
  return (
    <PageSkeleton>
      <div className="round-grid">
        <Skeleton height={420} />
        <Skeleton height={420} />
      </div>
    </PageSkeleton>
  );
}
