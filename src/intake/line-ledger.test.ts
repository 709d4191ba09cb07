import { existsSync, readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { DIALECTS } from "#dialects/catalogue.ts";
import type { Dialect } from "#dialects/dialect.ts";
import type { Item } from "#readings/reading.ts";
import { openStore } from "#store/sqlite/sqlite-store.ts";
import { StoreError } from "#store/store.ts";
import type { Arrival } from "./door.ts";
import { anArrival, aReading, aSource, type LineWorld, NOON_MS, openWorld, spokenDialect } from "./line-world.ts";

let world: LineWorld;
const disk = { full: false };
beforeAll(async () => {
  const meters = DIALECTS.map((dialect) =>
    aSource({ name: dialect.name, dialect: dialect.name, options: optionsOf(dialect), keepRawMs: 1 }),
  );
  world = await openWorld(withDisk, {
    dialects: [spokenDialect(z.unknown()), ...DIALECTS],
    sources: [aSource({ keepRawMs: 1 }), ...meters],
  });
});
afterAll(() => world.end());

/** Options as the dialect's own cases write them, for a dialect that needs some. */
function optionsOf({ name, options }: Dialect): unknown {
  const cases = new URL(`../dialects/${name}/cases/`, import.meta.url);
  const written = readdirSync(cases).map((one) => new URL(`${encodeURIComponent(one)}/options.json`, cases));
  const given = written.filter((file) => existsSync(file)).map((file): unknown => JSON.parse(readFileSync(file, "utf8")));
  const parsed = [{}, ...given].map((one) => options.safeParse(one)).find(({ success }) => success);
  if (!parsed) throw new Error(`No options of ${name} are good.`);
  return parsed.data;
}

/** The real store on a disk that can be full. */
async function withDisk(folder: string) {
  const store = await openStore({ folder, inProcess: true });
  return new Proxy(store, {
    get(target, key) {
      if (key !== "append" || !disk.full) return Reflect.get(target, key);
      return () => Promise.reject(new StoreError("disk-full", "There is no space left."));
    },
  });
}

/** Messages and items of all sources; both sums of each are zero. */
async function balance() {
  const total = { messages: 0, items: 0, redelivered: 0 };
  for (const row of await world.store.ledger()) {
    const without = Object.values(row.without).reduce((sum, n) => sum + n, 0);
    expect(row.messages - row.withItems - without).toBe(0);
    expect(row.items - row.stored - row.replaced - row.duplicate - row.refused - row.rejected - row.spooled).toBe(0);
    total.messages += row.messages;
    total.items += row.items;
    total.redelivered += row.without["redelivered"] ?? 0;
  }
  return total;
}

const item: fc.Arbitrary<Item> = fc
  .oneof(
    {
      weight: 8,
      arbitrary: fc.record({
        point: fc.constantFrom("a", "b", "c/d"),
        value: fc.double(),
        ahead: fc.option(fc.integer({ min: -1e6, max: 2e8 })),
      }),
    },
    { weight: 1, arbitrary: fc.constant(undefined) },
  )
  .map((said): Item => {
    if (said === undefined) return { type: "reject", reject: { code: "odd", sentence: "This is odd." } };
    const value = Number.isFinite(said.value) ? said.value : 0;
    return aReading({ point: said.point, value, ...(said.ahead === null ? {} : { tMs: NOON_MS + said.ahead }) });
  });

interface Said {
  readonly items: readonly Item[];
  readonly packetId: number;
  readonly retained: boolean;
  readonly qos: 0 | 1;
}
const said: fc.Arbitrary<Said> = fc.record({
  items: fc.array(item, { maxLength: 4 }),
  packetId: fc.integer({ min: 1, max: 3 }),
  retained: fc.boolean(),
  qos: fc.constantFrom(0, 1),
});

/** Batches of messages; a batch may meet a full disk, and is then sent again by the broker with its old packet ids. */
const history = fc.array(
  fc.record({
    batch: fc.uniqueArray(said, { minLength: 1, maxLength: 3, selector: (one) => one.packetId }),
    full: fc.boolean(),
    lostAck: fc.boolean(),
  }),
  {
    minLength: 1,
    maxLength: 8,
  },
);

describe("the ledger", () => {
  it("is zero-sum and counts every message once, with full disks, lost acknowledgements and restarts", async () => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(history, fc.boolean(), async (steps, restarts) => {
        const session = `s${run++}`;
        const before = await balance();
        let messages = 0;
        let redelivered = 0;
        for (const [step, { batch, full, lostAck }] of steps.entries()) {
          // After a crash the same bytes under a packet id that is in use again would be taken for the older message.
          const topic = restarts ? `spoken/${step}` : "spoken/m1";
          const arrivals = (resumed: boolean, only: (one: Said) => boolean) =>
            batch.filter(only).map((one): Arrival => {
              const { packetId, retained, qos } = one;
              return anArrival(one.items, { topic, retained, qos, ...(qos === 1 ? { delivery: { session, packetId, resumed } } : {}) });
            });
          disk.full = full;
          const first = world.line.take(arrivals(false, () => true));
          if (full) await expect(first).rejects.toMatchObject({ code: "disk-full" });
          else await first;
          disk.full = false;
          messages += full ? 0 : batch.length;
          if (restarts) await world.restart();
          if (!full && !lostAck) continue;
          const again = arrivals(true, ({ qos }) => qos === 1);
          await world.line.take(again);
          messages += again.length;
          if (!full) redelivered += again.length;
        }
        const after = await balance();
        expect(after.messages - before.messages).toBe(messages);
        expect(after.redelivered - before.redelivered).toBe(redelivered);
      }),
      { numRuns: 40 },
    );
  });
});

