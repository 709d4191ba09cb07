import type { PeriodRule } from "#calendar/periods.ts";
import type { Declared, Point, Site } from "#sites/registry.ts";
import type { Plan } from "#tariffs/plan.ts";
import type { AlertsConfig } from "./alerts.ts";
import type { BackupsConfig } from "./backups.ts";
import type { BuildingConfig } from "./buildings.ts";
import type { GasConfig } from "./gas.ts";
import type { HomeConfig } from "./homes.ts";
import type { InfluxSourceConfig } from "./influx.ts";
import type { LogConfig } from "./logging.ts";
import type { MeterConfig } from "./meters.ts";
import type { NiagaraSourceConfig } from "./niagara.ts";
import type { OutletsConfig } from "./outlets.ts";
import type { RANKS } from "./ranks.ts";
import type { ANONYMOUS_ROLES } from "./schema.ts";
import type { Secret } from "./secret.ts";
import type { TibberSourceConfig } from "./tibber.ts";
import type { UtilitiesConfig } from "./utilities.ts";
import type { Listen } from "./values.ts";

/** A broker to connect to. The address is without credentials. */
export interface BrokerConfig {
  readonly name: string;
  readonly url: string;
  readonly username?: string;
  readonly password?: Secret;
  /** Absolute. */
  readonly caFile?: string;
  /** Hex. */
  readonly pinSha256?: string;
  readonly clientId?: string;
  /** Left out: 30. */
  readonly keepaliveSeconds?: number;
  /** 4 is MQTT 3.1.1; left out, the door finds out. */
  readonly protocol?: 4 | 5;
  readonly declared?: Declared;
}

export interface SourceConfig {
  readonly name: string;
  /** What people call it. */
  readonly title: string;
  /** Left out: the only site, else `unassigned`. */
  readonly site?: string;
  /** Left out: every broker. */
  readonly broker?: string;
  readonly topics: readonly string[];
  /** `influx`, `tibber`, `niagaraExport` and the like of a source that is fetched; those are no dialects. */
  readonly dialect: string;
  /** As the dialect's own schema parsed them. */
  readonly options: unknown;
  readonly points: ReadonlyMap<string, string>;
  readonly rank: (typeof RANKS)[number];
  /** Left out: found out from how often it speaks. */
  readonly graceSeconds?: number;
  /** Files of a folder in place of messages; such a source has no topics. */
  readonly folder?: FolderConfig;
  /** Readings that are fetched from an InfluxDB; `points` are points by entity. Such a source has no topics and no dialect. */
  readonly influx?: InfluxSourceConfig;
  /** Hours that are fetched from Tibber. Such a source has no topics and no dialect. */
  readonly tibber?: TibberSourceConfig;
  /** Histories that are fetched from a Niagara station. Such a source has no topics and no dialect. */
  readonly niagara?: NiagaraSourceConfig;
  /** 0 for none, Infinity for good. */
  readonly keepRawMs: number;
  readonly declared?: Declared;
}

/** A folder that files are dropped into. */
export interface FolderConfig {
  /** Absolute. */
  readonly path: string;
  /** File names with `*` and `?`, never a path. */
  readonly glob: string;
  /** A file changed less long ago is not touched yet. */
  readonly minAgeMs: number;
  /** Absolute folder that files go to when they are done; left out, they stay. */
  readonly archive?: string;
}

/** A plan that a point is billed by, from a local date on. */
export interface TariffConfig {
  readonly site: string;
  readonly point: string;
  readonly plan: Plan;
  /** Path as written, where it is a file. */
  readonly planFile?: string;
  /** Left out: from the beginning. */
  readonly validFrom?: string;
  /** Left out: as the point's earlier tariff, else calendar months. */
  readonly billing?: PeriodRule;
  readonly declared?: Declared;
}

/** Routes of systems before this one. */
export interface CompatConfig {
  readonly kyz?: KyzCompatConfig;
  readonly tasmota?: TasmotaCompatConfig;
  readonly niagara?: NiagaraCompatConfig;
}

/** The routes of Niagara Copilot Edge. */
export interface NiagaraCompatConfig {
  /** Left out: the first building there is. */
  readonly site?: string;
  readonly declared?: Declared;
}

/** The routes of the old Tasmota monitor. */
export interface TasmotaCompatConfig {
  /** A key of `homes`, or `site.point`; left out: the only home. */
  readonly home?: string;
  readonly declared?: Declared;
}

/** The routes of the old KYZ dashboard. */
export interface KyzCompatConfig {
  /** Left out: the only site. */
  readonly site?: string;
  readonly point?: string;
  readonly tokenInUrl: boolean;
  /** The token its readers have; it may look and nothing else. */
  readonly token?: Secret;
  readonly plantName?: string;
  readonly seriesMaxDays?: number;
  readonly extendedRange?: boolean;
  readonly streamSeconds?: number;
  readonly credentialMode?: "ro" | "rw";
  readonly declared?: Declared;
}

/** A dated fact of a point, from the local midnight or instant the file names. */
export interface FactConfig {
  readonly name: string;
  readonly value: number | string;
  readonly fromMs: number;
}

export interface PointConfig extends Point {
  readonly quantity?: string;
  readonly unit?: string;
  readonly facts: readonly FactConfig[];
}

/** Where messages come from: `auto` tries localhost:1883 and else starts our own broker, `brokers` are those of the list. */
export type MqttChoice = { readonly kind: "auto" | "brokers" } | { readonly kind: "embedded"; readonly port?: number };

/** Everything a configuration says, with what it leaves out filled in. */
export interface Config {
  /** As it was named; left out where there is none. */
  readonly file?: string;
  readonly sites: readonly Site[];
  /** Local dates by site. */
  readonly holidays: ReadonlyMap<string, readonly string[]>;
  readonly mqtt: MqttChoice;
  readonly brokers: readonly BrokerConfig[];
  readonly sources: readonly SourceConfig[];
  readonly points: readonly PointConfig[];
  /** In the order of the file. */
  readonly tariffs: readonly TariffConfig[];
  /** What the file says about homes; others are found by their meters. */
  readonly homes: readonly HomeConfig[];
  /** What the file says about meters, in its order; others are found by their registers. */
  readonly meters: readonly MeterConfig[];
  /** Oldest first. */
  readonly gas: readonly GasConfig[];
  readonly utilities: UtilitiesConfig;
  /** What the file says about buildings; others are found by their histories. */
  readonly buildings: readonly BuildingConfig[];
  readonly alerts: AlertsConfig;
  readonly backups: BackupsConfig;
  readonly outlets: OutletsConfig;
  readonly compat: CompatConfig;
  /** How long page views are counted; left out, 180 days. */
  readonly usageDays?: number;
  readonly access: { readonly anonymous: readonly { readonly role: (typeof ANONYMOUS_ROLES)[number]; readonly from: string }[] };
  readonly http: {
    readonly listen: Listen;
    /** Only this computer where nothing would ask others who they are, in place of refusing to start. */
    readonly orLoopback?: boolean;
    readonly publicHosts: readonly string[];
    readonly allowedOrigins: readonly string[];
    /** Networks of the proxies whose word on addresses counts. */
    readonly trustProxy: readonly string[];
    /** Begins with a slash and ends without one; empty for none. */
    readonly basePath: string;
  };
  /** Our own broker, where it runs. */
  readonly broker: { readonly listen: Listen; readonly requireCredentials: boolean };
  /** Absolute path of the data folder. */
  readonly data: string;
  readonly log: LogConfig;
}
