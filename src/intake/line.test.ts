import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { openStore } from "#store/sqlite/sqlite-store.ts";
import { type Store, StoreError } from "#store/store.ts";
import type { CommittedBatch } from "./committed.ts";
import type { Arrival } from "./door.ts";
import { anArrival, aReading, aSource, type LineWorld, NOON_MS, openWorld, spokenDialect } from "./line-world.ts";

const inProcess = (folder: string) => openStore({ folder, inProcess: true });
const ALL = { fromMs: 0, toMs: Number.MAX_SAFE_INTEGER };

let world: LineWorld;
beforeEach(async () => {
  world = await openWorld(inProcess, { dialects: [spokenDialect(z.unknown())] });
});
afterEach(() => world.end());

async function ledgerOf(store: Store, source = "spoken") {
  const row = (await store.ledger()).find((one) => one.source === source);
  if (!row) throw new Error(`There is no ledger of ${source}.`);
  const without = Object.values(row.without).reduce((sum, n) => sum + n, 0);
  expect(row.messages - row.withItems - without).toBe(0);
  expect(row.items - row.stored - row.replaced - row.duplicate - row.refused - row.rejected - row.spooled).toBe(0);
  return row;
}

describe("what the line takes", () => {
  it("is durable with its series when take resolves", async () => {
    await world.line.take([
      anArrival([aReading({ value: 412 }), aReading({ quantity: "energy-import", unit: "kWh", kind: "counter", value: 7 })]),
    ]);
    const { series, points, devices, assignments } = await world.store.registry();
    expect(series.map(({ id, key, unit, kind }) => ({ id, key, unit, kind }))).toEqual([
      { id: 1, key: "home/main/power@spoken", unit: "W", kind: "gauge" },
      { id: 2, key: "home/main/energy-import@spoken", unit: "kWh", kind: "counter" },
    ]);
    expect(points).toMatchObject([{ site: "home", id: "main", name: "Main" }]);
    expect(devices).toMatchObject([{ source: "spoken", id: "m1" }]);
    expect(assignments).toEqual([{ source: "spoken", device: "m1", site: "home", point: "main", fromMs: NOON_MS }]);
    const column = await world.store.read(1, ALL);
    expect([...column.tMs]).toEqual([NOON_MS]);
    expect([...column.value]).toEqual([412]);
    expect(await ledgerOf(world.store)).toMatchObject({ messages: 1, withItems: 1, items: 2, stored: 2 });
  });

  it("tells a thousand readings that are wrong alike in one row, and counts each", async () => {
    const wrong = Array.from({ length: 1_000 }, (_, i) => aReading({ unit: "kW", tMs: NOON_MS - i }));
    await world.line.take([anArrival([aReading({ tMs: NOON_MS }), ...wrong])]);
    const [reject, ...others] = await world.store.rejects({});
    expect(others).toEqual([]);
    expect(reject).toMatchObject({ code: "unit-changed", count: 1_000 });
    expect(await ledgerOf(world.store)).toMatchObject({ items: 1_001, stored: 1, rejected: 1_000 });
  });

  it("goes on without a message that only a fault of ours keeps out of the store, and keeps that as a reject", async () => {
    const unstorable = aReading({ quantity: "energy-import", unit: "kWh", kind: "interval", intervalMs: 1.5 });
    const others = [1, 2, 3].map((value) => anArrival([aReading({ value })]));
    await world.line.take([others[0] as Arrival, anArrival([unstorable]), others[1] as Arrival]);
    await world.line.take([others[2] as Arrival]);
    expect([...(await world.store.read(1, ALL)).value]).toEqual([1, 2, 3]);
    expect(await world.store.rejects({})).toMatchObject([
      { code: "decoder-fault", sentence: expect.stringContaining("could not be stored") },
    ]);
    expect(await ledgerOf(world.store)).toMatchObject({ messages: 4, items: 4, stored: 3, rejected: 1 });
    expect(world.errors).toContain("A batch could not be stored; its messages are stored one by one");
    await world.restart();
    await world.line.take([anArrival([aReading({ value: 4 })])]);
    expect([...(await world.store.read(1, ALL)).value]).toEqual([1, 2, 3, 4]);
  });

  it("keeps the order of messages taken at once by several doors", async () => {
    const takes = Array.from({ length: 50 }, (_, i) => world.line.take([anArrival([aReading({ value: i })])]));
    await Promise.all(takes);
    const column = await world.store.read(1, ALL);
    expect([...column.value]).toEqual(Array.from({ length: 50 }, (_, i) => i));
    expect([...column.tMs]).toEqual(Array.from({ length: 50 }, (_, i) => NOON_MS + i));
  });

  it("goes on where it was after a restart: ids, codes, last arrival, decoder memory", async () => {
    await world.line.take([anArrival([aReading({ quantity: "state", kind: "state", unit: "", value: "open" })])]);
    await world.restart();
    await world.line.take([anArrival([aReading({ quantity: "state", kind: "state", unit: "", value: "closed" }), aReading()])]);
    const { series, codes } = await world.store.registry();
    expect(series.map(({ id, quantity, unit }) => [id, quantity, unit])).toEqual([
      [1, "state", "text"],
      [2, "power", "W"],
    ]);
    expect(codes.map(({ code, text }) => [code, text])).toEqual([
      [1, "open"],
      [2, "closed"],
    ]);
    expect([...(await world.store.read(1, ALL)).tMs]).toEqual([NOON_MS, NOON_MS + 1]);
    expect(await world.store.memory()).toEqual({ spoken: "2" });
  });

  it("counts messages without items by their reason", async () => {
    await world.line.take([
      anArrival([{ type: "nothing", reason: "status" }]),
      anArrival([]),
      anArrival([aReading()], { retained: true }),
      anArrival([aReading({ tMs: NOON_MS - 5 })], { retained: true }),
    ]);
    const row = await ledgerOf(world.store);
    expect(row).toMatchObject({ messages: 4, withItems: 1, stored: 1, without: { status: 1, empty: 1, retained: 1 } });
  });

  it("keeps what cannot be read as rejects: too large, not decodable, a fault of ours", async () => {
    await world.line.take([
      anArrival("no json"),
      anArrival("boom"),
      anArrival("x".repeat(300 * 1024)),
      anArrival("beginning", { oversized: { bytes: 5_000_000 } }),
      anArrival([aReading()]),
    ]);
    const rejects = await world.store.rejects({});
    expect(rejects.map(({ code, bodyBytes, decoder }) => [code, bodyBytes, decoder]).sort()).toEqual([
      ["decoder-fault", 4, "spoken 1"],
      ["not-json", 7, "spoken 1"],
      ["payload-too-large", 300 * 1024, "spoken 1"],
      ["payload-too-large", 5_000_000, "spoken 1"],
    ]);
    expect(rejects.every(({ body }) => body.length <= 4096)).toBe(true);
    expect(world.errors).toHaveLength(1);
    expect(await ledgerOf(world.store)).toMatchObject({ messages: 5, withItems: 5, rejected: 4, stored: 1 });
  });

  it("keeps original messages where the source asks for it", async () => {
    await world.restart({ sources: [aSource({ keepRawMs: Number.POSITIVE_INFINITY })] });
    await world.line.take([anArrival([aReading()]), anArrival("boom")]);
    const raw = await world.store.raw("spoken", { after: -1, limit: 10 });
    expect(raw.map(({ message }) => new TextDecoder().decode(message.body))).toEqual([expect.stringContaining("power"), "boom"]);
  });
});

