// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts hold variables of the configuration, not of JavaScript
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import fc from "fast-check";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import type { Dialect } from "#dialects/dialect.ts";
import type { Config } from "./config.ts";
import { type Loaded, loadConfig } from "./load.ts";
import { problemText } from "./problem.ts";

const folder = mkdtempSync(join(tmpdir(), "wattkeep-config-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeEach(() => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
});

const plain: Omit<Dialect, "name" | "options"> = {
  version: 1,
  title: "For tests",
  topics: [],
  equalInstant: "last",
  decode: () => ({ items: [] }),
  recognise: () => undefined,
};
const DIALECTS: readonly Dialect[] = [
  { ...plain, name: "kyz-pulse", options: z.strictObject({ demandSeconds: z.number().optional() }) },
  { ...plain, name: "clock", options: z.strictObject({ zone: z.string().optional() }), topics: ["clock"], zoned: true },
  { ...plain, name: "tasmota-sml", options: z.unknown(), topics: ["tele/+/SENSOR"] },
];

function load(text: string, env: Record<string, string> = {}): Loaded {
  writeFileSync(join(folder, "wattkeep.yaml"), text);
  return loadConfig({ file: "wattkeep.yaml", cwd: folder, env, dialects: DIALECTS });
}

function problemsOf(text: string, env: Record<string, string> = {}): string[] {
  return (load(text, env).problems ?? []).map(problemText);
}

function configOf(text: string, env: Record<string, string> = {}): Config {
  const loaded = load(text, env);
  expect(loaded.problems).toBeUndefined();
  return loaded.config as Config;
}

const PLANT = `
sites:
  plant: { zone: America/Indiana/Indianapolis, currency: USD, holidays: [2026-12-25] }
brokers:
  main: { url: mqtt://127.0.0.1, username: wattkeep, password: \${MQTT_PASSWORD}, caFile: ca.pem }
sources:
  kyz: { site: plant, broker: main, topics: [pri/kyz/#], dialect: kyz-pulse, options: { demandSeconds: 900 }, keepRaw: forever }
  meter: { dialect: tasmota-sml, points: { MT681: plant/main }, rank: device, graceSeconds: 5 }
points:
  plant/main: { name: Main meter, quantity: energy, unit: kWh, facts: [{ from: 2025-01-01, pulsesPerKwh: 0.5 }] }
access: { anonymous: [{ role: viewer, from: 127.0.0.0/8 }] }
http: { listen: "0.0.0.0:9000", basePath: /watt/ }
data: store
`;

