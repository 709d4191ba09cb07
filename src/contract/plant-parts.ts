import { z } from "zod";
import { QUALITY_NAMES } from "./names.ts";

/** A figure that may be unknown: null, never 0. */
export const figure = z.number().nullable();

/** Money and rates of money: exact decimal text in the site's currency. */
export const money = z.string().regex(/^-?\d+(\.\d+)?$/);

/** An instant as epoch milliseconds. */
export const instantMs = z.number();

/** The same instant as the clock at the plant shows it, with its offset: `2026-03-05T10:15:00-05:00`. */
export const localTime = z.string();

/** Bits of an interval, by name. */
export const qualityNames = z.array(z.enum(QUALITY_NAMES));

/** An interval named by its end, with its demand and where that came from. */
export const peakSchema = z.object({
  startMs: instantMs,
  endMs: instantMs,
  startLocal: localTime,
  endLocal: localTime,
  kw: z.number(),
  source: z.string().nullable().describe("the source it was taken from; null where it was not looked up"),
  quality: qualityNames,
});
export type PlantPeak = z.infer<typeof peakSchema>;

/** A stretch of time, half-open. */
export const spanSchema = z.object({ fromMs: instantMs, toMs: instantMs, fromLocal: localTime, toLocal: localTime });
export type PlantSpan = z.infer<typeof spanSchema>;

/** Which plant: its id of GET /plants. */
export const plantParamsSchema = z.object({
  id: z.string().max(400).describe("id of GET /plants: the site and the point with a dot between"),
});

/** What one interval above its surroundings would cost. */
export const costSchema = z.object({
  /** Demand the interval would have. */
  atKw: z.number(),
  /** What billing demand would rise by. */
  riseKw: z.number(),
  now: money.describe("more on this period's bill"),
  laterLow: money.describe("on each later period's bill while the ratchet remembers: at the least"),
  laterHigh: money.describe("at the most: rate × ratchet × rise"),
  laterExpected: money.nullable().describe("all later periods together, if they are like last year's; null without a year of history"),
  laterPeriods: z.number().describe("how many later periods the ratchet looks back from"),
});
export type PlantCost = z.infer<typeof costSchema>;