describe("original messages", () => {
  it("go when their source no longer keeps them; those to be kept for good stay", async () => {
    const HOUR_MS = 3_600_000;
    const sources = [aSource({ keepRawMs: 2 * HOUR_MS }), aSource({ name: "kept", keepRawMs: Number.POSITIVE_INFINITY })];
    await world.restart({ sources });
    for (let hour = 0; hour < 6; hour++) {
      world.nowMs = NOON_MS + hour * HOUR_MS;
      const receivedMs = world.nowMs;
      await world.line.take([anArrival(`${hour}`, { receivedMs }), anArrival(`${hour}`, { source: "kept", receivedMs })]);
    }
    await world.line.idle();
    await world.line.take([]);
    const kept = async (source: string) =>
      (await world.store.raw(source, { after: -1, limit: 99 })).map(({ message }) => message.receivedMs - NOON_MS);
    expect(await kept("spoken")).toEqual([3 * HOUR_MS, 4 * HOUR_MS, 5 * HOUR_MS]);
    expect(await kept("kept")).toHaveLength(6);
  });
});

describe("redelivery", () => {
  const delivery = (packetId: number, resumed: boolean) => ({ session: "main", packetId, resumed });

  it("is counted and not decoded, once, whatever the restart", async () => {
    await world.line.take([anArrival([aReading({ value: 5 })], { delivery: delivery(7, false) })]);
    await world.restart();
    await world.line.take([anArrival([aReading({ value: 5 })], { delivery: delivery(7, true) })]);
    await world.line.take([anArrival([aReading({ value: 5 })], { delivery: delivery(7, false) })]);
    expect(await ledgerOf(world.store)).toMatchObject({ messages: 3, withItems: 2, stored: 2, without: { redelivered: 1 } });
  });

  it("is a new message where the packet id or the bytes differ, or the session was lost", async () => {
    await world.line.take([anArrival([aReading()], { delivery: delivery(7, false) })]);
    await world.line.take([anArrival([aReading({ value: 2 })], { delivery: delivery(7, true) })]);
    await world.line.take([anArrival([aReading({ value: 2 })], { delivery: delivery(8, true) })]);
    world.line.sessionLost("main");
    await world.line.take([anArrival([aReading({ value: 2 })], { delivery: delivery(8, true) })]);
    expect(await ledgerOf(world.store)).toMatchObject({ messages: 4, stored: 4 });
    await world.line.idle();
    expect(await world.store.inbox()).toHaveLength(1);
  });
});

