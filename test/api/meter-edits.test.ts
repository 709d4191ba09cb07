import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { meterFactSchema } from "#contract/meter-edits.ts";
import type { House } from "./house.ts";
import { ask, at, NOW_MS, openMeterHouse, SITE } from "./meter-house.ts";

let house: House;
beforeEach(async () => {
  house = await openMeterHouse();
});
afterEach(() => house.close());

const YEAR = "from=2025-01-01&to=2025-12-31";
const month = async (meter: string, name: string) => {
  const [year = 0, number = 1] = name.split("-").map(Number);
  const last = new Date(Date.UTC(year, number, 0)).getUTCDate();
  return (await ask(house, "GET", `/meters/house.${meter}/consumption?from=${name}-01&to=${name}-${last}&by=month`)).json;
};
const yearOf = async (meter: string) => (await ask(house, "GET", `/meters/house.${meter}/consumption?${YEAR}&by=year`)).json;
const detail = async (meter: string) => (await ask(house, "GET", `/meters/house.${meter}`)).json;
const facts = async () => (await house.store.registry()).facts;

const DRAFT = { name: "Garden", unit: "m³", kind: "physical", medium: "water" };

describe("definitions of a page", () => {
  test("make a meter, change it and take it off the lists, each as a fact that can be taken back", async () => {
    const made = await ask(house, "PUT", "/meters/house.garden", DRAFT);
    expect([made.status, made.json]).toEqual([200, meterFactSchema.parse(made.json)]);
    expect(made.json).toMatchObject({ site: "house", point: "garden", name: "meter", who: "this machine (loopback)" });
    expect(await detail("garden")).toMatchObject({ name: "Garden", unit: "m³", standing: "waiting", declared: null, factId: made.json.id });
    house.nowMs += 1_000;
    const changed = await ask(house, "PUT", "/meters/house.garden", { ...DRAFT, name: "Garden tap", group: "Outside" });
    expect(await detail("garden")).toMatchObject({ name: "Garden tap", group: "Outside" });
    await ask(house, "DELETE", `/meters/house.garden/facts/${changed.json.id}`);
    expect(await detail("garden")).toMatchObject({ name: "Garden", group: "" });
    house.nowMs += 1_000;
    const removed = await ask(house, "DELETE", "/meters/house.garden");
    expect(removed).toMatchObject({ status: 200, json: { name: "meter-removed" } });
    expect((await ask(house, "GET", "/meters/house.garden")).status).toBe(404);
    await ask(house, "DELETE", `/meters/house.garden/facts/${removed.json.id}`);
    expect((await ask(house, "GET", "/meters/house.garden")).status).toBe(200);
  });

  test("are told in the house's spelling of their unit", async () => {
    await ask(house, "PUT", "/meters/house.tap", { ...DRAFT, unit: "m3" });
    expect(await detail("tap")).toMatchObject({ unit: "m³" });
  });

  test("make a formula that counts at once", async () => {
    expect(
      (await ask(house, "PUT", "/meters/house.half", { name: "Half", unit: "kWh", kind: "virtual", formula: "0.5 * rest" })).status,
    ).toBe(200);
    expect((await yearOf("half")).amount).toEqual([expect.closeTo(1_200, 6)]);
  });

  test("make a sum of one meter after another, whose last one is open", async () => {
    const periods = [
      { fromDate: "2025-01-01", toDate: "2025-06-30", sources: ["flat"] },
      { fromDate: "2025-07-01", toDate: "9999-12-31", sources: ["total", "flat"] },
    ];
    expect((await ask(house, "PUT", "/meters/house.m", { name: "M", unit: "kWh", kind: "master", periods })).status).toBe(200);
    expect((await detail("m")).periods.map(({ toDate }: { toDate: string | null }) => toDate)).toEqual(["2025-06-30", null]);
    expect((await yearOf("m")).amount).toEqual([expect.closeTo(600 + 2_400, 6)]);
  });

  test("never change what the file says, and say where it does", async () => {
    for (const method of ["PUT", "DELETE"] as const) {
      const answer = await ask(house, method, "/meters/house.total", method === "PUT" ? { ...DRAFT, unit: "kWh" } : undefined);
      expect([answer.status, answer.json.error.code]).toEqual([409, "declared-in-file"]);
      expect(answer.json.error.sentence).toContain("wattkeep.yaml, line 10");
    }
    expect(await facts()).toEqual([]);
  });

  test.each([
    ["a circle", "loop", { name: "Loop", unit: "kWh", kind: "virtual", formula: "total - loop" }, /loop/],
    ["a part that is not there", "x", { name: "X", unit: "kWh", kind: "virtual", formula: "total - attic" }, /attic/],
    ["a formula nobody can read", "x", { name: "X", unit: "kWh", kind: "virtual", formula: "total - (flat" }, /Position/],
    ["a formula left out", "x", { name: "X", unit: "kWh", kind: "virtual" }, /formula/],
    ["a unit no meter counts in", "x", { name: "X", unit: "furlong", kind: "physical" }, /"furlong" is not a unit of a meter/],
    ["units that do not convert", "x", { name: "X", unit: "kWh", kind: "virtual", formula: "total - water" }, /m³|water/],
    ["a master without a period", "x", { name: "X", unit: "kWh", kind: "master" }, /periods/],
    ["a register that counts something else", "x", { name: "X", unit: "kWh", kind: "physical", point: "water" }, /m³/],
    ["a pattern of nothing", "x", { ...DRAFT, pattern: Array.from({ length: 12 }, () => 0) }, /pattern/],
    ["a date that is none", "x", { ...DRAFT, installedOn: "2026-02-30" }, /2026-02-30/],
    ["an end before the beginning", "x", { ...DRAFT, installedOn: "2026-02-01", removedOn: "2026-01-01" }, /removedOn/],
    ["a reset on no day", "x", { ...DRAFT, resetsOn: "13-40" }, /13-40/],
    ["a point no key can name", "x", { ...DRAFT, point: "a/b@c" }, /point/],
  ])("refuse %s before anything is kept", async (_what, meter, draft, details) => {
    const answer = await ask(house, "PUT", `/meters/house.${meter}`, draft);
    expect([answer.status, answer.json.error.code]).toEqual([422, "meter-unusable"]);
    expect(answer.json.error.details.join("\n")).toMatch(details);
    expect(await facts()).toEqual([]);
  });

  test("refuse periods that overlap, name what is not there, or end before they begin, all at once", async () => {
    const periods = [
      { fromDate: "2025-01-01", toDate: "2025-06-30", sources: ["flat"] },
      { fromDate: "2025-06-30", toDate: "2025-06-01", sources: ["attic"] },
    ];
    const { json } = await ask(house, "PUT", "/meters/house.m", { name: "M", unit: "kWh", kind: "master", periods });
    expect(json.error.details).toHaveLength(3);
  });

  test.each([
    ["house.", DRAFT],
    ["house.a b", DRAFT],
    ["house.__proto__/x", DRAFT],
    [`house.${"x".repeat(101)}`, DRAFT],
    ["house.x", { ...DRAFT, name: "" }],
    ["house.x", { ...DRAFT, colour: "red" }],
    ["house.x", { ...DRAFT, kind: "wish" }],
    ["house.x", { ...DRAFT, pattern: [1, 2, 3] }],
    ["house.x", { ...DRAFT, readEveryDays: -1 }],
  ])("refuse %s with %j as it is written", async (id, draft) => {
    const answer = await ask(house, "PUT", `/meters/${encodeURIComponent(id)}`, draft);
    expect([answer.status, answer.json.error.code]).toEqual([400, "bad-request"]);
    expect(await facts()).toEqual([]);
  });

  test("of a site nobody knows are refused", async () => {
    expect((await ask(house, "PUT", "/meters/attic.x", DRAFT)).status).toBe(404);
  });
});

