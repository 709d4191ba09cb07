import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createConnection } from "node:net";
import { connectAsync, type MqttClient } from "mqtt";
import { generate } from "mqtt-packet";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import type { ColumnsAnswer } from "#contract/series.ts";
import type { LedgerAnswer, RejectsAnswer } from "#contract/sources.ts";
import { freePort } from "#test/free-port.ts";
import { Mosquitto } from "#test/mosquitto.ts";
import { outside } from "#test/outside.ts";
import { Server } from "#test/server.ts";

/** Every dialect listens, and one good meter that must not notice anything. */
const YAML = `
sites:
  test: { zone: Europe/Berlin, currency: EUR }
sources:
  sml: { dialect: tasmota-sml, topics: [sml/#] }
  energy: { dialect: tasmota-energy, topics: [energy/#] }
  kyz: { dialect: kyz-pulse, topics: [kyz/#] }
  niagara: { dialect: niagara-history, topics: [niagara/#] }
  market: { dialect: market-stream, topics: [market/#], options: { zone: "+10:00" } }
  mapped:
    dialect: mapped-json
    topics: [mapped/#]
    options:
      time: { pointer: /tMs, format: epoch-ms }
      readings: [{ pointer: /n, quantity: energy, kind: counter, point: mapped, unit: kWh }]
  good:
    dialect: mapped-json
    topics: [good/meter]
    options: { time: { pointer: /tMs, format: epoch-ms }, readings: [{ pointer: /n, quantity: value, kind: gauge, point: good }] }
`;
const TOPICS = [
  "sml/tele/head/SENSOR",
  "energy/tele/plug/SENSOR",
  "kyz/pulseCount",
  "niagara/histories",
  "market/facility",
  "mapped/one",
  "mapped/<img src=x onerror=alert(1)>",
];
const text = (words: string): Buffer => Buffer.from(words, "utf8");
const BODIES: Readonly<Record<string, Buffer>> = {
  "not UTF-8": Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0xc3, 0x28, 0x22, 0x7d]),
  "not JSON": text("<html>502 Bad Gateway</html>"),
  "cut short": text('{"tMs":17000'),
  "an array": text("[1,2,3]"),
  "nothing but NaN": text("NaN"),
  "NaN in a field": text('{"tMs":1700000000000,"n":NaN}'),
  "a number beyond all": text('{"tMs":1700000000000,"n":1e400,"MT681":{"Power":1e400},"ENERGY":{"Power":1e400}}'),
  "a prototype": text('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},"n":1}'),
  "very deep lists": text("[".repeat(100_000)),
  "very deep objects": text(`${'{"a":'.repeat(40_000)}1${"}".repeat(40_000)}`),
  "many keys": text(`{${Array.from({ length: 15_000 }, (_, n) => `"k${n}":${n}`).join(",")}}`),
  "another unit": text('{"tMs":1700000000000,"n":"5 furlongs"}'),
  "a time of nobody": text('{"tMs":9e99,"n":5}'),
  empty: Buffer.alloc(0),
  "NUL bytes": Buffer.alloc(64),
  "a word": text("null"),
  "a BOM": text('\ufeff{"tMs":1700000000002,"n":5}'),
};
const HUGE_BYTES = 100 * 1024 * 1024;
const MORE_MB = 60;
const MANY_TOPICS = 10_000;

