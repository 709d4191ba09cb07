import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DIALECTS } from "#dialects/catalogue.ts";
import type { Config } from "./config.ts";
import { loadConfig } from "./load.ts";
import { OLD_TASMOTA, type OldFile, readOldTasmota } from "./old-tasmota.ts";
import { tasmotaSecrets, tasmotaYaml } from "./old-tasmota-yaml.ts";
import { problemText } from "./problem.ts";
import { pythonLiterals } from "./python-literals.ts";

const house = { zone: "Europe/Berlin", currency: "EUR", database: "/old/data/energy.db" };
const nowhere = { get: () => undefined };
const env = (values: Record<string, string>) => ({ get: (name: string) => values[name] });
const config = (text: string): OldFile => ({ name: "config.py", text });

function read(files: readonly OldFile[], beside = nowhere as ReturnType<typeof env>, around = nowhere as ReturnType<typeof env>) {
  return readOldTasmota({ files, beside, around });
}

/** What Wattkeep makes of the old files. */
function converted(...files: OldFile[]): Config {
  const { settings, problems } = read(files);
  expect(problems).toEqual([]);
  const secrets = Object.fromEntries((tasmotaSecrets(settings) ?? "").split("\n").map((row) => row.split(/=(.*)/s).slice(0, 2)));
  const text = tasmotaYaml(settings, house);
  const loaded = loadConfig({ text, cwd: "/house", env: secrets, dialects: DIALECTS });
  expect(loaded.problems?.map(problemText)).toBeUndefined();
  return loaded.config as Config;
}

const DEFAULTS = converted(config(""));

describe("every setting of the old Tasmota monitor", () => {
  const telegram = { name: "values.py", text: 'TELEGRAM_API_TOKEN = "12:canary"\nTELEGRAM_CHAT_ID = 4711\n' };
  const TABLE: [name: string, said: string, of: (of: Config) => unknown, here: unknown, usual: unknown][] = [
    ["SERVER_URL", '"192.168.2.5"', (of) => of.brokers[0]?.url, "mqtt://192.168.2.5:1883", "mqtt://127.0.0.1:1883"],
    ["MQTT_PORT", "1884", (of) => of.brokers[0]?.url, "mqtt://127.0.0.1:1884", "mqtt://127.0.0.1:1883"],
    ["FLASK_PORT", "8000", (of) => of.http.listen, { host: "127.0.0.1", port: 8000 }, { host: "127.0.0.1", port: 5008 }],
    ["TOPIC", '"tele/head/SENSOR"', (of) => of.sources[0]?.topics, ["tele/head/SENSOR"], ["tele/tasmota/#"]],
    ["TASMOTA_UI_URL", "'http://192.168.2.20/'", (of) => of.homes[0]?.readerUrl, "http://192.168.2.20/", undefined],
    // Secrets are in a file of their own; the channel there is when both are.
    ["TELEGRAM_API_TOKEN", '"12:canary"', (of) => of.alerts.channels.length, 0, 0],
    ["TELEGRAM_CHAT_ID", "4711", (of) => of.alerts.channels.length, 0, 0],
    // Its rows are taken over by a command; there is no such setting.
    ["DATABASE_URL", '"sqlite:///data/other.db"', (of) => of.data, "/house/wattkeep-data", "/house/wattkeep-data"],
  ];

  it.each(TABLE)("%s = %s", (name, said, of, here, usual) => {
    expect(of(converted(config(`${name} = ${said}  # as the instructions say\n`)))).toEqual(here);
    expect(of(DEFAULTS)).toEqual(usual);
  });

  it("is in the table, under the names of later versions too", () => {
    expect(OLD_TASMOTA.map(({ names }) => names[0]).sort()).toEqual(TABLE.map(([name]) => name).sort());
    const later = [...TABLE].map(([name, said]) => [OLD_TASMOTA.find(({ names }) => names[0] === name)?.names ?? [], said] as const);
    for (const [names, said] of later)
      for (const name of names) expect(read([config(`${name}: str = ${said}`)])).toMatchObject({ given: new Set([name]), problems: [] });
  });

  it("of Telegram becomes a channel whose values stand in a file of their own", () => {
    const of = converted(telegram);
    expect(of.alerts.channels).toMatchObject([{ name: "telegram", kind: "telegram", chatId: "4711" }]);
    const { settings } = read([telegram]);
    expect(tasmotaYaml(settings, house)).not.toContain("canary");
    expect(tasmotaSecrets(settings)).toBe("TELEGRAM_API_TOKEN=12:canary\nTELEGRAM_CHAT_ID=4711\n");
    expect(tasmotaSecrets(read([config("")]).settings)).toBeUndefined();
  });

  it("that was built in is kept: the price, the readings of an hour, the copy every hour, the routes", () => {
    expect(DEFAULTS.homes[0]?.prices).toEqual([{ fromDate: "2020-01-01", perKwh: "0.3102", baseFeePerMonth: "0" }]);
    expect(DEFAULTS.alerts.readingsPerHour).toBe(300);
    expect(DEFAULTS.backups).toMatchObject({ enabled: true, schedule: "0 * * * *" });
    expect(DEFAULTS.compat.tasmota).toBeDefined();
    expect(DEFAULTS.sources[0]?.keepRawMs).toBe(Number.POSITIVE_INFINITY);
  });

  it("says where its database is", () => {
    expect(read([config('DATABASE_URL = "sqlite:////srv/energy.db"')]).settings.database).toBe("/srv/energy.db");
    expect(read([config("")]).settings.database).toBe("data/energy.db");
    expect(tasmotaYaml(read([config("")]).settings, house)).toContain("wattkeep import old tasmota /old/data/energy.db --dry-run");
    const odd = tasmotaYaml(read([config("")]).settings, { ...house, database: "/old house/x\nhttp: { listen: 0.0.0.0:1 }" });
    expect(odd).toContain('tasmota "/old house/x\\nhttp: { listen: 0.0.0.0:1 }" --dry-run');
  });
});

