import { useQuery } from "@tanstack/react-query";
import { alertsQuery } from "#web/client/alert-queries.ts";
import { Answer } from "#web/parts/card.tsx";
import { ErrorState, Skeleton } from "#web/parts/states.tsx";

/** What wants a person now, what did before, and what is watched. */
export function AlertsPage() {
  const query = useQuery(alertsQuery());
  if (query.data === undefined) {
    return query.error ? <ErrorState error={query.error} retry={() => void query.refetch()} /> : <Skeleton height={240} />;
  }
  return <Answer sentence={query.data.active[0]?.title ?? "All quiet."} evidence={[]} />;
}
