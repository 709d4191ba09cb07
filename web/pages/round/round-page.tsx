import { useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { roundQuery } from "#web/client/meter-act-queries.ts";
import { ErrorState, Skeleton } from "#web/parts/states.tsx";

/** A walk along the meters that people read. */
export function RoundPage() {
  const { site } = useSearch({ strict: false });
  const query = useQuery(roundQuery(site));
  if (query.error !== null) return <ErrorState error={query.error} retry={() => void query.refetch()} />;
  return <Skeleton height={320} />;
}
