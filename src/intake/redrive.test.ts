import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import type { Dialect } from "#dialects/dialect.ts";
import { openStore } from "#store/sqlite/sqlite-store.ts";
import { anArrival, aReading, aSource, type LineWorld, NOON_MS, openWorld, spokenDialect } from "./line-world.ts";
import { redecode, redrive } from "./redrive.ts";

const ALL = { fromMs: 0, toMs: Number.MAX_SAFE_INTEGER };
const spoken = spokenDialect(z.unknown());

/** The decoder after its fix: it reads `W=5` as well, and what it cannot read it refuses as before. */
const fixed: Dialect = {
  ...spoken,
  version: 2,
  decode(message, options, memory) {
    const value = /^W=(\d+)$/.exec(new TextDecoder().decode(message.body))?.[1];
    return value === undefined ? spoken.decode(message, options, memory) : { items: [aReading({ value: Number(value) })], memory };
  },
};

let world: LineWorld;
beforeEach(async () => {
  world = await openWorld((folder) => openStore({ folder, inProcess: true }), {
    dialects: [spoken],
    sources: [aSource({ keepRawMs: Number.POSITIVE_INFINITY })],
  });
});
afterEach(() => world.end());

async function ledger() {
  const row = (await world.store.ledger())[0];
  if (!row) throw new Error("There is no ledger.");
  expect(row.items - row.stored - row.replaced - row.duplicate - row.refused - row.rejected).toBe(0);
  return row;
}

describe("re-driving", () => {
  it("stores what is understood now at the time it came, marks its reject, and leaves the others", async () => {
    await world.line.take([
      anArrival("W=5", { receivedMs: NOON_MS }),
      anArrival("W=6", { receivedMs: NOON_MS + 10_000 }),
      anArrival("broken"),
    ]);
    await world.line.take([anArrival([aReading({ value: 7 })], { receivedMs: NOON_MS + 60_000 })]);
    await world.restart({ dialects: [fixed] });
    expect(await redrive(world.store, world.line, {})).toEqual({ tried: 3, mended: 2, stillRejected: 1, skipped: 0 });
    const column = await world.store.read(1, ALL);
    expect([...column.tMs].map((tMs) => tMs - NOON_MS)).toEqual([0, 10_000, 60_000]);
    expect([...column.value]).toEqual([5, 6, 7]);
    expect([...column.quality]).toEqual([0, 0, 0]);
    expect((await world.store.rejects({ open: true })).map(({ code }) => code)).toEqual(["not-json"]);
    expect(await ledger()).toMatchObject({ messages: 4, rejected: 1, stored: 3 });
    expect(await redrive(world.store, world.line, {})).toMatchObject({ tried: 1, mended: 0 });
  });

  it("takes the rejects that are asked for and no others", async () => {
    await world.line.take([anArrival("W=5"), anArrival("W=6", { topic: "spoken/other" })]);
    await world.restart({ dialects: [fixed] });
    expect(await redrive(world.store, world.line, { source: "else" })).toMatchObject({ tried: 0 });
    expect(await redrive(world.store, world.line, { code: "odd" })).toMatchObject({ tried: 0 });
    const ids = (await world.store.rejects({})).slice(0, 1).map(({ id }) => id);
    expect(await redrive(world.store, world.line, { ids })).toMatchObject({ tried: 1, mended: 1 });
  });

  it("skips what was cut off and what no source claims any more", async () => {
    await world.line.take([anArrival("x".repeat(5_000)), anArrival("short")]);
    await world.restart({ dialects: [fixed] });
    expect(await redrive(world.store, world.line, {})).toMatchObject({ tried: 2, skipped: 1, stillRejected: 1 });
    await world.restart({ sources: [] });
    expect(await redrive(world.store, world.line, {})).toMatchObject({ tried: 2, skipped: 2 });
  });

  it("stores nothing twice of a message that was understood in part", async () => {
    await world.line.take([anArrival([aReading({ tMs: NOON_MS }), aReading({ unit: "kW" }), aReading({ point: "b", tMs: NOON_MS - 5 })])]);
    expect(await redrive(world.store, world.line, {})).toMatchObject({ tried: 1, stillRejected: 1 });
    expect(await ledger()).toMatchObject({ stored: 2, rejected: 1, duplicate: 0 });
  });

  it("goes through many pages", async () => {
    await world.line.take(Array.from({ length: 450 }, (_, i) => anArrival(`W=${i}`, { receivedMs: NOON_MS + i * 1_000 })));
    await world.restart({ dialects: [fixed] });
    expect(await redrive(world.store, world.line, {})).toMatchObject({ tried: 450, mended: 450 });
    const column = await world.store.read(1, ALL);
    expect([...column.value]).toEqual(Array.from({ length: 450 }, (_, i) => i));
  });
});

describe("reading kept originals anew", () => {
  it("adds what the decoder has learnt to read within the range", async () => {
    await world.line.take([
      anArrival("W=5", { receivedMs: NOON_MS }),
      anArrival([aReading({ value: 6 })], { receivedMs: NOON_MS + 1_000 }),
      anArrival("W=7", { receivedMs: NOON_MS + 2_000 }),
    ]);
    await world.restart({ dialects: [fixed] });
    const found = await redecode(world.store, world.line, { source: "spoken", fromMs: NOON_MS, toMs: NOON_MS + 2_000 });
    expect(found).toEqual({ messages: 2, samples: 2, rejects: 0 });
    expect([...(await world.store.read(1, ALL)).value]).toEqual([5, 6]);
    expect(await ledger()).toMatchObject({ stored: 2, duplicate: 1 });
  });
});
