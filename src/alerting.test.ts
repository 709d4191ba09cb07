import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Config } from "#config/config.ts";
import { loadConfig } from "#config/load.ts";
import { problemText } from "#config/problem.ts";
import { DIALECTS } from "#dialects/catalogue.ts";
import type { Jobs } from "#jobs/job.ts";
import { FakeHttpServer } from "#test/fakes/http-server.ts";
import { PlantWorld } from "#test/plant-world.ts";
import { type Alerting, openAlerting } from "./alerting.ts";
import { pageAddressOf } from "./public-address.ts";

const CWD = fileURLToPath(new URL("../", import.meta.url));
const HOUSE = `
sites: { home: { zone: Europe/Berlin }, plant: { zone: America/Jamaica } }
sources:
  meter: { site: home, dialect: tasmota-sml }
  air: { site: home, dialect: tasmota-energy, topics: ["air/+/SENSOR"] }
  market: { site: home, dialect: market-stream }
`;
const SECRETS = {
  TOKEN: "CANARY-1",
  PASSWORD: "CANARY-2",
  PATH_OF_HOOK: "CANARY-3",
  HEADER: "CANARY-4",
  NTFY: "CANARY-5",
  BROKER: "CANARY-6",
};

function configOf(text: string, env: Record<string, string> = {}): Config {
  const { config, problems } = loadConfig({ text, cwd: CWD, env, dialects: DIALECTS });
  if (config === undefined) throw new Error(problems?.map(problemText).join("\n"));
  return config;
}

describe("the guide to alerts", () => {
  const guide = readFileSync(new URL("../docs/guides/alerts.md", import.meta.url), "utf8");
  const parts = [...guide.matchAll(/```yaml\n([\s\S]*?)```/g)].map((match) => String(match[1]));

  test("shows parts that are good", () => {
    expect(parts.length).toBeGreaterThanOrEqual(7);
    const names = ["TELEGRAM_TOKEN", "MAIL_PASSWORD", "NTFY_TOKEN", "HOOK_TOKEN", "MQTT_PASSWORD"];
    const env = { ...Object.fromEntries(names.map((name) => [name, "1:x"])), TELEGRAM_CHAT: "2", HOOK_URL: "https://example.org/h" };
    for (const part of parts) expect(configOf(HOUSE + part, env).alerts.rules.length).toBeGreaterThanOrEqual(0);
  });

  test("names every kind of rule and channel, and every field of a webhook", () => {
    for (const kind of ["stale", "thinning", "threshold", "demand", "price", "job"]) expect(guide).toContain(`kind: ${kind},`);
    for (const kind of ["telegram", "ntfy", "webhook", "mqtt"]) expect(guide).toContain(`kind: ${kind},`);
    const shown = JSON.parse(/```json\n([\s\S]*?)```/.exec(guide)?.[1] ?? "{}");
    expect(Object.keys(shown)).toHaveLength(15);
  });
});

