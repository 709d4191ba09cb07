import { readTime } from "#calendar/time-text.ts";
import { type Environment, EnvironmentError } from "./environment.ts";
import type { Problem } from "./problem.ts";

/** What the `.env` of the old KYZ dashboard says, with its own defaults. An empty value is none. */
export interface OldKyz {
  readonly mqttHost?: string;
  readonly mqttPort: number;
  readonly mqttUsername?: string;
  readonly mqttPassword?: string;
  readonly mqttClientId?: string;
  readonly mqttKeepaliveSeconds: number;
  readonly topicPulse: string;
  readonly topicInterval: string;
  readonly pulsesPerKwh?: number;
  readonly liveWindowSeconds: number;
  readonly intervalMinutes: number;
  /** Left out, it is found from how often the plant publishes: 30 s for one message per interval. */
  readonly graceSeconds?: number;
  readonly sqlServer?: string;
  readonly sqlDatabase?: string;
  readonly sqlUsername?: string;
  readonly sqlPassword?: string;
  readonly sqlReadUsername?: string;
  readonly sqlReadPassword?: string;
  /** Local date a billing period began on; left out, calendar months. */
  readonly anchor?: string;
  readonly host: string;
  readonly port: number;
  readonly ssePollSeconds: number;
  readonly authToken?: string;
  readonly seriesMaxDays: number;
  readonly extendedRange: boolean;
  readonly usageDays: number;
  readonly plantName: string;
  readonly customerCharge: string;
  readonly demandRate: string;
  readonly energyRate: string;
  /** A share: 0.60 for 60 %. */
  readonly ratchetShare: string;
  readonly minBillingKw: number;
  readonly csvFolder?: string;
  readonly csvGlob: string;
  readonly csvMinAgeSeconds: number;
  readonly csvMove: boolean;
  readonly csvArchive?: string;
}

type Read = (text: string) => unknown;

interface OldSetting {
  readonly name: string;
  readonly key: keyof OldKyz;
  /** As the old documents state it; left out where there is none. */
  readonly usual?: string;
  readonly expected: string;
  /** Missing: undefined where the text is none. */
  readonly read: Read;
  /** Names that other programs use too do not tell that an old configuration is there. */
  readonly common?: true;
}

const text: Read = (given) => given;
const number =
  (least: number, most = Number.POSITIVE_INFINITY): Read =>
  (given) => {
    const value = /^[+-]?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(given) ? Number(given) : Number.NaN;
    return value >= least && value <= most ? value : undefined;
  };
const whole =
  (least: number, most: number): Read =>
  (given) => {
    const value = /^[+-]?\d+$/.test(given) ? Number(given) : Number.NaN;
    return value >= least && value <= most ? value : undefined;
  };
const decimal: Read = (given) => (/^\d+(\.\d+)?$/.test(given) ? given : undefined);
const share: Read = (given) => (/^(0(\.\d+)?|1(\.0+)?)$/.test(given) ? given : undefined);
const positive: Read = (given) => {
  const value = number(0)(given);
  return typeof value === "number" && value > 0 ? value : undefined;
};
/** Whatever is not yes was no. */
const yes =
  (...words: readonly string[]): Read =>
  (given) =>
    words.includes(given.toLowerCase());
/** An offset was always dropped, and only the day matters for periods that begin at midnight. */
const date: Read = (given) => {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(given) ? `${given}T00:00:00` : given;
  return readTime(day) === undefined ? undefined : day.slice(0, 10);
};