describe("a good configuration", () => {
  it("becomes sites, brokers, sources and points with their defaults and lines", () => {
    const config = configOf(PLANT, { MQTT_PASSWORD: "hunter2" });
    expect(config.sites).toEqual([
      { id: "plant", name: "Plant", zone: "America/Indiana/Indianapolis", currency: "USD", declared: { file: "wattkeep.yaml", line: 3 } },
    ]);
    expect(config.holidays.get("plant")).toEqual(["2026-12-25"]);
    expect(config.mqtt).toEqual({ kind: "brokers" });
    const [broker] = config.brokers;
    expect(broker).toMatchObject({ name: "main", url: "mqtt://127.0.0.1:1883", username: "wattkeep", caFile: join(folder, "ca.pem") });
    expect(broker?.password?.reveal()).toBe("hunter2");
    expect(config.sources).toMatchObject([
      {
        name: "kyz",
        title: "Kyz",
        topics: ["pri/kyz/#"],
        options: { demandSeconds: 900 },
        rank: "live",
        keepRawMs: Infinity,
      },
      { name: "meter", topics: ["tele/+/SENSOR"], points: new Map([["MT681", "plant/main"]]), rank: "device", keepRawMs: 90 * 86_400_000 },
    ]);
    const fromMs = Date.UTC(2025, 0, 1, 5);
    expect(config.points).toMatchObject([
      { site: "plant", id: "main", facts: [{ name: "pulsesPerKwh", value: 0.5, fromMs }], declared: { line: 10 } },
    ]);
    expect(config.http).toMatchObject({ listen: { host: "0.0.0.0", port: 9000 }, basePath: "/watt" });
    expect(config.data).toBe(join(folder, "store"));
  });

  it("hands the zone of its site to a source whose dialect asks for it", () => {
    const zoneOf = (rest: string) =>
      configOf(`sites: { a: { zone: Asia/Tokyo }, b: { zone: Asia/Seoul } }\nsources: { s: { dialect: clock, ${rest} } }`).sources[0]
        ?.options;
    expect(zoneOf("site: a")).toEqual({ zone: "Asia/Tokyo" });
    expect(zoneOf("site: a, options: { zone: UTC }")).toEqual({ zone: "UTC" });
    expect(zoneOf("topics: [x]")).toEqual({});
    expect(configOf("sites: { a: { zone: Asia/Tokyo } }\nsources: { s: { dialect: clock } }").sources[0]?.options).toEqual({
      zone: "Asia/Tokyo",
    });
  });

  it("may be no file at all: everything has a default", () => {
    const { config } = loadConfig({ cwd: folder, env: {}, dialects: DIALECTS });
    expect(config).toMatchObject({
      mqtt: { kind: "auto" },
      sources: [],
      http: { listen: { host: "127.0.0.1" } },
      data: join(folder, "wattkeep-data"),
    });
    expect(config?.file).toBeUndefined();
  });

  it("may be empty, or begin with a byte order mark", () => {
    expect(configOf("").sites).toEqual([]);
    expect(configOf("\uFEFFlog: warn\r\n").log.level).toBe("warn");
  });

  it("opens our broker without credentials on this computer alone", () => {
    expect(configOf("broker: { listen: 127.0.0.1:1884 }").broker.requireCredentials).toBe(false);
    expect(configOf("broker: { listen: 0.0.0.0:1884 }").broker.requireCredentials).toBe(true);
    expect(problemsOf("broker: { listen: 0.0.0.0:1884, requireCredentials: false }")[0]).toContain("wattkeep token create --device");
  });
});

describe("five mistakes", () => {
  it("are five sentences with file, line and column, all at once", () => {
    const text = `sites:
  plant: { zone: Europe/Belin, curency: EUR }
sources:
  kyz:
    site: plnt
    dialect: kyz-puls
    topics: ["a/#/b"]
`;
    expect(problemsOf(text)).toEqual([
      'wattkeep.yaml:2:18 sites.plant.zone: "Europe/Belin" is not a time zone; write one like Europe/Berlin',
      'wattkeep.yaml:2:32 sites.plant.curency: there is no such key; did you mean "currency"?',
      'wattkeep.yaml:5:11 sources.kyz.site: "plnt" is not a site; did you mean "plant"?',
      'wattkeep.yaml:6:14 sources.kyz.dialect: "kyz-puls" is not a dialect; did you mean "kyz-pulse"?',
      'wattkeep.yaml:7:14 sources.kyz.topics.0: "a/#/b" is not a topic filter: # must stand alone as the last level',
    ]);
  });
});

