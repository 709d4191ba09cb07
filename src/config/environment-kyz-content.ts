import type { Plan } from "#tariffs/plan.ts";
import { seedPlan } from "#tariffs/seed-plan.ts";
import type { OldKyz, OldNames } from "./environment-kyz.ts";
import type { Problem } from "./problem.ts";

type Body = Readonly<Record<string, unknown>>;

/** Where an old configuration is placed. */
export interface OldPlace {
  /** The configuration file, as it is named in problems. */
  readonly file: string;
  /** The clock of this computer, which the old dashboard took for the plant's. */
  readonly zone: string;
  /** Whether the folder the old dashboard read by default is there. */
  readonly hasDropFolder: boolean;
}

/** A configuration with what the old names say put where the file says nothing. */
export interface WithOldNames {
  readonly content: Body;
  readonly problems: readonly Problem[];
  readonly warnings: readonly string[];
  /** Listen on this computer alone where nothing would ask others who they are: the old dashboard was open to everyone. */
  readonly orLoopback: boolean;
}

export const DROP_FOLDER = "plc_csv_drop";
const POINT = "main";
const SITE = "plant";
const LIVE_SECONDS = 15;
/** Before any pulse there was. */
const EVER = "2000-01-01";
const PERCENT = 100;

/** What the file says of an old name's matter, and what is made of the name. */
interface Part {
  /** Names that speak of it. */
  readonly names: readonly string[];
  /** Key of the file that speaks of it already; undefined where none does. */
  readonly said: string | undefined;
  readonly make: () => void;
}

/**
 * Puts the old names into a configuration. Errors: where a name and the file both speak of one thing, both are named.
 */
