import { z } from "zod";

/** POST /usage/pageview: what a page says of itself when it is opened. No person, address or browser is kept. */
export const pageviewBodySchema = z.strictObject({ path: z.string().max(2_000) });
export const pageviewSchema = z.object({ ok: z.literal(true) });

export const usageQuerySchema = z.object({ days: z.coerce.number().int().min(1).max(365).default(30) });

/** GET /usage/summary: page views by local day and by page. */
export const usageSummarySchema = z.object({
  days: z.number(),
  zone: z.string(),
  today: z.number(),
  last7Days: z.number(),
  last30Days: z.number(),
  total: z.number().describe("of the days asked for"),
  keptDays: z.number().describe("older views are dropped"),
  lastSeenMs: z.number().nullable(),
  byDay: z.array(z.object({ date: z.string(), count: z.number() })).describe("oldest first, days without a view too"),
  byPath: z.array(z.object({ path: z.string(), count: z.number(), lastSeenMs: z.number() })).describe("most seen first"),
});
export type UsageSummaryAnswer = z.infer<typeof usageSummarySchema>;