describe("what cannot be read", () => {
  it.each([
    ["MQTT_PORT = 99999", "config.py:1:1 MQTT_PORT: expected a port"],
    ['\nTOPIC = "a/#/b"', "config.py:2:1 TOPIC: expected a topic filter"],
    ['TASMOTA_UI_URL = "head"', "config.py:1:1 TASMOTA_UI_URL: expected an address such as http://192.168.1.20/"],
    ['DATABASE_URL = "postgresql://x/y"', "config.py:1:1 DATABASE_URL: expected a file of SQLite, such as sqlite:///data/energy.db"],
    ['TELEGRAM_CHAT_ID = "my chat"', "config.py:1:1 TELEGRAM_CHAT_ID: expected the number of a chat"],
  ])("%j is a problem with its place", (text, problem) => {
    expect(read([config(text)]).problems.map(problemText)).toEqual([problem]);
  });

  it("never shows a token", () => {
    const { problems } = read([config('TELEGRAM_API_TOKEN = "12 canary"')]);
    expect(problems.map(problemText).join()).not.toContain("canary");
    expect(JSON.stringify(read([config('TELEGRAM_API_TOKEN = "12:canary"')]))).not.toContain("canary");
  });

  it("is not worked out: what a function makes is said to be missing", () => {
    const { settings, notes } = read([config('import os\nTOPIC = os.environ["TOPIC"]\nSERVER_URL = f"{HOST}.lan"\n')]);
    expect(settings).toMatchObject({ topic: "tele/tasmota/#" });
    expect(settings.brokerHost).toBeUndefined();
    expect(notes).toHaveLength(2);
    expect(notes[0]).toContain("SERVER_URL in config.py is not a plain value");
  });

  it("as 192.168.x.x is nothing that was set", () => {
    const { settings, problems } = read([config('SERVER_URL = "192.168.x.x"\nTASMOTA_UI_URL = "http://192.168.x.x/"')]);
    expect(problems).toEqual([]);
    expect(settings.brokerHost).toBeUndefined();
    expect(settings.readerUrl).toBeUndefined();
  });
});

describe("the environment", () => {
  it("of the old folder knows every name, that of this computer only those nothing else uses", () => {
    const values = { MQTT_PORT: "1999", TASMOTA_UI_URL: "http://head/", TELEGRAM_CHAT_ID: "7" };
    expect(read([], env(values)).settings).toMatchObject({ mqttPort: 1999, readerUrl: "http://head/", chatId: "7" });
    expect(read([], env({}), env(values)).settings).toMatchObject({ mqttPort: 1883, readerUrl: "http://head/", chatId: "7" });
    expect(read([config("TELEGRAM_CHAT_ID = 8")], env(values)).settings.chatId).toBe("8");
  });
});

describe("a Python file", () => {
  it("gives its plain assignments at the top level, the last of a name", () => {
    const text = `# comment
A = 'it\\'s'  # why
B: Final[str] = "C:\\\\x # no comment"
C = r"\\d"
D = -1_000.5
E = (1)
F == 3
def f():
    G = 1
A2 = "a" + "b"
D = 7
`;
    expect([...pythonLiterals(text)]).toEqual([
      ["A", { line: 2, value: "it's" }],
      ["B", { line: 3, value: "C:\\x # no comment" }],
      ["C", { line: 4, value: "\\d" }],
      ["D", { line: 11, value: "7" }],
      ["E", { line: 6 }],
      ["A2", { line: 10 }],
    ]);
  });

  it("whatever it holds gives a configuration or problems, never an exception, and nothing in the YAML but what was read", () => {
    const name = fc.constantFrom(...OLD_TASMOTA.flatMap(({ names }) => names));
    const value = fc.oneof(
      fc.string().map((text) => JSON.stringify(text)),
      fc.integer().map(String),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(name, value), { maxLength: 8 }), (rows) => {
        const found = read([config(rows.map(([key, said]) => `${key} = ${said}`).join("\n"))]);
        if (found.problems.length > 0) return;
        const secrets = { TELEGRAM_API_TOKEN: "x", TELEGRAM_CHAT_ID: "1" };
        const loaded = loadConfig({ text: tasmotaYaml(found.settings, house), cwd: "/", env: secrets, dialects: DIALECTS });
        expect(loaded.problems?.map(problemText)).toBeUndefined();
      }),
    );
  });
});
