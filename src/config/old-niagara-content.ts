import type { ConfigDocument } from "./document.ts";
import { issuesOf } from "./issues.ts";
import { type OldNiagara, oldNiagaraSchema, usualOfNiagara } from "./old-niagara-settings.ts";
import { Built, type Written } from "./utility-built.ts";

/** What its file is understood with. */
export interface OldNiagaraHouse {
  /** Clock of the place; the old file names none. */
  readonly zone: string;
  /** The value of a variable. */
  readonly variable: (name: string) => string | undefined;
  /** How a variable that holds a secret stands in our content; left out, its value. */
  readonly secret?: (name: string) => string;
}

const SITE = "building";
const EVERY_DAY = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
/** The port its API was served on, to every network. */
const OLD_LISTEN = "0.0.0.0:8000";

interface Making {
  readonly built: Built;
  readonly document: ConfigDocument;
  readonly old: OldNiagara;
  readonly house: OldNiagaraHouse;
}

/** Our configuration out of a `config.yaml` of Niagara Copilot Edge. Errors: every problem of the file with its line. */
export function oldNiagaraContent(document: ConfigDocument, house: OldNiagaraHouse): Built {
  const content = document.content();
  const parsed = oldNiagaraSchema.safeParse(content);
  const built = new Built({});
  if (!parsed.success) {
    built.problems.push(...issuesOf(parsed.error.issues, { document, schema: oldNiagaraSchema, content, at: [] }));
    return built;
  }
  const making = { built, document, old: parsed.data, house };
  built.put(["sites", SITE], { name: parsed.data.site_name, zone: house.zone }, at(making, "site_name"));
  addHistories(making);
  addSource(making);
  addBuilding(making);
  built.put(["compat", "niagara"], { site: SITE });
  built.put(["http", "listen"], OLD_LISTEN);
  return built;
}

const at = ({ document }: Pick<Making, "document">, ...path: readonly string[]): Written => ({ document, at: path });

/** What the old program took for granted of every station. */
const UNITS = {
  temperature: "°F",
  "temperature-setpoint": "°F",
  airflow: "cfm",
  "airflow-setpoint": "cfm",
  "damper-position": "%",
  "valve-position": "%",
};

/** The broker it listened to in any case; the environment wins over the file. */
function addHistories(making: Making): void {
  const { built, old, house } = making;
  const host = house.variable("MQTT_HOST") ?? house.variable("MQTT_BROKER_HOST") ?? old.mqtt?.host;
  if (host === undefined) return;
  const port = house.variable("MQTT_PORT") ?? house.variable("MQTT_BROKER_PORT") ?? String(old.mqtt?.port ?? usualOfNiagara("mqtt.port"));
  const topic = house.variable("MQTT_TOPIC") ?? old.mqtt?.history_topic ?? usualOfNiagara<string>("mqtt.history_topic");
  built.put(["brokers", "station"], { url: `mqtt://${host}:${port}` }, at(making, "mqtt"));
  built.written(["brokers", "station", "url"], at(making, "mqtt", "host"));
  built.put(["sources", "histories"], sourceOf("station", topic), at(making, "mqtt"));
  built.written(["sources", "histories", "topics"], at(making, "mqtt", "history_topic"));
}

const sourceOf = (broker: string, topic: string) => ({
  name: "Niagara histories",
  site: SITE,
  broker,
  topics: [topic],
  dialect: "niagara-history",
  options: { units: UNITS },
  rank: "device",
});

/** The source that its `type` names; the others of the file were never used. */
function addSource(making: Making): void {
  const { data_source: source } = making.old;
  if (source === undefined) return;
  if (source.type === "mqtt_json_stream") addStream(making);
  else if (source.type === "niagara_csv_export") addExports(making);
  else
    making.built.warn(
      at(making, "data_source", "type"),
      "Project Haystack is not spoken; point Wattkeep at the station's history exports or its oBIX, see docs/guides/niagara.md",
    );
}

function addStream(making: Making): void {
  const { built, old } = making;
  const path = ["data_source", "mqtt_json_stream"] as const;
  const stream = old.data_source?.mqtt_json_stream;
  if (stream === undefined || stream === null) {
    missing(making, path.join("."));
    return;
  }
  const { host, username, password_env: named, client_id: clientId } = stream;
  const topic = stream.topic ?? usualOfNiagara<string>(`${path.join(".")}.topic`);
  const isTls = stream.tls ?? usualOfNiagara<boolean>(`${path.join(".")}.tls`);
  const url = `${isTls ? "mqtts" : "mqtt"}://${host}:${stream.port ?? usualOfNiagara(`${path.join(".")}.port`)}`;
  // One and the same stream, as most files had it: it is heard once.
  if (url === (built.at(["brokers", "station", "url"]) as string | undefined) && topic === firstTopic(built)) return;
  if (username && !named)
    built.problem(at(making, ...path, "username"), "password_env is missing; write the name of the variable that holds the password");
  const password = named && username ? passwordOf(making, named, [...path, "password_env"]) : undefined;
  built.put(
    ["brokers", "stream"],
    {
      url,
      ...(username ? { username } : {}),
      ...(password === undefined ? {} : { password }),
      ...(clientId ? { clientId } : {}),
      keepaliveSeconds: stream.keepalive ?? usualOfNiagara(`${path.join(".")}.keepalive`),
    },
    at(making, ...path),
  );
  built.written(["brokers", "stream", "url"], at(making, ...path, "host"));
  built.put(["sources", "stream"], { ...sourceOf("stream", topic), name: "Niagara stream" }, at(making, ...path));
  built.written(["sources", "stream", "topics"], at(making, ...path, "topic"));
}