describe("one mistake", () => {
  const source = (rest: string) => `sites: { a: { zone: UTC } }\nsources: { s: { dialect: kyz-pulse, topics: [x], ${rest} } }`;
  it.each([
    ["a: 1\na: 2", "wattkeep.yaml:2:1 This key is already there above; keep one of the two."],
    [
      "sites: [\n",
      "wattkeep.yaml:2:1 This line is indented differently from what it belongs to; is a bracket or quote above it left open?",
    ],
    ["alert: []", 'wattkeep.yaml:1:1 alert: there is no such key; did you mean "alerts"?'],
    ["sites: { a: {} }", "wattkeep.yaml:1:13 sites.a.zone: is missing: expected a time zone"],
    ["sites: { a: { zone: UTC, currency: Euro } }", 'sites.a.currency: "Euro" is not a currency; write its three letters, like EUR'],
    ["sites: { a: { zone: UTC, holidays: [2026-02-30] } }", 'sites.a.holidays.0: "2026-02-30" is not a date; write 2026-12-25'],
    ["sites: { a/b: { zone: UTC } }", "wattkeep.yaml:1:10 sites.a/b: the name may hold letters, digits and . _ - between them"],
    ["brokers: { a: { url: http://x } }", "brokers.a.url: expected a broker like mqtt://192.168.1.5:1883 or mqtts://broker.example"],
    ["brokers: { a: { url: mqtt://x, password: 0123 } }", "brokers.a.password: expected a text; put it in quotes if it is made of digits"],
    ["brokers: { a: { url: mqtt://x, protocol: 3 } }", "brokers.a.protocol: 3 is none of 4, 5"],
    ["brokers: { a: { url: mqtt://x, pinSha256: ab } }", "brokers.a.pinSha256: expected a SHA-256 fingerprint of 64 hexadecimal digits"],
    [
      "sources: { s: { dialect: kyz-pulse } }",
      "sources.s: topics is missing: kyz-pulse has none of its own; list the topics this source listens to",
    ],
    [source("broker: main"), 'sources.s.broker: "main" is not a broker; there is none in this file'],
    [source("keepRaw: 90 days"), 'sources.s.keepRaw: "90 days" is not a length of time; write 90d, 12h, 2y, forever or none'],
    [source("options: { demandSecond: 1 }"), 'sources.s.options.demandSecond: there is no such key; did you mean "demandSeconds"?'],
    [source("options: { demandSeconds: x }"), "sources.s.options.demandSeconds: expected a number, found a text"],
    [source("rank: best"), 'sources.s.rank: "best" is none of derived, live, device, file, utility'],
    [source("points: { x: b/main }"), 'sources.s.points.x: "b" is not a site; there are a'],
    [source("topics2: 1, site: a").replace("topics2: 1", "graceSeconds: fast"), "sources.s.graceSeconds: expected a number, found a text"],
    ["sites: { a: { zone: UTC } }\npoints: { main: {} }", "wattkeep.yaml:2:11 points.main: a point is written as site/point"],
    ["sites: { a: { zone: UTC } }\npoints: { b/main: {} }", 'points.b/main: "b" is not a site; there are a'],
    [
      "sites: { a: { zone: UTC } }\npoints: { a/x: { facts: [{ from: soon }] } }",
      'points.a/x.facts.0.from: "soon" is not a date or instant',
    ],
    ["access: { anonymous: [{ role: viewer, from: 10.0.0.0/33 }] }", 'access.anonymous.0.from: "10.0.0.0/33" is not a network'],
    ["http: { listen: 8080 }", "http.listen: 8080 is not an address to listen on; write 127.0.0.1:8080"],
    ["mqtt: mosquitto", "mqtt: expected auto, embedded, embedded:PORT or a broker like mqtt://192.168.1.5:1883"],
    ["mqtt: auto\nbrokers: { a: { url: mqtt://x } }", "mqtt: brokers are listed as well; keep either the list or mqtt"],
    ["log: loud", 'log.level: "loud" is none of silent, error, warn, info, debug'],
    ["data: *secret", "A text that begins with * names an anchor, and there is no such anchor; put the text in quotes."],
    ["data: !x y", "A text that begins with ! is a YAML tag; put the text in quotes."],
    ["__proto__: { x: 1 }", "__proto__: there is no such key"],
    ["- a list", "wattkeep.yaml:1:1 expected a map of keys, found a list"],
    [
      "data: ${NOWHERE}",
      "The environment has no NOWHERE and no NOWHERE_FILE; set one of them, in .env beside this file or in secrets/*.env.",
    ],
    ["data: ${file:none}", "wattkeep.yaml:1:7 none cannot be read; check its path, which is relative to this file, and its permissions."],
    ["data: ${a b}", "After the dollar sign stands, in braces, the name of an environment variable"],
  ])("in %j is one sentence", (text, sentence) => {
    const problems = problemsOf(text).filter((problem) => !problem.includes("a: there is no such key"));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(sentence);
    expect(Object.prototype).not.toHaveProperty("x");
  });

  it("in a file that is not there is a sentence as well", () => {
    const { problems } = loadConfig({ file: "none.yaml", cwd: folder, env: {}, dialects: DIALECTS });
    expect(problems?.map(problemText)).toEqual(["none.yaml This file cannot be read; check its path and its permissions."]);
  });

  it("of two sources with an equal filter names both, unless their brokers differ", () => {
    const two = (a: string, b: string) => `brokers: { x: { url: mqtt://x }, y: { url: mqtt://y } }
sources:
  s: { dialect: tasmota-sml${a} }
  t: { dialect: tasmota-sml, topics: [$share/g/tele/+/SENSOR]${b} }`;
    expect(problemsOf(two("", ""))).toEqual([
      'wattkeep.yaml:4:39 sources.t.topics.0: "$share/g/tele/+/SENSOR" is claimed by source s already; one of the two has to leave it or be more specific',
    ]);
    expect(problemsOf(two(", broker: x", ", broker: y"))).toEqual([]);
    expect(problemsOf(two(", broker: x", ", broker: y"), { WATTKEEP_MQTT: "embedded" })).toHaveLength(1);
  });
});

