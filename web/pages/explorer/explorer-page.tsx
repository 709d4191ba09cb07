import "./explorer.css";
import { useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { type ReactElement, useMemo } from "react";
import type { SeriesInfo, SiteInfo } from "#contract/series.ts";
import { seriesQuery, sitesQuery } from "#web/client/queries.ts";
import { ErrorState } from "#web/parts/states.tsx";
import { ExplorerEmpty } from "./explorer-empty.tsx";
import { ExplorerSkeleton } from "./explorer-skeleton.tsx";
import { ExplorerView } from "./explorer-view.tsx";

/** History of any series: one question, one picture, and everything that can be done with it. */
export function ExplorerPage(): ReactElement {
  const search = useSearch({ strict: false });
  const series = useQuery(seriesQuery);
  const sites = useQuery(sitesQuery);
  const keys = search.series;
  const chosen = useMemo(() => pick(series.data ?? [], keys ?? []), [series.data, keys]);
  const failed = series.error ?? sites.error;
  if (series.data === undefined || sites.data === undefined) {
    if (failed === null) return <ExplorerSkeleton />;
    const retry = () => void Promise.all([series.refetch(), sites.refetch()]);
    return <ErrorState error={failed} retry={retry} />;
  }
  if (chosen.length === 0) return <ExplorerEmpty all={series.data} sites={sites.data} site={search.site} lost={keys ?? []} />;
  return <ExplorerView all={series.data} chosen={chosen} sites={sites.data} zone={zoneOf(chosen[0], sites.data)} />;
}

/** The series of an address in its order; keys nobody knows are left out. */
function pick(all: readonly SeriesInfo[], keys: readonly string[]): SeriesInfo[] {
  const known = new Map(all.map((info) => [info.key, info]));
  return keys.flatMap((key) => known.get(key) ?? []);
}

function zoneOf(info: SeriesInfo | undefined, sites: readonly SiteInfo[]): string {
  return sites.find((site) => site.id === info?.site)?.zone ?? "UTC";
}
