import { useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { useMemo } from "react";
import type { MetersAnswer } from "#contract/meters.ts";
import { yearOf } from "#web/charts/time-words.ts";
import { zoneClock } from "#web/charts/zone-clock.ts";
import { metersQuery } from "#web/client/meter-queries.ts";
import type { YearSearch } from "./utility-search.ts";
import { yearQuery } from "./year-queries.ts";
import { type YearSite, yearSites } from "./year-rows.ts";

/** A year of all meters as the address asks for it; `sites` is undefined while it is on its way. */
export interface YearView {
  readonly search: YearSearch;
  readonly year: number;
  readonly thisYear: number;
  readonly nowMs: number;
  readonly list: MetersAnswer | undefined;
  readonly sites: readonly YearSite[] | undefined;
  /** The year before; undefined while it is on its way. */
  readonly before: readonly YearSite[] | undefined;
  readonly error: Error | null;
  readonly retry: () => void;
}

/** Asks for the year of the address, and for the one before it where `compare` says so. */
export function useYear({ compare = false }: { readonly compare?: boolean } = {}): YearView {
  const search = useSearch({ strict: false }) as YearSearch;
  const list = useQuery(metersQuery(search.site));
  const nowMs = list.data?.nowMs ?? Date.now();
  const zone = list.data?.sites[0]?.zone ?? "UTC";
  const thisYear = useMemo(() => yearOf(zoneClock(zone).wallMs(nowMs)), [zone, nowMs]);
  const year = search.year === undefined ? thisYear : Number(search.year);
  const asked = useQuery({ ...yearQuery(year, search.site), enabled: list.data !== undefined });
  const askedBefore = useQuery({ ...yearQuery(year - 1, search.site), enabled: compare && list.data !== undefined });
  const { medium, group, meters } = search;
  const sites = useMemo(
    () => (asked.data === undefined || list.data === undefined ? undefined : yearSites(asked.data, list.data, { medium, group, meters })),
    [asked.data, list.data, medium, group, meters],
  );
  const before = useMemo(
    () =>
      askedBefore.data === undefined || list.data === undefined
        ? undefined
        : yearSites(askedBefore.data, list.data, { medium, group, meters }),
    [askedBefore.data, list.data, medium, group, meters],
  );
  const retry = () => {
    void list.refetch();
    void asked.refetch();
  };
  return { search, year, thisYear, nowMs, list: list.data, sites, before, error: list.error ?? asked.error, retry };
}
