import { afterEach, describe, expect, test } from "vitest";
import {
  oldCacheSchema,
  oldEnergySummarySchema,
  oldLatestReadingSchema,
  oldReadingsSchema,
  oldStatsSchema,
  oldStatusSchema,
} from "#contract/old-tasmota.ts";
import { seriesKey } from "#sites/registry.ts";
import { at, NOW_MS, openHomeHouse, type Reading, STEADY, say } from "./home-house.ts";
import { get, type House, openHouse } from "./house.ts";

const ROUTES = ["/api/readings", "/api/latest_reading", "/api/stats", "/status", "/api/energy_summary", "/api/clear_cache"];
const NONE = Number.NaN;

let house: House;
afterEach(() => house.close());

const json = async (url: string) => (await get(house, url)).json();

/** The worked case of the old monitor: three readings of an hour. */
const GOLD: Reading[] = [
  [at("2026-03-10 10:00:00"), 400, 100],
  [at("2026-03-10 10:30:00"), 600, 100.2],
  [at("2026-03-10 11:00:00"), 800, 100.5],
];

describe("the old monitor's routes", () => {
  test("are there only where they are configured", async () => {
    house = await openHouse();
    for (const route of ROUTES) expect([route, (await get(house, route)).status]).toEqual([route, 404]);
  });

  test("of an empty table: [] for readings, nulls and 0 for statistics, 404 for the newest", async () => {
    house = await openHomeHouse([]);
    expect(await json("/api/readings")).toEqual([]);
    const latest = await get(house, "/api/latest_reading");
    expect([latest.status, latest.json()]).toEqual([404, { error: "There is no reading yet" }]);
    expect(await json("/api/stats?start=2026-03-10&end=2026-03-11")).toEqual({
      start: at("2026-03-10 00:00:00"),
      end: at("2026-03-11 00:00:00"),
      stats: { energy_used_kwh: null, min_power_watts: null, max_power_watts: null, avg_power_watts: null, count: 0 },
    });
    expect(await json("/api/energy_summary")).toEqual({ avg_daily: null, daily: [], moving_avg_30d: [] });
    expect(await json("/status")).toMatchObject({ last_reading: null, num_total_readings: 0, mqtt_connected: false });
  });

  test("answer like an empty table while there is no home at all, and name one that is configured and not there", async () => {
    house = await openHouse({ tasmota: {} });
    expect(await json("/api/readings")).toEqual([]);
    expect((await json("/api/stats?start=0&end=1")).stats.count).toBe(0);
    expect((await get(house, "/api/latest_reading")).status).toBe(404);
    await house.close();
    house = await openHouse({ tasmota: { home: "home.attic" } });
    const answer = await get(house, "/api/readings");
    expect([answer.status, answer.json()]).toEqual([503, { error: "There is no home home.attic yet" }]);
  });

  test("have exactly the documented fields", async () => {
    house = await openHomeHouse(STEADY);
    for (const [url, schema] of [
      ["/api/readings?start=2026-03-10", oldReadingsSchema],
      ["/api/latest_reading", oldLatestReadingSchema],
      ["/api/stats?start=2026-03-10&end=2026-03-11", oldStatsSchema],
      ["/status", oldStatusSchema],
      ["/api/energy_summary", oldEnergySummarySchema],
      ["/api/clear_cache", oldCacheSchema],
    ] as const) {
      const answer = await get(house, url);
      expect([url, answer.status]).toEqual([url, 200]);
      expect(schema.parse(answer.json())).toEqual(answer.json());
    }
  });

  test("stand beside those of the old KYZ dashboard", async () => {
    house = await openHomeHouse(GOLD, { kyz: { site: "home", tokenInUrl: false } });
    expect(await json("/api/readings")).toHaveLength(3);
    expect((await get(house, "/api/health")).json()).toMatchObject({ detail: expect.any(String) });
  });

  test("ask who it is like every other route", async () => {
    house = await openHomeHouse(GOLD, { loopbackOpen: false });
    for (const route of ROUTES) {
      const answer = await get(house, route);
      expect([route, answer.status, Object.keys(answer.json())]).toEqual([route, 401, ["error"]]);
    }
  });
});