const firstTopic = (built: Built): unknown => built.at(["sources", "histories", "topics", 0]);

function addExports(making: Making): void {
  const { built, old } = making;
  const path = ["data_source", "niagara_csv_export"] as const;
  const exports = old.data_source?.niagara_csv_export;
  if (exports === undefined || exports === null) {
    missing(making, path.join("."));
    return;
  }
  const { host, username, ord_path: ord, insecure_tls: insecure } = exports;
  const station = /^file:(?:\^|%5E)historyExports\/([^/]+)\/?$/i.exec(ord)?.[1];
  if (station === undefined) {
    built.problem(at(making, ...path, "ord_path"), "expected file:^historyExports/STATION");
    return;
  }
  const named = exports.password_env ?? usualOfNiagara<string>(`${path.join(".")}.password_env`);
  const password = passwordOf(making, named, [...path, "password_env"]);
  if (password === undefined) return;
  if (insecure === true)
    built.warn(
      at(making, ...path, "insecure_tls"),
      "the certificate of this host was not looked at before; now the first one it shows is remembered, and another one later is refused",
    );
  const columns = old.comfort === undefined ? {} : { columns: columnsOf(old.comfort) };
  const body = {
    url: `https://${host}`,
    ordPath: ord,
    station,
    username,
    password,
    ...(insecure === true ? { tls: { pinFirst: true } } : {}),
    units: UNITS,
    ...columns,
  };
  built.put(["sources", "exports"], { name: "History exports", site: SITE, niagaraExport: body, rank: "file" }, at(making, ...path));
  for (const [our, their] of [
    ["url", "host"],
    ["ordPath", "ord_path"],
    ["username", "username"],
    ["password", "password_env"],
    ["tls", "insecure_tls"],
  ] as const)
    built.written(["sources", "exports", "niagaraExport", our], at(making, ...path, their));
}

function columnsOf(comfort: NonNullable<OldNiagara["comfort"]>) {
  return {
    timestamp: comfort.timestamp_column,
    equip: comfort.equip_column,
    temp: comfort.temp_column,
    setpoint: comfort.setpoint_column,
  };
}

function missing(making: Making, section: string): void {
  making.built.problem(at(making, "data_source", "type"), `${section} is missing`);
}

function passwordOf(making: Making, name: string, path: readonly string[]): string | undefined {
  const { built, house } = making;
  if (house.secret !== undefined) return house.secret(name);
  const value = house.variable(name);
  if (value === undefined || value === "") {
    built.problem(
      at(making, ...path),
      `the variable ${name} is not set; write it to secrets/niagara.env beside this file, or set it in the environment`,
    );
    return undefined;
  }
  return value;
}

/** How it judged: every day counted, no warm-up, a single setpoint and a band. */
function addBuilding(making: Making): void {
  const { built, old } = making;
  const { comfort } = old;
  const hours = old.db_retention_hours ?? usualOfNiagara<number>("db_retention_hours");
  const body = {
    ...(comfort === undefined
      ? {}
      : {
          occupied: { from: clockOf(comfort.occupied_start), to: clockOf(comfort.occupied_end), days: EVERY_DAY, warmUpMinutes: 0 },
          comfortBand: `${comfort.comfort_band_degF} °F`,
        }),
    health: "seed",
    ...(hours > 0 ? { retentionHours: hours } : {}),
  };
  built.put(["buildings", SITE], body, at(making, "comfort"));
  for (const [our, their] of [
    [["occupied", "from"], "occupied_start"],
    [["occupied", "to"], "occupied_end"],
    [["comfortBand"], "comfort_band_degF"],
  ] as const)
    built.written(["buildings", SITE, ...our], at(making, "comfort", their));
  built.written(["buildings", SITE, "retentionHours"], at(making, "db_retention_hours"));
  if (hours > 0)
    built.warn(
      at(making, "db_retention_hours"),
      `histories older than ${hours} hours go, ${old.db_retention_hours === undefined ? "as before where nothing was said" : "as this file says"}; write 0 and they are kept for good`,
    );
  const rows = old.db_path ?? usualOfNiagara<string>("db_path");
  built.warnings.push(
    `what ${rows} holds is not read at start; wattkeep import old niagara ${rows} takes it over once, and none of it expires before its time`,
  );
}

function clockOf(text: string): string {
  const [hour = "", minute = ""] = text.split(":");
  return `${hour.padStart(2, "0")}:${minute}`;
}
