import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { editsSchema } from "#contract/edits.ts";
import {
  homeBalanceSchema,
  homeChartSchema,
  homeDaysSchema,
  homeEventsSchema,
  homeFactSchema,
  homeSelectionSchema,
  homeSummarySchema,
  homesSchema,
} from "#contract/home.ts";
import { seriesKey } from "#sites/registry.ts";
import { at, HOME, NOW_MS, openHomeHouse, type Reading, SETTINGS, STEADY } from "./home-house.ts";
import { get, type House, openHouse } from "./house.ts";

const BASE = `/api/v1/homes/${HOME}`;
const DAY = "from=2026-03-10&to=2026-03-10";
/** Another meter in the middle of the day. */
const SWAP: readonly Reading[] = STEADY.map(([t, p, e]) => [t, p, t < at("2026-03-10 12:00:00") ? e : e - 1_010]);

type Method = "GET" | "POST" | "DELETE";
const ask = async (house: House, method: Method, path: string, payload?: object) => {
  const answer = await house.app.inject({ method, url: `${BASE}${path}`, headers: { host: "localhost" }, ...(payload ? { payload } : {}) });
  return { status: answer.statusCode, json: answer.json() };
};

describe("answers about a home", () => {
  let house: House;
  beforeAll(async () => {
    house = await openHomeHouse(STEADY);
  });
  afterAll(() => house.close());

  test.each([
    ["/api/v1/homes", homesSchema],
    [`${BASE}/summary`, homeSummarySchema],
    [`${BASE}/summary?weekStart=0`, homeSummarySchema],
    [`${BASE}/chart?${DAY}&points=300&phases=true`, homeChartSchema],
    [`${BASE}/chart?${DAY}&points=20000&typical=false`, homeChartSchema],
    [`${BASE}/selection?${DAY}`, homeSelectionSchema],
    [`${BASE}/days?${DAY}`, homeDaysSchema],
    [`${BASE}/balance?${DAY}`, homeBalanceSchema],
    [`${BASE}/events`, homeEventsSchema],
  ])("%s has the shape that is promised", async (url, schema) => {
    const answer = await get(house, url);
    expect([answer.status, answer.text.slice(0, 300)]).toEqual([200, expect.any(String)]);
    expect(schema.parse(answer.json())).toEqual(answer.json());
  });

  test("say what the home is and what its meter sends", async () => {
    const { homes } = (await get(house, "/api/v1/homes")).json();
    expect(homes).toMatchObject([
      {
        id: HOME,
        point: "meter",
        series: { power: "home/meter/power@tasmota", bought: "home/meter/energy-import@tasmota", sold: null },
        reader: { title: "Tasmota reader", url: "http://192.0.2.20/", everyMs: 60_000 },
        prices: [{ fromDate: "2026-01-01", perKwh: "0.3102", baseFeePerMonth: "0.00", from: "file", factId: null }],
        firstMs: STEADY[0]?.[0],
        plant: null,
      },
    ]);
  });

  test("sell nothing where the register of what is sold stands at zero", async () => {
    const parts = { site: "home", point: "meter", quantity: "energy-export", source: "tasmota" };
    await house.store.register({
      series: [{ id: 41, key: seriesKey(parts), ...parts, kind: "counter", unit: "kWh", equalInstant: "last" }],
    });
    const say = (tMs: number, value: number) =>
      house.store.importColumn(
        41,
        { tMs: Float64Array.of(tMs), value: Float64Array.of(value), quality: new Uint16Array(1) },
        { receivedMs: NOW_MS },
      );
    const homeNow = async () => (await get(house, "/api/v1/homes")).json().homes[0];
    await say(NOW_MS - 60_000, 0);
    expect(await homeNow()).toMatchObject({ hasSold: false, series: { sold: "home/meter/energy-export@tasmota" } });
    await say(NOW_MS, 0.1);
    expect((await homeNow()).hasSold).toBe(true);
  });

  test("tell energy and cost of today", async () => {
    const { today, power } = (await get(house, `${BASE}/summary`)).json();
    expect(power).toMatchObject({ powerW: 600, derived: false, source: "tasmota" });
    // 18 hours and four minutes of 600 W.
    expect(today.boughtKwh).toBeCloseTo(10.84, 2);
    expect(Number(today.cost)).toBeCloseTo(today.boughtKwh * 0.3102, 3);
    expect(today.fromLocal).toBe("2026-03-10T00:00:00+01:00");
  });

  test("take dates, clock readings and instants, and a date until its last moment", async () => {
    const ranges = [
      "from=2026-03-09&to=2026-03-09",
      "from=2026-03-09T00:00&to=2026-03-10T00:00",
      `from=${at("2026-03-09 00:00:00")}&to=${at("2026-03-10 00:00:00")}`,
      "from=2026-03-08T23:00:00Z&to=2026-03-10T00:00:00+01:00",
    ];
    for (const range of ranges) {
      const selection = (await get(house, `${BASE}/selection?${range}`)).json();
      expect([range, selection.fromLocal, selection.toLocal]).toEqual([range, "2026-03-09T00:00:00+01:00", "2026-03-10T00:00:00+01:00"]);
      expect(selection.boughtKwh).toBeCloseTo(14.4, 6);
    }
  });

  test.each([
    ["selection?from=2026-03-10&to=2026-03-09", 400, "bad-range"],
    ["selection?from=2026-03-10T10:00&to=2026-03-10T10:00", 400, "bad-range"],
    ["selection?from=yesterday&to=2026-03-09", 400, "bad-request"],
    ["selection?from=2026-02-30&to=2026-03-09", 400, "bad-request"],
    ["selection?to=2026-03-09", 400, "bad-request"],
    ["chart?from=0&to=9999999999999", 422, "range-too-long"],
    [`chart?${DAY}&points=5`, 400, "bad-request"],
    ["days?from=2026-03-10&to=2026-03-09", 400, "bad-range"],
    ["days?from=2010-01-01&to=2026-03-09", 422, "range-too-long"],
    ["days?from=2026-3-1&to=2026-03-09", 400, "bad-request"],
    ["summary?weekStart=7", 400, "bad-request"],
    ["export.csv?from=2026-03-10&to=2026-03-09", 400, "bad-range"],
  ])("%s is refused with its code and a sentence", async (path, status, code) => {
    const answer = await get(house, `${BASE}/${path}`);
    expect([answer.status, answer.json().error.code]).toEqual([status, code]);
    expect(answer.json().error.sentence).toMatch(/\.$/);
  });

  test("of a home that is not there is 404 everywhere", async () => {
    for (const path of ["summary", `chart?${DAY}`, `selection?${DAY}`, `days?${DAY}`, `balance?${DAY}`, "events", `export.csv?${DAY}`]) {
      const answer = await get(house, `/api/v1/homes/home.attic/${path}`);
      expect([path, answer.status, answer.json().error.code]).toEqual([path, 404, "unknown-home"]);
    }
  });

  test("leave as CSV with both clocks, every reading of the range", async () => {
    const csv = await get(house, `${BASE}/export.csv?from=2026-03-10T00:00&to=2026-03-10T01:00`);
    expect(csv.headers["content-disposition"]).toBe('attachment; filename="home.meter-2026-03-10.csv"');
    const lines = csv.text.trimEnd().split("\r\n");
    expect(lines).toHaveLength(61);
    expect(lines.slice(0, 2)).toEqual([
      "time (Europe/Berlin),time (UTC),power W,bought kWh,sold kWh,quality,source",
      "2026-03-10T00:00:00+01:00,2026-03-09T23:00:00Z,600,1014.4,,,tasmota",
    ]);
  });
});

