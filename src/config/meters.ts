import { z } from "zod";
import type { Declared } from "#sites/registry.ts";
import { ALLOCATOR_UNIT, meterUnitOf } from "#units/meter-unit.ts";
import type { Place } from "./place.ts";
import { amount, date, line, shown } from "./values.ts";

export const METER_MEDIA = ["electricity", "gas", "water", "heat", "solar", "other"] as const;

/** What a unit of a meter costs from a local date on; exact decimal texts. */
export interface MeterPriceConfig {
  readonly fromDate: string;
  readonly perUnit: string;
  readonly baseFeePerMonth: string;
}

/** A device that was changed: what the old one showed last and the new one first. */
export interface MeterReplacementConfig {
  /** A date alone is the end of its local day, as it is for a reading. */
  readonly tMs: number;
  readonly lastReading?: number;
  readonly firstReading?: number;
  readonly serial?: string;
}

/** A stretch of a master; local dates, both inclusive, `toDate` left out: still. */
export interface MeterPeriodConfig {
  readonly fromDate: string;
  readonly toDate?: string;
  /** Their sum; names of meters of the site. */
  readonly sources: readonly string[];
}

export interface PhysicalMeterConfig {
  readonly kind: "physical";
  /** Left out: the point of its name. */
  readonly point?: string;
  readonly serial?: string;
  /** Oldest first. */
  readonly replacements: readonly MeterReplacementConfig[];
  /** Month and day at whose end an allocator starts again: `12-31`. */
  readonly resetsOn?: string;
  readonly modulus?: number;
  readonly mostPerDay?: number;
  readonly readEveryDays?: number;
  /** Local date. */
  readonly calibratedUntil?: string;
}

/** What the file says about a meter. */
export interface MeterConfig {
  /** Its name in formulas and periods. */
  readonly meter: string;
  /** What people call it. */
  readonly title: string;
  /** Left out: the only site. */
  readonly site?: string;
  /** In the house's spelling; `units` of an allocator. */
  readonly unit: string;
  /** Left out: as its unit and quantity say. */
  readonly medium?: (typeof METER_MEDIA)[number];
  /** Empty for none. */
  readonly group: string;
  readonly description: string;
  /** Local dates, both days belong to the meter. */
  readonly installedOn?: string;
  readonly removedOn?: string;
  /** Percent per month, January first, as written. */
  readonly pattern?: readonly number[];
  /** Oldest first. */
  readonly prices: readonly MeterPriceConfig[];
  readonly what:
    | PhysicalMeterConfig
    | { readonly kind: "master"; readonly periods: readonly MeterPeriodConfig[] }
    | { readonly kind: "virtual"; readonly formula: string };
  readonly declared?: Declared;
}

const MONTHS = 12;
/** Sums of percentages that are taken for a hundred. */
const SUM = { least: 95, most: 105 } as const;
/** Later years mean "still" in systems that know no open end. */
export const STILL_FROM = "9000-01-01";

const meterUnit = line
  .transform((given) => meterUnitOf(given) ?? { given })
  .transform((found, context): string => {
    if (typeof found === "string") return found;
    context.addIssue({
      code: "custom",
      message: `${shown(found.given)} is not a unit of a meter; write one like kWh, MWh, m³ or l, or ${ALLOCATOR_UNIT} for an allocator without a unit`,
    });
    return z.NEVER;
  });

/** Twelve percentages, January first, that sum to about a hundred. */
export const meterPattern = z.array(z.number().min(0)).superRefine((given, context) => {
  const add = (message: string): void => context.addIssue({ code: "custom", message });
  const sum = given.reduce((all, one) => all + one, 0);
  if (given.length !== MONTHS) add(`expected ${MONTHS} numbers, January first, found ${given.length}`);
  else if (sum < SUM.least || sum > SUM.most)
    add(
      `the percentages of the months sum to ${Number(sum.toFixed(2))}, and have to sum to 100; from ${SUM.least} to ${SUM.most} they are made to`,
    );
});

const monthDay = z
  .string()
  .refine(
    (given) => /^\d{2}-\d{2}$/.test(given) && date.safeParse(`2028-${given}`).success,
    'expected month and day like "12-31", in quotes',
  );
const reading = z.number().min(0);
const names = z.array(line).min(1).max(50);