describe("the environment", () => {
  it("wins over the file", () => {
    const env = {
      WATTKEEP_DATA: "elsewhere",
      WATTKEEP_HTTP: ":0",
      WATTKEEP_MQTT: "mqtt://u:p@broker:1999",
      WATTKEEP_LOG: "debug",
      MQTT_PASSWORD: "x",
    };
    const config = configOf(PLANT, env);
    expect(config).toMatchObject({ data: join(folder, "elsewhere"), log: { level: "debug" }, mqtt: { kind: "brokers" } });
    expect(config.http.listen).toEqual({ host: "127.0.0.1", port: 0 });
    expect(config.brokers.map(({ url, username }) => [url, username])).toEqual([["mqtt://broker:1999", "u"]]);
    expect(config.sources.every((source) => source.broker === undefined)).toBe(true);
    expect(configOf(PLANT, { WATTKEEP_MQTT: "embedded:1999", MQTT_PASSWORD: "x" }).mqtt).toEqual({ kind: "embedded", port: 1999 });
  });

  it("names the file where none is given", () => {
    writeFileSync(join(folder, "other.yaml"), "log: error");
    const { config } = loadConfig({ cwd: folder, env: { WATTKEEP_CONFIG: "other.yaml" }, dialects: DIALECTS });
    expect(config).toMatchObject({ file: "other.yaml", log: { level: "error" } });
  });

  it("is refused with the variable's name", () => {
    const { problems } = load("", { WATTKEEP_HTTP: "here", WATTKEEP_LOG: "loud", WATTKEEP_MQTT_FILE: "/none" });
    expect(problems?.map(problemText)).toEqual([
      "WATTKEEP_HTTP expected an address like 127.0.0.1:8080",
      "WATTKEEP_MQTT WATTKEEP_MQTT_FILE names /none, which cannot be read",
      "WATTKEEP_LOG expected one of silent, error, warn, info, debug",
    ]);
  });

  it("is the process, then .env, then secrets/*.env; a name may have its value in a file", () => {
    mkdirSync(join(folder, "secrets"));
    writeFileSync(join(folder, "secrets", "b.env"), "DIR=c\nONLY=there\n", { mode: 0o600 });
    writeFileSync(join(folder, ".env"), `DIR=b\nMQTT_PASSWORD_FILE=${join(folder, "password")}\n`, { mode: 0o600 });
    writeFileSync(join(folder, "password"), "from a file\n");
    expect(configOf("data: ${DIR}").data).toBe(join(folder, "b"));
    expect(configOf("data: ${DIR}", { DIR: "a" }).data).toBe(join(folder, "a"));
    expect(configOf("data: ${ONLY}/${DIR}").data).toBe(join(folder, "there", "b"));
    expect(configOf(PLANT).brokers[0]?.password?.reveal()).toBe("from a file");
    expect(load("").warnings).toEqual([]);
  });

  it("hands over what a service was given, and files with a secret alone", () => {
    mkdirSync(join(folder, "credentials"));
    writeFileSync(join(folder, "credentials", "MQTT_PASSWORD"), "of the service\n");
    writeFileSync(join(folder, "token"), "of a file\r\n");
    expect(configOf(PLANT, { CREDENTIALS_DIRECTORY: join(folder, "credentials") }).brokers[0]?.password?.reveal()).toBe("of the service");
    for (const path of ["token", join(folder, "token")]) {
      const text = PLANT.replace("MQTT_PASSWORD", `file:${path}`);
      expect(configOf(text).brokers[0]?.password?.reveal()).toBe("of a file");
    }
    writeFileSync(join(folder, "token"), "x".repeat(10_001));
    expect(problemsOf("data: ${file:token}")).toEqual([expect.stringContaining("token holds more than a secret")]);
  });

  it.skipIf(process.platform !== "linux")("tells a file of secrets that cannot be read, in place of ending with a stack", () => {
    // Opens for everybody, root included, and reads for nobody.
    symlinkSync("/proc/self/mem", join(folder, ".env"));
    expect(problemsOf("")).toEqual([expect.stringMatching(/\.env This file of secrets cannot be read; let the account/)]);
  });

  it.skipIf(process.platform === "win32")("warns of secrets that everybody may read", () => {
    writeFileSync(join(folder, ".env"), "A=1");
    chmodSync(join(folder, ".env"), 0o644);
    expect(load("").warnings).toEqual([expect.stringContaining("can be read by everybody on this computer; run: chmod 600")]);
  });
});