describe("the worked numbers", () => {
  test.each([
    [
      "energy, least, greatest, mean and count of a closed window",
      "start=2026-03-10T10:00:00&end=2026-03-10T11:00:00",
      [0.5, 400, 800, 600, 3],
    ],
    ["the other way round they are swapped", "start=2026-03-10T11:00:00&end=2026-03-10T10:00:00", [0.5, 400, 800, 600, 3]],
    [
      "not interpolated: a minute with one reading used nothing",
      "start=2026-03-10T10:29:30&end=2026-03-10T10:30:30",
      [0, 600, 600, 600, 1],
    ],
    ["from the first to the last reading inside", "start=2026-03-10T10:10:00&end=2026-03-10T11:10:00", [0.3, 600, 800, 700, 2]],
    ["nothing inside", "start=2026-03-10T12:00:00&end=2026-03-10T13:00:00", [null, null, null, null, 0]],
    ["in milliseconds", `start=${at("2026-03-10 10:00:00")}&end=${at("2026-03-10 11:00:00")}`, [0.5, 400, 800, 600, 3]],
    ["in seconds", `start=${at("2026-03-10 10:00:00") / 1000}&end=${at("2026-03-10 11:00:00") / 1000}`, [0.5, 400, 800, 600, 3]],
    ["with an offset", "start=2026-03-10T09:00:00Z&end=2026-03-10T11:00:00%2B01:00", [0.5, 400, 800, 600, 3]],
    ["a plus that nobody escaped", "start=2026-03-10T09:00:00Z&end=2026-03-10T11:00:00+01:00", [0.5, 400, 800, 600, 3]],
  ])("%s", async (_case, query, expected) => {
    house = await openHomeHouse(GOLD);
    const { stats } = await json(`/api/stats?${query}`);
    const { energy_used_kwh, min_power_watts, max_power_watts, avg_power_watts, count } = stats;
    expect([energy_used_kwh, min_power_watts, max_power_watts, avg_power_watts, count]).toEqual(expected);
  });

  test("100.0 and 100.5 kWh an hour apart without power are 500 W, and no made-up power of the old routes", async () => {
    house = await openHomeHouse([
      [at("2026-03-10 10:00:00"), NONE, 100],
      [at("2026-03-10 11:00:00"), NONE, 100.5],
    ]);
    expect((await json("/api/readings")).map((row: { p: number | null }) => row.p)).toEqual([null, null]);
    const range = `from=${at("2026-03-10 10:00:00")}&to=${at("2026-03-10 11:00:00")}`;
    expect(await json(`/api/v1/homes/home.meter/selection?${range}`)).toMatchObject({
      boughtKwh: expect.closeTo(0.5, 9),
      meanW: expect.closeTo(500, 6),
      derived: true,
    });
  });

  test("0.5 kWh at the default price cost 0.1551", async () => {
    house = await openHomeHouse(GOLD);
    const range = `from=${at("2026-03-10 10:00:00")}&to=${at("2026-03-10 11:00:00")}`;
    expect(await json(`/api/v1/homes/home.meter/selection?${range}`)).toMatchObject({ cost: "0.1551", perKwh: "0.3102" });
  });

  test.each([
    ["a reset", [100, 100.2, 0.1, 0.2], 0.3],
    ["a momentary zero", [100, 0, 100.1, 100.3], 0.3],
    ["a last digit that goes back", [100, 100.1, 100.0999, 100.3], 0.3],
  ])("%s is never negative and never thousands of kWh", async (_name, kwh, used) => {
    house = await openHomeHouse(kwh.map((value, i): Reading => [at("2026-03-10 10:00:00") + i * 10_000 * 30, 100, value]));
    const { stats } = await json("/api/stats?start=2026-03-10T09:00:00&end=2026-03-10T12:00:00");
    expect(stats.energy_used_kwh).toBeGreaterThanOrEqual(0);
    expect(stats.energy_used_kwh).toBeLessThanOrEqual(used + 0.11);
  });
});