/** Every name of the old `.env`, in the order of its own list. */
export const OLD_KYZ: readonly OldSetting[] = [
  { name: "MQTT_HOST", key: "mqttHost", expected: "the broker's name or address", read: text, common: true },
  { name: "MQTT_PORT", key: "mqttPort", usual: "1883", expected: "a port", read: whole(1, 65_535), common: true },
  { name: "MQTT_USERNAME", key: "mqttUsername", expected: "a name", read: text, common: true },
  { name: "MQTT_PASSWORD", key: "mqttPassword", expected: "a password", read: text, common: true },
  { name: "MQTT_CLIENT_ID", key: "mqttClientId", expected: "a client id", read: text, common: true },
  { name: "MQTT_KEEPALIVE", key: "mqttKeepaliveSeconds", usual: "60", expected: "whole seconds", read: whole(1, 65_535), common: true },
  { name: "MQTT_TOPIC_PULSE", key: "topicPulse", usual: "pri/energy/kyz/pulseCount", expected: "a topic", read: text },
  { name: "MQTT_TOPIC_INTERVAL", key: "topicInterval", usual: "pri/energy/kyz/interval", expected: "a topic", read: text },
  {
    name: "KYZ_PULSES_PER_KWH",
    key: "pulsesPerKwh",
    expected: "a number above 0, such as 0.5882352941 for 1.7 kWh per pulse",
    read: positive,
  },
  { name: "LIVE_WINDOW_SECONDS", key: "liveWindowSeconds", usual: "15", expected: "whole seconds", read: whole(1, 3_600) },
  { name: "SQL_SERVER", key: "sqlServer", expected: "a server", read: text, common: true },
  { name: "SQL_DATABASE", key: "sqlDatabase", expected: "a database", read: text, common: true },
  { name: "SQL_USERNAME", key: "sqlUsername", expected: "a name", read: text, common: true },
  { name: "SQL_PASSWORD", key: "sqlPassword", expected: "a password", read: text, common: true },
  { name: "SQL_RO_USERNAME", key: "sqlReadUsername", expected: "a name", read: text, common: true },
  { name: "SQL_RO_PASSWORD", key: "sqlReadPassword", expected: "a password", read: text, common: true },
  { name: "BILLING_ANCHOR_DATE", key: "anchor", expected: "a date such as 2025-01-17, or a date with a time", read: date },
  { name: "DASHBOARD_HOST", key: "host", usual: "0.0.0.0", expected: "an address to listen on", read: text, common: true },
  { name: "DASHBOARD_PORT", key: "port", usual: "8080", expected: "a port", read: whole(0, 65_535), common: true },
  { name: "DASHBOARD_SSE_POLL_SECONDS", key: "ssePollSeconds", usual: "5", expected: "whole seconds", read: whole(0, 3_600), common: true },
  { name: "DASHBOARD_AUTH_TOKEN", key: "authToken", expected: "a token", read: text, common: true },
  { name: "API_SERIES_MAX_DAYS", key: "seriesMaxDays", usual: "60", expected: "whole days", read: whole(1, 36_500), common: true },
  {
    name: "API_ALLOW_EXTENDED_RANGE",
    key: "extendedRange",
    usual: "false",
    expected: "true or false",
    read: yes("1", "true", "yes"),
    common: true,
  },
  { name: "USAGE_RETENTION_DAYS", key: "usageDays", usual: "180", expected: "whole days", read: whole(1, 3_650), common: true },
  { name: "PLANT_NAME", key: "plantName", usual: "KYZ Plant", expected: "a name", read: text, common: true },
  { name: "TARIFF_CUSTOMER_CHARGE", key: "customerCharge", usual: "120.00", expected: "an amount such as 120.00", read: decimal },
  { name: "TARIFF_DEMAND_RATE_PER_KW", key: "demandRate", usual: "24.74", expected: "a rate such as 24.74", read: decimal },
  { name: "TARIFF_ENERGY_RATE_PER_KWH", key: "energyRate", usual: "0.04143", expected: "a rate such as 0.04143", read: decimal },
  {
    name: "TARIFF_RATCHET_PERCENT",
    key: "ratchetShare",
    usual: "0.60",
    expected: "a share from 0 to 1, such as 0.60 for 60 %",
    read: share,
  },
  { name: "TARIFF_MIN_BILLING_KW", key: "minBillingKw", usual: "50", expected: "kW, 0 or more", read: number(0) },
  { name: "PLC_CSV_DROP_DIR", key: "csvFolder", expected: "a folder", read: text },
  { name: "PLC_CSV_GLOB", key: "csvGlob", usual: "*.csv", expected: "a file name with * and ?", read: text },
  { name: "PLC_CSV_MIN_AGE_SECONDS", key: "csvMinAgeSeconds", usual: "10", expected: "seconds, 0 or more", read: number(0, 86_400) },
  { name: "PLC_CSV_MOVE_TO_ARCHIVE", key: "csvMove", usual: "false", expected: "true or false", read: yes("1", "true", "yes", "on") },
  { name: "PLC_CSV_ARCHIVE_DIR", key: "csvArchive", expected: "a folder", read: text },
];