const replacement = z.strictObject({ at: line, last: reading.optional(), first: reading.optional(), serial: line.optional() });
const price = z.strictObject({ from: date, perUnit: amount, baseFeePerMonth: amount.optional() });
const period = z.strictObject({ from: date, to: date.optional(), sources: names });

const meter = z.strictObject({
  name: line.optional(),
  site: line.optional(),
  point: line.optional(),
  unit: meterUnit,
  medium: z.enum(METER_MEDIA).optional(),
  group: line.optional(),
  description: z.string().max(500).optional(),
  installed: date.optional(),
  removed: date.optional(),
  serial: line.optional(),
  pattern: meterPattern.optional(),
  readEveryDays: z.int().min(1).max(3_660).optional(),
  resetsOn: monthDay.optional(),
  calibratedUntil: date.optional(),
  modulus: z.number().positive().optional(),
  mostPerDay: z.number().positive().optional(),
  replacements: z.array(replacement).optional(),
  prices: z.array(price).min(1).optional(),
  periods: z.array(period).min(1).max(100).optional(),
  formula: z.string().min(1).max(1_000).optional(),
});

export const metersSchema = z.record(z.string(), meter);
type MeterBody = z.infer<typeof meter>;

/** What the meters are put together with. */
export interface MeterPlace {
  readonly place: Place;
  /** Instant of a written replacement at a site. */
  readonly replacedAt: (written: string, site: string | undefined) => number;
}

/** Meters of the file with their defaults filled in. */
export function metersOf(content: z.infer<typeof metersSchema> | undefined, house: MeterPlace): MeterConfig[] {
  return Object.entries(content ?? {}).map(([key, body]) => meterOf(key, body, house));
}

function meterOf(key: string, body: MeterBody, house: MeterPlace): MeterConfig {
  const name = key.slice(key.indexOf("/") + 1);
  const site = body.site ?? (key.includes("/") ? key.slice(0, key.indexOf("/")) : undefined);
  return {
    meter: name,
    title: body.name ?? house.place.titled(name),
    ...(site === undefined ? {} : { site }),
    unit: body.unit,
    ...(body.medium === undefined ? {} : { medium: body.medium }),
    group: body.group ?? "",
    description: body.description ?? "",
    ...(body.installed === undefined ? {} : { installedOn: body.installed }),
    ...(body.removed === undefined || body.removed >= STILL_FROM ? {} : { removedOn: body.removed }),
    ...(body.pattern === undefined ? {} : { pattern: body.pattern }),
    prices: (body.prices ?? []).map(priceOf).sort((a, b) => (a.fromDate < b.fromDate ? -1 : 1)),
    what: whatOf(body, site, house),
    declared: house.place.of(["meters", key]),
  };
}

function priceOf(row: z.infer<typeof price>): MeterPriceConfig {
  return { fromDate: row.from, perUnit: row.perUnit, baseFeePerMonth: row.baseFeePerMonth ?? "0" };
}

function whatOf(body: MeterBody, site: string | undefined, { replacedAt }: MeterPlace): MeterConfig["what"] {
  if (body.formula !== undefined) return { kind: "virtual", formula: body.formula };
  if (body.periods !== undefined) return { kind: "master", periods: body.periods.map(periodOf) };
  const { serial, resetsOn, modulus, mostPerDay, readEveryDays, calibratedUntil } = body;
  const said = { serial, resetsOn, modulus, mostPerDay, readEveryDays, calibratedUntil };
  return {
    kind: "physical",
    ...(body.point === undefined ? {} : { point: body.point.slice(body.point.indexOf("/") + 1) }),
    ...(Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined)) as Partial<PhysicalMeterConfig>),
    replacements: (body.replacements ?? [])
      .map(({ at, last, first, serial: next }) => ({
        tMs: replacedAt(at, site),
        ...(last === undefined ? {} : { lastReading: last }),
        ...(first === undefined ? {} : { firstReading: first }),
        ...(next === undefined ? {} : { serial: next }),
      }))
      .sort((a, b) => a.tMs - b.tMs),
  };
}

/** An end that never comes is no end. */
function periodOf({ from, to, sources }: z.infer<typeof period>): MeterPeriodConfig {
  return { fromDate: from, ...(to === undefined || to >= STILL_FROM ? {} : { toDate: to }), sources };
}
