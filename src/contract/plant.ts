import { z } from "zod";
import { costSchema, figure, instantMs, localTime, money, peakSchema, spanSchema } from "./plant-parts.ts";

const plantSourceSchema = z.object({
  name: z.string(),
  rank: z.number().describe("the higher wins where two speak of one interval"),
  rankName: z.enum(["derived", "live", "device", "file", "utility"]),
  dialect: z.string().nullable(),
  /** Newest thing it said of this plant. */
  lastMs: instantMs.nullable(),
  everyMs: figure.describe("its usual spacing; null while unknown"),
  graceMs: figure.describe(
    "time after a boundary in which a message still counts to the interval that ended; null where it says its own times",
  ),
  graceSet: z.boolean().describe("true where the configuration says it; false where it was found from the spacing"),
});

const plantSchema = z.object({
  id: z.string().describe("site and point with a dot between; part of every address below"),
  key: z.string().describe("site/point"),
  site: z.string(),
  siteName: z.string(),
  point: z.string(),
  name: z.string(),
  zone: z.string(),
  currency: z.string(),
  intervalMinutes: z.number(),
  pulsesPerKwh: figure.describe("as it counts now; null until it is set, and energy from pulses is unknown until then"),
  /** One pulse, as energy and as demand of one interval: what a last digit means. */
  pulseKwh: figure,
  pulseKw: figure,
  tariff: z.object({ name: z.string(), version: z.string(), validFrom: z.string() }).nullable(),
  anchor: z.string().nullable().describe("local date a billing period began on; null for calendar months or listed read dates"),
  periods: z.enum(["calendar", "anchored", "listed"]),
  sources: z.array(plantSourceSchema).describe("highest rank first"),
  clockOffsetMs: figure.describe("the sender's clock minus ours, where it says its own time; null where it cannot be known"),
  /** What is not set yet, in words. */
  needs: z.array(z.string()),
  demo: z.boolean(),
});
export type PlantInfo = z.infer<typeof plantSchema>;

/** GET /plants */
export const plantsSchema = z.object({ nowMs: instantMs, plants: z.array(plantSchema) });
export type PlantsAnswer = z.infer<typeof plantsSchema>;

const levelSchema = z.object({
  level: z.enum(["raises-bill", "new-highest"]),
  kw: z.number().describe("this interval may end at this demand and cost nothing"),
  /** Which interval it is measured against, where there is one. */
  against: peakSchema.nullable(),
  leftKwh: z.number().describe("energy left in this interval until the level; negative when it is passed"),
  restKw: figure.describe("mean power for the rest of the interval that ends exactly at the level; null in its last seconds"),
  passed: z.boolean(),
  /** What ending one pulse, or 1 kW where no pulse is known, above it costs. Null without a tariff. */
  over: costSchema.nullable(),
});
export type PlantLevel = z.infer<typeof levelSchema>;

/** GET /plants/:id/running */
export const runningSchema = z.object({
  plant: z.string(),
  zone: z.string(),
  currency: z.string(),
  nowMs: instantMs,
  nowLocal: localTime,
  interval: spanSchema.extend({
    goneMs: z.number(),
    leftMs: z.number(),
    energyKwh: figure.describe("so far"),
    pulses: figure,
    coverage: z.number().describe("share of the time gone that was observed, 0 to 1"),
  }),
  live: z.object({
    kw: figure.describe("from pulses over the time between them"),
    plusMinusKw: figure,
    overMs: figure.describe("the time the pulses were counted over, at least a minute"),
    atMs: instantMs.nullable().describe("newest pulse"),
    ageMs: figure,
    source: z.string().nullable(),
    stale: z.boolean(),
  }),
  projection: z.object({
    kw: figure.describe("where this interval will end"),
    plusMinusKw: figure,
    /** How far this very projection was off in past intervals, at these minutes. */
    past: z.array(
      z.object({
        minute: z.number(),
        intervals: z.number(),
        usualErrorKw: figure.describe("median"),
        worstErrorKw: figure.describe("nine of ten are below"),
      }),
    ),
    /** What ending there costs; null without a tariff or a projection. */
    cost: costSchema.nullable(),
  }),
  levels: z.array(levelSchema).describe("the level that raises the bill, then the one of a new highest; empty without a tariff"),
  /** Billing demand as it stands without this interval. */
  billedKw: figure,
  ratchetKw: figure,
  minimumKw: figure,
  remarks: z.array(z.string()),
});
export type RunningAnswer = z.infer<typeof runningSchema>;

