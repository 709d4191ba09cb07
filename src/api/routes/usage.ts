import { type Api, answers, QUESTION_MS, type RouteDeps } from "#api/route-kit.ts";
import { pageviewBodySchema, pageviewSchema, usageQuerySchema, usageSummarySchema } from "#contract/usage.ts";

/** Which pages are looked at, counted without persons, addresses or browsers. */
export function usageRoutes(app: Api, { usage }: RouteDeps): void {
  app.post("/usage/pageview", {
    config: { policy: "viewer" },
    handlerTimeout: QUESTION_MS,
    schema: {
      summary: "Count a page view",
      description:
        "A page says that it was opened. Only its address without the query is counted, by local day; nothing of the reader is kept.",
      tags: ["usage"],
      body: pageviewBodySchema,
      response: answers(pageviewSchema, { ok: true }),
    },
    handler: async (request) => {
      await usage.view(request.body.path);
      return { ok: true as const };
    },
  });

  app.get("/usage/summary", {
    config: { policy: "viewer" },
    handlerTimeout: QUESTION_MS,
    schema: {
      summary: "Page views",
      description: "Views by local day and by page.",
      tags: ["usage"],
      querystring: usageQuerySchema,
      response: answers(usageSummarySchema, USAGE),
    },
    handler: async (request) => usage.summary(request.query.days),
  });
}

const USAGE = {
  days: 30,
  zone: "America/Indiana/Indianapolis",
  today: 14,
  last7Days: 96,
  last30Days: 402,
  total: 402,
  keptDays: 180,
  lastSeenMs: 1_773_168_077_000,
  byDay: [
    { date: "2026-03-09", count: 21 },
    { date: "2026-03-10", count: 14 },
  ],
  byPath: [
    { path: "/plant", count: 240, lastSeenMs: 1_773_168_077_000 },
    { path: "/billing-risk", count: 162, lastSeenMs: 1_773_164_012_000 },
  ],
};
