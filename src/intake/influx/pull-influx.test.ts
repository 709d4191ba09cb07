import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { aPulledSource, PullWorld } from "#intake/pull/pull-world.ts";
import { openStore } from "#store/sqlite/sqlite-store.ts";
import { Influxd } from "#test/influxd.ts";
import { outside } from "#test/outside.ts";
import { openInfluxOne } from "./influx-one.ts";
import { type InfluxPull, pullInflux } from "./pull-influx.ts";
import type { InfluxPlace } from "./settings.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const NOW = Date.UTC(2024, 11, 1, 12);
const MAIN = "house/haupt_strom/energy@lampfi";
const mediumOf = (): undefined => undefined;

outside("influxd")("readings in a real InfluxDB 1", () => {
  let influx: Influxd;
  let world: PullWorld;
  let databases = 0;
  let database: string;

  beforeAll(async () => {
    influx = await Influxd.start();
  }, 60_000);
  afterAll(() => influx.stop());
  beforeEach(async () => {
    database = `lampfi${++databases}`;
    await influx.query(`CREATE DATABASE ${database}`, { method: "POST" });
    world = await PullWorld.open((folder) => openStore({ folder, inProcess: true }), NOW);
  });
  afterEach(() => world.end());

  const pullOf = (more: Partial<Extract<InfluxPlace, { version: 1 }>> = {}, points: Record<string, string> = {}): InfluxPull => {
    const place = { version: 1, url: influx.url, database, ...more } as const;
    const settings = { place, domain: "input_number", timeoutMs: 10_000 };
    return { source: aPulledSource("lampfi", points), settings, reader: openInfluxOne({ ...settings, place }), mediumOf };
  };
  const pull = (more: { thorough?: boolean } = {}, points: Record<string, string> = {}) =>
    pullInflux(pullOf({}, points), world.running(more), world);
  const line = (entity: string, tMs: number, value: string | number, unit = "kWh"): string =>
    `${unit},entity_id=${entity},domain=input_number value=${value} ${tMs}`;
  const say = (...lines: string[]): Promise<void> => influx.write(database, lines);

  test("become registers of their entities, each in the sender's unit", async () => {
    await say(
      line("haupt_strom", NOW - 3 * DAY_MS, 5000),
      line("haupt_strom", NOW - DAY_MS, 5012.5),
      line("gas_zahler", NOW - 200 * DAY_MS, 17, "m³"),
      line("og1_wasser_kalt", NOW - DAY_MS, 3.25, "m³"),
      line("buro_heat", NOW - DAY_MS, 7.1, "MWh"),
      line("hkv_bad", NOW - DAY_MS, 812, "Einheiten"),
    );
    const { sentence, counts } = await pull();
    expect(await world.held()).toEqual({
      [MAIN]: [
        [NOW - 3 * DAY_MS, 5000],
        [NOW - DAY_MS, 5012.5],
      ],
      "house/gas_zahler/gas-volume@lampfi": [[NOW - 200 * DAY_MS, 17]],
      "house/og1_wasser_kalt/water-volume@lampfi": [[NOW - DAY_MS, 3.25]],
      "house/buro_heat/heat-energy@lampfi": [[NOW - DAY_MS, 7.1]],
      "house/hkv_bad/units@lampfi": [[NOW - DAY_MS, 812]],
    });
    expect(counts).toMatchObject({ registers: 5, new: 6, rejected: 0 });
    expect(sentence).toBe("5 meters, 6 readings looked at from the beginning, 6 new.");
    const { series } = await world.store.registry();
    expect(series.map(({ kind, unit, equalInstant }) => [kind, unit, equalInstant]).sort()).toEqual([
      ["counter", "MWh", "last"],
      ["counter", "kWh", "last"],
      ["counter", "m³", "last"],
      ["counter", "m³", "last"],
      ["counter", "units", "last"],
    ]);
  });

  test("are taken once, and a second run says that nothing is new", async () => {
    await say(line("haupt_strom", NOW - DAY_MS, 5000));
    await pull();
    const ledger = await world.store.ledger();
    const { sentence, counts } = await pull();
    expect(counts).toMatchObject({ read: 1, new: 0, same: 1 });
    expect(sentence).toBe("1 meter, 1 reading looked at, nothing new.");
    expect(await world.store.ledger()).toEqual(ledger);
    expect(ledger).toMatchObject([{ source: "lampfi", messages: 1, withItems: 1, items: 1, stored: 1 }]);
  });

  test("of years come in pieces and all of them", async () => {
    const hours = 2 * 365 * 24;
    const lines = Array.from({ length: hours }, (_, i) => line("haupt_strom", NOW - (hours - i) * HOUR_MS, 1000 + i / 4));
    for (let at = 0; at < lines.length; at += 5_000) await say(...lines.slice(at, at + 5_000));
    const { counts } = await pull();
    expect(counts).toMatchObject({ read: hours, new: hours });
    const [column] = Object.values(await world.held());
    expect(column).toHaveLength(hours);
    expect(column?.at(-1)).toEqual([NOW - HOUR_MS, 1000 + (hours - 1) / 4]);
  });

  test("that came late or were changed within the look-back are taken by the next run, and further back by one that looks at all", async () => {
    await say(line("haupt_strom", NOW - 10 * DAY_MS, 100), line("haupt_strom", NOW - HOUR_MS, 200));
    await pull();
    await say(
      line("haupt_strom", NOW - 5 * HOUR_MS, 195),
      line("haupt_strom", NOW - HOUR_MS, 201),
      line("haupt_strom", NOW - 9 * DAY_MS, 110),
    );
    expect((await pull()).counts).toMatchObject({ new: 1, changed: 1 });
    expect((await pull({ thorough: true })).counts).toMatchObject({ new: 1, changed: 0, same: 3 });
    expect((await world.held())[MAIN]).toEqual([
      [NOW - 10 * DAY_MS, 100],
      [NOW - 9 * DAY_MS, 110],
      [NOW - 5 * HOUR_MS, 195],
      [NOW - HOUR_MS, 201],
    ]);
    const { series } = await world.store.registry();
    const revisions = await world.store.revisions(series[0]?.id ?? 0, { fromMs: 0, toMs: 9e15 });
    expect(revisions.filter(({ kind }) => kind === "replaced")).toMatchObject([{ value: 200 }]);
  });

  test("are looked at from the beginning once a day", async () => {
    await say(line("haupt_strom", NOW - 10 * DAY_MS, 100), line("haupt_strom", NOW - HOUR_MS, 200));
    await pull();
    await say(line("haupt_strom", NOW - 9 * DAY_MS, 110));
    world.now = NOW + 23 * HOUR_MS;
    expect((await pull()).counts).toMatchObject({ new: 0 });
    world.now = NOW + 24 * HOUR_MS;
    expect((await pull()).counts).toMatchObject({ new: 1 });
  });

  test("that vanish from the database stay here, and are told", async () => {
    await say(line("haupt_strom", NOW - 10 * DAY_MS, 100), line("haupt_strom", NOW - HOUR_MS, 200), line("og1_strom", NOW - HOUR_MS, 1));
    await pull();
    const remove = (where: string) => influx.query(`DELETE FROM "kWh" WHERE ${where}`, { db: database, method: "POST" });
    await remove(`"entity_id" = 'og1_strom'`);
    await remove(`time < '${new Date(NOW - 9 * DAY_MS).toISOString()}'`);
    expect((await pull({ thorough: true })).counts).toMatchObject({ gone: 1 });
    expect((await world.held())[MAIN]).toHaveLength(2);
    expect(world.notes.join("\n")).toContain("1 reading of haupt_strom is no longer in the database");
    expect(world.notes.join("\n")).toContain("og1_strom is no longer in the database");
  });

  test("of hours of a supplier, and of other domains, are no registers", async () => {
    await say(
      `energy,entity_id=haupt_strom,domain=sensor consumption=1.5,cost=0.45 ${NOW - HOUR_MS}`,
      `kWh,entity_id=haupt_strom,domain=sensor value=1.5 ${NOW - HOUR_MS}`,
      `energy,entity_id=haupt_strom,domain=input_number consumption=1.5 ${NOW - HOUR_MS}`,
      line("ziel_temperatur", NOW - HOUR_MS, 21, "°C"),
    );
    const { sentence, failed } = await pull();
    expect(await world.held()).toEqual({});
    expect([sentence, failed]).toEqual([expect.stringContaining("only what no meter counts. Nothing taken."), undefined]);
  });

  test("in a unit nobody knows become one reject, however often they are looked at", async () => {
    await say(line("eg_strom", NOW - HOUR_MS, 3, "Umdrehungen"), line("haupt_strom", NOW - HOUR_MS, 200));
    expect((await pull()).failed).toBe(true);
    await pull({ thorough: true });
    expect(await world.store.rejects({})).toMatchObject([{ code: "unit-unknown", source: "lampfi", count: 1 }]);
    expect(Object.keys(await world.held())).toEqual([MAIN]);
    const [row] = await world.store.ledger();
    expect(row).toMatchObject({ items: 2, stored: 1, rejected: 1 });
  });

  test("that are texts become rejects, and the others stay", async () => {
    await say(line("gas_text", NOW - HOUR_MS, '"abgelesen"', "m³"), line("gas_zahler", NOW - HOUR_MS, 4, "m³").replace("m³", "Nm3"));
    await say(line("gas_zahler", NOW - HOUR_MS, 4, "kWh"));
    await pull();
    await pull();
    expect((await world.store.rejects({})).map(({ code, count }) => [code, count]).sort()).toEqual([
      ["not-a-number", 1],
      ["unit-unknown", 1],
    ]);
  });

  test("go to the point they are mapped to; two of one point are told and only one is taken", async () => {
    await say(line("a", NOW - HOUR_MS, 1), line("b", NOW - HOUR_MS, 2), line("c", NOW - HOUR_MS, 3));
    const { failed } = await pull({}, { a: "main", b: "house/main", c: "main" });
    expect(failed).toBe(true);
    expect(Object.keys(await world.held())).toHaveLength(1);
    expect(world.notes.join()).toContain("a and b would both go to main");
  });

  test("are kept in the first unit of an entity that changed it", async () => {
    await say(line("buro_heat", NOW - 2 * HOUR_MS, 7100, "kWh"), line("buro_heat", NOW - HOUR_MS, 7.2, "MWh"));
    await pull();
    expect(await world.held()).toEqual({
      "house/buro_heat/heat-energy@lampfi": [
        [NOW - 2 * HOUR_MS, 7.1],
        [NOW - HOUR_MS, 7.2],
      ],
    });
  });

  test("wait while it is away, and none is missing afterwards", async () => {
    await say(line("haupt_strom", NOW - 3 * DAY_MS, 100));
    await pull();
    await influx.end();
    await expect(pull()).rejects.toThrow(`InfluxDB at ${influx.url} does not answer: the connection is refused.`);
    await influx.run();
    await say(line("haupt_strom", NOW - 2 * DAY_MS, 110), line("haupt_strom", NOW - HOUR_MS, 120));
    world.now = NOW + DAY_MS;
    expect((await pull()).counts).toMatchObject({ new: 2 });
  });

  test("that are none at all are told in a sentence", async () => {
    expect((await pull()).sentence).toBe(
      `The database ${database} at ${influx.url} holds nothing of domain input_number yet. Nothing taken.`,
    );
    await expect(pullInflux(pullOf({ database: "lampfy" }), world.running(), world)).rejects.toThrow(
      `There is no database lampfy at ${influx.url}. Name the database Home Assistant writes to.`,
    );
  });

  test("behind a login need the right one, and it is never told", async () => {
    const login = { username: "admin", password: "geheim" };
    const guarded = await Influxd.start(login);
    try {
      const headers = { authorization: `Basic ${btoa("admin:geheim")}` };
      const ask = async (path: string, body: string | URLSearchParams) => {
        // It listens before it knows its users.
        for (let tries = 0; tries < 100; tries += 1)
          if ((await fetch(`${guarded.url}${path}`, { method: "POST", headers, body })).ok) return;
        throw new Error(`${path} is refused`);
      };
      await ask("/query", new URLSearchParams({ q: "CREATE DATABASE lampfi" }));
      await ask("/write?db=lampfi&precision=ms", line("haupt_strom", NOW - HOUR_MS, 1));
      const at = { url: guarded.url, database: "lampfi", username: "admin" };
      const refused = await pullInflux(pullOf({ ...at, password: "falsch" }), world.running(), world).catch((error: unknown) => error);
      expect(refused).toMatchObject({ code: "not-allowed", again: false });
      expect(String(refused)).not.toContain("falsch");
      expect((await pullInflux(pullOf({ ...at, password: "geheim" }), world.running(), world)).counts).toMatchObject({ new: 1 });
    } finally {
      await guarded.stop();
    }
  }, 60_000);
});
