import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { openStore } from "#store/sqlite/sqlite-store.ts";
import { StoreError } from "#store/store.ts";
import { Caution } from "./caution.ts";
import { messageHash } from "./inbox.ts";
import { anArrival, aReading, type LineWorld, openWorld, spokenDialect } from "./line-world.ts";

let world: LineWorld;
beforeEach(async () => {
  world = await openWorld((folder) => openStore({ folder, inProcess: true }), { dialects: [spokenDialect(z.unknown())] });
  await world.line.close();
});
afterEach(() => world.end());

/** A process that ends while it reads this message, as far as its traces in the store go. */
async function dieReading(body: string): Promise<void> {
  const caution = await Caution.open(world.store);
  const { message } = anArrival(body);
  if (caution.careful) expect(await caution.before(messageHash(message.topic, message.body).toString(36))).toBe(true);
}

describe("a message whose reading ends the process", () => {
  it("is kept unread after three watched readings, and those around it are read", async () => {
    for (let i = 0; i < 5; i++) await dieReading("killer");
    await world.restart();
    await world.line.take([anArrival([aReading({ value: 1 })]), anArrival("killer"), anArrival([aReading({ value: 2 })])]);
    const rejects = await world.store.rejects({});
    expect(rejects.map(({ code, body }) => [code, new TextDecoder().decode(body)])).toEqual([["decoder-fault", "killer"]]);
    expect([...(await world.store.read(1, { fromMs: 0, toMs: Number.MAX_SAFE_INTEGER })).value]).toEqual([1, 2]);
  });

  it("is read as before where an orderly start was between", async () => {
    for (let i = 0; i < 2; i++) await dieReading("killer");
    await world.restart();
    await world.line.take(Array.from({ length: 200 }, () => anArrival([])));
    await world.line.close();
    await dieReading("killer");
    await world.restart();
    await world.line.take([anArrival("killer")]);
    expect((await world.store.rejects({})).map(({ code }) => code)).toEqual(["not-json"]);
  });

  it("is not one at which the power failed once or twice", async () => {
    for (let i = 0; i < 4; i++) await dieReading("innocent");
    await world.restart();
    await world.line.take([anArrival("innocent")]);
    expect((await world.store.rejects({})).map(({ code }) => code)).toEqual(["not-json"]);
  });

  it("is not a message whose commit was cut off", async () => {
    for (let i = 0; i < 2; i++) await dieReading("x");
    const caution = await Caution.open(world.store);
    expect(await caution.before("hash")).toBe(true);
    await caution.after();
    expect(await (await Caution.open(world.store)).before("hash")).toBe(true);
  });
});

describe("while messages are read one by one", () => {
  it("their order and number are the same, and takes during it wait their turn", async () => {
    for (let i = 0; i < 2; i++) await dieReading("x");
    await world.restart();
    const takes = Array.from({ length: 30 }, (_, i) =>
      world.line.take(Array.from({ length: 10 }, (_, j) => anArrival([aReading({ value: i * 10 + j })]))),
    );
    await Promise.all(takes);
    const column = await world.store.read(1, { fromMs: 0, toMs: Number.MAX_SAFE_INTEGER });
    expect([...column.value]).toEqual(Array.from({ length: 300 }, (_, i) => i));
    expect(await world.store.ledger()).toMatchObject([{ messages: 300, stored: 300 }]);
  });

  it("a take that failed half-way stores nothing twice when it is handed over again", async () => {
    for (let i = 0; i < 2; i++) await dieReading("x");
    let left = 2;
    const store = new Proxy(world.store, {
      get: (target, key) =>
        key === "append" && left-- <= 0 && left > -2
          ? () => Promise.reject(new StoreError("disk-full", "No space."))
          : Reflect.get(target, key),
    });
    await world.restart({ store });
    const arrivals = [1, 2, 3, 4].map((value) => anArrival([aReading({ value })]));
    await expect(world.line.take(arrivals)).rejects.toThrow("No space.");
    await world.line.take(arrivals);
    expect([...(await world.store.read(1, { fromMs: 0, toMs: Number.MAX_SAFE_INTEGER })).value]).toEqual([1, 2, 3, 4]);
  });
});
