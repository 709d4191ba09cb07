import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Dialect } from "#dialects/dialect.ts";
import { assemble, folderOf, mqttOf } from "./assemble.ts";
import { readBuildingRules } from "./building-references.ts";
import type { Config } from "./config.ts";
import { ConfigDocument } from "./document.ts";
import { type Environment, EnvironmentError, environmentOf } from "./environment.ts";
import { readOldKyz } from "./environment-kyz.ts";
import { DROP_FOLDER, type WithOldNames, withOldNames } from "./environment-kyz-content.ts";
import { interpolate, masked } from "./interpolate.ts";
import { issuesOf } from "./issues.ts";
import { LOG_LEVELS, withLogAsMap } from "./logging.ts";
import type { FormulaReader } from "./meter-formulas.ts";
import { insteadOfNiagara } from "./old-niagara.ts";
import { isNiagaraConfig } from "./old-niagara-settings.ts";
import type { Problem } from "./problem.ts";
import { References } from "./references.ts";
import { configSchema, isMqttChoice } from "./schema.ts";
import { readTariffs } from "./tariffs.ts";
import { isUtilityConfig } from "./utility-files.ts";
import { insteadOfOurs, withUtilityFiles } from "./utility-merge.ts";
import { listenOf } from "./values.ts";

export interface LoadChoice {
  /** Left out: WATTKEEP_CONFIG; without that the defaults. */
  readonly file?: string;
  /** Content that stands in for the file's, as of the demo. */
  readonly text?: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly dialects: readonly Dialect[];
  /** Reads the formulas of meters; left out, they are only looked through for names. */
  readonly formulas?: FormulaReader;
  /** Clock of this computer, for an old configuration that names none; left out, as the system says. */
  readonly zone?: string;
}

export type Loaded =
  | { readonly config: Config; readonly warnings: readonly string[]; readonly problems?: undefined }
  | { readonly config?: undefined; readonly warnings: readonly string[]; readonly problems: readonly Problem[] };

const UNREADABLE = "This file of secrets cannot be read; let the account that Wattkeep runs as own it.";

/** Reads a configuration and its environment. Errors: none are thrown; every problem there is comes back at once, with its place. */
export function loadConfig(choice: LoadChoice): Loaded {
  const { cwd, env } = choice;
  const file = choice.file ?? env["WATTKEEP_CONFIG"];
  const text = choice.text ?? (file === undefined ? "" : readText(resolve(cwd, file)));
  if (text === undefined) {
    return { warnings: [], problems: [{ file: file ?? "", sentence: "This file cannot be read; check its path and its permissions." }] };
  }
  const folder = file === undefined ? cwd : folderOf(file, cwd);
  const environment = environmentOf(env, file === undefined ? undefined : folder);
  const document = new ConfigDocument(file ?? "", text);
  const judged: Verdict = document.readable ? judge(document, environment, choice) : { problems: document.problems };
  const overrides = overridesOf(environment, cwd);
  const unread = environment.unreadable.map((secrets) => ({ file: secrets, sentence: UNREADABLE }));
  const problems = [...unread, ...judged.problems, ...overrides.problems].sort(byPlace(document.file));
  const warnings = [...environment.warnings, ...(judged.warnings ?? [])];
  if (problems.length > 0 || judged.config === undefined) return { warnings, problems };
  return { warnings, config: overrides.apply(judged.config) };
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8").replace(/^\uFEFF/, "");
  } catch {
    return undefined;
  }
}

type Verdict = { readonly problems: readonly Problem[]; readonly warnings?: readonly string[]; readonly config?: Config };

function judge(document: ConfigDocument, environment: Environment, choice: LoadChoice): Verdict {
  const { dialects, cwd, file, env } = choice;
  const name = file ?? env["WATTKEEP_CONFIG"];
  const folder = name === undefined ? cwd : folderOf(name, cwd);
  const used = interpolate(document, environment, folder);
  const written = document.content() ?? {};
  const [isUtility, isNiagara] = [isUtilityConfig(written), isNiagaraConfig(written)];
  const old = oldNamesIn(isUtility || isNiagara ? {} : written, { document, environment, choice, used });
  const places = { document, environment, folder, cwd, zone: choice.zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone };
  const theirs = isUtility ? insteadOfOurs(places) : isNiagara ? insteadOfNiagara(places) : withUtilityFiles(old.content, places);
  const content = withLogAsMap(theirs.content);
  const byName = new Map(dialects.map((dialect) => [dialect.name, dialect]));
  const parsed = configSchema.safeParse(content);
  const references = new References(document, content, {
    dialects: byName,
    oneBroker: isSet(environment, "WATTKEEP_MQTT"),
    ...(choice.formulas === undefined ? {} : { formulas: choice.formulas }),
  });
  const { tariffs, problems: inTariffs } = readTariffs(content, { document, folder });
  const { rules: buildingRules, problems: inRules } = readBuildingRules(content, { document, folder });
  const issues = parsed.success ? [] : issuesOf(parsed.error.issues, { document, schema: configSchema, content, at: [] });
  const found = [...issues, ...references.problems, ...inTariffs, ...inRules].filter(consequent(document));
  const problems = [...document.problems, ...old.problems, ...theirs.problems, ...found];
  const secrets = new Map([...used, ...theirs.used]);
  if (problems.length > 0 || !parsed.success) {
    return { problems: problems.map((problem) => ({ ...problem, sentence: masked(problem.sentence, secrets) })) };
  }
  const good = { document, content: parsed.data, options: references.options, dialects: byName, tariffs, buildingRules, folder, cwd };
  const config = assemble(good);
  // Both had their pages open to every network; ours asks for a token then, or stays on this computer.
  const orLoopback = old.orLoopback || isNiagara;
  const warnings = [...old.warnings, ...[...theirs.warnings, ...references.warnings].map((sentence) => masked(sentence, secrets))];
  return { problems: [], warnings, config: orLoopback ? { ...config, http: { ...config.http, orLoopback } } : config };
}

