import { filterProblem } from "#dialects/topic-filter.ts";
import type { Environment } from "./environment.ts";
import type { Problem } from "./problem.ts";
import { type Assigned, pythonLiterals } from "./python-literals.ts";
import { Secret } from "./secret.ts";

/** What the configuration of the old Tasmota MT681 monitor says, with its own defaults. */
export interface OldTasmota {
  /** Path of its SQLite file, relative to its folder. */
  readonly database: string;
  /** Left out where it was never set: the old one then could not run. */
  readonly brokerHost?: string;
  readonly mqttPort: number;
  readonly topic: string;
  readonly pagePort: number;
  readonly readerUrl?: string;
  readonly botToken?: Secret;
  readonly chatId?: string;
}

interface OldSetting {
  /** All names it ever had. */
  readonly names: readonly string[];
  readonly key: keyof OldTasmota;
  /** Its own default; left out where it had none. */
  readonly usual?: string;
  readonly expected: string;
  /** What it is here, in words. */
  readonly becomes: string;
  /** Missing: undefined where the text is none; null where it says that nothing was set. */
  readonly read: (given: string) => unknown;
  /** Names that other programs use too: they are not taken from this computer's environment. */
  readonly common?: true;
}

const port = (given: string): number | undefined => {
  const value = /^\d+$/.test(given) ? Number(given) : Number.NaN;
  return value >= 1 && value <= 65_535 ? value : undefined;
};

/** `192.168.x.x` is what its instructions say in place of an address. */
const isPlaceholder = (given: string): boolean => given === "" || /(^|[./])x\b/i.test(given);

/** Every setting of the old system, in the order of its own instructions. */
export const OLD_TASMOTA: readonly OldSetting[] = [
  {
    names: ["DATABASE_URL", "database_url", "DATABASE_PATH", "database_path"],
    key: "database",
    usual: "sqlite:///data/energy.db",
    expected: "a file of SQLite, such as sqlite:///data/energy.db",
    becomes: "no setting: its rows are taken over once, with wattkeep import old tasmota FILE; ours are in data",
    read: (given) => (/^(?!sqlite:)\w+:\/\//.test(given) ? undefined : given.replace(/^sqlite:\/{2,3}/, "")),
    common: true,
  },
  {
    names: ["SERVER_URL", "server_url"],
    key: "brokerHost",
    expected: "the broker's name or address",
    becomes: "brokers.main.url",
    read: (given) => (isPlaceholder(given) ? null : (/^(?:\w+:\/\/)?([\w.-]+|\[[\da-f:]+\])(?::\d+)?\/?$/i.exec(given)?.[1] ?? undefined)),
    common: true,
  },
  {
    names: ["MQTT_PORT", "mqtt_port"],
    key: "mqttPort",
    usual: "1883",
    expected: "a port",
    becomes: "brokers.main.url",
    read: port,
    common: true,
  },
  {
    names: ["FLASK_PORT", "flask_port"],
    key: "pagePort",
    usual: "5008",
    expected: "a port",
    becomes: "http.listen, on this computer alone until somebody can sign in",
    read: port,
    common: true,
  },
  {
    names: ["TOPIC", "MQTT_TOPIC", "mqtt_topic", "topic"],
    key: "topic",
    usual: "tele/tasmota/#",
    expected: "a topic filter",
    becomes: "sources.meter.topics",
    read: (given) => (filterProblem(given) === undefined ? given : undefined),
    common: true,
  },
  {
    names: ["TASMOTA_UI_URL", "tasmota_ui_url"],
    key: "readerUrl",
    expected: "an address such as http://192.168.1.20/",
    becomes: "homes.house.readerUrl",
    read: (given) => (isPlaceholder(given) ? null : URL.canParse(given) && /^https?:/.test(given) ? given : undefined),
  },
  {
    names: ["TELEGRAM_API_TOKEN", "telegram_api_token"],
    key: "botToken",
    expected: "a token of Telegram",
    becomes: "alerts.channels.telegram.botToken, kept in secrets/tasmota.env",
    read: (given) => (given === "" ? null : /^[\w:.-]+$/.test(given) ? new Secret(given) : undefined),
  },
  {
    names: ["TELEGRAM_CHAT_ID", "telegram_chat_id"],
    key: "chatId",
    expected: "the number of a chat",
    becomes: "alerts.channels.telegram.chatId, kept in secrets/tasmota.env",
    read: (given) => (given === "" ? null : /^(-?\d{1,20}|@\w{3,64})$/.test(given) ? given : undefined),
  },
];

/** A file of the old system. */
export interface OldFile {
  /** As it is named in problems. */
  readonly name: string;
  readonly text: string;
}

export interface OldTasmotaFound {
  readonly settings: OldTasmota;
  /** Names that were said somewhere. */
  readonly given: ReadonlySet<string>;
  /** What a person should know, in sentences. */
  readonly notes: readonly string[];
  readonly problems: readonly Problem[];
}

/** Where the values of the old system may stand. */
export interface OldTasmotaPlaces {
  /** Its Python files; the later ones win. */
  readonly files: readonly OldFile[];
  /** What is beside them: all names are its own. */
  readonly beside: Pick<Environment, "get">;
  /** Of this computer: only names that nothing else uses are taken. */
  readonly around: Pick<Environment, "get">;
}

/** The old settings out of its files and the environment. Errors: every value that cannot be read is a problem with its place. */
export function readOldTasmota(places: OldTasmotaPlaces): OldTasmotaFound {
  const written = new Map<string, Assigned & { readonly file: string }>();
  for (const { name, text } of places.files)
    for (const [key, assigned] of pythonLiterals(text)) written.set(key, { ...assigned, file: name });
  const given = new Set<string>();
  const notes: string[] = [];
  const problems: Problem[] = [];
  const settings: Record<string, unknown> = {};
  for (const setting of OLD_TASMOTA) {
    const said = saidOf(setting, written, places);
    if (said !== undefined) given.add(said.name);
    if (said?.value === undefined && said !== undefined)
      notes.push(`${said.name} in ${said.file} is not a plain value, and nothing is executed to find it: set it by hand.`);
    const value = said?.value ?? setting.usual;
    const found = value === undefined ? null : setting.read(value.trim());
    if (found === undefined)
      problems.push({ ...(said?.place ?? { file: said?.name ?? "" }), sentence: `${said?.name}: expected ${setting.expected}` });
    else if (found !== null) settings[setting.key] = found;
  }
  return { settings: settings as unknown as OldTasmota, given, notes, problems };
}

interface Said {
  readonly name: string;
  readonly file: string;
  readonly value?: string;
  readonly place?: { readonly file: string; readonly line: number; readonly column: number };
}

function saidOf(
  { names, common }: OldSetting,
  written: ReadonlyMap<string, Assigned & { readonly file: string }>,
  { beside, around }: OldTasmotaPlaces,
): Said | undefined {
  let unread: Said | undefined;
  for (const name of names) {
    const assigned = written.get(name);
    if (assigned === undefined) continue;
    const { file, line, value } = assigned;
    if (value !== undefined) return { name, file, value, place: { file, line, column: 1 } };
    unread = { name, file };
  }
  for (const name of names) {
    const value = beside.get(name) ?? (common ? undefined : around.get(name));
    if (value !== undefined) return { name, file: "the environment", value };
  }
  return unread;
}
