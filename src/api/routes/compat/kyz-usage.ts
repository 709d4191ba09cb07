import { z } from "zod";
import { type OldDeps, oldAnswers } from "#api/compat/old-desk.ts";
import { clamped } from "#api/compat/old-problem.ts";
import { oldTimeOrNull } from "#api/compat/old-time.ts";
import { QUESTION_MS } from "#api/route-kit.ts";
import { oldPageviewSchema, oldUsageSchema } from "#contract/old-kyz.ts";

const TAGS = ["old dashboard"];
const base = { config: { policy: "viewer", oldToken: "header" }, handlerTimeout: QUESTION_MS } as const;

/** Page views, the same that /api/v1/usage counts. */
export function kyzUsageRoutes({ app, deps, desk }: OldDeps): void {
  app.post("/usage/pageview", {
    ...base,
    schema: {
      summary: "Count a page view",
      description: "Of the page's address without its query.",
      tags: TAGS,
      body: z.object({ path: z.string().max(2_000).default("/") }),
      response: oldAnswers(oldPageviewSchema, { ok: true }),
    },
    handler: async (request) => {
      await deps.usage.view(request.body.path);
      return { ok: true as const };
    },
  });

  app.get("/usage/summary", {
    ...base,
    schema: {
      summary: "Page views",
      description: "Of the last `days`, 30 unless said, 1 to 365; days without a view are there too.",
      tags: TAGS,
      querystring: z.object({ days: z.string().optional() }),
      response: oldAnswers(oldUsageSchema, {
        days: 30,
        totalViews: 402,
        byDay: [{ date: "2026-03-10", count: 14 }],
        byPath: [{ path: "/plant", count: 240 }],
        lastSeen: "2026-03-10T14:41:17",
      }),
    },
    handler: async (request) => {
      const days = clamped(request.query.days, "days", { least: 1, most: 365, usual: 30 });
      const { total, byDay, byPath, lastSeenMs } = await deps.usage.summary(days);
      return {
        days,
        totalViews: total,
        byDay,
        byPath: byPath.map(({ path, count }) => ({ path, count })),
        lastSeen: oldTimeOrNull(lastSeenMs ?? undefined, desk().zone),
      };
    },
  });
}
