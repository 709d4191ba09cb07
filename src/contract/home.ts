import { z } from "zod";
import { editSchema } from "./edits.ts";
import { figure, instantMs, localTime, money, spanSchema } from "./plant-parts.ts";

/** Where a price or an instalment was said: rows of a file are read-only. */
const saidIn = z.enum(["file", "page", "default", "tariff"]);

const priceSchema = z.object({
  fromDate: z.string().describe("local date"),
  perKwh: money,
  baseFeePerMonth: money,
  feedInPerKwh: money.nullable(),
  from: saidIn,
  /** For undoing one of the page; null otherwise. */
  factId: z.number().nullable(),
});
export type HomePrice = z.infer<typeof priceSchema>;

const instalmentSchema = z.object({ fromDate: z.string(), amount: money, from: saidIn, factId: z.number().nullable() });
export type HomeInstalment = z.infer<typeof instalmentSchema>;

const homeSchema = z.object({
  id: z.string().describe("site and point with a dot between"),
  site: z.string(),
  siteName: z.string(),
  point: z.string(),
  name: z.string(),
  zone: z.string(),
  currency: z.string(),
  /** Series behind the live numbers, for the live socket; null where the meter does not send them. */
  series: z.object({
    power: z.string().nullable(),
    bought: z.string().nullable(),
    sold: z.string().nullable(),
    phases: z.array(z.string()),
    solar: z.array(z.string()),
    battery: z.array(z.string()),
  }),
  /** Name of the reader, and its own page. */
  reader: z.object({ title: z.string(), url: z.string().nullable(), everyMs: figure }),
  /** The meter only counts whole kWh and sends no power. */
  wholeKwh: z.boolean(),
  hasSold: z.boolean(),
  hasPhases: z.boolean(),
  hasBalance: z.boolean(),
  firstMs: instantMs.nullable().describe("first reading; null while there is none"),
  lastMs: instantMs.nullable(),
  prices: z.array(priceSchema).describe("oldest first"),
  instalments: z.array(instalmentSchema),
  settlement: z.string().describe("month and day a year of settlement begins"),
  /** Id of GET /plants for its bills; null without. */
  plant: z.string().nullable(),
  openEvents: z.number().describe("events of the register that nobody has decided"),
  needs: z.array(z.string()).describe("what is not set yet, in words"),
  demo: z.boolean(),
});
export type HomeInfo = z.infer<typeof homeSchema>;

/** GET /homes */
export const homesSchema = z.object({ nowMs: instantMs, homes: z.array(homeSchema) });
export type HomesAnswer = z.infer<typeof homesSchema>;

export const homeParamsSchema = z.object({ id: z.string().max(400).describe("id of GET /homes") });

const figuresSchema = spanSchema.extend({
  boughtKwh: figure,
  soldKwh: figure.describe("null where nothing is ever sold"),
  cost: money.nullable().describe("energy and base fee; null without a price"),
  baseFee: money.nullable(),
  earned: money.nullable(),
  coverage: z.number(),
  typicalKwh: figure.describe("bought on a typical stretch of the kind; null with too little to compare with"),
  typicalSoFarKwh: figure.describe("until the same moment"),
});
export type HomeFigures = z.infer<typeof figuresSchema>;

const powerSchema = z.object({
  powerW: figure.describe("from the grid; negative is sold"),
  atMs: instantMs.nullable(),
  ageMs: figure,
  derived: z.boolean().describe("from the register: the meter sends no power"),
  phasesW: z.array(z.number()).nullable(),
  source: z.string().nullable(),
});

const yearEndSchema = z.object({ cost: money, balance: money.describe("positive is money back"), plusMinus: money, method: z.string() });

/** GET /homes/:id/summary */
export const homeSummarySchema = z.object({
  home: z.string(),
  zone: z.string(),
  currency: z.string(),
  nowMs: instantMs,
  nowLocal: localTime,
  power: powerSchema,
  today: figuresSchema,
  week: figuresSchema,
  month: figuresSchema,
  year: figuresSchema,
  total: figuresSchema,
  instalments: z
    .object({
      year: spanSchema,
      paid: money,
      paidCount: z.number(),
      yearPaid: money,
      yearCount: z.number(),
      each: money,
      costSoFar: money.describe("of what was metered, fees included, what was earned taken off"),
      costFromMs: instantMs.describe("beginning of the year, or the day of the first reading in it"),
      costBefore: money.nullable().describe("what the year before that is taken to have cost; null with too little history"),
      balanceSoFar: money.describe("paid, less cost so far and before; positive is money back"),
      yearEnd: yearEndSchema.nullable(),
    })
    .nullable(),
  readings: z.object({ today: z.number(), expectedToday: z.number(), lastHour: z.number() }),
});
export type HomeSummaryAnswer = z.infer<typeof homeSummarySchema>;

/** Where weeks begin is the reader's locale: the browser says it. */
export const homeSummaryQuerySchema = z.object({ weekStart: z.coerce.number().int().min(0).max(6).default(1).describe("0 is Sunday") });

const range = {
  from: z.string().max(40).describe("an instant, a clock reading of the home, or a local date from its first moment"),
  to: z.string().max(40).describe("likewise; a local date until its last moment"),
};

/** GET /homes/:id/chart */
export const homeChartQuerySchema = z.object({
  ...range,
  points: z.coerce.number().int().min(10).max(20_000).default(1_200).describe("rows the screen can show"),
  phases: z.stringbool().default(false),
  typical: z.stringbool().default(true),
});
const columnSchema = z.array(figure);
export const homeChartSchema = z.object({
  fromMs: instantMs,
  toMs: instantMs,
  stepMs: z.number().describe("width of a row; 0 where rows are the readings themselves"),
  tMs: z.array(instantMs),
  powerW: columnSchema,
  minW: columnSchema,
  maxW: columnSchema,
  quality: z.array(z.number()),
  boughtKwh: columnSchema.describe("since the beginning of the range"),
  soldKwh: columnSchema,
  phasesW: z.array(columnSchema).nullable(),
  derived: z.boolean(),
  typical: z.object({ tMs: z.array(instantMs), powerW: columnSchema, days: z.number() }),
});
export type HomeChartAnswer = z.infer<typeof homeChartSchema>;

