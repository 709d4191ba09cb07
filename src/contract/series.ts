import { z } from "zod";
import { MAX_COLUMN_POINTS, MEDIA } from "./names.ts";

export const siteSchema = z.object({
  id: z.string(),
  name: z.string(),
  zone: z.string().describe("IANA time zone"),
  currency: z.string(),
  demo: z.boolean(),
  declared: z.object({ file: z.string(), line: z.number() }).optional(),
  has: z
    .array(z.enum(["plant", "home", "building"]))
    .optional()
    .describe("pages with something of this site on them, in lists of sites"),
});
export type SiteInfo = z.infer<typeof siteSchema>;
/** GET /sites */
export const sitesSchema = z.object({ sites: z.array(siteSchema) });

const seriesSchema = z.object({
  key: z.string().describe("site/point/quantity@source; stable, use it in scripts"),
  site: z.string(),
  point: z.string(),
  pointName: z.string(),
  quantity: z.string(),
  quantityName: z.string(),
  source: z.string(),
  dialect: z.string().optional(),
  kind: z.enum(["counter", "delta", "interval", "gauge", "state", "price"]),
  unit: z.string(),
  medium: z.enum(MEDIA),
  /** The quantity shown first for its point; exactly one per point and source. */
  primary: z.boolean(),
  /** Kept, but of interest to few: device clocks, signal strength. Hidden until asked for. */
  diagnostic: z.boolean(),
  intervalMs: z.number().optional(),
  /** Usual spacing of samples, from recent history; absent when unknown. */
  everyMs: z.number().optional(),
  guaranteed: z.boolean().describe("false where the sender publishes at QoS 0"),
  serial: z.string().optional(),
  firstMs: z.number().optional(),
  lastMs: z.number().optional(),
  count: z.number(),
  demo: z.boolean(),
});
export type SeriesInfo = z.infer<typeof seriesSchema>;
/** GET /series; `more` when the limit cut the list. */
export const seriesListSchema = z.object({ series: z.array(seriesSchema), more: z.boolean() });

export const pointSchema = z.object({
  key: z.string().describe("site/point"),
  site: z.string(),
  id: z.string(),
  name: z.string(),
  medium: z.enum(MEDIA),
  series: z.array(z.string()).describe("keys of its series, the primary first"),
  removedOn: z.string().optional().describe("the last local day of its meter, once that is over: nothing more will come"),
  declared: z.object({ file: z.string(), line: z.number() }).optional().describe("written in the configuration: change it there"),
});
export type PointInfo = z.infer<typeof pointSchema>;
/** GET /points */
export const pointsSchema = z.object({ points: z.array(pointSchema) });

/** A live value. `value` is null for a stated absence, `text` is there for states. */
const liveValueSchema = z.object({
  key: z.string(),
  tMs: z.number(),
  value: z.number().nullable(),
  text: z.string().optional(),
  quality: z.number(),
  status: z.string().optional(),
});
export type LiveValue = z.infer<typeof liveValueSchema>;

export const latestSchema = z.object({ nowMs: z.number(), values: z.array(liveValueSchema) });
export type LatestAnswer = z.infer<typeof latestSchema>;

const list = z.array(z.number().nullable());

/**
 * History of one series within the point budget. `raw` rows are samples; `buckets` rows are aggregates at bucket starts,
 * where `value` is the mean for gauges and the last value for counters. All arrays have one length.
 */
const columnSchema = z.object({
  key: z.string(),
  unit: z.string(),
  kind: z.string(),
  mode: z.enum(["raw", "buckets"]),
  bucketMs: z.number().optional(),
  tMs: z.array(z.number()),
  value: list,
  min: list.optional(),
  max: list.optional(),
  sum: list.optional().describe("amount in the bucket, for kinds delta and interval"),
  n: z.array(z.number()).optional(),
  quality: z.array(z.number()),
  text: z.array(z.string().nullable()).optional(),
  /** Samples in the range, whatever was sent. */
  samples: z.number(),
  /** A row further than this from its neighbour is a gap: draw nothing between. */
  gapMs: z.number().optional(),
});
export type ColumnAnswer = z.infer<typeof columnSchema>;

export const columnsSchema = z.object({ fromMs: z.number(), toMs: z.number(), columns: z.array(columnSchema) });
export type ColumnsAnswer = z.infer<typeof columnsSchema>;

/** A repeated query parameter arrives as text or as a list. */
const many = z.union([z.string(), z.array(z.string())]).transform((given) => (Array.isArray(given) ? given : [given]));

/** An instant: ISO 8601 with offset, or epoch milliseconds. */
const instantSchema = z.string().describe("ISO 8601 with offset, or epoch milliseconds");

export const columnsQuerySchema = z.object({
  series: many.describe("series key; repeat for several"),
  from: instantSchema,
  to: instantSchema,
  points: z.coerce.number().int().min(2).max(MAX_COLUMN_POINTS).default(1000).describe("rows per series at the most"),
  raw: z.stringbool().default(false).describe("samples even where there are more than the budget; refused beyond 50,000"),
  asOf: instantSchema.optional().describe("as it was known then"),
});

export const latestQuerySchema = z.object({ series: many.optional(), site: z.string().optional() });

export const seriesQuerySchema = z.object({
  site: z.string().optional(),
  point: z.string().optional(),
  source: z.string().optional(),
  q: z.string().max(200).optional().describe("words to find in names and keys"),
  limit: z.coerce.number().int().min(1).max(10_000).default(2000),
});

export const pointsQuerySchema = z.object({ site: z.string().optional() });

export const exportQuerySchema = z.object({
  series: many.describe("series key; repeat for several, each becomes a column"),
  from: instantSchema,
  to: instantSchema,
  time: z.enum(["iso", "local"]).default("iso").describe("iso: UTC; local: the site's clock with its offset"),
  header: z.enum(["names", "keys"]).default("names").describe("names: for people; keys: stable, for scripts"),
  quality: z.stringbool().default(true).describe("a column of quality marks behind each series"),
  asOf: instantSchema.optional().describe("as it was known then"),
});