describe("a secret", () => {
  it("is in no JSON, no print and no text of a configuration", () => {
    const config = configOf(PLANT, { MQTT_PASSWORD: "hunter2-canary" });
    const password = config.brokers[0]?.password;
    for (const told of [JSON.stringify(config), inspect(config, { depth: 9 }), String(password), `${password}`])
      expect(told).not.toContain("canary");
  });

  it("is in no problem, wherever it was put by mistake", () => {
    const env = { SECRET: "canary-1234" };
    const texts = [
      "sites: { a: { zone: ${SECRET} } }",
      "brokers: { a: { url: mqtt://u:${SECRET}@x/path } }",
      "brokers: { a: { url: mqtt://u:canary-1234@x/path } }",
      "sources: { s: { dialect: ${SECRET}, site: ${SECRET} } }",
      "log: ${SECRET}",
      "brokers: { a: { url: mqtt://x, password: *canary-1234 } }",
      "brokers: { a: { url: mqtt://x, password: !canary-1234 x } }",
      "brokers: { a: { url: mqtt://x, password: 'canary-1234 } }",
      "brokers: { a: { url: mqtt://x, password: @canary-1234 } }",
      "brokers: { a: { url: mqtt://x, password: [canary-1234] } }",
    ];
    for (const text of texts) {
      const problems = problemsOf(text, env);
      expect(problems.length).toBeGreaterThan(0);
      expect(problems.join("\n")).not.toContain("canary");
    }
  });
});

describe("whatever the file holds", () => {
  it("the answer is a configuration or problems with places, never an exception", () => {
    const word = fc.constantFrom(
      "sites",
      "sources",
      "brokers",
      "a",
      "zone",
      "dialect",
      "topics",
      "[",
      "]",
      "{",
      "}",
      ":",
      ",",
      "\n",
      "  ",
      "- ",
      "*",
      "&x",
      "!",
      "'",
      "${A}",
      "1",
      "~",
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 25 }), (words) => {
        const loaded = load(words.join(""), { A: "b" });
        for (const problem of loaded.problems ?? []) expect(problem.sentence).not.toBe("");
        expect(loaded.config === undefined).toBe(loaded.problems !== undefined);
      }),
    );
  });
});