describe("a server that is sent everything but readings", { timeout: 120_000 }, () => {
  let server: Server;
  let port = 0;
  let client: MqttClient;
  const goodMs = Date.now() - 3_600_000;
  let good = 0;
  const sent = new Map<string, number>();

  beforeAll(async () => {
    port = await freePort();
    server = await Server.start({ yaml: YAML, mqtt: `embedded:${port}` });
    client = await connectAsync(`mqtt://127.0.0.1:${port}`, { reconnectPeriod: 0 });
  });
  afterAll(async () => {
    client?.end(true);
    await server?.remove();
  });

  async function send(topic: string, body: Buffer | string, more: { retain?: boolean } = {}): Promise<void> {
    const source = topic.split("/")[0] as string;
    sent.set(source, (sent.get(source) ?? 0) + 1);
    await client.publishAsync(topic, body, { qos: 1, ...more });
  }

  /** The good meter speaks between everything else. */
  async function sendGood(): Promise<void> {
    good++;
    await send("good/meter", JSON.stringify({ n: good, tMs: goodMs + good * 1000 }));
  }

  test.each(Object.entries(BODIES))("%s is acknowledged on the topics of every dialect", async (_, body) => {
    for (const topic of TOPICS) await send(topic, body);
    await sendGood();
  });

  test("a copy, a message again, and one out of order are nothing special", async () => {
    const body = JSON.stringify({ tMs: goodMs, n: 7.5 });
    await send("mapped/one", body, { retain: true });
    await send("mapped/one", body);
    await send("mapped/one", JSON.stringify({ tMs: goodMs - 60_000, n: 7 }));
    await sendGood();
  });

  test("ten thousand topics at once are taken, claimed or not", async () => {
    const all: Promise<void>[] = [];
    for (let n = 0; n < MANY_TOPICS; n++) all.push(send(n % 2 === 0 ? `energy/tele/plug${n}/SENSOR` : `nobody/topic${n}`, `{"odd":${n}}`));
    await Promise.all(all);
    await sendGood();
  });

  test("a message of a hundred megabytes costs no memory", async () => {
    const before = residentMb(server);
    const answered = await sendHuge(port, "mapped/huge");
    await sendGood();
    const peak = peakMb(server);
    console.info(`100 MB in one message: ${answered}; memory ${before.toFixed(0)} MB before, ${peak.toFixed(0)} MB at the most`);
    if (process.platform === "linux") expect(peak - before).toBeLessThan(MORE_MB);
    const tooLarge = () => server.get<RejectsAnswer>("/api/v1/rejects?code=payload-too-large");
    await expect.poll(async () => (await tooLarge()).rejects.map((reject) => reject.topic), { timeout: 10_000 }).toEqual(["mapped/huge"]);
  });

  test("afterwards it serves, every message is accounted for, and every reject has a reason in words", async () => {
    await sendGood();
    expect(await server.get("/healthz")).toEqual({ status: "ok" });
    expect(await server.get("/api/v1/health")).toMatchObject({ status: "ok", ledgerBalanced: true, problems: [] });
    const ledger = await server.get<LedgerAnswer>("/api/v1/ledger");
    expect(ledger.balanced).toBe(true);
    for (const row of ledger.sources) {
      const without = Object.values(row.without).reduce((sum, count) => sum + count, 0);
      expect([row.source, row.messages, row.messages - row.withItems - without]).toEqual([row.source, expect.any(Number), 0]);
      if (row.source !== "mapped") expect([row.source, row.messages]).toEqual([row.source, sent.get(row.source)]);
    }
    expect(ledger.sources.map((row) => row.source).toSorted()).toEqual(["energy", "good", "kyz", "mapped", "market", "niagara", "sml"]);
    const { rejects } = await server.get<RejectsAnswer>("/api/v1/rejects?limit=500");
    console.info([...new Set(rejects.map((reject) => reject.code))].toSorted().join(", "));
    expect(rejects.length).toBeGreaterThan(30);
    for (const reject of rejects) {
      expect(reject.code).toMatch(/^[a-z][a-z0-9-]+$/);
      expect(reject.sentence).toMatch(/^\P{Cc}{15,400}$/u);
      expect(reject.bodyBytes).toBeGreaterThanOrEqual(0);
    }
  });

  test("the good meter's readings are exactly what it said", async () => {
    const range = `from=0&to=${Date.now() + 3_600_000}&points=50000&raw=true`;
    const { columns } = await server.get<ColumnsAnswer>(`/api/v1/columns?series=test/good/value@good&${range}`);
    const numbers = Array.from({ length: good }, (_, n) => n + 1);
    expect(columns[0]?.value).toEqual(numbers);
    expect(columns[0]?.tMs).toEqual(numbers.map((n) => goodMs + n * 1000));
  });
});

