import type { PeriodRule } from "#calendar/periods.ts";
import type { Config, TariffConfig } from "#config/config.ts";
import { CSV_SOURCE } from "#intake/csv-text.ts";
import { HOME_ASSISTANT } from "#intake/home-assistant/wish.ts";
import { OLD_TASMOTA } from "#intake/old-tasmota/destination.ts";
import { AZURE_SOURCE } from "#outlets/azure-sql/settings.ts";
import { openPlant } from "#reports/open-plant.ts";
import type { PlantReports } from "#reports/plant.ts";
import type { CounterChoice, PlantSettings, PlantSource } from "#reports/plant-settings.ts";
import type { Registry, Site } from "#sites/registry.ts";
import type { Store } from "#store/store.ts";
import type { Plan, PlanVersion } from "#tariffs/plan.ts";

/** Dialects whose points are metered in intervals. */
const PLANT_DIALECTS: ReadonlySet<string> = new Set(["kyz-pulse", "plc-csv"]);
/** Finished intervals that say what was used; the mean of an hour says nothing of it. */
const USED_QUANTITIES: ReadonlySet<string> = new Set(["energy", "demand", "interval-pulses"]);
const PULSE_FACTS: ReadonlySet<string> = new Set(["pulsesPerKwh", "kwhPerPulse"]);
const DEFAULT_INTERVAL_MINUTES = 15;

/** The reports of every point that is billed by a tariff or metered by pulses, in the order of the configuration. */
export async function plantsOf(parts: { config: Config; demo: boolean; store: Store; nowMs: () => number }): Promise<PlantReports[]> {
  const { config, demo, store, nowMs } = parts;
  const registry = await store.registry();
  return keysOf(config, registry).flatMap((key) => {
    const [siteId = "", point = ""] = key.split("/");
    const site = config.sites.find((one) => one.id === siteId);
    if (site === undefined) return [];
    const settings = plantSettings(config, { site, point, demo, registry });
    const counter = counterOf(config, { site: siteId, point, registry });
    return [openPlant(store, counter === undefined ? settings : { ...settings, counter }, nowMs)];
  });
}

/** Points as `site/point`: with a tariff, with a pulse value, of a configured plant source, and those the store knows pulses of. */
function keysOf(config: Config, registry: Registry): string[] {
  const keys = new Set(config.tariffs.map(({ site, point }) => `${site}/${point}`));
  for (const { site, id, facts } of config.points) if (facts.some((fact) => PULSE_FACTS.has(fact.name))) keys.add(`${site}/${id}`);
  const sources = config.sources.filter(({ dialect }) => PLANT_DIALECTS.has(dialect));
  for (const { name } of sources) {
    const known = registry.series.filter(
      (series) => series.source === name && (series.quantity === "pulses" || series.kind === "interval"),
    );
    for (const { site, point } of known) keys.add(`${site}/${point}`);
  }
  for (const { site, options } of sources) {
    const at = site ?? (config.sites.length === 1 ? config.sites[0]?.id : undefined);
    const point = optionOf(options, "point");
    if (at !== undefined && ![...keys].some((key) => key.startsWith(`${at}/`)))
      keys.add(`${at}/${typeof point === "string" ? point : "main"}`);
  }
  return [...keys];
}

/** Most a connection delivers where nobody said it: more than a house's, and far too little for what registers show in error. */
const CONNECTION_KW = 100;
/** Where demand is billed there may be a farm or a shop. */
const BILLED_DEMAND_KW = 250;

/** Most the grid connection of a point delivers: as its home says. */
export function connectionOf(
  { homes, tariffs }: Pick<Config, "homes" | "tariffs">,
  { site, point }: { site: string; point: string },
): number {
  const said = homes.find((home) => (home.site ?? site) === site && home.grid === point)?.connectionKw;
  const plans = tariffs.filter((tariff) => tariff.site === site && tariff.point === point).map(({ plan }) => plan);
  return said ?? (plans.some(billsDemand) ? BILLED_DEMAND_KW : CONNECTION_KW);
}

function billsDemand({ versions }: Plan): boolean {
  return versions.some(({ components }) => components.some(({ kind }) => kind === "demand"));
}

/** The register that counts the energy of a point, also one that has not been read yet. Missing: undefined where pulses do, or may. */
function counterOf(
  config: Config,
  { site, point, registry }: { site: string; point: string; registry: Registry },
): CounterChoice | undefined {
  const own = registry.series.filter((series) => series.site === site && series.point === point);
  const counted = own.filter(({ kind }) => kind === "counter").map(({ quantity }) => quantity);
  const quantity = ["energy-import", "energy"].find((one) => counted.includes(one));
  if (own.some(({ quantity: said, kind }) => said === "pulses" || (kind === "interval" && USED_QUANTITIES.has(said)))) return undefined;
  const mayPulse = config.sources.some((source) => PLANT_DIALECTS.has(source.dialect) && (source.site ?? site) === site);
  if (quantity === undefined && mayPulse) return undefined;
  return { quantity: quantity ?? "energy-import", connectionKw: connectionOf(config, { site, point }) };
}

