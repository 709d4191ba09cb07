import { z } from "zod";
import type { Declared } from "#sites/registry.ts";
import type { Place } from "./place.ts";
import { amount, date, line, webUrl } from "./values.ts";

/** A flat price from a local date on; exact decimal texts. */
export interface PriceConfig {
  readonly fromDate: string;
  readonly perKwh: string;
  readonly baseFeePerMonth: string;
  readonly feedInPerKwh?: string;
}

/** What is paid in advance each month, from a local date on. */
export interface InstalmentConfig {
  readonly fromDate: string;
  /** Exact decimal text. */
  readonly amount: string;
}

/** A home, as far as the file says anything about it. */
export interface HomeConfig {
  /** Its key in the file. */
  readonly name: string;
  /** What people call it. */
  readonly title: string;
  /** Left out: the only site. */
  readonly site?: string;
  /** Points of that site. Left out: its only meter of a grid connection. */
  readonly grid?: string;
  readonly solar: readonly string[];
  readonly battery: readonly string[];
  /** Oldest first. */
  readonly prices: readonly PriceConfig[];
  readonly instalments: readonly InstalmentConfig[];
  /** Month and day a year of settlement begins: `01-01`. */
  readonly settlement: string;
  readonly readerUrl?: string;
  /** Most the connection can deliver. */
  readonly connectionKw?: number;
  readonly declared?: Declared;
}

const monthDay = z
  .string()
  .refine(
    (given) => /^\d{2}-\d{2}$/.test(given) && date.safeParse(`2027-${given}`).success,
    'expected month and day like "01-01", in quotes; there is no year that begins on February 29',
  );

const price = z.strictObject({ from: date, perKwh: amount, baseFeePerMonth: amount.optional(), feedInPerKwh: amount.optional() });
const instalment = z.strictObject({ from: date, amount });

const home = z.strictObject({
  name: line.optional(),
  site: line.optional(),
  grid: line.optional(),
  solar: z.array(line).optional(),
  battery: z.array(line).optional(),
  prices: z.array(price).min(1).optional(),
  instalments: z.array(instalment).optional(),
  settlement: monthDay.optional(),
  readerUrl: webUrl.optional(),
  connectionKw: z.number().positive().max(10_000).optional(),
});

export const homesSchema = z.record(z.string(), home);
type HomeBody = z.infer<typeof home>;

const SETTLEMENT = "01-01";

/** Homes with their defaults filled in. */
export function homesOf(content: z.infer<typeof homesSchema> | undefined, place: Place): HomeConfig[] {
  return Object.entries(content ?? {}).map(([name, body]) => homeOf(name, body, place));
}

function homeOf(name: string, body: HomeBody, place: Place): HomeConfig {
  const site = body.site ?? siteIn([body.grid, ...(body.solar ?? []), ...(body.battery ?? [])]);
  return {
    name,
    title: body.name ?? place.titled(name),
    ...(site === undefined ? {} : { site }),
    ...(body.grid === undefined ? {} : { grid: pointIn(body.grid) }),
    solar: (body.solar ?? []).map(pointIn),
    battery: (body.battery ?? []).map(pointIn),
    prices: (body.prices ?? []).map(priceOf).sort(byDate),
    instalments: (body.instalments ?? []).map((row) => ({ fromDate: row.from, amount: row.amount })).sort(byDate),
    settlement: body.settlement ?? SETTLEMENT,
    ...(body.readerUrl === undefined ? {} : { readerUrl: body.readerUrl }),
    ...(body.connectionKw === undefined ? {} : { connectionKw: body.connectionKw }),
    declared: place.of(["homes", name]),
  };
}

function priceOf(row: z.infer<typeof price>): PriceConfig {
  return {
    fromDate: row.from,
    perKwh: row.perKwh,
    baseFeePerMonth: row.baseFeePerMonth ?? "0",
    ...(row.feedInPerKwh === undefined ? {} : { feedInPerKwh: row.feedInPerKwh }),
  };
}

/** A point is written `meter`, or `home/meter` with its site. */
function siteIn(points: readonly (string | undefined)[]): string | undefined {
  return points.find((point) => point?.includes("/"))?.split("/")[0];
}

function pointIn(written: string): string {
  return written.slice(written.indexOf("/") + 1);
}

function byDate(a: { readonly fromDate: string }, b: { readonly fromDate: string }): number {
  return a.fromDate < b.fromDate ? -1 : 1;
}
