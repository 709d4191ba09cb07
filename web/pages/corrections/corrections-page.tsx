import { useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { correctionsQuery } from "#web/client/meter-act-queries.ts";
import { ErrorState, Skeleton } from "#web/parts/states.tsx";

/** What was changed of readings, by whom and why. */
export function CorrectionsPage() {
  const { site } = useSearch({ strict: false });
  const query = useQuery(correctionsQuery(site));
  if (query.error !== null) return <ErrorState error={query.error} retry={() => void query.refetch()} />;
  return <Skeleton height={320} />;
}