describe("readings", () => {
  test("are told whole and ascending, from the clock of the home, both ends included", async () => {
    house = await openHomeHouse(GOLD);
    expect(await json("/api/readings")).toEqual(GOLD.map(([t, p, e]) => ({ t, p, e })));
    expect(await json("/api/readings?start=2026-03-10T10:30:00&end=2026-03-10 11:00:00")).toHaveLength(2);
    expect(await json("/api/readings?start=&end=2026-03-10T10:30")).toHaveLength(2);
  });

  test.each([
    ["milliseconds", (tMs: number) => String(tMs)],
    ["seconds", (tMs: number) => String(tMs / 1000)],
    ["seconds with a fraction", (tMs: number) => (tMs / 1000).toFixed(3)],
    ["ISO text", (tMs: number) => new Date(tMs).toISOString()],
  ])("`after` in %s is strictly newer", async (_unit, write) => {
    house = await openHomeHouse(GOLD);
    expect(await json(`/api/readings?after=${write(GOLD[0]?.[0] as number)}`)).toHaveLength(2);
    expect(await json(`/api/readings?after=${write(GOLD[2]?.[0] as number)}`)).toEqual([]);
  });

  test("polled as the old page did bring each reading once", async () => {
    house = await openHomeHouse(GOLD.slice(0, 2));
    const first = await json("/api/readings");
    await say(house.store, GOLD.slice(2));
    expect(await json(`/api/readings?start=${first.at(-1).t + 1}`)).toEqual([{ t: GOLD[2]?.[0], p: 800, e: 100.5 }]);
  });

  test("tell null for what the meter did not send", async () => {
    house = await openHomeHouse([
      [at("2026-03-10 10:00:00"), 400, NONE],
      [at("2026-03-10 10:00:10"), NONE, 100],
    ]);
    expect((await json("/api/readings")).map((row: { p: unknown; e: unknown }) => [row.p, row.e])).toEqual([
      [400, null],
      [null, 100],
    ]);
  });

  test("of many pages are all there, in order", async () => {
    const rows = Array.from({ length: 20_000 }, (_, i): Reading => [at("2026-03-01 00:00:00") + i * 10_000, i % 1_000, 1_000 + i / 1_000]);
    house = await openHomeHouse(rows);
    expect(await json("/api/readings")).toEqual(rows.map(([t, p, e]) => ({ t, p, e })));
  });

  test.each(["start=rubbish", "end=2026-13-01", "after=tomorrow", "start=99999999999999999"])(
    "%s is 400, not the whole table",
    async (query) => {
      house = await openHomeHouse(GOLD);
      const answer = await get(house, `/api/readings?${query}`);
      expect([answer.status, typeof answer.json().error]).toEqual([400, "string"]);
    },
  );
});

describe("history of a source of its own", () => {
  test("comes before the reader's readings, and nothing is told twice", async () => {
    house = await openHomeHouse(GOLD.slice(1));
    const parts = { site: "home", point: "meter", quantity: "energy-import", source: "old-tasmota" };
    await house.store.register({
      series: [{ id: 40, key: seriesKey(parts), ...parts, kind: "counter", unit: "kWh", equalInstant: "last" }],
    });
    const old = [-30, 0, 30.001, 60.001].map((minutes, i) => [at("2026-03-10 10:00:00") + minutes * 60_000, 99.8 + i / 5] as const);
    const column = {
      tMs: Float64Array.from(old, ([tMs]) => tMs),
      value: Float64Array.from(old, ([, kwh]) => kwh),
      quality: new Uint16Array(old.length),
    };
    await house.store.importColumn(40, column, { receivedMs: NOW_MS });
    const rows = await json("/api/readings");
    expect(rows.map((row: { t: number; e: number }) => [row.t, row.e])).toEqual([
      [at("2026-03-10 09:30:00"), 99.8],
      [at("2026-03-10 10:00:00"), 100],
      [at("2026-03-10 10:30:00"), 100.2],
      [at("2026-03-10 11:00:00"), 100.5],
    ]);
    expect((await json("/api/latest_reading")).timestamp).toBe("2026-03-10T11:00:00");
  });
});

