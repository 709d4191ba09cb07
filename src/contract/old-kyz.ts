import { z } from "zod";

/*
 * What the routes of the old KYZ dashboard answer: its names, its nulls, its times. Times are the clock of the plant without offset,
 * `2026-03-10T14:30:00`; a day is the date of an interval's end.
 */

const figure = z.number().nullable();
const time = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,6})?$/);
const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const count = z.number().int();

export const oldHealthSchema = z.strictObject({
  serverTime: time,
  dbConnected: z.boolean(),
  latestIntervalEnd: time.nullable(),
  secondsSinceLatest: count.nullable(),
  latestLiveEnd: time.nullable(),
  secondsSinceLatestLive: count.nullable(),
  credentialMode: z.enum(["ro", "rw"]),
});

export const oldMetricsSchema = z.strictObject({
  dbConnected: z.boolean(),
  lastIntervalEnd: time.nullable(),
  secondsSinceLastInterval: count.nullable(),
  rowCount24h: count,
  r17Exclude24h: count,
  kyzInvalidAlarm24h: count,
});

export const oldLatestSchema = z.strictObject({
  IntervalEnd: time,
  kW: figure,
  kWh: figure,
  PulseCount: figure,
  Total_kWh: figure,
  R17Exclude: z.boolean().nullable(),
  KyzInvalidAlarm: z.boolean().nullable(),
});
export type OldLatest = z.infer<typeof oldLatestSchema>;

export const oldLiveLatestSchema = z.strictObject({ SampleEnd: time, kW: figure, kWh: figure, PulseCount: figure, Total_kWh: figure });

export const oldLiveSeriesSchema = z.strictObject({ points: z.array(z.strictObject({ t: time, kW: z.number(), kWh: z.number() })) });

export const oldSeriesSchema = z.strictObject({
  points: z.array(
    z.strictObject({
      t: time,
      kW: z.number(),
      kWh: z.number(),
      flags: z.strictObject({ r17Exclude: z.boolean(), kyzInvalidAlarm: z.boolean() }),
    }),
  ),
});

export const oldDailySchema = z.strictObject({
  days: z.array(z.strictObject({ date, kWh_sum: z.number(), kW_peak: z.number(), interval_count: count })),
});

const oldMonthSchema = z.strictObject({
  monthStart: date,
  periodStart: date,
  periodEnd: date,
  top3AvgKW: z.number(),
  ratchetFloorKW: z.number(),
  billedDemandKW: z.number(),
  demandCost: z.number(),
  energyKWh: z.number(),
  energyCost: z.number(),
  customerCharge: z.number(),
  totalEstimatedCost: z.number(),
});
export type OldMonth = z.infer<typeof oldMonthSchema>;

const oldTariffSchema = z.strictObject({
  customerCharge: z.number(),
  demandRatePerKW: z.number(),
  energyRatePerKWh: z.number(),
  ratchetPercent: z.number().describe("0.60 for 60 %"),
  minBillingKW: z.number(),
});
export type OldTariff = z.infer<typeof oldTariffSchema>;

export const oldBillingSchema = z.strictObject({
  basis: z.enum(["calendar", "billing"]),
  requestedBasis: z.enum(["calendar", "billing"]),
  anchorDate: date.nullable(),
  tariff: oldTariffSchema,
  months: z.array(oldMonthSchema),
});
export type OldBilling = z.infer<typeof oldBillingSchema>;

export const oldMonthlyDemandSchema = z.strictObject({
  basis: z.enum(["calendar", "billing"]),
  anchorDate: date.nullable(),
  months: z.array(
    z.strictObject({
      monthStart: date,
      periodStart: date,
      periodEnd: date,
      peak_kW: z.number().describe("the billed demand, as the old dashboard sent it under this name; the peak is in /api/v1"),
      top3_avg_kW: z.number(),
    }),
  ),
});

export const oldSummarySchema = z.strictObject({
  plantName: z.string(),
  lastUpdated: time.nullable(),
  currentKW: figure,
  currentKW_15s: figure,
  currentKWPrev15m: figure,
  currentKWPctVsPrev15m: figure,
  liveKWAvg5m: figure,
  liveKWPctVs5mAvg: figure,
  todayKWh: z.number(),
  todayPeakKW: z.number(),
  yesterdayKWhToTime: figure,
  todayKWhPctVsYesterdayToTime: figure,
  mtdKWh: z.number(),
  avgDailyKWh30d: figure,
  mtdKWhPacePctVs30dAvg: figure,
  maxIntervalKW11mo: figure,
  todayPeakPctOf11moMax: figure,
  energyEstimateMonth: z.number(),
  currentMonthTop3AvgKW: z.number(),
  ratchetFloorKW: z.number(),
  billedDemandEstimateKW: z.number(),
  demandEstimateMonth: z.number(),
  lastMonthTop3AvgKW: figure,
  top3AvgPctVsLastMonth: figure,
  lastMonthBilledDemandKW: figure,
  billedDemandPctVsLastMonth: figure,
  lastMonthDemandCost: figure,
  demandCostPctVsLastMonth: figure,
  costOf100kwPeakAnnual: z.number(),
  billingPeriodStart: date.nullable(),
  billingPeriodEnd: date.nullable(),
  btdKWh: figure,
  billingEnergyEstimate: figure,
  currentBillingPeriodTop3AvgKW: figure,
  currentBillingPeriodBilledDemandKW: figure,
  billingRatchetFloorKW: figure,
});
export type OldSummary = z.infer<typeof oldSummarySchema>;

const oldFlagSchema = z.strictObject({ last24h: count, last7d: count });
export const oldQualitySchema = z.strictObject({
  expectedIntervals24h: count,
  observedIntervals24h: count,
  missingIntervals24h: count,
  kyzInvalidAlarm: oldFlagSchema,
  r17Exclude: oldFlagSchema,
});

export const oldPageviewSchema = z.strictObject({ ok: z.literal(true) });
export const oldUsageSchema = z.strictObject({
  days: count,
  totalViews: count,
  byDay: z.array(z.strictObject({ date, count })),
  byPath: z.array(z.strictObject({ path: z.string(), count })),
  lastSeen: time.nullable(),
});

/** Every error of these routes. */
export const oldErrorSchema = z.object({
  detail: z.union([z.string(), z.array(z.object({ loc: z.array(z.string()), msg: z.string(), type: z.string() }))]),
});
