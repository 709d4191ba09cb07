import { useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { metersQuery } from "#web/client/meter-queries.ts";
import { ErrorState, Skeleton } from "#web/parts/states.tsx";

/** Old readings out of a file. */
export function CsvImportPage() {
  const { site } = useSearch({ strict: false });
  const query = useQuery(metersQuery(site));
  if (query.error !== null) return <ErrorState error={query.error} retry={() => void query.refetch()} />;
  return <Skeleton height={320} />;
}
