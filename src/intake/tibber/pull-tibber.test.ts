import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { aPulledSource, PullWorld } from "#intake/pull/pull-world.ts";
import { QUALITY } from "#series/quality.ts";
import { openStore } from "#store/sqlite/sqlite-store.ts";
import { FakeTibber, type TibberNode } from "#test/fakes/tibber.ts";
import { pullTibber, type TibberPull } from "./pull-tibber.ts";

const HOUR_MS = 3_600_000;
const NOW = Date.UTC(2024, 11, 1, 12, 5);
const BOUGHT = "house/haupt_strom/energy-import@strom";
const HOME = "96a14971-525a-4420-aae9-e5aedaa129ff";

let tibber: FakeTibber;
let world: PullWorld;

beforeEach(async () => {
  tibber = await FakeTibber.start();
  world = await PullWorld.open((folder) => openStore({ folder, inProcess: true }), NOW);
});
afterEach(async () => {
  await world.end();
  await tibber.stop();
});

type More = {
  url?: string;
  points?: Record<string, string>;
  prices?: "hourly" | "quarter-hourly" | "none";
  token?: string;
  timeoutMs?: number;
} & Partial<TibberPull>;

function pull({
  points = { [HOME]: "haupt_strom" },
  prices = "none",
  token = "sesam",
  timeoutMs = 5_000,
  url = tibber.url,
  ...more
}: More = {}) {
  const account = { url, token, timeoutMs, prices };
  const about = { source: aPulledSource("strom", points), account, lookbackHours: 48, maxLookbackHours: 720, ...more };
  return pullTibber(about, world.running(), world);
}

/** A moment of the golden night, which begins at local midnight of 1 December 2024. */
const night = (hour: number): string => `2024-12-01T${String(hour).padStart(2, "0")}:00:00.000+01:00`;
const node = (hour: number, more: Omit<TibberNode, "from" | "to"> = {}): TibberNode => ({
  from: night(hour),
  to: night(hour + 1),
  ...more,
});
const endOf = (hour: number): number => Date.UTC(2024, 11, 1, hour);
/** An hour so many hours ago. */
const ago = (hours: number, consumption: unknown = 1): TibberNode => {
  const toMs = Math.floor(NOW / HOUR_MS) * HOUR_MS - hours * HOUR_MS;
  return { from: new Date(toMs - HOUR_MS).toISOString(), to: new Date(toMs).toISOString(), consumption };
};

const GOLDEN: readonly TibberNode[] = [
  node(0, { consumption: 1.5, cost: 0.45, unitPrice: 0.3, unitPriceVAT: 0.06 }),
  node(1, { consumption: 1.2, cost: 0.36, unitPrice: 0.3, unitPriceVAT: 0.06 }),
  node(2, { consumption: 0, cost: 0, unitPrice: -0.012, unitPriceVAT: -0.002 }),
  node(3, { unitPrice: 0.28, unitPriceVAT: 0.045 }),
  node(4, { consumption: 0.9, cost: 0.252, unitPrice: 0.28, unitPriceVAT: 0.045 }),
];