/** Three names in two families; a minute is sixty seconds. */
const INTERVAL_MINUTES = "KYZ_INTERVAL_MINUTES";
const INTERVAL_SECONDS = "INTERVAL_SECONDS";
const GRACE_SECONDS = "KYZ_INTERVAL_GRACE_SECONDS";
const USUAL_MINUTES = 15;
const SECONDS = 60;
const DAY_MINUTES = 1_440;

/** What was found of the old names. */
export interface OldNames {
  readonly settings: OldKyz;
  /** Names that hold something. */
  readonly given: ReadonlySet<string>;
  readonly problems: readonly Problem[];
}

/**
 * The old names out of the environment. Missing: undefined where none of them is there that only the old dashboard uses.
 * Errors: every value that cannot be read is a problem that names its variable.
 */
export function readOldKyz(environment: Pick<Environment, "get">): OldNames | undefined {
  const problems: Problem[] = [];
  const given = new Map<string, string>();
  for (const name of [...OLD_KYZ.map((setting) => setting.name), INTERVAL_MINUTES, INTERVAL_SECONDS, GRACE_SECONDS]) {
    const value = textOf(environment, name, problems);
    if (value !== "") given.set(name, value);
  }
  const ours = OLD_KYZ.filter((setting) => !setting.common).map((setting) => setting.name);
  if (![...ours, INTERVAL_MINUTES, GRACE_SECONDS].some((name) => given.has(name))) return undefined;
  const settings: Record<string, unknown> = {};
  for (const { name, key, usual, expected, read } of OLD_KYZ) {
    const value = given.get(name) ?? usual;
    if (value === undefined) continue;
    const found = read(value);
    if (found === undefined) problems.push({ file: name, sentence: `expected ${expected}` });
    else settings[key] = found;
  }
  const timing = timingOf(given, problems);
  return { settings: { ...(settings as unknown as OldKyz), ...timing }, given: new Set(given.keys()), problems };
}

function textOf(environment: Pick<Environment, "get">, name: string, problems: Problem[]): string {
  try {
    return environment.get(name)?.trim() ?? "";
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    problems.push({ file: name, sentence: error.message });
    return "";
  }
}

/** The interval may be said in minutes or in seconds; said both ways it must be one. */
function timingOf(given: ReadonlyMap<string, string>, problems: Problem[]): Pick<OldKyz, "intervalMinutes" | "graceSeconds"> {
  const minutes = readOne(given, INTERVAL_MINUTES, { read: whole(1, DAY_MINUTES), expected: "whole minutes", problems });
  const seconds = readOne(given, INTERVAL_SECONDS, {
    read: whole(SECONDS, DAY_MINUTES * SECONDS),
    expected: "whole seconds, a minute at least",
    problems,
  });
  const grace = readOne(given, GRACE_SECONDS, { read: number(0, 86_400), expected: "seconds, 0 or more", problems });
  if (seconds !== undefined && seconds % SECONDS !== 0)
    problems.push({ file: INTERVAL_SECONDS, sentence: "expected whole minutes, such as 900" });
  if (minutes !== undefined && seconds !== undefined && minutes * SECONDS !== seconds) {
    problems.push({
      file: INTERVAL_MINUTES,
      sentence: `says ${minutes} minutes and ${INTERVAL_SECONDS} says ${seconds} seconds; keep one of the two`,
    });
  }
  return {
    intervalMinutes: minutes ?? (seconds === undefined ? USUAL_MINUTES : Math.floor(seconds / SECONDS)),
    ...(grace === undefined ? {} : { graceSeconds: grace }),
  };
}

function readOne(
  given: ReadonlyMap<string, string>,
  name: string,
  { read, expected, problems }: { read: Read; expected: string; problems: Problem[] },
): number | undefined {
  const value = given.get(name);
  if (value === undefined) return undefined;
  const found = read(value);
  if (typeof found === "number") return found;
  problems.push({ file: name, sentence: `expected ${expected}` });
  return undefined;
}
