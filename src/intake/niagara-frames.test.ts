import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import mqtt from "mqtt";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { DIALECTS } from "#dialects/catalogue.ts";
import { niagaraHistory } from "#dialects/niagara-history/decode.ts";
import { openStore } from "#store/sqlite/sqlite-store.ts";
import type { Store } from "#store/store.ts";
import { Mosquitto } from "#test/mosquitto.ts";
import { outside } from "#test/outside.ts";
import { until } from "#test/until.ts";
import { openEmbeddedBroker } from "./broker/broker.ts";
import { type IntakeLine, openLine } from "./line.ts";
import { openMqttDoor } from "./mqtt/door.ts";
import type { Source } from "./source.ts";

const SITE = { id: "tower", name: "Tower", zone: "America/Phoenix", currency: "USD" };
const NOW_MS = Date.UTC(2026, 2, 10, 12);
const EVER = { fromMs: 0, toMs: NOW_MS * 2 };
const TOPIC = "niagara/histories";
const SILENT = { info() {}, warn() {}, error() {} };
const MOST_BYTES = niagaraHistory.maxBytes ?? 0;

let folder: string;
let store: Store;
let line: IntakeLine;
let said: string[];
const closing: (() => Promise<unknown>)[] = [];
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "wattkeep-frames-"));
  store = await openStore({ folder, inProcess: true, nowMs: () => NOW_MS });
  said = [];
  const options = niagaraHistory.options.parse({});
  const source: Source = { name: "niagara", topics: [TOPIC], dialect: "niagara-history", options, points: new Map(), keepRawMs: 0 };
  const logger = { ...SILENT, warn: (_: object, text: string) => void said.push(text) };
  line = await openLine({ store, sources: [source], dialects: DIALECTS, sites: [SITE], nowMs: () => NOW_MS, logger });
});
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
  await line.close();
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A frame of one history, a row a minute back from now. */
function frame(rows: number, historyId = "/Tower/Vav1$2d01$20Space$20Temp", more: object = {}): string {
  const historyData = Array.from({ length: rows }, (_, i) => ({
    timestamp: new Date(NOW_MS - (rows - i) * 60_000).toISOString().replace("T", " ").replace("Z", "+0000"),
    status: i % 3 === 0 ? "{ok}" : "{ok,alarm}",
    value: 70 + (i % 50) / 10,
  }));
  return JSON.stringify({ messageType: "history", stationName: "Tower", historyId, historyData, ...more });
}

const take = (text: string) =>
  line.take([{ message: { source: "niagara", topic: TOPIC, body: Buffer.from(text), receivedMs: NOW_MS, qos: 1, retained: false } }]);

describe("a frame of a station", () => {
  test("with a hundred thousand rows is a hundred thousand samples, each with its own status, in one commit", async () => {
    const text = frame(100_000);
    expect(text.length).toBeLessThan(MOST_BYTES);
    await take(text);
    const [series] = (await store.registry()).series;
    const column = await store.read(series?.id ?? 0, EVER);
    expect(column.tMs).toHaveLength(100_000);
    expect(new Set(column.code).size).toBe(2);
    expect(await store.ledger()).toMatchObject([{ messages: 1, items: 100_000, stored: 100_000 }]);
  });

  test("gives statuses back as they were sent, after a restart too", async () => {
    const statuses = ["{ok}", "{fault,stale}", "{overridden}", "{null}", "{ok} {unackedAlarm}", '{Ünbekannt: "x"}'];
    const historyData = statuses.map((status, i) => ({ timestamp: `2026-03-10 0${i}:00:00+0000`, status, value: i }));
    await take(JSON.stringify({ messageType: "history", stationName: "Tower", historyId: "/Tower/A", historyData }));
    await store.close();
    store = await openStore({ folder, inProcess: true, nowMs: () => NOW_MS });
    const { series, codes } = await store.registry();
    const { code } = await store.read(series[0]?.id ?? 0, EVER);
    expect(Array.from(code ?? [], (of) => codes.find((row) => row.code === of)?.text)).toEqual(statuses);
  });

  test("keeps histories apart that give one key, and says so once", async () => {
    const ids = ["/Tower/VAV$2d1$2001", "/Tower/VAV$201$2d01", "/Tower/vav1_01"];
    for (const id of [...ids, ...ids]) await take(frame(2, id));
    const { points } = await store.registry();
    expect(points.map(({ id, about }) => [id, about?.path])).toEqual([
      ["tower-vav-1-01", "VAV-1 01"],
      ["tower-vav-1-01-2", "VAV 1-01"],
      ["tower-vav-1-01-3", "vav1_01"],
    ]);
    expect(said).toHaveLength(2);
    expect(said[0]).toContain("are kept apart as tower/tower-vav-1-01-2 and tower/tower-vav-1-01");
  });

  test("in another unit than before is refused with a sentence, and changes nothing", async () => {
    const point = { "n:name": "Zone$20Temp", "n:history": "/Tower/Z1" };
    await take(frame(2, "/Tower/Z1", { point: { ...point, "hs:unit": "°F" } }));
    await take(frame(2, "/Tower/Z1", { point: { ...point, "hs:unit": "°C" } }));
    const rejects = await store.rejects({});
    expect(rejects[0]).toMatchObject({ code: "unit-changed" });
    expect(rejects[0]?.sentence).toContain('has been sent in "°F" so far; this reading is in "°C"');
  });
});

/** As large as the dialect takes, to the byte. */
function largest(): string {
  const text = frame(3, "/Tower/Large", { note: "" });
  return text.replace('"note":""', `"note":"${"x".repeat(MOST_BYTES - text.length)}"`);
}

const count = async (): Promise<number> => (await store.ledger())[0]?.stored ?? 0;
const house = { nowMs: () => NOW_MS, random: () => 0.5, logger: SILENT };
const limits = { maxBytes: (topic: string) => (topic === TOPIC ? MOST_BYTES : 256 * 1024) };

describe("a frame as large as it may be", () => {
  test("comes through the embedded broker", async () => {
    expect(largest()).toHaveLength(16 * 1024 * 1024);
    const broker = await openEmbeddedBroker({ name: "own", host: "127.0.0.1", port: 0, sourceOf: () => "niagara", ...limits }, line, house);
    closing.push(() => broker.close());
    const device = await mqtt.connectAsync(`mqtt://127.0.0.1:${broker.port}`, { protocolVersion: 4 });
    closing.push(() => device.endAsync(true));
    await device.publishAsync(TOPIC, largest(), { qos: 1 });
    expect(await count()).toBe(3);
  });

  outside("mosquitto")("comes through a broker of the house", () => {
    test("whole", async () => {
      const mosquitto = await Mosquitto.start([]);
      closing.push(() => mosquitto.stop());
      const door = openMqttDoor(
        { name: "main", url: mosquitto.url, clientId: "t", filters: [TOPIC], sourceOf: () => "niagara", ...limits },
        line,
        house,
      );
      closing.push(() => door.close());
      await until(() => door.status().state === "connected");
      const device = await mqtt.connectAsync(mosquitto.url);
      closing.push(() => device.endAsync(true));
      await device.publishAsync(TOPIC, largest(), { qos: 1 });
      await until(() => door.status().acknowledged === 1);
      expect(await count()).toBe(3);
    });
  });
});
