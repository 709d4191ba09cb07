import type { Fact, Registry } from "#sites/registry.ts";
import type { MeterSaying } from "./meter-sayings.ts";
import { type MasterPeriod, MEDIA, type Medium } from "./meter-settings.ts";

/** Names of the facts that pages keep about meters. */
export const METER_FACT = "meter";
export const METER_REMOVED_FACT = "meter-removed";
export const REPLACEMENT_FACT = "meter-replacement";
export const DECISION_FACT = "meter-decision";
export const METER_PRICE_FACT = "meter-price";
export const DISMISSED_FACT = "anomaly-dismissed";
export const GAS_FACT = "gas-conversion";

/** Facts of a site as they were known at an instant, oldest first: without what was said, or taken back, after it. */
export function factsAsKnown(registry: Registry, site: string, asOfMs = Number.POSITIVE_INFINITY): Fact[] {
  return registry.facts
    .filter((fact) => fact.site === site && fact.madeMs <= asOfMs && (fact.undoneMs === undefined || fact.undoneMs > asOfMs))
    .sort((a, b) => a.madeMs - b.madeMs || (a.id ?? 0) - (b.id ?? 0));
}

/** What a fact's JSON says. Missing: undefined for what is no object. */
export function saidIn({ value }: Fact): Readonly<Record<string, unknown>> | undefined {
  try {
    const said: unknown = JSON.parse(String(value));
    return typeof said === "object" && said !== null ? (said as Readonly<Record<string, unknown>>) : undefined;
  } catch {
    return undefined;
  }
}

export const textOf = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value : undefined);
export const numberOf = (value: unknown): number | undefined => (typeof value === "number" && Number.isFinite(value) ? value : undefined);

/** The meter a page says there is. Missing: undefined for a fact that says none. */
export function meterSaidIn(fact: Fact): MeterSaying | undefined {
  const said = saidIn(fact);
  if (said === undefined) return undefined;
  const text = (key: string) => given(key, textOf(said[key]));
  const number = (key: string) => given(key, numberOf(said[key]));
  const isKind = (kind: string) => said["kind"] === kind;
  return {
    meter: fact.point,
    ...text("name"),
    ...text("description"),
    ...text("group"),
    ...text("unit"),
    ...given("medium", mediumOf(said["medium"])),
    ...(isKind("physical") ? text("point") : {}),
    ...(isKind("master") ? { periods: periodsOf(said["periods"]) } : {}),
    ...(isKind("virtual") ? { formula: textOf(said["formula"]) ?? "" } : {}),
    ...text("installedOn"),
    ...text("removedOn"),
    ...text("serial"),
    ...given("pattern", patternOf(said["pattern"])),
    ...number("readEveryDays"),
    ...text("resetsOn"),
    ...text("calibratedUntil"),
    ...number("modulus"),
    ...number("mostPerDay"),
  };
}

function given<T>(key: string, value: T | undefined): Record<string, T> {
  return value === undefined ? {} : { [key]: value };
}

function mediumOf(value: unknown): Medium | undefined {
  return MEDIA.find((medium) => medium === value);
}

function patternOf(value: unknown): number[] | undefined {
  if (!Array.isArray(value) || value.length !== 12) return undefined;
  const percent = value.map(numberOf);
  return percent.every((one): one is number => one !== undefined && one >= 0) ? percent : undefined;
}

/** Later dates mean "still" to people who know no open end. */
const STILL_FROM = "9000-01-01";

function periodsOf(value: unknown): MasterPeriod[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((row: Readonly<Record<string, unknown>>) => {
    const fromDate = textOf(row["fromDate"]);
    const toDate = textOf(row["toDate"]);
    const sources = Array.isArray(row["sources"]) ? row["sources"].flatMap((name) => textOf(name) ?? []) : [];
    return fromDate === undefined ? [] : [{ fromDate, sources, ...(toDate === undefined || toDate >= STILL_FROM ? {} : { toDate }) }];
  });
}
