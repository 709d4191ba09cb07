import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { MeterCostsAnswer } from "#contract/meter-history.ts";
import { getJson } from "#web/client/fetch.ts";

/** What every meter counted and cost in a year, month by month. */
export const yearQuery = (year: number, site: string | undefined) =>
  queryOptions({
    queryKey: ["meters", "year", year, site ?? ""],
    queryFn: ({ signal }) => getJson<MeterCostsAnswer>("/meters/costs", { params: { year, site }, signal }),
    staleTime: 60_000,
    placeholderData: keepPreviousData,
  });
