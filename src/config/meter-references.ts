import { meterUnitOf } from "#units/meter-unit.ts";
import { checkDates, type Known } from "./home-references.ts";
import { checkFormulas, type FormulaReader } from "./meter-formulas.ts";
import type { Parts, WrittenMeter } from "./meter-parts.ts";
import { checkPeriods } from "./meter-periods.ts";
import { replacementInstant, zoneIn } from "./replacement-time.ts";
import { nameProblem, shown } from "./values.ts";
import { type Body, isMap, listOf } from "./written.ts";

/** What the references of meters are judged by. */
export interface MeterHouse {
  readonly known: Known;
  /** The section of sites as it is written. */
  readonly sites: unknown;
  /** Points that the file names elsewhere, as `site/point`, or without a site where it names none. */
  readonly points: ReadonlySet<string>;
  readonly formulas?: FormulaReader;
}

const NAME = /^[\p{L}\p{N}_](?:[\p{L}\p{N}_-]*[\p{L}\p{N}_])?$/u;
const NUMBER = /^\d+$/;
const OF_PHYSICAL = ["point", "serial", "readEveryDays", "resetsOn", "calibratedUntil", "modulus", "mostPerDay", "replacements"] as const;
/** Sums nearer to a hundred are one in writing. */
const SUM_ROUNDING = 0.005;

/** Names, dates and units in meters that do not fit each other. */
export function checkMeters(entries: readonly (readonly [string, Body])[], house: MeterHouse): void {
  const meters = entries.map(([key, body]) => writtenMeter(key, body, house));
  if (meters.length > 0 && house.known.sites.length === 0)
    house.known.addAtKey(
      ["meters"],
      "meters are at a site, and there is none in this file; add one like sites: { house: { zone: Europe/Berlin } }",
    );
  for (const meter of meters) {
    checkName(meter, house);
    checkKind(meter, house.known);
    checkLife(meter, house);
    checkDates([...meter.at, "prices"], meter.body["prices"], house.known);
    checkPeriods(meter, partsOf(meter, meters, house), house.known);
  }
  checkPoints(meters, house.known);
  checkFormulas(meters, (meter) => partsOf(meter, meters, house), house);
  tellPatterns(meters, house.known);
}

function writtenMeter(key: string, body: Body, { known }: MeterHouse): WrittenMeter {
  const slash = key.indexOf("/");
  const only = known.sites.length === 1 ? known.sites[0] : undefined;
  const site = typeof body["site"] === "string" ? body["site"] : slash > 0 ? key.slice(0, slash) : only;
  return { key, name: key.slice(slash + 1), body, site, at: ["meters", key] };
}

function checkName({ key, name, body, site, at }: WrittenMeter, { known }: MeterHouse): void {
  if (!NAME.test(name) || NUMBER.test(name) || nameProblem(name.replaceAll("_", "a")) !== undefined)
    known.addAtKey(at, "the name of a meter stands in formulas: it may hold letters, digits, _ and -, at most 100, and is not a number");
  if (key.includes("/")) {
    const where = key.slice(0, key.indexOf("/"));
    if (body["site"] !== undefined && body["site"] !== where) known.add([...at, "site"], `the name says ${where}; keep one of the two`);
    else if (!known.sites.includes(where)) known.addAtKey(at, `${shown(where)} is not a site; there are ${known.sites.join(", ")}`);
  }
  known.check([...at, "site"], body["site"], { what: "a site", known: known.sites });
  if (site === undefined && known.sites.length > 1) known.addAtKey(at, `says no site; there are ${known.sites.join(", ")}: add site`);
}

function checkKind({ body, at }: WrittenMeter, known: Known): void {
  const made = (["periods", "formula"] as const).filter((key) => body[key] !== undefined);
  if (made.length === 2) known.add([...at, "formula"], "a meter is made of periods or of a formula; keep one of the two");
  if (made.length === 0) return;
  for (const key of OF_PHYSICAL)
    if (body[key] !== undefined) known.add([...at, key], `belongs to a meter that is read; this one is made by its ${made[0]}`);
}

function checkLife({ body, site, at }: WrittenMeter, { known, sites }: MeterHouse): void {
  const { installed, removed } = body;
  if (typeof installed === "string" && typeof removed === "string" && removed < installed)
    known.add([...at, "removed"], `is before ${installed}, the day it was installed`);
  const zone = zoneIn(sites, site);
  const seen = new Set<number>();
  for (const [i, row] of listOf(body["replacements"]).entries()) {
    const given = isMap(row) ? row["at"] : undefined;
    if (typeof given !== "string") continue;
    const tMs = replacementInstant(given, zone);
    const path = [...at, "replacements", i, "at"];
    if (tMs === undefined)
      known.add(path, `${shown(given)} is not a date or time; write 2026-03-08, or 2026-03-08T10:30 by the clock of the place`);
    else if (seen.has(tMs)) known.add(path, "another replacement is at the same time; keep one of the two");
    else seen.add(tMs);
  }
}

/** Meters of one site read different dials. */
function checkPoints(meters: readonly WrittenMeter[], known: Known): void {
  const read = new Map<string, string>();
  for (const { key, name, body, site, at } of meters) {
    if (body["periods"] !== undefined || body["formula"] !== undefined) continue;
    const { point: given } = body;
    const [point = "", where, more] = typeof given === "string" ? given.split("/").reverse() : [name];
    const problem = typeof given === "string" ? nameProblem(point) : undefined;
    if (more !== undefined) known.add([...at, "point"], "a point is written as its name, or as site/point");
    else if (problem) known.add([...at, "point"], `the point's name ${problem}`);
    else if (where !== undefined && where !== site) known.add([...at, "point"], `lies at ${where} and the meter at ${site ?? "no site"}`);
    const place = `${site ?? ""}/${point}`;
    const other = read.get(place);
    if (other !== undefined) {
      const path = [...at, ...(given === undefined ? [] : ["point"])];
      (given === undefined ? known.addAtKey : known.add)(
        path,
        `${shown(point)} is the point of ${other} already; two meters are two points`,
      );
    } else read.set(place, key);
  }
}

function partsOf(meter: WrittenMeter, meters: readonly WrittenMeter[], { points }: MeterHouse): Parts {
  const parts = new Map<string, string | undefined>();
  for (const point of points) {
    const [name = "", site] = point.split("/").reverse();
    if (site === undefined || meter.site === undefined || site === meter.site) parts.set(name, undefined);
  }
  for (const { name, body, site } of meters)
    if (site === meter.site) parts.set(name, typeof body["unit"] === "string" ? meterUnitOf(body["unit"]) : undefined);
  return parts;
}

/** One sentence for all, at the first: what they sum to, where that is not a hundred. */
function tellPatterns(meters: readonly WrittenMeter[], known: Known): void {
  const odd = meters.flatMap(({ key, body, at }) => {
    const months = listOf(body["pattern"]);
    if (months.length !== 12 || !months.every((month) => typeof month === "number")) return [];
    const sum = (months as number[]).reduce((all, month) => all + month, 0);
    return Math.abs(sum - 100) < SUM_ROUNDING ? [] : [{ at, text: `${key} (${Number(sum.toFixed(2))})` }];
  });
  const [first] = odd;
  if (first !== undefined)
    known.warn(
      [...first.at, "pattern"],
      `percentages of the months that do not sum to 100 are scaled until they do: ${odd.map(({ text }) => text).join(", ")}`,
    );
}