describe("what people say of a register", () => {
  test("a replacement keeps the month whole, and taking it back brings the fall again", async () => {
    await house.store.importColumn(
      20,
      { tMs: Float64Array.of(at("2026-03-09 00:00:00")), value: Float64Array.of(20), quality: new Uint16Array(1) },
      { receivedMs: NOW_MS },
    );
    const swap = { at: "2026-03-05T12:00", lastReading: 14_250, firstReading: 0, serial: "N 7", why: "due for calibration" };
    const said = await ask(house, "POST", "/meters/house.total/replacements", swap);
    expect(said).toMatchObject({ status: 200, json: { name: "meter-replacement", fromMs: at("2026-03-05 12:00:00") } });
    const known = (await ask(house, "GET", "/meters/house.total/consumption?from=2026-03-01&to=2026-03-08&by=year")).json;
    expect(known.total.amount).toBeCloseTo(70, 6);
    expect(known.total.flags).toContain("replaced");
    expect((await detail("total")).replacements).toMatchObject([{ lastReading: 14_250, firstReading: 0, serial: "N 7", from: "page" }]);
    const undone = await ask(house, "DELETE", `/meters/house.total/facts/${said.json.id}`);
    expect(undone.json).toEqual({ ...said.json, undoneMs: NOW_MS });
    expect((await ask(house, "DELETE", `/meters/house.total/facts/${said.json.id}`)).json).toEqual(undone.json);
    expect((await detail("total")).replacements).toEqual([]);
  });

  test("an event is decided once it is there, and not before", async () => {
    await house.store.importColumn(
      20,
      { tMs: Float64Array.of(at("2026-03-09 00:00:00")), value: Float64Array.of(20), quality: new Uint16Array(1) },
      { receivedMs: NOW_MS },
    );
    const { events } = await detail("total");
    const open = events.find((event: { open: boolean }) => event.open);
    expect(open).toMatchObject({ value: 20, decision: null, factId: null });
    const said = await ask(house, "POST", "/meters/house.total/events", { event: open.id, what: "replacement" });
    expect(said).toMatchObject({ status: 200, json: { name: "meter-decision", value: `${open.id} replacement` } });
    const decided = (await detail("total")).events.find((event: { id: string }) => event.id === open.id);
    expect(decided).toMatchObject({ open: false, decision: "replacement", factId: said.json.id });
    const unknown = await ask(house, "POST", "/meters/house.total/events", { event: "fall:1", what: "reset" });
    expect([unknown.status, unknown.json.error.code]).toEqual([404, "unknown-event"]);
  });

  test("a device of the future, or of a meter without a dial, is not replaced", async () => {
    const future = await ask(house, "POST", "/meters/house.total/replacements", { at: "2026-04-01" });
    expect([future.status, future.json.error.code]).toEqual([400, "bad-request"]);
    const formula = await ask(house, "POST", "/meters/house.rest/replacements", { at: "2026-03-01" });
    expect([formula.status, formula.json.error.code]).toEqual([409, "no-register"]);
  });

  test("a price counts from its date on, and the file's stays", async () => {
    const said = await ask(house, "POST", "/meters/house.total/prices", { fromDate: "2025-07-01", perUnit: "0.40", baseFeePerMonth: "10" });
    expect(said).toMatchObject({ status: 200, json: { name: "meter-price" } });
    expect(Number((await month("total", "2025-06")).cost[0])).toBeCloseTo(100, 3);
    const july = await month("total", "2025-07");
    expect(Number(july.cost[0])).toBeCloseTo(130, 3);
    const pinned = await ask(house, "POST", "/meters/house.total/prices", { fromDate: "2025-01-01", perUnit: "1" });
    expect([pinned.status, pinned.json.error.code]).toEqual([409, "declared-in-file"]);
    expect(pinned.json.error.sentence).toContain("wattkeep.yaml, line 10");
    await ask(house, "DELETE", `/meters/house.total/facts/${said.json.id}`);
    expect(Number((await month("total", "2025-07")).cost[0])).toBeCloseTo(100, 3);
  });

  test.each([
    ["/prices", { fromDate: "2026-02-30", perUnit: "0.4" }],
    ["/prices", { fromDate: "2026-02-01", perUnit: 0.4 }],
    ["/prices", { fromDate: "2026-02-01", perUnit: "9".repeat(31) }],
    ["/events", { event: "x", what: "nothing" }],
    ["/replacements", { at: "soon" }],
    ["/replacements", { at: "2026-01-01", lastReading: -1 }],
    ["/replacements", { at: "2026-01-01", lastReading: 1e300 }],
  ])("%s refuses %j", async (path, body) => {
    const answer = await ask(house, "POST", `/meters/house.total${path}`, body);
    expect([answer.status, answer.json.error.code]).toEqual([400, "bad-request"]);
    expect(await facts()).toEqual([]);
  });

  test("said twice in the same words is one fact", async () => {
    const price = { fromDate: "2025-07-01", perUnit: "0.40" };
    const [first, second] = [
      await ask(house, "POST", "/meters/house.flat/prices", price),
      await ask(house, "POST", "/meters/house.flat/prices", price),
    ];
    expect(second).toMatchObject({ status: 200, json: { id: first.json.id } });
    expect(await facts()).toHaveLength(1);
  });

  test("a fact of another meter is not taken back here, and markup is kept as it was written", async () => {
    const why = '<img src=x onerror="alert(1)">';
    const { json } = await ask(house, "POST", "/meters/house.flat/replacements", { at: "2026-03-01T00:00", why });
    expect((await ask(house, "DELETE", `/meters/house.total/facts/${json.id}`)).json.error.code).toBe("unknown-edit");
    expect((await ask(house, "DELETE", "/meters/house.attic/facts/1")).json.error.code).toBe("unknown-meter");
    expect(JSON.parse(json.value).why).toBe(why);
    const edits = await ask(house, "GET", "/edits");
    expect(edits.headers["content-type"]).toContain("application/json");
    expect(edits.headers["x-content-type-options"]).toBe("nosniff");
  });
});

