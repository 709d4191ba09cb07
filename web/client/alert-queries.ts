import { queryOptions } from "@tanstack/react-query";
import type { AlertRulesAnswer, AlertsAnswer } from "#contract/alerts.ts";
import { getJson } from "./fetch.ts";

const ACTIVE_MS = 10_000;
const RULES_MS = 15_000;
const HISTORY_ROWS = 25;

/** What lasts, and a page of what is over; `before` is the cursor the page before answered. */
export const alertsQuery = (before?: number) =>
  queryOptions({
    queryKey: ["alerts", before ?? "newest"],
    queryFn: ({ signal }) => getJson<AlertsAnswer>("/alerts", { params: { limit: HISTORY_ROWS, before: before?.toString() }, signal }),
    refetchInterval: ACTIVE_MS,
  });

/** How many alerts last at this moment, and whether one of them is critical; for the rail. */
export const activeAlertsQuery = queryOptions({
  queryKey: ["alerts", "active"],
  queryFn: async ({ signal }) => (await getJson<AlertsAnswer>("/alerts", { params: { limit: 1 }, signal })).active,
  refetchInterval: ACTIVE_MS,
});

/** Rules with what they see now, and the ways to tell people. */
export const alertRulesQuery = queryOptions({
  queryKey: ["alert-rules"],
  queryFn: ({ signal }) => getJson<AlertRulesAnswer>("/alerts/rules", { signal }),
  refetchInterval: RULES_MS,
});