describe("without homes", () => {
  test("the list is empty and nothing fails", async () => {
    const house = await openHouse();
    expect((await get(house, "/api/v1/homes")).json().homes).toEqual([]);
    expect((await get(house, `${BASE}/summary`)).status).toBe(404);
    await house.close();
  });

  test("a home whose meter has not spoken answers with nulls", async () => {
    const house = await openHomeHouse([]);
    for (const path of ["summary", `chart?${DAY}`, `selection?${DAY}`, `days?${DAY}`, "events", `balance?${DAY}`])
      expect([path, (await get(house, `${BASE}/${path}`)).status]).toEqual([path, 200]);
    const { today, power } = (await get(house, `${BASE}/summary`)).json();
    expect([today.boughtKwh, power.powerW]).toEqual([null, null]);
    await house.close();
  });
});

describe("what people say", () => {
  let house: House;
  afterEach(() => house.close());

  test("a price counts from its date on, costs follow, and taking it back brings the old ones", async () => {
    house = await openHomeHouse(STEADY);
    const cost = async () => Number((await ask(house, "GET", "/selection?from=2026-03-09&to=2026-03-09")).json.cost);
    expect(await cost()).toBeCloseTo(14.4 * 0.3102, 3);
    const said = await ask(house, "POST", "/prices", { fromDate: "2026-02-01", perKwh: "0.40", baseFeePerMonth: "31" });
    expect(said).toMatchObject({ status: 200, json: { name: "home-price", who: "this machine (loopback)" } });
    expect(homeFactSchema.parse(said.json)).toEqual(said.json);
    expect(await cost()).toBeCloseTo(14.4 * 0.4 + 1, 3);
    const prices = (await get(house, "/api/v1/homes")).json().homes[0].prices;
    expect(prices.at(-1)).toMatchObject({ fromDate: "2026-02-01", perKwh: "0.40", from: "page", factId: said.json.id });
    const back = await ask(house, "DELETE", `/facts/${said.json.id}`);
    expect(back.json).toEqual({ ...said.json, undoneMs: NOW_MS });
    expect((await ask(house, "DELETE", `/facts/${said.json.id}`)).json).toEqual(back.json);
    expect(await cost()).toBeCloseTo(14.4 * 0.3102, 3);
    const edits = (await get(house, "/api/v1/edits")).json();
    expect(editsSchema.parse(edits).edits.map(({ id }) => id)).toContain(said.json.id);
  });

  test("what the file says of a date stays", async () => {
    house = await openHomeHouse([], {}, { settings: { ...SETTINGS, instalments: [{ fromDate: "2026-01-01", amount: "90" }] } });
    for (const [path, body] of [
      ["/prices", { fromDate: "2026-01-01", perKwh: "0.3" }],
      ["/instalments", { fromDate: "2026-01-01", amount: "80" }],
    ] as const) {
      const answer = await ask(house, "POST", path, body);
      expect([answer.status, answer.json.error.code]).toEqual([409, "pinned-in-file"]);
    }
  });

  test("an instalment is there until it is taken back", async () => {
    house = await openHomeHouse(STEADY);
    expect((await ask(house, "GET", "/summary")).json.instalments).toBeNull();
    const { json } = await ask(house, "POST", "/instalments", { fromDate: "2026-01-01", amount: "95" });
    expect((await ask(house, "GET", "/summary")).json.instalments).toMatchObject({
      paid: "285.00",
      paidCount: 3,
      yearPaid: "1140.00",
      each: "95.00",
    });
    await ask(house, "DELETE", `/facts/${json.id}`);
    expect((await ask(house, "GET", "/summary")).json.instalments).toBeNull();
  });

  test.each([
    ["/prices", { fromDate: "2026-02-30", perKwh: "0.4" }],
    ["/prices", { fromDate: "2026-02-01", perKwh: 0.4 }],
    ["/prices", { fromDate: "2026-02-01", perKwh: "free" }],
    ["/prices", { fromDate: "2026-02-01" }],
    ["/prices", { fromDate: "2026-02-01", perKwh: "0.4", baseFeePerMonth: "1e9" }],
    ["/instalments", { fromDate: "soon", amount: "1" }],
    ["/events", { event: "x", what: "nothing" }],
  ])("%s refuses %j", async (path, body) => {
    house = await openHomeHouse([]);
    const answer = await ask(house, "POST", path, body);
    expect([answer.status, answer.json.error.code]).toEqual([400, "bad-request"]);
    expect((await house.store.registry()).facts).toEqual([]);
  });

  test("another meter is an event that somebody decides, and can think better of", async () => {
    house = await openHomeHouse(SWAP);
    const events = async () => (await ask(house, "GET", "/events")).json.events;
    const [event] = await events();
    expect(event).toMatchObject({ source: "tasmota", quantity: "energy-import", tMs: at("2026-03-10 12:00:00"), decision: null });
    const said = await ask(house, "POST", "/events", { event: event.id, what: "swap" });
    expect(said).toMatchObject({ status: 200, json: { name: "counter-decision", value: `${event.id} swap` } });
    expect((await events())[0].decision).toMatchObject({ what: "swap", factId: said.json.id });
    await ask(house, "DELETE", `/facts/${said.json.id}`);
    expect((await events())[0].decision).toBeNull();
  });

  test("nobody decides about an event that never was", async () => {
    house = await openHomeHouse(STEADY);
    for (const event of ["energy-import@tasmota:1773158400000", "nothing", "x:99999999999999999"]) {
      const answer = await ask(house, "POST", "/events", { event, what: "swap" });
      expect([event, answer.status, answer.json.error.code]).toEqual([event, 404, "unknown-event"]);
    }
  });

  test("only what pages say of this very home can be taken back", async () => {
    house = await openHomeHouse(STEADY);
    await house.store.register({
      facts: [{ site: "home", point: "meter", name: "name", value: "Cellar", fromMs: 0, who: "Ada", madeMs: 0 }],
    });
    const id = (await house.store.registry()).facts[0]?.id;
    expect((await ask(house, "DELETE", `/facts/${id}`)).json.error.code).toBe("unknown-edit");
    expect((await ask(house, "DELETE", "/facts/999")).status).toBe(404);
    expect((await get(house, "/api/v1/homes")).json().homes[0].name).toBe("Cellar");
  });

  test("money needs the role billing, decisions the role operator", async () => {
    house = await openHomeHouse(SWAP, { loopbackOpen: false, anonymous: [{ role: "operator", from: "127.0.0.1/32" }] });
    const [event] = (await ask(house, "GET", "/events")).json.events;
    expect((await ask(house, "POST", "/prices", { fromDate: "2026-02-01", perKwh: "0.4" })).status).toBe(403);
    expect((await ask(house, "POST", "/instalments", { fromDate: "2026-02-01", amount: "80" })).status).toBe(403);
    const decided = await ask(house, "POST", "/events", { event: event.id, what: "swap" });
    expect(decided.status).toBe(200);
    expect((await ask(house, "DELETE", `/facts/${decided.json.id}`)).status).toBe(200);
    await house.store.register({
      facts: [{ site: "home", point: "meter", name: "home-instalment", value: "80", fromMs: 0, who: "Ada", madeMs: 0 }],
    });
    const id = (await house.store.registry()).facts.at(-1)?.id;
    expect((await ask(house, "DELETE", `/facts/${id}`)).json.error.code).toBe("forbidden");
  });
});
