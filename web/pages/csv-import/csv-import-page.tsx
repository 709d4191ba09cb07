import { useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { meterListQuery } from "#web/client/meter-act-queries.ts";
import { ErrorState, Skeleton } from "#web/parts/states.tsx";

/** Old readings out of a file. */
export function CsvImportPage() {
  const { site } = useSearch({ strict: false });
  const query = useQuery(meterListQuery(site));
  if (query.error !== null) return <ErrorState error={query.error} retry={() => void query.refetch()} />;
  return <Skeleton height={320} />;
}
