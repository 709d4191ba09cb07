import { useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { anomaliesQuery } from "#web/client/meter-act-queries.ts";
import { ErrorState, Skeleton } from "#web/parts/states.tsx";

/** What meters used that nothing explains. */
export function AnomaliesPage() {
  const { site } = useSearch({ strict: false });
  const query = useQuery(anomaliesQuery({ site, meter: undefined, simple: false }));
  if (query.error !== null) return <ErrorState error={query.error} retry={() => void query.refetch()} />;
  return <Skeleton height={320} />;
}