describe("hours of Tibber", () => {
  test("stand at their ends, an hour nobody knows is absent and not 0, and prices may be negative", async () => {
    tibber.homes = [{ id: HOME, hours: [...GOLDEN] }];
    const { sentence, counts } = await pull();
    expect(await world.held()).toEqual({
      "house/haupt_strom/cost@strom": [
        [endOf(0), 0.45],
        [endOf(1), 0.36],
        [endOf(2), 0],
        [endOf(4), 0.252],
      ],
      [BOUGHT]: [
        [endOf(0), 1.5],
        [endOf(1), 1.2],
        [endOf(2), 0],
        [endOf(4), 0.9],
      ],
      "house/haupt_strom/unit-price-vat@strom": [0.06, 0.06, -0.002, 0.045, 0.045].map((value, i) => [endOf(i), value]),
      "house/haupt_strom/unit-price@strom": [0.3, 0.3, -0.012, 0.28, 0.28].map((value, i) => [endOf(i), value]),
    });
    expect(counts).toMatchObject({ homes: 1, hours: 5, waiting: 1 });
    expect(sentence).toBe("1 home, the last 720 hours, 18 values new, 1 hour not known yet.");
    const { series } = await world.store.registry();
    expect(series.map(({ quantity, kind, unit, intervalMs }) => [quantity, kind, unit, intervalMs]).sort()).toEqual([
      ["cost", "interval", "EUR", HOUR_MS],
      ["energy-import", "interval", "kWh", HOUR_MS],
      ["unit-price", "price", "EUR/kWh", HOUR_MS],
      ["unit-price-vat", "price", "EUR/kWh", HOUR_MS],
    ]);
  });

  test("never touch a register: nothing that counts up is written", async () => {
    tibber.homes = [{ id: HOME, hours: [...GOLDEN] }];
    await pull();
    expect((await world.store.registry()).series.every(({ kind }) => kind !== "counter")).toBe(true);
  });

  test("heal when they become known, change where they are told anew, and are the same twice", async () => {
    tibber.homes = [{ id: HOME, hours: [...GOLDEN] }];
    await pull();
    const ledger = await world.store.ledger();
    expect((await pull()).counts).toMatchObject({ new: 0, changed: 0, same: 18 });
    expect(await world.store.ledger()).toEqual(ledger);
    tibber.homes[0]?.hours.splice(3, 1, node(3, { consumption: 1.1, cost: 0.308, unitPrice: 0.28, unitPriceVAT: 0.045 }));
    tibber.homes[0]?.hours.splice(1, 1, node(1, { consumption: 1.3, cost: 0.36, unitPrice: 0.3, unitPriceVAT: 0.06 }));
    expect((await pull()).counts).toMatchObject({ new: 2, changed: 1, waiting: 0 });
    expect((await world.held())[BOUGHT]).toEqual([1.5, 1.3, 0, 1.1, 0.9].map((value, i) => [endOf(i), value]));
    const bought = (await world.store.registry()).series.find(({ key }) => key === BOUGHT);
    const revisions = await world.store.revisions(bought?.id ?? 0, { fromMs: 0, toMs: 9e15 });
    expect(revisions.filter(({ kind }) => kind === "replaced")).toMatchObject([{ t0Ms: endOf(1), value: 1.2 }]);
  });

  test("are asked for back to the oldest that is not known, and some more, but never further than said", async () => {
    const hours = Array.from({ length: 600 }, (_, i) => ago(599 - i, i === 400 ? null : 1));
    tibber.homes = [{ id: HOME, hours }];
    await pull();
    await pull();
    hours[400] = ago(199, 2);
    await pull();
    await pull();
    expect(tibber.askedFor).toEqual([720, 199 + 48, 199 + 48, 48]);
    world.now = NOW + 10 * 24 * HOUR_MS;
    await pull();
    expect(tibber.askedFor.at(-1)).toBe(10 * 24 - 1 + 48);
    world.now = NOW + 100 * 24 * HOUR_MS;
    await pull();
    expect(tibber.askedFor.at(-1)).toBe(720);
  });

  test("of the autumn night share a clock reading and are two", async () => {
    world.now = Date.UTC(2024, 9, 28);
    tibber.homes = [
      {
        id: HOME,
        hours: [
          { from: "2024-10-27T01:00:00.000+02:00", to: "2024-10-27T02:00:00.000+02:00", consumption: 1 },
          { from: "2024-10-27T02:00:00.000+02:00", to: "2024-10-27T02:00:00.000+01:00", consumption: 2 },
          { from: "2024-10-27T02:00:00.000+01:00", to: "2024-10-27T03:00:00.000+01:00", consumption: 3 },
        ],
      },
    ];
    await pull();
    expect((await world.held())[BOUGHT]).toEqual([
      [Date.UTC(2024, 9, 27, 0), 1],
      [Date.UTC(2024, 9, 27, 1), 2],
      [Date.UTC(2024, 9, 27, 2), 3],
    ]);
  });

  test("that are told two at once are shared out and marked, until each is told by itself", async () => {
    tibber.homes = [{ id: HOME, hours: [{ from: night(0), to: night(2), consumption: 3, cost: 0.9, unitPrice: 0.3 }] }];
    await pull();
    expect((await world.held())[BOUGHT]).toEqual([
      [endOf(0), 1.5],
      [endOf(1), 1.5],
    ]);
    const bought = (await world.store.registry()).series.find(({ key }) => key === BOUGHT);
    const column = await world.store.read(bought?.id ?? 0, { fromMs: 0, toMs: 9e15 });
    expect([...column.quality]).toEqual([QUALITY.filled, QUALITY.filled]);
    tibber.homes = [{ id: HOME, hours: [node(0, { consumption: 1.5 }), node(1, { consumption: 1.4 })] }];
    expect((await pull()).counts).toMatchObject({ changed: 2 });
    expect([...(await world.store.read(bought?.id ?? 0, { fromMs: 0, toMs: 9e15 })).quality]).toEqual([0, 0]);
  });

  test("keep what was told of them when they are told to be unknown again", async () => {
    tibber.homes = [{ id: HOME, hours: [node(0, { consumption: 1.5 })] }];
    await pull();
    tibber.homes = [{ id: HOME, hours: [node(0)] }];
    await pull();
    expect((await world.held())[BOUGHT]).toEqual([[endOf(0), 1.5]]);
  });

  test("of several homes go to the points they are mapped to, the others to points of their own names", async () => {
    tibber.homes = [
      { id: HOME, hours: [node(0, { consumption: 1 })] },
      { id: "b0000000-1", appNickname: "Hütte am See", hours: [node(0, { consumption: 2 })], currency: "NOK" },
      { id: "c0000000-1", appNickname: "Hütte am See", hours: [node(0, { consumption: 3 })] },
    ];
    await pull();
    const held = await world.held();
    expect(held[BOUGHT]).toEqual([[endOf(0), 1]]);
    expect(held["house/huette-am-see/energy-import@strom"]).toEqual([[endOf(0), 2]]);
    expect(held["house/huette-am-see-c0000000/energy-import@strom"]).toEqual([[endOf(0), 3]]);
    // Whatever it is called later, a home stays where it is.
    tibber.homes = tibber.homes.map((home) => (home.id === "b0000000-1" ? { ...home, appNickname: "Strandhaus" } : home));
    await pull();
    expect(Object.keys(await world.held())).toEqual(Object.keys(held));
    await expect(pull({ points: {}, point: "main" })).rejects.toMatchObject({ code: "several-homes", again: false });
  });

  test("that are no hours or no numbers become rejects, once, and the others stay", async () => {
    tibber.homes = [
      {
        id: HOME,
        hours: [
          { from: "gestern", to: night(1), consumption: 1 },
          { from: night(1), to: night(1), consumption: 1 },
          node(2, { consumption: "viel" }),
          node(3, { consumption: 1 }),
        ],
      },
    ];
    expect((await pull()).counts).toMatchObject({ rejected: 3, new: 1 });
    expect((await pull()).counts).toMatchObject({ rejected: 0, new: 0 });
    expect((await world.store.rejects({})).map(({ code }) => code).sort()).toEqual(["interval-unusual", "not-a-number", "time-unreadable"]);
    expect(await world.store.ledger()).toMatchObject([{ items: 4, stored: 1, rejected: 3 }]);
  });

  test("come to the same in whatever order and however often they are told", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 20 }), fc.option(fc.double({ min: -5, max: 5, noNaN: true }))), {
          minLength: 1,
          maxLength: 30,
        }),
        async (told) => {
          const own = await PullWorld.open((folder) => openStore({ folder, inProcess: true }), NOW);
          try {
            const last = new Map<number, number>();
            for (const [hour, value] of told) {
              tibber.homes = [{ id: HOME, hours: [node(hour, { consumption: value })] }];
              const account = { url: tibber.url, token: "sesam", timeoutMs: 5_000, prices: "none" } as const;
              const source = aPulledSource("strom", { [HOME]: "haupt_strom" });
              await pullTibber({ source, account, lookbackHours: 48, maxLookbackHours: 720 }, own.running(), own);
              if (value !== null) last.set(endOf(hour), value + 0);
            }
            const held = (await own.held())[BOUGHT] ?? [];
            expect(new Map(held)).toEqual(last);
            for (const row of await own.store.ledger())
              expect(row.items).toBe(row.stored + row.replaced + row.duplicate + row.refused + row.rejected + row.spooled);
          } finally {
            await own.end();
          }
        },
      ),
      { numRuns: 6 },
    );
  });
});

