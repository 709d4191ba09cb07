import { dateText } from "#calendar/local-text.ts";
import { type Zone, zoneNamed } from "#calendar/zone.ts";
import type { Fact, Registry, Series } from "#sites/registry.ts";
import { unitSymbol } from "#units/unit.ts";
import {
  factsAsKnown,
  GAS_FACT,
  METER_FACT,
  METER_PRICE_FACT,
  METER_REMOVED_FACT,
  meterSaidIn,
  numberOf,
  REPLACEMENT_FACT,
  saidIn,
  textOf,
} from "./meter-facts.ts";
import { foundPoints, registerOf } from "./meter-found.ts";
import { guessMedium } from "./meter-medium.ts";
import { withMediaOfParts } from "./meter-parts.ts";
import type { DeclaredMeter, MeterSaying, MeterSite } from "./meter-sayings.ts";
import type { GasConversion, MeterPrice, MeterSettings, PhysicalMeter, SiteMeters } from "./meter-settings.ts";

/** Everything that is said about the meters of a site but what is wrong with it. */
export type MeterBook = Omit<SiteMeters, "problems">;

interface Known {
  readonly registry: Registry;
  /** As it was known then: what a page said, or took back, after it is not heard. */
  readonly asOfMs?: number | undefined;
}

/**
 * The meters of a site: those of the file in its order, those of pages, then registers nobody named. Of a name that the file says,
 * nothing of a page counts but replacements, prices and decisions.
 */
export function meterBook(site: MeterSite, { registry, asOfMs }: Known): MeterBook {
  const facts = factsAsKnown(registry, site.site, asOfMs);
  const zone = zoneNamed(site.zone);
  const place: Place = { site, zone, facts, points: pointsOf(registry, site.site), names: namesOf(registry, site.site) };
  const declared = new Set(site.meters.map(({ meter }) => meter));
  const pages = pageMeters(facts).filter(({ saying }) => !declared.has(saying.meter));
  const said = [...site.meters.map((saying): Said => ({ saying, from: "file" })), ...pages.filter(({ removed }) => !removed)];
  const named = new Set([...declared, ...pages.map(({ saying }) => saying.meter)]);
  const claimed = new Set(said.flatMap(({ saying }) => (isPhysical(saying) ? [saying.point ?? saying.meter] : [])));
  const found = [...foundPoints(registry, site).keys()].filter((point) => !claimed.has(point) && !named.has(point));
  const all = [...said, ...found.map((point): Said => ({ saying: { meter: point }, from: "found" }))];
  const media = new Set(all.flatMap(({ saying }) => (saying.medium === undefined ? [] : [saying.meter])));
  const { site: id, siteName, currency, startYear, holidays } = site;
  return {
    ...{ site: id, siteName, zone: site.zone, currency, holidays },
    ...(startYear === undefined ? {} : { startYear }),
    meters: withMediaOfParts(
      all.map((one) => settingsOf(one, place)),
      ({ meter }) => media.has(meter),
    ),
    gas: gasOf(site.gas, facts, zone),
  };
}

interface Said {
  readonly saying: DeclaredMeter;
  readonly from: "file" | "page" | "found";
  readonly factId?: number;
  readonly removed?: boolean;
}

interface Place {
  readonly site: MeterSite;
  readonly zone: Zone;
  readonly facts: readonly Fact[];
  readonly points: ReadonlyMap<string, readonly Series[]>;
  readonly names: ReadonlyMap<string, string>;
}

function isPhysical({ periods, formula }: MeterSaying): boolean {
  return periods === undefined && formula === undefined;
}

/** What pages say there is or no longer is: of each name the newest counts. */
function pageMeters(facts: readonly Fact[]): Said[] {
  const newest = new Map<string, Said>();
  for (const fact of facts) {
    if (fact.point === "" || (fact.name !== METER_FACT && fact.name !== METER_REMOVED_FACT)) continue;
    const saying = fact.name === METER_FACT ? meterSaidIn(fact) : { meter: fact.point };
    if (saying === undefined) continue;
    const id = fact.id === undefined ? {} : { factId: fact.id };
    newest.set(fact.point, { saying, from: "page", ...id, removed: fact.name === METER_REMOVED_FACT });
  }
  return [...newest.values()];
}

function settingsOf({ saying, from, factId }: Said, place: Place): MeterSettings {
  const { site, facts } = place;
  const { meter, periods, formula } = saying;
  const own = place.points.get(saying.point ?? meter) ?? [];
  const register = isPhysical(saying) ? registerOf(own, { ranked: site.ranked, unit: saying.unit }) : undefined;
  const unit = unitSymbol(saying.unit ?? usualUnit(register?.unit ?? ""));
  const name = saying.name ?? (isPhysical(saying) ? place.names.get(saying.point ?? meter) : undefined) ?? meter;
  const described = `${meter} ${name} ${saying.description ?? ""}`;
  const mine = facts.filter(({ point }) => point === meter || (isPhysical(saying) && point === (saying.point ?? meter)));
  const says = from === "file" ? "file" : "page";
  return {
    ...{ id: `${site.site}.${meter}`, site: site.site, meter, name, description: saying.description ?? "" },
    medium: saying.medium ?? guessMedium({ name: described, unit, quantity: register?.quantity }),
    group: saying.group ?? "",
    unit,
    what:
      formula !== undefined
        ? { kind: "virtual", formula }
        : periods !== undefined
          ? { kind: "master", periods: periods.toSorted((a, b) => (a.fromDate < b.fromDate ? -1 : 1)) }
          : physicalOf(saying, { series: register?.series ?? [], facts: mine }),
    ...pick(saying, ["installedOn", "removedOn"]),
    ...(saying.pattern === undefined ? {} : { pattern: saying.pattern, patternFrom: says }),
    prices: pricesOf(saying, mine, place.zone),
    ...(saying.declared === undefined ? {} : { declared: saying.declared }),
    ...(factId === undefined ? {} : { factId }),
    demo: own.length > 0 && own.every(({ demo }) => demo === true),
  };
}