describe("gas", () => {
  test("holds what a bill says from a date on, and the edits take it back", async () => {
    const said = await ask(house, "POST", "/meters/gas", { site: "house", fromDate: null, calorificKwhPerM3: 11.504, zFactor: 0.8885 });
    expect(said).toMatchObject({ status: 200, json: { name: "gas-conversion", point: "" } });
    expect((await detail("total")).gas).toEqual([
      { fromDate: null, calorificKwhPerM3: 11.504, zFactor: 0.8885, basis: "gross", kwhPerM3: 10.221304 },
    ]);
    await ask(house, "POST", `/edits/${said.json.id}/undo`);
    expect((await detail("total")).gas).toEqual([]);
  });

  test("is pinned where the file says it", async () => {
    const gas = [{ fromDate: "2026-01-01", calorificKwhPerM3: 11, zFactor: 0.9, basis: "gross" as const }];
    await house.close();
    house = await openMeterHouse({}, { ...SITE, gas });
    const answer = await ask(house, "POST", "/meters/gas", { site: "house", fromDate: "2026-01-01", calorificKwhPerM3: 10, zFactor: 1 });
    expect([answer.status, answer.json.error.code]).toEqual([409, "pinned-in-file"]);
    expect(answer.json.error.sentence).toContain("`gas`");
  });
});