interface OldNamesHouse {
  readonly document: ConfigDocument;
  readonly environment: Environment;
  readonly choice: LoadChoice;
  /** Values the file itself has from the environment. */
  readonly used: ReadonlyMap<string, string>;
}

/** What the old dashboard's names add to the file. The demo, whose text stands in for a file, knows none of them. */
function oldNamesIn(
  content: unknown,
  { document, environment, choice, used }: OldNamesHouse,
): Omit<WithOldNames, "content"> & { readonly content: unknown } {
  const none = { content, problems: [], warnings: [], orLoopback: false };
  const isMap = typeof content === "object" && content !== null && !Array.isArray(content);
  const old = choice.text === undefined && isMap ? readOldKyz(environment) : undefined;
  if (old === undefined) return none;
  const folder = document.file === "" ? choice.cwd : folderOf(document.file, choice.cwd);
  // A name the file itself refers to is no second candidate.
  const given = new Set([...old.given].filter((name) => !used.has(environment.get(name) ?? "")));
  return withOldNames(
    content as Record<string, unknown>,
    { ...old, given },
    {
      file: document.file === "" ? "the configuration" : document.file,
      zone: choice.zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
      hasDropFolder: existsSync(join(folder, DROP_FOLDER)),
    },
  );
}

/** A variable that is not set makes its value a bad one as well; that is no second problem. */
function consequent(document: ConfigDocument): (problem: Problem) => boolean {
  const places = new Set(document.problems.map(({ file, line, column }) => `${file}:${line}:${column}`));
  return ({ file, line, column }) => !places.has(`${file}:${line}:${column}`);
}

function isSet(environment: Environment, name: string): boolean {
  try {
    return environment.get(name) !== undefined;
  } catch {
    return true;
  }
}

/** One variable that wins over the file. */
interface Override {
  readonly name: string;
  readonly expected: string;
  /** Missing: undefined where the value is none. */
  read(value: string, cwd: string): ((config: Config) => Config) | undefined;
}

const OVERRIDES: readonly Override[] = [
  {
    name: "WATTKEEP_DATA",
    expected: "the path of the data folder",
    read: (value, cwd) => (value === "" ? undefined : (config) => ({ ...config, data: resolve(cwd, value) })),
  },
  {
    name: "WATTKEEP_HTTP",
    expected: "an address like 127.0.0.1:8080",
    read(value) {
      const listen = listenOf(value);
      return listen && ((config) => ({ ...config, http: { ...config.http, listen, orLoopback: false } }));
    },
  },
  {
    name: "WATTKEEP_MQTT",
    expected: "auto, embedded, embedded:PORT or a broker like mqtt://192.168.1.5:1883",
    read: (value) => (isMqttChoice(value) ? (config) => onOneBroker(config, value) : undefined),
  },
  {
    name: "WATTKEEP_LOG",
    expected: `one of ${LOG_LEVELS.join(", ")}`,
    read(value) {
      const level = LOG_LEVELS.find((one) => one === value);
      return level && ((config) => ({ ...config, log: { ...config.log, level } }));
    },
  },
];

/** Everything speaks to the broker that replaces all others. */
function onOneBroker(config: Config, choice: string): Config {
  const { alerts, outlets } = config;
  return {
    ...config,
    ...mqttOf(choice, []),
    sources: config.sources.map(withoutBroker),
    alerts: { ...alerts, channels: alerts.channels.map((channel) => (channel.kind === "mqtt" ? withoutBroker(channel) : channel)) },
    outlets: { ...outlets, ...(outlets.homeAssistant === undefined ? {} : { homeAssistant: withoutBroker(outlets.homeAssistant) }) },
  };
}

function withoutBroker<T extends { readonly broker?: string }>({ broker: _, ...rest }: T): Omit<T, "broker"> {
  return rest;
}

function overridesOf(environment: Environment, cwd: string): { problems: Problem[]; apply: (config: Config) => Config } {
  const problems: Problem[] = [];
  const changes: ((config: Config) => Config)[] = [];
  for (const { name, expected, read } of OVERRIDES) {
    try {
      const value = environment.get(name);
      const change = value === undefined ? undefined : read(value, cwd);
      if (change) changes.push(change);
      else if (value !== undefined) problems.push({ file: name, sentence: `expected ${expected}` });
    } catch (error) {
      if (!(error instanceof EnvironmentError)) throw error;
      problems.push({ file: name, sentence: error.message });
    }
  }
  return { problems, apply: (config) => changes.reduce((done, change) => change(done), config) };
}

/** What has no line, then the file that was asked for, then those it names, each from its beginning. */
function byPlace(first: string): (a: Problem, b: Problem) => number {
  const order = ({ file, line }: Problem): string => (line === undefined ? "" : file === first ? "0" : `1${file}`);
  return (a, b) => {
    const [one, other] = [order(a), order(b)];
    if (one !== other) return one < other ? -1 : 1;
    return (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0);
  };
}
