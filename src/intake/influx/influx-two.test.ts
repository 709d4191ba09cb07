import type { ServerResponse } from "node:http";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { PullProblem } from "#intake/pull/pull-problem.ts";
import { aPulledSource, PullWorld } from "#intake/pull/pull-world.ts";
import { openStore } from "#store/sqlite/sqlite-store.ts";
import { FakeFlux, type FluxPoint } from "#test/fakes/flux-server.ts";
import { openInfluxTwo } from "./influx-two.ts";
import { pullInflux } from "./pull-influx.ts";
import type { InfluxPlace } from "./settings.ts";

const HOUR_MS = 3_600_000;
const NOW = Date.UTC(2024, 11, 1, 12);
const MAIN = "house/haupt_strom/energy@lampfi";

let influx: FakeFlux;
let world: PullWorld;

beforeEach(async () => {
  influx = await FakeFlux.start({ bucket: "lampfi", token: "sesam" });
  world = await PullWorld.open((folder) => openStore({ folder, inProcess: true }), NOW);
});
afterEach(async () => {
  await world.end();
  await influx.stop();
});

const point = (hoursAgo: number, value: number | string, more: Partial<FluxPoint> = {}): FluxPoint => ({
  measurement: "kWh",
  entity: "haupt_strom",
  tMs: NOW - hoursAgo * HOUR_MS,
  value,
  ...more,
});

function pull(more: Partial<Extract<InfluxPlace, { version: 2 }>> = {}, thorough = false, timeoutMs = 5_000) {
  const place = { version: 2, url: influx.url, org: "haus", token: "sesam", bucket: "lampfi", ...more } as const;
  const settings = { place, domain: "input_number", timeoutMs };
  const reader = openInfluxTwo({ ...settings, place });
  return pullInflux({ source: aPulledSource("lampfi"), settings, reader, mediumOf: () => undefined }, world.running({ thorough }), world);
}

describe("readings in a bucket of InfluxDB 2", () => {
  test("become registers of their entities", async () => {
    influx.points = [point(72, 5000), point(1, 5012.5), point(500, 17, { measurement: "m³", entity: "gas_zahler" })];
    const { counts } = await pull();
    expect(counts).toMatchObject({ registers: 2, new: 3 });
    expect(await world.held()).toEqual({
      "house/gas_zahler/gas-volume@lampfi": [[NOW - 500 * HOUR_MS, 17]],
      [MAIN]: [
        [NOW - 72 * HOUR_MS, 5000],
        [NOW - HOUR_MS, 5012.5],
      ],
    });
  });

  test("of one instant count as the last of them says", async () => {
    influx.points = [point(2, 10), point(2, 11), point(1, 12)];
    await pull();
    expect((await world.held())[MAIN]).toEqual([
      [NOW - 2 * HOUR_MS, 11],
      [NOW - HOUR_MS, 12],
    ]);
    expect((await pull({}, true)).counts).toMatchObject({ new: 0, changed: 0 });
  });

  test("are asked for by the domain and field alone, so hours of a supplier stay apart", async () => {
    influx.points = [
      point(1, 5000),
      point(1, 1.5, { measurement: "energy", domain: "sensor", field: "consumption" }),
      point(1, 1.5, { domain: "sensor" }),
    ];
    await pull();
    expect((await world.held())[MAIN]).toEqual([[NOW - HOUR_MS, 5000]]);
  });

  test("with quotes, commas and breaks in their names are asked for as they are called", async () => {
    influx.points = [
      point(1, 1, { entity: 'flur, "links"' }),
      point(1, 2, { entity: "flur/rechts" }),
      point(1, 3, { entity: "flur rechts" }),
    ];
    await pull();
    expect(Object.keys(await world.held())).toHaveLength(3);
    expect(Object.keys(await world.held())).toContain("house/flur-rechts/energy@lampfi");
  });

  test("that are texts or far ahead of the clock become rejects", async () => {
    influx.points = [point(2, "kaputt"), point(1, 5000), point(-30, 5001)];
    expect((await pull()).counts).toMatchObject({ new: 1, rejected: 2 });
    expect((await world.store.rejects({})).map(({ code }) => code).sort()).toEqual(["not-a-number", "time-in-future"]);
    expect((await pull({}, true)).counts).toMatchObject({ rejected: 0 });
  });

  test("need a bucket that is there and a token that may read it", async () => {
    await expect(pull({ bucket: "lampfy" })).rejects.toThrow(`There is no bucket lampfy at ${influx.url}, or the token may not see it.`);
    const refused = await pull({ token: "falsch" }).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: "not-allowed", again: false });
    expect(String(refused)).not.toContain("falsch");
    expect((await pull()).sentence).toBe(`The bucket lampfi at ${influx.url} holds nothing of domain input_number yet. Nothing taken.`);
  });

  test("that fail half way are taken by the next run", async () => {
    influx.points = [point(72, 5000), point(1, 5012.5), point(1, 9, { entity: "og1_strom" })];
    influx.http.answer = cutAfter(influx.http.answer, 3);
    await expect(pull()).rejects.toThrow("says: queue is full");
    expect((await pull()).counts).toMatchObject({ registers: 2 });
    expect(Object.values(await world.held()).flat()).toHaveLength(3);
  });

  test("that fail in the middle of an answer that calls itself good are not taken for all there are", async () => {
    influx.points = [point(1, 5000)];
    const failed = ["#datatype,string,string", "#group,true,true", "#default,,", ",error,reference", ",out of memory,897", ""].join("\r\n");
    influx.instead.push((reply) => void reply.end(failed));
    await expect(pull()).rejects.toThrow("says: out of memory");
  });

  test("whose answer only drips are given up after the time they have", async () => {
    const drip = (reply: ServerResponse): void => {
      const timer = setInterval(() => reply.write("a"), 20);
      reply.on("close", () => clearInterval(timer));
    };
    influx.instead.push(drip);
    expect(await pull({}, false, 200).catch((error: unknown) => error)).toMatchObject({ code: "timed-out" });
  });

  test("are never told with the token, whatever repeats it", async () => {
    influx.instead.push((reply) => void reply.writeHead(500).end(JSON.stringify({ message: `no ${reply.req.headers["authorization"]}` })));
    for (const token of ["geheim", "geheim\nmore"]) {
      const problem = await pull({ token }).catch((error: unknown) => error);
      expect(problem).toBeInstanceOf(PullProblem);
      expect(String(problem)).not.toContain("geheim");
    }
  });
});

/** Fails once, after so many questions. */
function cutAfter(answer: FakeFlux["http"]["answer"], good: number): FakeFlux["http"]["answer"] {
  let asked = 0;
  return (question, reply) => {
    asked += 1;
    if (asked === good)
      reply
        .writeHead(503, { "content-type": "application/json", "retry-after": "1" })
        .end(JSON.stringify({ code: "unavailable", message: "queue is full" }));
    else answer(question, reply);
  };
}