describe("who may", () => {
  const CHANGES = [
    ["PUT", "/meters/house.x"],
    ["DELETE", "/meters/house.flat"],
    ["POST", "/meters/house.total/readings"],
    ["POST", "/meters/house.total/events"],
    ["POST", "/meters/house.total/replacements"],
    ["POST", "/meters/house.total/prices"],
    ["DELETE", "/meters/house.total/facts/1"],
    ["POST", "/meters/gas"],
    ["POST", "/anomalies/dismiss"],
    ["POST", "/corrections"],
    ["DELETE", "/corrections/1"],
    ["PUT", "/round/photos/picture-1"],
  ] as const;

  test("a viewer reads everything and changes nothing", async () => {
    await house.close();
    house = await openMeterHouse({ loopbackOpen: false, anonymous: [{ role: "viewer", from: "127.0.0.1/32" }] });
    for (const [method, path] of CHANGES) expect([method, path, (await ask(house, method, path, {})).status]).toEqual([method, path, 403]);
    for (const path of ["/meters", "/meters/house.total", "/round", "/anomalies", "/corrections"])
      expect([path, (await ask(house, "GET", path)).status]).toEqual([path, 200]);
  });

  test("an operator says what was read, and nothing about money", async () => {
    await house.close();
    house = await openMeterHouse({ loopbackOpen: false, anonymous: [{ role: "operator", from: "127.0.0.1/32" }] });
    await house.store.register({
      facts: [{ site: "house", point: "flat", name: "meter-price", value: "{}", fromMs: 0, who: "x", madeMs: 0 }],
    });
    const [price] = await facts();
    expect((await ask(house, "POST", "/meters/house.total/prices", { fromDate: "2026-01-01", perUnit: "1" })).json.error.code).toBe(
      "forbidden",
    );
    expect((await ask(house, "DELETE", `/meters/house.flat/facts/${price?.id}`)).json.error.code).toBe("forbidden");
    expect((await ask(house, "POST", `/edits/${price?.id}/undo`)).json.error.code).toBe("forbidden");
    expect((await ask(house, "POST", "/meters/house.flat/replacements", { at: "2026-03-01T00:00" })).status).toBe(200);
  });
});