describe("when the store cannot write", () => {
  async function withBrokenStore() {
    const broken = { now: false };
    const store = new Proxy(world.store, {
      get(target, key) {
        if (key !== "append" || !broken.now) return Reflect.get(target, key);
        return () => Promise.reject(new StoreError("disk-full", "There is no space left."));
      },
    });
    await world.restart({ store });
    return broken;
  }

  it("nothing is acknowledged and nothing of it stays in registry, inbox or memory", async () => {
    const broken = await withBrokenStore();
    const delivery = { session: "main", packetId: 3, resumed: false };
    broken.now = true;
    const first = world.line.take([anArrival([aReading({ point: "a" })], { delivery })]);
    const second = world.line.take([anArrival([aReading({ point: "b" })])]);
    await expect(first).rejects.toMatchObject({ code: "disk-full" });
    await expect(second).rejects.toMatchObject({ code: "disk-full" });
    broken.now = false;
    await world.line.take([
      anArrival([aReading({ point: "b" })]),
      anArrival([aReading({ point: "a" })], { delivery: { ...delivery, resumed: true } }),
    ]);
    const { series } = await world.store.registry();
    expect(series.map(({ id, point }) => [id, point])).toEqual([
      [1, "b"],
      [2, "a"],
    ]);
    expect([...(await world.store.read(1, ALL)).tMs]).toEqual([NOON_MS]);
    expect(await world.store.memory()).toEqual({ spoken: "2" });
    expect(await ledgerOf(world.store)).toMatchObject({ messages: 2, stored: 2, without: {} });
  });

  it("no arrival overtakes one that failed; an edit behind it is stored", async () => {
    const gate: { fail?: (error: Error) => void } = {};
    let calls = 0;
    const store = new Proxy(world.store, {
      get(target, key) {
        if (key !== "append" || calls++ > 0) return Reflect.get(target, key);
        return () => new Promise((_, fail) => Object.assign(gate, { fail }));
      },
    });
    await world.restart({ store });
    const older = anArrival([aReading({ point: "a" })]);
    const newer = anArrival([aReading({ point: "a", value: 2 }), aReading({ point: "b" })]);
    const takes = [world.line.take([older]), world.line.take([newer])];
    const edit = world.line.ensureSeries(SERIES_OF_AN_IMPORT);
    gate.fail?.(new StoreError("disk-full", "There is no space left."));
    for (const take of takes) await expect(take).rejects.toMatchObject({ code: "disk-full" });
    expect(await edit).toMatchObject({ id: 1 });
    await world.line.take([older, newer]);
    const { series } = await world.store.registry();
    expect(series.map(({ id, point }) => [id, point])).toEqual([
      [1, "imported"],
      [2, "a"],
      [3, "b"],
    ]);
    expect([...(await world.store.read(2, ALL)).tMs]).toEqual([NOON_MS, NOON_MS + 1]);
    expect([...(await world.store.read(2, ALL)).value]).toEqual([1, 2]);
  });
});