/** What is said about one metered point. */
export function plantSettings(
  config: Config,
  { site, point, demo, registry }: { site: Site; point: string; demo: boolean; registry: Registry },
): PlantSettings {
  const tariffs = config.tariffs.filter((tariff) => tariff.site === site.id && tariff.point === point);
  const named = config.points.find((one) => one.site === site.id && one.id === point);
  const plan = planOf(tariffs);
  return {
    site: site.id,
    point,
    name: named?.name ?? (point === "main" ? "Main meter" : point),
    siteName: site.name,
    zone: site.zone,
    currency: site.currency,
    holidays: config.holidays.get(site.id) ?? [],
    sources: sourcesOf(config, { site: site.id, point, registry }),
    facts: named?.facts ?? [],
    intervalMinutes: intervalOf(config, site.id),
    ...(plan === undefined ? {} : { plan }),
    billing: tariffs.findLast((tariff) => tariff.billing !== undefined)?.billing ?? CALENDAR,
    demo,
  };
}

const CALENDAR: PeriodRule = { kind: "calendar" };

const TAKEN_OVER: readonly PlantSource[] = [
  { name: HOME_ASSISTANT, title: "Home Assistant", rank: "derived" },
  { name: CSV_SOURCE, title: "CSV import", rank: "derived" },
  { name: OLD_TASMOTA, title: "Old Tasmota monitor", rank: "derived" },
];

/** Sources that can speak of the point: those of its dialects, those that have, and rows that others put into the mirror. */
function sourcesOf(config: Config, { site, point, registry }: { site: string; point: string; registry: Registry }): PlantSource[] {
  const spoke = new Set(registry.series.filter((series) => series.site === site && series.point === point).map((series) => series.source));
  const configured = config.sources
    .filter((source) => source.site === undefined || source.site === site)
    .filter(({ name, dialect }) => PLANT_DIALECTS.has(dialect) || spoke.has(name))
    .map(({ name, title, rank, graceSeconds }) => ({ name, title, rank, ...(graceSeconds === undefined ? {} : { graceSeconds }) }));
  const { azure } = config.outlets;
  const mirrored =
    azure === undefined || (azure.site ?? site) !== site ? [] : [{ name: AZURE_SOURCE, title: "SQL Server", rank: azure.rank }];
  // History of a monitor that nobody reads any more: wherever a reader knows an interval, that one counts.
  const takenOver = TAKEN_OVER.filter(({ name }) => spoke.has(name));
  return [...takenOver, ...configured, ...mirrored];
}

/** Length of an interval as the first plant source of the site has it. */
function intervalOf(config: Config, site: string): number {
  const source = config.sources.find((one) => PLANT_DIALECTS.has(one.dialect) && (one.site === undefined || one.site === site));
  const lengthMs = optionOf(source?.options, "intervalMs");
  return typeof lengthMs === "number" ? lengthMs / 60_000 : DEFAULT_INTERVAL_MINUTES;
}

function optionOf(options: unknown, name: string): unknown {
  return typeof options === "object" && options !== null ? (options as Readonly<Record<string, unknown>>)[name] : undefined;
}

/** Plans that follow one another as one: each holds from its `validFrom` until the next one does. */
export function planOf(tariffs: readonly Pick<TariffConfig, "plan" | "validFrom">[]): Plan | undefined {
  const inOrder = tariffs.toSorted((a, b) => ((a.validFrom ?? "") < (b.validFrom ?? "") ? -1 : 1));
  const newest = inOrder.at(-1)?.plan;
  if (newest === undefined) return undefined;
  const versions = inOrder.flatMap(({ plan, validFrom = "" }, i) => heldBetween(plan.versions, validFrom, inOrder[i + 1]?.validFrom));
  return inOrder.length === 1 && inOrder[0]?.validFrom === undefined ? newest : { ...newest, versions };
}

/** Versions in force from one date up to another, the first one cut to begin with it. */
function heldBetween(versions: readonly PlanVersion[], fromDate: string, toDate: string | undefined): PlanVersion[] {
  const inOrder = versions.toSorted((a, b) => (a.validFrom < b.validFrom ? -1 : 1));
  const begun = inOrder.findLastIndex((version) => version.validFrom <= fromDate);
  return inOrder
    .slice(Math.max(begun, 0))
    .filter((version) => toDate === undefined || version.validFrom < toDate)
    .map((version) => (version.validFrom < fromDate ? { ...version, validFrom: fromDate } : version));
}