export function withOldNames(content: Body, old: OldNames, place: OldPlace): WithOldNames {
  const { settings, given } = old;
  const problems: Problem[] = [...old.problems];
  const warnings: string[] = [];
  const result: Record<string, unknown> = { ...content };
  const site = siteOf(content);
  if (site === undefined) {
    problems.push({
      file: place.file,
      sentence: "There are several sites, and the old names speak of one: name it as `site` of `compat.kyz`.",
    });
    return { content, problems, warnings, orLoopback: false };
  }
  const sites = mapOf(content["sites"]);
  const sources = mapOf(content["sources"]);
  const points = mapOf(content["points"]);
  const own = sourceWith(sources, "kyz-pulse");
  const files = sourceWith(sources, "plc-csv");
  const key = `${site}/${POINT}`;

  const parts: Part[] = [
    {
      names: ["PLANT_NAME"],
      said: mapOf(sites[site])["name"] === undefined ? undefined : `sites.${site}.name`,
      make: () => {
        const body = mapOf(sites[site]);
        if (body["zone"] === undefined)
          warnings.push(`No site is configured: the plant's clock is taken to be this computer's, ${place.zone}. Write it under sites.`);
        result["sites"] = { ...sites, [site]: { zone: place.zone, currency: "USD", name: settings.plantName, ...body } };
      },
    },
    {
      names: ["MQTT_HOST", "MQTT_PORT", "MQTT_USERNAME", "MQTT_PASSWORD", "MQTT_CLIENT_ID"],
      said: saidOf(content, ["brokers", "mqtt"]),
      make: () => {
        if (settings.mqttHost !== undefined) result["brokers"] = { kyz: brokerOf(settings) };
      },
    },
    {
      names: ["MQTT_TOPIC_PULSE", "MQTT_TOPIC_INTERVAL", "KYZ_INTERVAL_MINUTES", "INTERVAL_SECONDS", "KYZ_INTERVAL_GRACE_SECONDS"],
      said: own === undefined ? undefined : `sources.${own}`,
      make: () => {
        result["sources"] = { ...mapOf(result["sources"]), kyz: sourceOf(settings, site) };
      },
    },
    {
      names: ["KYZ_PULSES_PER_KWH"],
      said: hasPulseValue(points[key]) ? `points.${key}.facts` : undefined,
      make: () => {
        if (settings.pulsesPerKwh === undefined) return;
        const body = mapOf(points[key]);
        const facts = Array.isArray(body["facts"]) ? body["facts"] : [];
        result["points"] = { ...points, [key]: { ...body, facts: [{ from: EVER, pulsesPerKwh: settings.pulsesPerKwh }, ...facts] } };
      },
    },
    {
      names: [
        "TARIFF_CUSTOMER_CHARGE",
        "TARIFF_DEMAND_RATE_PER_KW",
        "TARIFF_ENERGY_RATE_PER_KWH",
        "TARIFF_RATCHET_PERCENT",
        "TARIFF_MIN_BILLING_KW",
        "BILLING_ANCHOR_DATE",
      ],
      said: saidOf(content, ["tariffs"]),
      make: () => {
        const currency = String(mapOf(mapOf(result["sites"])[site])["currency"] ?? "EUR");
        const anchor = settings.anchor === undefined ? {} : { anchor: settings.anchor };
        result["tariffs"] = [{ point: key, plan: planOf(settings, currency), ...anchor }];
      },
    },
    {
      names: ["PLC_CSV_DROP_DIR", "PLC_CSV_GLOB", "PLC_CSV_MIN_AGE_SECONDS", "PLC_CSV_MOVE_TO_ARCHIVE", "PLC_CSV_ARCHIVE_DIR"],
      said: files === undefined ? undefined : `sources.${files}`,
      make: () => {
        if (settings.csvFolder === undefined && !place.hasDropFolder) return;
        result["sources"] = { ...mapOf(result["sources"]), plc: folderOf(settings, site) };
      },
    },
    {
      names: ["SQL_SERVER", "SQL_DATABASE", "SQL_USERNAME", "SQL_PASSWORD", "SQL_RO_USERNAME", "SQL_RO_PASSWORD"],
      said: mapOf(content["outlets"])["azure"] === undefined ? undefined : "outlets.azure",
      make: () => {
        const azure = azureOf(settings, site);
        if (azure !== undefined) result["outlets"] = { ...mapOf(content["outlets"]), azure };
        else if (given.has("SQL_SERVER"))
          warnings.push("SQL_SERVER is set without SQL_DATABASE, SQL_USERNAME and SQL_PASSWORD: nothing is mirrored to SQL Server.");
      },
    },
    {
      names: ["DASHBOARD_HOST", "DASHBOARD_PORT"],
      said: mapOf(content["http"])["listen"] === undefined ? undefined : "http.listen",
      make: () => {
        const host = settings.host.includes(":") ? `[${settings.host}]` : settings.host;
        result["http"] = { ...mapOf(content["http"]), listen: `${host}:${settings.port}` };
      },
    },
    {
      names: ["DASHBOARD_AUTH_TOKEN", "DASHBOARD_SSE_POLL_SECONDS", "API_SERIES_MAX_DAYS", "API_ALLOW_EXTENDED_RANGE"],
      said: undefined,
      make: () => {
        result["compat"] = { ...mapOf(content["compat"]), kyz: { ...compatOf(settings, site), ...mapOf(mapOf(content["compat"])["kyz"]) } };
      },
    },
    {
      names: ["USAGE_RETENTION_DAYS"],
      said: mapOf(content["usage"])["keepDays"] === undefined ? undefined : "usage.keepDays",
      make: () => {
        result["usage"] = { keepDays: settings.usageDays };
      },
    },
  ];
  parts.push(...COMPAT_KEYS.map(([name, key]): Part => ({ names: [name], said: saidInCompat(content, key), make: () => undefined })));
  for (const { names, said, make } of parts) {
    const set = names.filter((name) => given.has(name));
    if (said === undefined) {
      // A value that cannot be read would make a second problem of what is made of it.
      if (old.problems.length === 0) make();
    } else if (set.length > 0) {
      problems.push({ file: set[0] as string, sentence: `speaks of what ${said} in ${place.file} says too; keep one of the two` });
    }
  }
  if (settings.liveWindowSeconds !== LIVE_SECONDS)
    warnings.push(`LIVE_WINDOW_SECONDS is ${settings.liveWindowSeconds}: the view of live samples stays at ${LIVE_SECONDS} seconds.`);
  return { content: result, problems, warnings, orLoopback: mapOf(content["http"])["listen"] === undefined };
}

/** Single names that a key of the old routes says too. */
const COMPAT_KEYS = [
  ["DASHBOARD_AUTH_TOKEN", "token"],
  ["DASHBOARD_SSE_POLL_SECONDS", "streamSeconds"],
  ["API_SERIES_MAX_DAYS", "seriesMaxDays"],
  ["API_ALLOW_EXTENDED_RANGE", "extendedRange"],
] as const;