/** Firmware counts in Wh; people read kWh. */
function usualUnit(unit: string): string {
  return unitSymbol(unit) === "Wh" ? "kWh" : unit;
}

function physicalOf(saying: DeclaredMeter, { series, facts }: { series: readonly Series[]; facts: readonly Fact[] }): PhysicalMeter {
  const said = facts.filter(({ name }) => name === REPLACEMENT_FACT).flatMap((fact) => replacementSaid(fact) ?? []);
  const file = (saying.replacements ?? []).map((one) => ({ ...one, from: "file" as const }));
  const pinned = new Set(file.map(({ tMs }) => tMs));
  const replacements = [...file, ...said.filter(({ tMs }) => !pinned.has(tMs))].sort((a, b) => a.tMs - b.tMs);
  const newest = replacements.findLast(({ serial }) => serial !== undefined)?.serial;
  const serial = newest ?? saying.serial;
  return {
    kind: "physical",
    point: saying.point ?? saying.meter,
    series,
    ...(serial === undefined ? {} : { serial }),
    replacements,
    ...pick(saying, ["resetsOn", "modulus", "mostPerDay", "readEveryDays", "calibratedUntil"]),
  };
}

function replacementSaid(fact: Fact): PhysicalMeter["replacements"][number] | undefined {
  const said = saidIn(fact);
  if (said === undefined) return undefined;
  const lastReading = numberOf(said["lastReading"]);
  const firstReading = numberOf(said["firstReading"]);
  const serial = textOf(said["serial"]);
  return {
    tMs: fact.fromMs,
    ...(lastReading === undefined ? {} : { lastReading }),
    ...(firstReading === undefined ? {} : { firstReading }),
    ...(serial === undefined ? {} : { serial }),
    from: "page",
    ...(fact.id === undefined ? {} : { factId: fact.id }),
  };
}

/** Of the file and of pages; what the file says from a date is pinned, and of two rows of pages from one date the newer counts. */
function pricesOf(saying: DeclaredMeter, facts: readonly Fact[], zone: Zone): MeterPrice[] {
  const byDate = new Map<string, MeterPrice>();
  for (const fact of facts) {
    const said = fact.name === METER_PRICE_FACT ? saidIn(fact) : undefined;
    const perUnit = amountText(said?.["perUnit"]);
    if (perUnit === undefined) continue;
    const fromDate = dateText(fact.fromMs, zone);
    const id = fact.id === undefined ? {} : { factId: fact.id };
    byDate.set(fromDate, { fromDate, perUnit, baseFeePerMonth: amountText(said?.["baseFeePerMonth"]) ?? "0", from: "page", ...id });
  }
  for (const price of saying.prices ?? []) byDate.set(price.fromDate, { ...price, from: "file" });
  return [...byDate.values()].sort(byFromDate);
}

const AMOUNT = /^-?\d+(?:\.\d+)?$/;

function amountText(value: unknown): string | undefined {
  const text = typeof value === "number" ? String(value) : textOf(value);
  return text !== undefined && AMOUNT.test(text) ? text : undefined;
}

function gasOf(file: readonly GasConversion[], facts: readonly Fact[], zone: Zone): GasConversion[] {
  const byDate = new Map<string, GasConversion>();
  for (const fact of facts) {
    const said = fact.point === "" && fact.name === GAS_FACT ? saidIn(fact) : undefined;
    const calorificKwhPerM3 = numberOf(said?.["calorificKwhPerM3"]);
    const zFactor = numberOf(said?.["zFactor"]);
    if (calorificKwhPerM3 === undefined || zFactor === undefined || !(calorificKwhPerM3 > 0 && zFactor > 0)) continue;
    const basis = said?.["basis"] === "net" ? "net" : "gross";
    const dated = fact.fromMs > 0 ? { fromDate: dateText(fact.fromMs, zone) } : {};
    byDate.set(dated.fromDate ?? "", { ...dated, calorificKwhPerM3, zFactor, basis });
  }
  for (const one of file) byDate.set(one.fromDate ?? "", one);
  return [...byDate.values()].sort((a, b) => byFromDate({ fromDate: a.fromDate ?? "" }, { fromDate: b.fromDate ?? "" }));
}

function byFromDate(a: { readonly fromDate: string }, b: { readonly fromDate: string }): number {
  return a.fromDate < b.fromDate ? -1 : 1;
}

function pick<T extends object, K extends keyof T>(from: T, keys: readonly K[]): { [P in K]?: NonNullable<T[P]> } {
  return Object.fromEntries(keys.flatMap((key) => (from[key] === undefined ? [] : [[key, from[key]]]))) as { [P in K]?: NonNullable<T[P]> };
}

function pointsOf(registry: Registry, site: string): Map<string, Series[]> {
  const points = new Map<string, Series[]>();
  for (const series of registry.series) {
    if (series.site !== site) continue;
    const own = points.get(series.point) ?? [];
    points.set(series.point, own);
    own.push(series);
  }
  return points;
}

function namesOf(registry: Registry, site: string): Map<string, string> {
  return new Map(registry.points.filter((point) => point.site === site).map(({ id, name }) => [id, name]));
}