const bytes = (text: string) => new TextEncoder().encode(text);
const HOSTILE: readonly (readonly [string, Uint8Array])[] = [
  ["nothing at all", bytes("")],
  ["no UTF-8", Uint8Array.of(0xff, 0xfe, 0x00, 0xc3, 0x28)],
  ["a list 100,000 deep", bytes("[".repeat(100_000))],
  ["an object 30,000 deep", bytes('{"a":'.repeat(30_000))],
  ["a number beyond all numbers", bytes('{"SML":{"E_in":1e400,"Power":-1e400}}')],
  ["a million digits", bytes(`{"SML":{"E_in":${"9".repeat(200_000)}}}`)],
  [
    "prototype keys",
    bytes('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"SML":{"__proto__":{"E_in":1},"E_in":5}}'),
  ],
  ["half a surrogate", bytes('{"SML\\ud800":{"E_in":1,"Meter_Number":"\\ud800"}}')],
  ["control characters in names", bytes('{"S\\u0000ML":{"E_in":1}}')],
  ["duplicate keys", bytes('{"SML":{"E_in":1,"E_in":2}}')],
  ["null everywhere", bytes('{"SML":null,"Time":null,"a":[null]}')],
  ["a time far ahead", bytes('{"Time":"9999-12-31T23:59:59","SML":{"E_in":1}}')],
  ["a bare number", bytes("42")],
  ["key and value", bytes("d=42,1234567 t=__proto__")],
  ["too large", new Uint8Array(300_000)],
];

describe("hostile bytes", () => {
  const TOPICS = ["tele/x/SENSOR", "pri/energy/kyz/interval", "a", "$SYS/x", "tele/<img src=x>/SENSOR", "x".repeat(5_000)];

  it.each(HOSTILE)("%s become readings, duplicates or rejects in every dialect, and the prototype stays", async (_, body) => {
    const before = await balance();
    const sources = ["spoken", ...DIALECTS.map(({ name }) => name)];
    const arrivals = sources.flatMap((source) => TOPICS.map((topic) => anArrival("", { source, topic, body })));
    await world.line.take(arrivals);
    expect((await balance()).messages - before.messages).toBe(arrivals.length);
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
    expect(world.errors.filter((error) => !error.startsWith("A decoder failed"))).toEqual([]);
  });

  it("of any kind never stop the line or make a decoder fail", async () => {
    const dialects = DIALECTS.map(({ name }) => name);
    const text = fc.oneof(fc.json(), fc.string({ unit: "binary" }), fc.uint8Array({ maxLength: 64 }));
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...dialects), fc.constantFrom(...TOPICS), text, async (source, topic, body) => {
        const failures = world.errors.length;
        await world.line.take([anArrival("", { source, topic, body: typeof body === "string" ? bytes(body) : body })]);
        expect(world.errors.length).toBe(failures);
      }),
      { numRuns: 300 },
    );
    await balance();
  });
});