/** A stretch of time summed up: energy counts excluded intervals, demand does not. */
const spellSchema = z.object({
  fromMs: instantMs,
  toMs: instantMs,
  energyKwh: figure,
  energyCost: money.nullable().describe("energy × the plan's energy lines; null without a tariff"),
  peak: peakSchema.nullable().describe("highest demand that counts"),
  peakWithExcluded: peakSchema.nullable().describe("highest power of all valid intervals, whether it counts as demand or not"),
  intervals: z.number(),
  missing: z.number(),
});
export type PlantSpell = z.infer<typeof spellSchema>;

/** GET /plants/:id/summary */
export const summarySchema = z.object({
  plant: z.string(),
  name: z.string(),
  zone: z.string(),
  currency: z.string(),
  nowMs: instantMs,
  nowLocal: localTime,
  lastIntervalMs: instantMs.nullable().describe("end of the newest interval anybody spoke of"),
  clockOffsetMs: figure,
  /** The newest finished interval, and how it stands to the one right before it. */
  current: z.object({
    interval: peakSchema.nullable(),
    energyKwh: figure,
    previousKw: figure.describe("the interval right before; null where it is missing"),
    changePercent: figure,
  }),
  live: z.object({
    kw: figure,
    plusMinusKw: figure,
    atMs: instantMs.nullable(),
    meanOf5MinutesKw: figure,
    changePercent: figure.describe("live against its mean of five minutes"),
  }),
  today: spellSchema.extend({
    yesterdayToTimeKwh: figure.describe("yesterday until the same clock time"),
    changePercent: figure,
    shareOfHighestPercent: figure.describe("today's peak against the highest of the look-back"),
  }),
  month: spellSchema.extend({
    meanDayKwh: figure.describe("mean of the complete days among the last 30"),
    pacePercent: figure.describe("this month against the mean day × the part of the month that is over, the hour included"),
  }),
  /** Highest demand that counts of the last 11 months and this one. */
  highest: peakSchema.nullable(),
  /** The running billing period; null without a tariff. */
  period: spellSchema
    .extend({
      name: z.string(),
      basis: z.enum(["calendar", "anchored", "listed"]),
      dayOfPeriod: z.number(),
      daysOfPeriod: z.number(),
      predictedEnd: z.boolean(),
      setting: z.array(peakSchema).describe("the intervals that set the metered demand, highest first"),
      fourth: peakSchema.nullable().describe("the next one below them"),
      fourthBelowKw: figure.describe("how far it is below the lowest of them"),
      headroomKw: figure.describe("live power below the level that raises the bill; negative above it"),
      meteredKw: figure,
      ratchetKw: figure,
      minimumKw: figure,
      billedKw: figure,
      rule: z.enum(["metered", "ratchet", "minimum", "none"]),
      loadFactorPercent: figure.describe("energy ÷ (highest demand × hours), of the part that is over"),
      demandCost: money.nullable(),
      energyCostToDate: money.nullable(),
      billToDate: money.nullable(),
      billExpected: money.nullable().describe("at the end of the period, if the rest is like what is over; null in its first day"),
      coverage: z.number().describe("share of the time that is over and was measured, 0 to 1"),
      estimated: z.number().describe("share of the energy that is estimated, 0 to 1"),
      uncertain: z
        .object({ lowKw: z.number(), highKw: z.number() })
        .nullable()
        .describe("metered demand lies between these where an interval is not certain"),
    })
    .nullable(),
  /** The period before, in short; null where there is none. */
  previous: z
    .object({
      name: z.string(),
      meteredKw: figure,
      billedKw: figure,
      energyKwh: figure,
      loadFactorPercent: figure,
      demandCost: money.nullable(),
      total: money.nullable(),
      demandChangePercent: figure.describe("this period's billed demand against that one's"),
    })
    .nullable(),
  costOf100KwYear: money.nullable().describe("100 kW more billing demand for twelve periods"),
  remarks: z.array(z.string()),
});
export type SummaryAnswer = z.infer<typeof summarySchema>;