describe("prices of Tibber", () => {
  const day = (hour: number, total: number, level = "NORMAL") => ({ startsAt: night(hour), total, energy: total - 0.1, tax: 0.1, level });

  test("of today and tomorrow stand at the ends of their hours", async () => {
    tibber.homes = [
      {
        id: HOME,
        hours: [],
        today: [day(0, 0.3), day(1, -0.02, "VERY_CHEAP")],
        tomorrow: [{ startsAt: "2024-12-02T23:00:00.000+01:00", total: 0.4, energy: null, tax: null, level: null }],
      },
    ];
    await pull({ prices: "hourly" });
    const held = await world.held();
    expect(held["house/haupt_strom/price-total@strom"]).toEqual([
      [endOf(0), 0.3],
      [endOf(1), -0.02],
      [Date.UTC(2024, 11, 2, 23), 0.4],
    ]);
    expect(held["house/haupt_strom/price-tax@strom"]).toHaveLength(2);
    const { series, codes } = await world.store.registry();
    const level = series.find(({ quantity }) => quantity === "price-level");
    expect(codes.filter(({ seriesId }) => seriesId === level?.id).map(({ text }) => text)).toEqual(["NORMAL", "VERY_CHEAP"]);
    expect((await pull({ prices: "hourly" })).counts).toMatchObject({ new: 0, changed: 0 });
  });

  test("by the quarter stand beside those by the hour", async () => {
    const at = (minute: string): string => `2024-12-01T00:${minute}:00.000+01:00`;
    tibber.homes = [
      {
        id: HOME,
        hours: [],
        today: [day(0, 0.3)],
        quarters: [
          { startsAt: at("00"), total: 0.28 },
          { startsAt: at("15"), total: 0.32 },
        ],
      },
    ];
    await pull({ prices: "hourly" });
    await pull({ prices: "quarter-hourly" });
    const held = await world.held();
    expect(held["house/haupt_strom/price-total-quarter-hour@strom"]).toEqual([
      [endOf(0) - 45 * 60_000, 0.28],
      [endOf(0) - 30 * 60_000, 0.32],
    ]);
    expect(held["house/haupt_strom/price-total@strom"]).toHaveLength(1);
  });
});