describe("alerts of a configuration", () => {
  let world: PlantWorld;
  let server: FakeHttpServer;
  let alerting: Alerting | undefined;
  const logs: string[] = [];
  beforeEach(async () => {
    world = await PlantWorld.open();
    server = await FakeHttpServer.start();
    server.say(401, '{"ok":false,"description":"Unauthorized CANARY-1"}');
    logs.length = 0;
  });
  afterEach(async () => {
    await alerting?.close();
    await world.close();
    await server.stop();
  });

  async function open(config: Config): Promise<Alerting> {
    const log = (about: object, message: string): void => void logs.push(`${message} ${JSON.stringify(about)}`);
    const opened = await openAlerting({
      config,
      store: world.store,
      plants: [world.plant()],
      homes: () => [{ settings: { site: "plant", name: "The plant", roles: { grid: "main" } } }],
      rates: () => new Map(),
      doors: [],
      ownBroker: { username: "wattkeep", password: "CANARY-7" },
      nowMs: world.nowMs,
      random: () => 0.5,
      logger: { info: log, warn: log, error: log },
    });
    alerting = opened;
    return opened;
  }

  test("no secret of any channel is in a log, a problem or an answer, whatever the other side says", async () => {
    const port = new URL(server.url).port;
    const channels = `
alerts:
  channels:
    phone: { kind: telegram, botToken: "\${TOKEN}", chatId: 12, apiUrl: "${server.url}" }
    mail: { kind: mail, host: 127.0.0.1, port: ${port}, user: me, password: "\${PASSWORD}", from: a@example.org, to: [b@example.org] }
    hook: { kind: webhook, url: "${server.url}/\${PATH_OF_HOOK}", headers: { X-Key: "\${HEADER}" } }
    push: { kind: ntfy, url: "${server.url}", topic: home, token: "\${NTFY}" }
    plc: { kind: mqtt, topic: alerts, broker: main }
brokers: { main: { url: "mqtt://127.0.0.1:${port}", username: me, password: "\${BROKER}" } }
`;
    const { desk, begin } = await open(configOf(HOUSE.replaceAll("site: home,", "site: home, broker: main,") + channels, SECRETS));
    const answers = await Promise.all(["phone", "hook", "push"].map((name) => desk.test(name)));
    begin({ list: async () => [] } as unknown as Jobs);
    for (let i = 0; i < 2_000 && server.asked.length < 5; i += 1) await new Promise((resolve) => setTimeout(resolve, 1));
    const told = JSON.stringify([answers, await desk.channels(), await desk.rules(), logs]);
    expect(answers.map(({ sent }) => sent)).toEqual([false, false, false]);
    expect(told).toContain("mail");
    expect(told).not.toMatch(/CANARY/);
  });

  test("a number of 0 turns the look at readings off, and the file's rules stand beside those built in", async () => {
    const own = "alerts: { readingsPerHour: 0, rules: [{ id: any-silent, kind: stale, source: '*', after: 2h, channels: [] }] }\n";
    const { desk } = await open(configOf(HOUSE + own));
    expect((await desk.rules()).map(({ rule, from }) => [rule.id, from, rule.enabled])).toEqual([
      ["source-silent", "built-in", true],
      ["readings-thin", "built-in", false],
      ["backup-failed", "built-in", true],
      ["meter-leaks", "built-in", true],
      ["meter-implausible", "built-in", true],
      ["meter-due", "built-in", true],
      ["calibration-ends", "built-in", true],
      ["any-silent", "file", true],
    ]);
  });

  test("the hourly job says how many readings came", async () => {
    const { job } = await open(configOf(HOUSE));
    const running = {
      why: "schedule",
      dueMs: 0,
      signal: new AbortController().signal,
      progress: () => true,
      note: () => undefined,
    } as const;
    expect(await job.run(running)).toMatchObject({ sentence: "No home has sent readings for an hour yet." });
    await world.pulses(world.clockMs, world.clockMs + 2 * 3_600_000, () => 500);
    world.clockMs += 60_000;
    expect(await job.run(running)).toEqual({
      sentence: "Readings in the last hour: 236 of The plant.",
      counts: { readings: 236 },
    });
    expect(job).toMatchObject({ name: "health-check", schedule: "0 * * * *", zone: "Europe/Berlin" });
  });
});

test("messages lead to the page by the name under which people reach it", () => {
  const http = {
    listen: { host: "0.0.0.0", port: 8080 },
    publicHosts: ["meter.lan"],
    allowedOrigins: [],
    trustProxy: [],
    basePath: "/sub",
  };
  expect(pageAddressOf(http)("/home")).toBe("http://meter.lan:8080/sub/home");
  expect(pageAddressOf({ ...http, trustProxy: ["127.0.0.1"] })("/home")).toBe("https://meter.lan/sub/home");
  expect(pageAddressOf({ ...http, publicHosts: ["meter.lan:8443"], trustProxy: ["127.0.0.1"] })("/home")).toBe(
    "https://meter.lan:8443/sub/home",
  );
  expect(pageAddressOf({ ...http, publicHosts: [] })("/home")).toBeUndefined();
});