/** GET /homes/:id/selection */
export const homeSelectionQuerySchema = z.object(range);
export const homeSelectionSchema = figuresSchema.extend({
  perKwh: money.nullable().describe("mean price of a bought kWh of the stretch, base fee apart"),
  maxW: figure,
  maxMs: instantMs.nullable(),
  minW: figure,
  minMs: instantMs.nullable(),
  meanW: figure.describe("over time, not over readings"),
  count: z.number().describe("readings with power"),
  derived: z.boolean(),
});
export type HomeSelectionAnswer = z.infer<typeof homeSelectionSchema>;

/** GET /homes/:id/days */
export const homeDaysQuerySchema = z.object({ from: z.string().max(10), to: z.string().max(10) });
const daySchema = spanSchema.extend({
  date: z.string(),
  boughtKwh: figure,
  soldKwh: figure,
  cost: money.nullable(),
  coverage: z.number(),
  partial: z.boolean(),
  mean30Kwh: figure,
  typicalKwh: figure.describe("of this weekday"),
});
export type HomeDay = z.infer<typeof daySchema>;
export const homeDaysSchema = z.object({ home: z.string(), zone: z.string(), days: z.array(daySchema) });
export type HomeDaysAnswer = z.infer<typeof homeDaysSchema>;

/** GET /homes/:id/balance: null where nothing but the grid is metered. */
export const homeBalanceSchema = z.object({
  balance: spanSchema
    .extend({
      gridInKwh: figure,
      gridOutKwh: figure,
      solarKwh: figure,
      batteryInKwh: figure,
      batteryOutKwh: figure,
      houseKwh: figure,
      selfConsumption: figure.describe("0 to 1"),
      autarky: figure.describe("0 to 1"),
      coverage: z.number().describe("share of the time in which every meter is known: the energies are of that time alone"),
      now: z.object({ gridW: figure, solarW: figure, batteryW: figure, houseW: figure }),
    })
    .nullable(),
});
export type HomeBalanceAnswer = z.infer<typeof homeBalanceSchema>;

/** GET /homes/:id/events */
const eventSchema = z.object({
  id: z.string(),
  kind: z.enum(["blip", "jitter", "reset", "rollover", "swap", "implausible", "caught-up"]),
  quantity: z.string(),
  source: z.string(),
  tMs: instantMs,
  local: localTime,
  beforeKwh: figure,
  afterKwh: figure,
  beforeMs: instantMs,
  afterMs: instantMs,
  countedKwh: figure,
  open: z.boolean().describe("not certain: a person should decide"),
  sentence: z.string(),
  decision: z
    .object({ what: z.enum(["blip", "reset", "rollover", "swap", "real"]), who: z.string(), madeMs: instantMs, factId: z.number() })
    .nullable(),
});
export type HomeEvent = z.infer<typeof eventSchema>;
export const homeEventsQuerySchema = z.object({ from: range.from.optional(), to: range.to.optional() });
export const homeEventsSchema = z.object({ home: z.string(), events: z.array(eventSchema).describe("newest first") });
export type HomeEventsAnswer = z.infer<typeof homeEventsSchema>;

/** DELETE /homes/:id/facts/:fact: take back what was said on a page. */
export const homeFactParamsSchema = homeParamsSchema.extend({ fact: z.coerce.number().int().min(0) });
/** What was said, as POST and DELETE answer it: `id` is what undoing names. */
export const homeFactSchema = editSchema;
export type HomeFact = z.infer<typeof homeFactSchema>;

/** POST /homes/:id/events: decide about one. Undone by DELETE /homes/:id/facts/:fact, like prices and instalments of the page. */
export const homeDecisionSchema = z.object({ event: z.string().max(300), what: z.enum(["blip", "reset", "rollover", "swap", "real"]) });

const amount = z
  .string()
  .regex(/^-?\d{1,9}([.]\d{1,9})?$/, "write a decimal number like 0.3102")
  .describe("exact decimal text");
/** POST /homes/:id/prices */
export const homeNewPriceSchema = z.object({
  fromDate: z.iso.date(),
  perKwh: amount,
  baseFeePerMonth: amount.default("0"),
  feedInPerKwh: amount.nullable().default(null),
});
/** POST /homes/:id/instalments */
export const homeNewInstalmentSchema = z.object({ fromDate: z.iso.date(), amount });

/** POST /homes/:id/import */
export const homeImportQuerySchema = z.object({ dryRun: z.stringbool().default(true).describe("count, and keep nothing") });
export const homeImportSchema = z.object({
  dryRun: z.boolean(),
  rows: z.number().describe("lines below the first"),
  new: z.number().describe("samples, several in a line: nobody knew them"),
  known: z.number().describe("kept already, the very same"),
  different: z.number().describe("kept already with another value, which stays"),
  covered: z.number().describe("left out: the reader has its own readings around them"),
  rejected: z.number().describe("lines that cannot be read"),
  problems: z.array(z.object({ line: z.number(), sentence: z.string() })).describe("the first twenty of them"),
  firstMs: instantMs.nullable(),
  lastMs: instantMs.nullable(),
});
export type HomeImport = z.infer<typeof homeImportSchema>;

/** GET /homes/:id/export.csv */
export const homeExportQuerySchema = z.object(range);
