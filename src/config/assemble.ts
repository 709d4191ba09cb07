import { dirname, join, resolve } from "node:path";
import type { RoleRule } from "#buildings/role-rule.ts";
import type { Dialect } from "#dialects/dialect.ts";
import type { Declared, Site } from "#sites/registry.ts";
import { alertsOf } from "./alerts.ts";
import { backupsOf } from "./backups.ts";
import { buildingsOf } from "./buildings.ts";
import type {
  BrokerConfig,
  CompatConfig,
  Config,
  FactConfig,
  FolderConfig,
  MqttChoice,
  PointConfig,
  SourceConfig,
  TariffConfig,
} from "./config.ts";
import type { ConfigDocument, Path } from "./document.ts";
import { type GasConfig, gasOf } from "./gas.ts";
import { homesOf } from "./homes.ts";
import { influxSourceOf } from "./influx.ts";
import { logOf } from "./logging.ts";
import { metersOf } from "./meters.ts";
import { niagaraOf } from "./niagara.ts";
import { outletsOf } from "./outlets.ts";
import type { Place } from "./place.ts";
import { factStart, isLoopback } from "./references.ts";
import { replacementInstant, zoneIn } from "./replacement-time.ts";
import type { ConfigFile } from "./schema.ts";
import { tibberOf } from "./tibber.ts";
import { utilitiesOf } from "./utilities.ts";
import { brokerUrlOf, type Listen } from "./values.ts";

/** A file that was found to be good, with what its values need to become a configuration. */
export interface GoodFile {
  readonly document: ConfigDocument;
  readonly content: ConfigFile;
  readonly options: ReadonlyMap<string, unknown>;
  readonly dialects: ReadonlyMap<string, Dialect>;
  /** Read with the plans they name. */
  readonly tariffs: readonly TariffConfig[];
  /** Rules of buildings by site, read with the files they stand in. */
  readonly buildingRules: ReadonlyMap<string, readonly RoleRule[]>;
  /** Folder of the file; relative paths in it start here. */
  readonly folder: string;
  /** Folder the program was started in. */
  readonly cwd: string;
}

const DAY_MS = 86_400_000;
const DEFAULTS = {
  listen: { host: "127.0.0.1", port: 8080 },
  broker: { host: "127.0.0.1", port: 1883 },
  currency: "EUR",
  rank: "live",
  fileRank: "file",
  glob: "*.csv",
  minAgeSeconds: 10,
  keepRawMs: 90 * DAY_MS,
  data: "wattkeep-data",
} as const;

/** The configuration a file stands for, with every default filled in. */
export function assemble(file: GoodFile): Config {
  const { content, document } = file;
  const brokers = brokersOf(file);
  const place: Place = { of: (path) => declared(file, path).declared, titled, path: (written) => resolve(file.folder, written) };
  return {
    ...(document.file === "" ? {} : { file: document.file }),
    sites: sitesOf(file),
    holidays: new Map(Object.entries(content.sites ?? {}).map(([id, site]) => [id, site.holidays ?? []])),
    ...mqttOf(content.mqtt, brokers),
    sources: Object.entries(content.sources ?? {}).map(([name, body]) => sourceOf(file, name, body)),
    points: Object.entries(content.points ?? {}).map(([key, body]) => pointOf(file, key, body)),
    tariffs: file.tariffs,
    homes: homesOf(content.homes, place),
    meters: metersOf(content.meters, { place, replacedAt: (written, site) => replacedAt(file, written, site) }),
    gas: gasIn(file),
    utilities: utilitiesOf(content.utilities, place),
    buildings: buildingsOf(content.buildings, { place, rules: file.buildingRules }),
    alerts: alertsOf(content.alerts, place),
    backups: backupsOf(content.backups, place),
    compat: compatOf(file),
    ...present({ usageDays: content.usage?.keepDays }),
    outlets: outletsOf(content.outlets, (name) => declared(file, ["outlets", name]).declared),
    access: { anonymous: content.access?.anonymous ?? [] },
    http: {
      listen: content.http?.listen ?? DEFAULTS.listen,
      publicHosts: content.http?.publicHosts ?? [],
      allowedOrigins: content.http?.allowedOrigins ?? [],
      trustProxy: content.http?.trustProxy ?? [],
      basePath: (content.http?.basePath ?? "").replace(/\/+$/, ""),
    },
    broker: embeddedOf(content.broker),
    data: content.data === undefined ? resolve(file.cwd, DEFAULTS.data) : resolve(file.folder, content.data),
    log: logOf(content.log, place),
  };
}

/** What `mqtt` chooses; a URL is the one broker there is. */
export function mqttOf(
  choice: string | undefined,
  brokers: readonly BrokerConfig[],
): { mqtt: MqttChoice; brokers: readonly BrokerConfig[] } {
  if (choice === undefined) return { mqtt: { kind: brokers.length > 0 ? "brokers" : "auto" }, brokers };
  if (choice === "auto") return { mqtt: { kind: "auto" }, brokers: [] };
  const [kind, port] = choice.split(":");
  if (kind === "embedded") return { mqtt: { kind, ...(port === undefined ? {} : { port: Number(port) }) }, brokers: [] };
  const address = brokerUrlOf(choice);
  if (!address) throw new Error("The choice of a broker was accepted and is none.");
  return { mqtt: { kind: "brokers" }, brokers: [{ name: "mqtt", ...address }] };
}

function declared({ document }: GoodFile, path: Path): { declared: Declared } {
  const { file, line } = document.keyPositionOf(path);
  return { declared: { file, line } };
}

function sitesOf(file: GoodFile): Site[] {
  return Object.entries(file.content.sites ?? {}).map(([id, body]) => ({
    id,
    name: body.name ?? titled(id),
    zone: body.zone,
    currency: body.currency ?? DEFAULTS.currency,
    ...declared(file, ["sites", id]),
  }));
}