function saidInCompat(content: Body, key: string): string | undefined {
  return mapOf(mapOf(content["compat"])["kyz"])[key] === undefined ? undefined : `compat.kyz.${key}`;
}

/** The one site there is, the one `compat.kyz` names, or a new one. Missing: undefined where there are several. */
function siteOf(content: Body): string | undefined {
  const named = mapOf(mapOf(content["compat"])["kyz"])["site"];
  if (typeof named === "string") return named;
  const known = Object.keys(mapOf(content["sites"]));
  return known.length > 1 ? undefined : (known[0] ?? SITE);
}

function brokerOf(settings: OldKyz): Body {
  const host = settings.mqttHost?.includes(":") ? `[${settings.mqttHost}]` : settings.mqttHost;
  return present({
    url: `mqtt://${host}:${settings.mqttPort}`,
    username: settings.mqttUsername,
    password: settings.mqttPassword,
    clientId: settings.mqttClientId,
    keepaliveSeconds: settings.mqttKeepaliveSeconds,
  });
}

function sourceOf(settings: OldKyz, site: string): Body {
  return present({
    site,
    dialect: "kyz-pulse",
    topics: [...new Set([settings.topicPulse, settings.topicInterval])],
    // Old plants chose their topics freely; the meter is the plant's main meter all the same.
    options: { point: POINT, intervalMinutes: settings.intervalMinutes },
    rank: "live",
    graceSeconds: settings.graceSeconds,
  });
}

function folderOf(settings: OldKyz, site: string): Body {
  return present({
    site,
    dialect: "plc-csv",
    folder: settings.csvFolder ?? DROP_FOLDER,
    glob: settings.csvGlob,
    minAgeSeconds: settings.csvMinAgeSeconds,
    archive: settings.csvMove ? (settings.csvArchive ?? true) : undefined,
    rank: "file",
  });
}

function azureOf(settings: OldKyz, site: string): Body | undefined {
  const { sqlServer: server, sqlDatabase: database, sqlUsername: username, sqlPassword: password } = settings;
  if (server === undefined || database === undefined || username === undefined || password === undefined) return undefined;
  const reads = settings.sqlReadUsername !== undefined && settings.sqlReadPassword !== undefined;
  const reader = reads ? { readUsername: settings.sqlReadUsername, readPassword: settings.sqlReadPassword } : {};
  return { server, database, username, password, site, ...reader };
}

function compatOf(settings: OldKyz, site: string): Body {
  const reads = settings.sqlReadUsername !== undefined && settings.sqlReadPassword !== undefined;
  return present({
    site,
    tokenInUrl: true,
    token: settings.authToken,
    plantName: settings.plantName,
    seriesMaxDays: settings.seriesMaxDays,
    extendedRange: settings.extendedRange,
    streamSeconds: settings.ssePollSeconds,
    credentialMode: reads ? "ro" : "rw",
  });
}

/** The old tariff as a plan: the mean of the three highest, the ratchet over eleven periods, the minimum. */
function planOf(settings: OldKyz, currency: string): Plan {
  const percent = Number((Number(settings.ratchetShare) * PERCENT).toPrecision(12));
  return seedPlan({
    name: "Rate",
    source: "The TARIFF_ settings of the old dashboard",
    currency,
    customerCharge: settings.customerCharge,
    energyRatePerKwh: settings.energyRate,
    demandRatePerKw: settings.demandRate,
    ratchetPercent: String(percent),
    minimumKw: settings.minBillingKw,
  });
}

function hasPulseValue(point: unknown): boolean {
  const { facts } = mapOf(point);
  return (
    Array.isArray(facts) && facts.some((fact) => mapOf(fact)["pulsesPerKwh"] !== undefined || mapOf(fact)["kwhPerPulse"] !== undefined)
  );
}

/** The first source of that dialect. */
function sourceWith(sources: Body, dialect: string): string | undefined {
  return Object.keys(sources).find((name) => mapOf(sources[name])["dialect"] === dialect);
}

function saidOf(content: Body, keys: readonly string[]): string | undefined {
  return keys.find((key) => content[key] !== undefined);
}

function mapOf(value: unknown): Body {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Body) : {};
}

function present(body: Body): Body {
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
}
