import { existsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { Built, type Written } from "./utility-built.ts";
import type { ReadFile, UtilityFiles } from "./utility-files.ts";
import { addMeters, addPatterns } from "./utility-meters.ts";
import type { UtilityConfig } from "./utility-schema.ts";
import { usual } from "./utility-settings.ts";

/** What their files are put into. */
export interface UtilityHouse {
  /** What our own file says already; it wins. */
  readonly own: Readonly<Record<string, unknown>>;
  /** The site the meters are at; left out, the only one. */
  readonly site?: string;
  /** A secret of theirs by its name. */
  readonly secret: (name: string) => string | undefined;
}

type Read = ReadFile<UtilityConfig>;
interface Making {
  readonly built: Built;
  readonly file: Read;
  readonly house: UtilityHouse;
}

const LEVELS = { DEBUG: "debug", INFO: "info", WARNING: "warn", ERROR: "error", CRITICAL: "error" } as const;
const HOUR_SECONDS = 3_600;

/** Our configuration with what their files say added to it. Nothing that our own file says is changed. */
export function utilityContent(files: UtilityFiles, house: UtilityHouse): Built {
  const built = new Built(house.own);
  built.problems.push(...files.problems);
  built.warnings.push(...files.warnings);
  const { config, meters, patterns } = files;
  if (meters !== undefined) addMeters({ built, file: meters, site: house.site });
  if (config !== undefined) {
    const making = { built, file: config, house };
    addGas(making);
    addStartYear(making);
    addInflux(making);
    addTibber(making);
    addLog(making, files.root);
  }
  if (patterns !== undefined) addPatterns(built, patterns);
  return built;
}

const at = ({ document }: Read, ...path: readonly string[]): Written => ({ document, at: path });

function addGas({ built, file, house }: Making): void {
  if (built.at(["gas"]) !== undefined || (house.site !== undefined && built.at(["sites", house.site, "gas"]) !== undefined)) return;
  const said = file.content.gas_conversion;
  if (said === undefined)
    built.warn(at(file), "gas_conversion is missing; gas is told as energy with its usual 11.504 kWh per m³ and 0.8885");
  const row = {
    calorificKwhPerM3: said?.energy_content ?? usual("gas_conversion.energy_content"),
    zFactor: said?.z_factor ?? usual("gas_conversion.z_factor"),
  };
  const path = house.site === undefined ? ["gas"] : ["sites", house.site, "gas"];
  built.put(path, [row], at(file, "gas_conversion"));
  built.written([...path, 0, "calorificKwhPerM3"], at(file, "gas_conversion", "energy_content"));
  built.written([...path, 0, "zFactor"], at(file, "gas_conversion", "z_factor"));
}

function addStartYear({ built, file }: Making): void {
  if (built.at(["utilities", "startYear"]) !== undefined) return;
  const year = file.content.workflows?.analytics?.start_year ?? usual("workflows.analytics.start_year");
  built.put(["utilities", "startYear"], year, at(file, "workflows", "analytics", "start_year"));
}

function addInflux({ built, file, house }: Making): void {
  const { influxdb } = file.content;
  const isOwnSource = sourcesOf(built).some((source) => source["influx"] !== undefined);
  const isOwnOutlet = built.at(["outlets", "influx"]) !== undefined;
  if (influxdb === undefined || (isOwnSource && isOwnOutlet)) return;
  const [org, token] = (["INFLUX_ORG", "INFLUX_TOKEN"] as const).map((name) => {
    const value = house.secret(name);
    if (value === undefined || value === "")
      built.problem(
        at(file, "influxdb"),
        `${name} is missing; write it to secrets/influxdb.env beside this file or above it, or set it in the environment`,
      );
    return value;
  });
  if (!org || !token) return;
  const place = { url: influxdb.url, org, token };
  const patience = {
    timeoutSeconds: influxdb.timeout ?? usual("influxdb.timeout"),
    tries: influxdb.retry_attempts ?? usual("influxdb.retry_attempts"),
  };
  const rawBucket = influxdb.bucket_raw ?? usual("influxdb.bucket_raw");
  const site = house.site === undefined ? {} : { site: house.site };
  if (!isOwnSource) {
    built.put(
      ["sources", "readings"],
      { name: "InfluxDB", ...site, influx: { ...place, bucket: rawBucket }, ...patience },
      at(file, "influxdb"),
    );
    built.written(["sources", "readings", "influx", "bucket"], at(file, "influxdb", "bucket_raw"));
    writtenTimes(["sources", "readings"]);
  }
  if (!isOwnOutlet) {
    const schedule = file.content.workflows?.analytics?.schedule ?? usual("workflows.analytics.schedule");
    const bucket = influxdb.bucket_processed ?? usual("influxdb.bucket_processed");
    built.put(
      ["outlets", "influx"],
      { ...place, bucket, shape: "seed", rawBucket, ...site, schedule, scheduleZone: "UTC", ...patience },
      at(file, "influxdb"),
    );
    built.written(["outlets", "influx", "bucket"], at(file, "influxdb", "bucket_processed"));
    built.written(["outlets", "influx", "schedule"], at(file, "workflows", "analytics", "schedule"));
    writtenTimes(["outlets", "influx"]);
  }

  function writtenTimes(path: readonly string[]): void {
    built.written([...path, "timeoutSeconds"], at(file, "influxdb", "timeout"));
    built.written([...path, "tries"], at(file, "influxdb", "retry_attempts"));
  }
}

function addTibber({ built, file, house }: Making): void {
  const { tibber, workflows } = file.content;
  if (tibber === undefined || sourcesOf(built).some((source) => source["tibber"] !== undefined)) return;
  const token = house.secret("TIBBER_API_TOKEN");
  if (token === undefined || token === "") {
    built.warn(at(file, "tibber"), "TIBBER_API_TOKEN is missing, so nothing is fetched from Tibber");
    return;
  }
  const point = tibber.meter_id ?? usual<string>("tibber.meter_id");
  const lookbackHours = tibber.lookback_hours ?? usual<number>("tibber.lookback_hours");
  const body = {
    name: "Tibber",
    ...(house.site === undefined ? {} : { site: house.site }),
    tibber: {
      token,
      point,
      lookbackHours,
      maxLookbackHours: tibber.max_lookback_hours ?? Math.max(lookbackHours, usual("tibber.max_lookback_hours")),
    },
    schedule: workflows?.tibber_sync?.schedule ?? scheduleOf(tibber.polling_interval ?? usual("tibber.polling_interval")),
    scheduleZone: "UTC",
  };
  built.put(["sources", "hours"], body, at(file, "tibber"));
  for (const [our, their] of [
    ["point", "meter_id"],
    ["lookbackHours", "lookback_hours"],
    ["maxLookbackHours", "max_lookback_hours"],
  ] as const)
    built.written(["sources", "hours", "tibber", our], at(file, "tibber", their));
  built.written(["sources", "hours", "schedule"], at(file, "workflows", "tibber_sync", "schedule"));
  const isRead = built.at(["meters", point]) !== undefined;
  if (!isRead)
    built.put(
      ["meters", point],
      { unit: "kWh", medium: "electricity", ...(house.site === undefined ? {} : { site: house.site }) },
      at(file, "tibber", "meter_id"),
    );
}

/** Seconds between two runs as the schedule next to them: of an hour, as usual; of less, every so many minutes; of more, every so many hours. */
function scheduleOf(seconds: number): string {
  const minutes = Math.max(1, Math.round(seconds / 60));
  if (seconds < HOUR_SECONDS) return minutes === 1 ? "* * * * *" : `*/${minutes} * * * *`;
  const hours = Math.round(seconds / HOUR_SECONDS);
  return hours === 1 ? usual("workflows.tibber_sync.schedule") : hours >= 24 ? "5 0 * * *" : `5 */${hours} * * *`;
}

function addLog({ built, file }: Making, root: string): void {
  const { logging } = file.content;
  if (logging === undefined || built.at(["log"]) !== undefined) return;
  const path = logging.file === undefined ? undefined : resolve(root, logging.file);
  const isThere = path !== undefined && existsSync(dirname(path));
  if (path !== undefined && !isThere)
    built.warn(
      at(file, "logging", "file"),
      `the folder of ${logging.file} is not on this computer, so the log goes to the output; say log.file in a configuration of ours`,
    );
  const body = {
    level: LEVELS[logging.level ?? usual<keyof typeof LEVELS>("logging.level")],
    format: logging.format ?? usual("logging.format"),
    ...(isThere ? { file: path } : {}),
    maxBytes: logging.max_bytes ?? usual("logging.max_bytes"),
    keep: logging.backup_count ?? usual("logging.backup_count"),
  };
  built.put(["log"], body, at(file, "logging"));
  for (const [our, their] of [
    ["level", "level"],
    ["format", "format"],
    ["maxBytes", "max_bytes"],
    ["keep", "backup_count"],
  ] as const)
    built.written(["log", our], at(file, "logging", their));
}

function sourcesOf(built: Built): Readonly<Record<string, unknown>>[] {
  const sources = built.at(["sources"]);
  return Object.values(typeof sources === "object" && sources !== null ? sources : {}).filter(
    (source) => typeof source === "object" && source !== null,
  );
}