const SERIES_OF_AN_IMPORT = {
  key: "home/imported/power@spoken",
  site: "home",
  point: "imported",
  quantity: "power",
  source: "spoken",
  kind: "gauge",
  unit: "W",
  equalInstant: "last",
} as const;

describe("what a commit tells", () => {
  it("names new series, values with their texts, and the past that changed", async () => {
    const told: CommittedBatch[] = [];
    await world.restart({ onCommitted: (batch) => told.push(batch) });
    await world.line.take([anArrival([aReading({ tMs: NOON_MS, value: 1, status: "fault" })])]);
    await world.line.take([anArrival([aReading({ tMs: NOON_MS - 60_000, value: 2 }), aReading({ tMs: NOON_MS, value: 3 })])]);
    await world.line.take([anArrival([aReading({ tMs: NOON_MS, value: 3 })])]);
    expect(told).toHaveLength(2);
    expect(told[0]?.samples()).toMatchObject([{ value: 1, status: "fault", outcome: "stored" }]);
    expect(told[0]).toMatchObject({ count: 1, changed: [] });
    expect(told[0]?.newSeries.map(({ key }) => key)).toEqual(["home/main/power@spoken"]);
    expect(told[1]).toMatchObject({ newSeries: [], changed: [{ fromMs: NOON_MS - 60_000, toMs: NOON_MS + 1 }] });
    expect(told[1]?.samples().map(({ value, outcome }) => [value, outcome])).toEqual([
      [2, "stored"],
      [3, "replaced"],
    ]);
  });

  it("lets no listener disturb the line", async () => {
    await world.restart({
      onCommitted: () => {
        throw new Error("This listener has a fault.");
      },
    });
    await world.line.take([anArrival([aReading()])]);
    expect(world.errors).toHaveLength(1);
  });
});

describe("the registry through the line", () => {
  it("gives ids that never clash between arrivals and imports", async () => {
    const draft = {
      key: "home/roof/power@old",
      site: "home",
      point: "roof",
      quantity: "power",
      source: "old",
      kind: "gauge",
      unit: "W",
      equalInstant: "first",
    } as const;
    const [, imported, again] = await Promise.all([
      world.line.take([anArrival([aReading()])]),
      world.line.ensureSeries(draft),
      world.line.ensureSeries(draft),
    ]);
    expect(imported.id).toBe(2);
    expect(again).toBe(imported);
    await world.line.register({ points: [{ site: "home", id: "main", name: "Grid" }] });
    expect((await world.store.registry()).points).toMatchObject([{ name: "Grid" }]);
  });

  it("writes what the configuration declares when it opens, and again only when it changed", async () => {
    const before = (await world.store.stats()).commits;
    await world.restart();
    expect((await world.store.stats()).commits).toBe(before);
    await world.restart({ sites: [{ id: "home", name: "Home", zone: "Europe/Vienna", currency: "EUR" }] });
    expect((await world.store.registry()).sites).toMatchObject([{ zone: "Europe/Vienna" }]);
  });
});
