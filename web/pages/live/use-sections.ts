import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { SourcesAnswer } from "#contract/sources.ts";
import { getJson } from "#web/client/fetch.ts";
import { pointsQuery, seriesQuery, sitesQuery } from "#web/client/queries.ts";
import { type Section, sectionsOf } from "./live-point.ts";

export interface Sections {
  /** Undefined while nothing has been answered yet. */
  readonly sections: readonly Section[] | undefined;
  readonly error: Error | null;
  readonly retry: () => void;
}

/** The sites and points of the page, from what the house knows. */
export function useSections(site: string | undefined): Sections {
  const sites = useQuery(sitesQuery);
  const points = useQuery(pointsQuery);
  const series = useQuery(seriesQuery);
  const titles = useDialectTitles();
  const sections = useMemo(
    () => points.data && series.data && sectionsOf({ sites: sites.data ?? [], points: points.data, series: series.data, titles }, site),
    [sites.data, points.data, series.data, titles, site],
  );
  const retry = () => {
    for (const query of [sites, points, series]) void query.refetch();
  };
  return { sections, error: sections ? null : (points.error ?? series.error), retry };
}

const NO_TITLES: ReadonlyMap<string, string> = new Map();

/** How each source's dialect is called; without the answer a source's own name must do. */
function useDialectTitles(): ReadonlyMap<string, string> {
  const answer = useQuery({
    queryKey: ["sources", "titles"],
    queryFn: ({ signal }) => getJson<SourcesAnswer>("/sources", { signal }),
    staleTime: 5 * 60_000,
  }).data;
  return useMemo(() => (answer ? new Map(answer.sources.map((source) => [source.name, source.dialectTitle])) : NO_TITLES), [answer]);
}