function brokersOf(file: GoodFile): BrokerConfig[] {
  return Object.entries(file.content.brokers ?? {}).map(([name, { url, caFile, ...body }]) => ({
    name,
    ...url,
    ...present(body),
    ...(caFile === undefined ? {} : { caFile: resolve(file.folder, caFile) }),
    ...declared(file, ["brokers", name]),
  }));
}

function sourceOf(file: GoodFile, name: string, body: NonNullable<ConfigFile["sources"]>[string]): SourceConfig {
  return {
    name,
    title: body.name ?? titled(name),
    ...present({ site: body.site, broker: body.broker }),
    ...spokenOf(file, body),
    options: file.options.get(name),
    points: new Map(Object.entries(body.points ?? {})),
    rank: body.rank ?? (body.folder === undefined ? DEFAULTS.rank : DEFAULTS.fileRank),
    ...present({ graceSeconds: body.graceSeconds }),
    ...(body.folder === undefined ? {} : { folder: folderConfig(file, body.folder, body) }),
    keepRawMs: body.keepRaw ?? DEFAULTS.keepRawMs,
    ...declared(file, ["sources", name]),
  };
}

/** Topics and dialect of a source that speaks, or where one that is silent is fetched from. */
function spokenOf(
  { dialects, folder }: GoodFile,
  body: NonNullable<ConfigFile["sources"]>[string],
): Pick<SourceConfig, "topics" | "dialect" | "influx" | "tibber" | "niagara"> {
  if (body.influx !== undefined) return { topics: [], dialect: "influx", influx: influxSourceOf(body.influx, body) };
  if (body.tibber !== undefined) return { topics: [], dialect: "tibber", tibber: tibberOf(body.tibber, body) };
  const niagara = niagaraOf(body, (written) => resolve(folder, written));
  if (niagara !== undefined) return { topics: [], dialect: niagara.way, niagara };
  if (body.dialect === undefined) throw new Error("A source was accepted and says not how it speaks.");
  return { topics: body.topics ?? dialects.get(body.dialect)?.topics ?? [], dialect: body.dialect };
}

function folderConfig(file: GoodFile, written: string, body: NonNullable<ConfigFile["sources"]>[string]): FolderConfig {
  const path = resolve(file.folder, written);
  const { archive } = body;
  return {
    path,
    glob: body.glob ?? DEFAULTS.glob,
    minAgeMs: (body.minAgeSeconds ?? DEFAULTS.minAgeSeconds) * 1000,
    ...(archive === undefined || archive === false
      ? {}
      : { archive: archive === true ? join(path, "archive") : resolve(file.folder, archive) }),
  };
}

function pointOf(file: GoodFile, key: string, body: NonNullable<ConfigFile["points"]>[string]): PointConfig {
  const [site = "", id = ""] = key.split("/");
  const zone = file.content.sites?.[site]?.zone;
  const facts = (body.facts ?? []).flatMap(({ from, ...values }): FactConfig[] => {
    const fromMs = factStart(from, zone);
    if (fromMs === undefined) throw new Error(`The date ${from} was accepted and is none.`);
    return Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [{ name, value, fromMs }]));
  });
  return {
    site,
    id,
    name: body.name ?? titled(id),
    ...present({ quantity: body.quantity, unit: body.unit }),
    facts,
    ...declared(file, ["points", key]),
  };
}

function gasIn({ content, document }: GoodFile): GasConfig[] {
  const at = (path: Path) => (row: number) => {
    const { file, line } = document.positionOf([...path, row]);
    return { file, line };
  };
  const ofSites = Object.entries(content.sites ?? {}).flatMap(([site, body]) =>
    gasOf(body.gas, { site, declared: at(["sites", site, "gas"]) }),
  );
  return [...gasOf(content.gas, { declared: at(["gas"]) }), ...ofSites];
}

/** The clock of a meter's site, or of the only one. */
function replacedAt({ content }: GoodFile, written: string, site: string | undefined): number {
  const tMs = replacementInstant(written, zoneIn(content.sites ?? {}, site));
  if (tMs === undefined) throw new Error(`The instant ${written} was accepted and is none.`);
  return tMs;
}

function compatOf(file: GoodFile): CompatConfig {
  const { kyz, tasmota, niagara } = file.content.compat ?? {};
  return {
    ...(kyz === undefined ? {} : { kyz: { ...present(kyz), tokenInUrl: kyz.tokenInUrl ?? false, ...declared(file, ["compat", "kyz"]) } }),
    ...(tasmota === undefined ? {} : { tasmota: { ...present(tasmota), ...declared(file, ["compat", "tasmota"]) } }),
    ...(niagara === undefined ? {} : { niagara: { ...present(niagara), ...declared(file, ["compat", "niagara"]) } }),
  };
}

/** Open on this computer, with credentials beyond it, unless said. */
function embeddedOf(body: ConfigFile["broker"]): { listen: Listen; requireCredentials: boolean } {
  const listen = body?.listen ?? DEFAULTS.broker;
  const host = listen.host.includes(":") ? `[${listen.host}]` : listen.host;
  return { listen, requireCredentials: body?.requireCredentials ?? !isLoopback(`${host}:${listen.port}`) };
}

/** `main-meter` → `Main meter`. */
function titled(name: string): string {
  return name.replaceAll(/[-_]+/g, " ").replace(/^\p{L}/u, (letter) => letter.toUpperCase());
}

type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

function present<T extends object>(body: T): Present<T> {
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined)) as Present<T>;
}

/** Folder relative paths of a file start from. */
export function folderOf(file: string, cwd: string): string {
  return dirname(resolve(cwd, file));
}