outside("mosquitto")("a server whose broker hands it a hundred megabytes", { timeout: 120_000 }, () => {
  test("lets them pass by, says so, and takes what comes after", async () => {
    const broker = await Mosquitto.start();
    onTestFinished(() => broker.stop());
    const server = await Server.start({ yaml: YAML, mqtt: broker.url });
    onTestFinished(() => server.remove());
    const client = await connectAsync(broker.url, { reconnectPeriod: 0 });
    onTestFinished(() => client.endAsync(true));
    const say = (n: number) => client.publishAsync("good/meter", JSON.stringify({ n, tMs: 1_780_000_000_000 + n }), { qos: 1 });
    const count = async () => (await server.get<LedgerAnswer>("/api/v1/ledger")).sources.find((row) => row.source === "good")?.stored ?? 0;
    const patience = { timeout: 60_000, interval: 100 };
    await expect.poll(async () => (await say(1)) && (await count()), patience).toBe(1);
    const before = residentMb(server);
    expect(await sendHuge(broker.port, "mapped/huge")).toBe("acknowledged");
    await say(2);
    await expect.poll(count, patience).toBe(2);
    const { rejects } = await server.get<RejectsAnswer>("/api/v1/rejects");
    expect(rejects.map(({ topic, code, bodyBytes }) => ({ topic, code, bodyBytes }))).toEqual([
      { topic: "mapped/huge", code: "payload-too-large", bodyBytes: HUGE_BYTES },
    ]);
    const peak = peakMb(server);
    console.info(`100 MB through Mosquitto: memory ${before.toFixed(0)} MB before, ${peak.toFixed(0)} MB at the most`);
    if (process.platform === "linux") expect(peak - before).toBeLessThan(MORE_MB);
  });
});

/** Megabytes the server holds now, and the most it ever held since it was asked first. */
function residentMb(server: Server): number {
  return statusMb(server, "VmRSS");
}
const peakMb = (server: Server): number => statusMb(server, "VmHWM");

function statusMb(server: Server, name: string): number {
  if (process.platform !== "linux") return 0;
  const line =
    readFileSync(`/proc/${server.pid}/status`, "utf8")
      .split("\n")
      .find((one) => one.startsWith(`${name}:`)) ?? "";
  return Number(/\d+/.exec(line)?.[0]) / 1024;
}

/** Streams one giant publish over a connection of its own; answers what became of it. */
async function sendHuge(port: number, topic: string): Promise<string> {
  const socket = createConnection({ host: "127.0.0.1", port });
  let answer = "";
  const ended = new Promise<void>((resolve) => socket.once("close", () => resolve()));
  socket.on("error", () => undefined);
  socket.on("data", (bytes: Buffer) => {
    // CONNACK is packet type 2, PUBACK type 4.
    if (bytes[0] === 0x20) void stream();
    else answer = bytes[0] === 0x40 ? "acknowledged" : "answered otherwise";
    if (bytes[0] === 0x40) socket.end();
  });
  socket.write(generate({ cmd: "connect", protocolId: "MQTT", protocolVersion: 4, clean: true, clientId: "huge", keepalive: 0 }));

  async function stream(): Promise<void> {
    const name = Buffer.from(topic);
    const length = 2 + name.length + 2 + HUGE_BYTES;
    const head = [0x32];
    for (let rest = length; ; ) {
      const more = rest > 127;
      head.push((rest % 128) | (more ? 128 : 0));
      rest = Math.floor(rest / 128);
      if (!more) break;
    }
    socket.write(Buffer.concat([Buffer.from(head), Buffer.from([0, name.length]), name, Buffer.from([0, 1])]));
    const piece = Buffer.alloc(65_536, "x");
    for (let at = 0; at < HUGE_BYTES && !socket.destroyed; at += piece.length) {
      if (!socket.write(piece)) await Promise.race([once(socket, "drain").catch(() => undefined), ended]);
    }
  }
  const giveUp = setTimeout(() => socket.destroy(), 60_000);
  await ended;
  clearTimeout(giveUp);
  return answer === "" ? "the connection was closed" : answer;
}
