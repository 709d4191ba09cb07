import { z } from "zod";

/** Money, rates and percentages are decimals in quotes, so that no reader of JSON rounds them. */
const decimal = z.string().regex(/^-?\d{1,12}(\.\d{1,12})?$/, 'expected a decimal in quotes, such as "24.74"');
const positive = z.string().regex(/^\d{1,12}(\.\d{1,12})?$/, 'expected a decimal of 0 or more in quotes, such as "24.74"');
const text = z.string().min(1).max(500);
const name = z.string().trim().min(1).max(80);
const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, "expected a date such as 2026-01-31");
const monthDay = z.string().regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, "expected month and day such as 06-01");
const clock = z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, "expected a time of day such as 07:30, at most 24:00");
const month = z.int().min(1).max(12);
const kw = z.number().min(0).max(1e9);

/** From the first to the last of these days of the year, both included; may go over New Year. */
const season = z.array(z.strictObject({ from: monthDay, to: monthDay })).min(1);

export const DAY_TYPES = ["weekday", "weekend", "saturday", "sunday", "holiday"] as const;

const scheduleRule = z.strictObject({
  band: name,
  seasons: z.array(name).min(1).optional(),
  days: z.array(z.enum(DAY_TYPES)).min(1).optional(),
  /** Local time of day; a rule whose end is before its start holds from midnight to `to` and from `from` to midnight. */
  from: clock.optional(),
  to: clock.optional(),
});

/** Every minute of the year lies in exactly one rule; where none does, `otherwise` says the band. */
const schedule = z.strictObject({ rules: z.array(scheduleRule).min(1), otherwise: name.optional() });

const when = z.strictObject({ schedule: name, bands: z.array(name).min(1) });

/** The last tier has no `upTo`. */
const tiers = z.array(z.strictObject({ upTo: z.number().positive().optional(), rate: decimal })).min(2);

const common = {
  name,
  /** Where the tariff sheet says so, in its own words. */
  clause: text.optional(),
};

const fixed = z.strictObject({
  kind: z.literal("fixed"),
  ...common,
  rate: decimal,
  per: z.enum(["month", "day"]),
  /** For `month`: the whole rate however long the period is (unless stated), or by days over 30 or over the days of each calendar month. */
  proration: z.enum(["none", "30-days", "calendar-days"]).optional(),
});

/** Prices every band of the schedule. */
const rates = z.strictObject({ schedule: name, bands: z.record(name, decimal) });

const energy = z.strictObject({
  kind: z.literal("energy"),
  ...common,
  when: when.optional(),
  /** One of the three. */
  rate: decimal.optional(),
  rates: rates.optional(),
  tiers: tiers.optional(),
  /** What the limits of the tiers are: kWh of the period, kWh per day of it, or kWh per kW of a charge's billing demand. */
  tierBasis: z.enum(["period", "day", "kwh-per-kw"]).optional(),
  demand: name.optional(),
  quantityDecimals: z.int().min(0).max(6).optional(),
});

/** What is paid for energy that was sold: taken off. */
const feedIn = z.strictObject({
  kind: z.literal("feed-in"),
  ...common,
  when: when.optional(),
  /** One of the two, per exported kWh; above 0 is money for the house. */
  rate: decimal.optional(),
  rates: rates.optional(),
  quantityDecimals: z.int().min(0).max(6).optional(),
});

const peak = z.strictObject({
  pick: z.union([z.literal("max"), z.strictObject({ meanOf: z.int().min(1).max(31) })]),
  /** Each peak on a local day of its own. */
  distinctDays: z.boolean().optional(),
  /** Demand over another time than the intervals' own: clock-aligned blocks, or sliding by one interval. */
  window: z.strictObject({ minutes: z.int().min(1).max(1440), alignment: z.enum(["block", "sliding"]) }).optional(),
  when: when.optional(),
});

const ratchet = z.strictObject({
  percent: positive,
  of: z.enum(["billed", "metered"]),
  /** Another demand charge whose demand is looked back at. */
  demand: name.optional(),
  lookBack: z.union([z.strictObject({ periods: z.int().min(1).max(60) }), z.strictObject({ months: z.int().min(1).max(60) })]),
  includeCurrent: z.boolean().optional(),
  /** Months whose demand counts, and months in which it is applied; a period is of the month that holds its middle. */
  countMonths: z.array(month).min(1).optional(),
  applyMonths: z.array(month).min(1).optional(),
  /** Demand of periods before the first interval, from old bills; `period` is any day within it. */
  seedPeaks: z.array(z.strictObject({ period: date, kw })).optional(),
});

const demand = z.strictObject({
  kind: z.literal("demand"),
  ...common,
  /** One of the two. */
  rate: decimal.optional(),
  tiers: tiers.optional(),
  /** One of the two: a peak of its own, or the billing demand of another charge (a rider per kW). */
  peak: peak.optional(),
  demand: name.optional(),
  minimumKw: kw.optional(),
  ratchet: ratchet.optional(),
  /** The charge applies in these seasons only: to their intervals, and by their share of the period's days. */
  seasons: z.array(name).min(1).optional(),
  quantityDecimals: z.int().min(0).max(6).optional(),
});

const reactive = z.strictObject({
  kind: z.literal("reactive"),
  ...common,
  rate: decimal,
  /** kW added to a charge's billing demand, times target over actual power factor, where it is below the target. */
  powerFactor: z.strictObject({ target: positive, demand: name }).optional(),
  /** kvarh above this share of the kWh. */
  kvarh: z.strictObject({ freePercent: positive }).optional(),
});

/** Names of lines further up; `above` is all of them. */
const base = z.union([z.literal("above"), z.array(name).min(1)]);

const percent = z.strictObject({ kind: z.literal("percent"), ...common, percent: decimal, of: base });
const minimum = z.strictObject({ kind: z.literal("minimum"), ...common, amount: positive, of: base });
const credit = z.strictObject({
  kind: z.literal("credit"),
  ...common,
  rate: positive,
  per: z.enum(["month", "day", "kWh"]),
});

export const componentSchema = z.discriminatedUnion("kind", [fixed, energy, feedIn, demand, reactive, percent, minimum, credit]);

const rounding = z.strictObject({
  /** Decimals of each line; `none` keeps lines unrounded. */
  line: z.union([z.int().min(0).max(6), z.literal("none")]),
  total: z.int().min(0).max(6),
  mode: z.enum(["half-up", "half-even"]),
});

export const versionSchema = z.strictObject({
  validFrom: date,
  source: text.optional(),
  seasons: z.record(name, season).optional(),
  holidays: z.array(date).optional(),
  schedules: z.record(name, schedule).optional(),
  components: z.array(componentSchema).min(1),
  rounding: rounding.optional(),
});

/** A tariff as data: what a plan file may say, and no other key. Lines are made in the order of the components. */
export const planSchema = z.strictObject({
  schema: z.literal(1),
  name,
  source: text.optional(),
  currency: z.string().regex(/^[A-Z]{3}$/, "expected three letters such as USD"),
  /** A period that a change of versions falls into is split by days, or billed whole as it began. */
  versionChange: z.enum(["split", "as-begun"]).optional(),
  versions: z.array(versionSchema).min(1),
});