describe("statistics", () => {
  test("need both ends", async () => {
    house = await openHomeHouse(GOLD);
    for (const query of ["", "?start=2026-03-10", "?end=2026-03-10", "?start=&end="]) {
      const answer = await get(house, `/api/stats${query}`);
      expect([answer.status, answer.json()]).toEqual([400, { error: "start and end are required" }]);
    }
    const answer = await get(house, "/api/stats?start=rubbish&end=2026-03-10");
    expect([answer.status, answer.json().error]).toEqual([400, expect.stringContaining("rubbish")]);
  });

  test("of days come from kept sums and are those of every reading", async () => {
    house = await openHomeHouse(STEADY.map(([t, , e], i): Reading => [t, 100 + (i % 7), e]));
    const { stats } = await json("/api/stats?start=2026-03-09T00:30:30&end=2026-03-10T17:15:30");
    const inside = STEADY.map(([t], i) => [t, 100 + (i % 7)] as const).filter(
      ([t]) => t >= at("2026-03-09 00:30:30") && t <= at("2026-03-10 17:15:30"),
    );
    expect(stats.count).toBe(inside.length);
    expect(stats.avg_power_watts).toBeCloseTo(inside.reduce((sum, [, p]) => sum + p, 0) / inside.length, 9);
    expect([stats.min_power_watts, stats.max_power_watts]).toEqual([100, 106]);
    expect(stats.energy_used_kwh).toBeCloseTo((inside.length - 1) / 100, 6);
  });
});

describe("the rest", () => {
  test("the newest reading has the home's clock and the number of the meter", async () => {
    house = await openHomeHouse(GOLD);
    expect(await json("/api/latest_reading")).toEqual({
      timestamp: "2026-03-10T11:00:00",
      meter_id: "0a01454d48",
      power_watts: 800,
      energy_in_kwh: 100.5,
      energy_out_kwh: null,
      power_phase_1_watts: null,
      power_phase_2_watts: null,
      power_phase_3_watts: null,
      raw_payload: null,
    });
  });

  test("tells the meter's group of the message where messages are kept", async () => {
    house = await openHomeHouse(GOLD);
    const group = { Power: 800, E_in: 100.5, Meter_id: "0a01454d48" };
    const message = (E_in: number) => ({
      source: "tasmota",
      topic: "tele/tasmota/SENSOR",
      body: Buffer.from(JSON.stringify({ Time: "1970-01-01T00:00:09", MT681: { ...group, E_in } })),
      receivedMs: NOW_MS,
      qos: 0 as const,
      retained: false,
    });
    const none = {
      seriesId: new Int32Array(),
      tMs: new Float64Array(),
      value: new Float64Array(),
      quality: new Uint16Array(),
      code: new Uint16Array(),
    };
    await house.store.append({ receivedMs: NOW_MS, samples: none, rejects: [], messages: [], raw: [message(100.2), message(100.5)] });
    expect((await json("/api/latest_reading")).raw_payload).toBe(JSON.stringify(group));
  });

  test("days are the home's own from midnight to midnight, the moving mean is over those listed", async () => {
    house = await openHomeHouse(STEADY);
    const { daily, moving_avg_30d, avg_daily } = await json("/api/energy_summary");
    expect(daily).toEqual([
      { t: at("2026-03-09 12:00:00"), kwh: expect.closeTo(14.4, 6), is_partial: false },
      { t: at("2026-03-10 12:00:00"), kwh: expect.closeTo(10.84, 2), is_partial: true },
    ]);
    expect(moving_avg_30d[1].kwh).toBeCloseTo((daily[0].kwh + daily[1].kwh) / 2, 9);
    expect(avg_daily).toBeCloseTo(14.4, 1);
  });

  test("status is true to life", async () => {
    house = await openHomeHouse(STEADY);
    expect(await json("/status")).toMatchObject({
      status: "ok",
      tasmota_url: "http://192.0.2.20/",
      last_reading: "2026-03-10T18:04:00",
      num_readings_last_hour: 60,
      num_total_readings: STEADY.length,
    });
  });

  test("there is no cache, and asking to clear it changes nothing", async () => {
    house = await openHomeHouse(GOLD);
    expect(await json("/api/clear_cache")).toMatchObject({ status: "ok" });
    expect(await json("/api/readings")).toHaveLength(3);
  });
});