describe("a Tibber that does not answer as it should", () => {
  const failure = (more: More = {}) =>
    pull(more).then(
      () => undefined,
      (error: unknown) => error as Error & { code: string; again: boolean; waitMs: number },
    );

  test("is told by its first message, also where the answer calls itself good", async () => {
    tibber.instead.push(
      (reply) => void reply.end(JSON.stringify({ errors: [{ message: "Internal error" }, { message: "More" }], data: null })),
    );
    expect((await failure())?.message).toBe("Tibber says: Internal error.");
    tibber.instead.push((reply) => void reply.writeHead(502).end("<html>"));
    expect((await failure())?.message).toBe("Tibber answers with status 502.");
    tibber.instead.push((reply) => void reply.end("<html>"));
    expect((await failure())?.message).toBe("Tibber answers with something that is no JSON.");
    expect(await world.held()).toEqual({});
  });

  test("does not say the token, and is not asked again with a wrong one", async () => {
    const problem = await failure({ token: "geheim" });
    expect(problem).toMatchObject({ code: "not-allowed", again: false });
    expect(problem?.message).not.toContain("geheim");
  });

  test("is left alone for as long as it asks", async () => {
    tibber.tooOften("120");
    expect(await failure()).toMatchObject({
      code: "too-often",
      waitMs: 120_000,
      again: true,
      message: "Tibber was asked too often and asks to wait 120 s.",
    });
    tibber.tooOften("86400");
    expect(await failure()).toMatchObject({ again: false });
  });

  test("is given up after the time it has", async () => {
    tibber.instead.push(() => undefined);
    expect(await failure({ timeoutMs: 50 })).toMatchObject({ code: "timed-out", message: "Tibber did not answer in time." });
  });

  test("is never told with the token, whatever repeats it", async () => {
    tibber.instead.push((reply) => void reply.end(JSON.stringify({ errors: [{ message: `no ${reply.req.headers.authorization}` }] })));
    for (const token of ["geheim", "geheim\nmore"]) {
      const problem = await failure({ token });
      expect(problem?.code).toBeDefined();
      expect(problem?.message).not.toContain("geheim");
    }
  });

  test("whose answer has no end is let go before it fills the memory", async () => {
    tibber.instead.push((reply) => {
      const piece = Buffer.alloc(1_048_576, "a");
      const more = (): void => {
        while (!reply.destroyed && reply.write(piece));
      };
      reply.on("drain", more);
      more();
    });
    expect(await failure()).toMatchObject({ code: "no-answer", message: expect.stringContaining("sends more than an answer has") });
  });

  test("is told when it is away", async () => {
    const { url } = tibber;
    await tibber.stop();
    tibber = await FakeTibber.start();
    expect((await failure({ url }))?.message).toBe("Tibber does not answer: the connection is refused.");
  });
});
