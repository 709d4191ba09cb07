import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { correctionMadeSchema, correctionsSchema } from "#contract/corrections.ts";
import { append, type House, STATE } from "./house.ts";
import { ask, at, NOW_MS, openMeterHouse, SITE, TOTAL, WATER } from "./meter-house.ts";

let house: House;
beforeEach(async () => {
  house = await openMeterHouse();
});
afterEach(() => house.close());

const SUMMER = "from=2025-06-01&to=2025-08-31&by=month";
const months = async (meter: string, more = ""): Promise<number[]> =>
  (await ask(house, "GET", `/meters/house.${meter}/consumption?${SUMMER}${more}`)).json.amount.map(
    (kwh: number) => Math.round(kwh * 1e6) / 1e6,
  );
const correct = (wish: object) => ask(house, "POST", "/corrections", { series: TOTAL, action: "set", why: "misread", ...wish });
const list = async (query = "") => (await ask(house, "GET", `/corrections${query}`)).json.corrections;

const JULY = { from: "2025-07-01T00:00", value: 11_750 };

describe("a correction", () => {
  test("foretells in a dry run what it changes, of the meter and of what is made of it, and keeps nothing", async () => {
    const said = await correct({ ...JULY, dryRun: true });
    expect([said.status, said.json]).toEqual([200, correctionMadeSchema.parse(said.json)]);
    expect(said.json).toMatchObject({ correction: null, readings: 1 });
    // What was extended behind the last reading goes by all of them, so the running month moves by a trifle, too.
    const told = said.json.changes
      .filter(({ after }: { after: { flags: string[] } }) => !after.flags.includes("extended"))
      .map(({ meter, before, after }: { meter: string; before: { fromLocal: string; amount: number }; after: { amount: number } }) => [
        meter,
        before.fromLocal.slice(0, 7),
        Math.round(before.amount),
        Math.round(after.amount),
      ]);
    expect(told).toEqual([
      ["house.total", "2025-06", 300, 250],
      ["house.total", "2025-07", 300, 350],
      ["house.rest", "2025-06", 200, 150],
      ["house.rest", "2025-07", 200, 250],
    ]);
    expect(said.json.sentence).toBe("1 reading would be changed; 6 months of 2 meters would be other than before.");
    expect(await months("total")).toEqual([300, 300, 300]);
    expect(await list()).toEqual([]);
  });

  test("does what its dry run foretold, tells who and why, and leaves what was stored", async () => {
    const dry = (await correct({ ...JULY, dryRun: true })).json;
    const made = (await correct(JULY)).json;
    expect(
      made.changes.map(({ meter, before, after }: { meter: string; before: object; after: { amount: number } }) => [
        meter,
        before,
        after.amount,
      ]),
    ).toEqual(
      dry.changes.map(({ meter, before, after }: { meter: string; before: object; after: { amount: number } }) => [
        meter,
        before,
        after.amount,
      ]),
    );
    expect(made.correction).toMatchObject({
      ...{ series: TOTAL, meter: "house.total", action: "set", value: 11_750, was: 11_800, unit: "kWh" },
      ...{ who: "this machine (loopback)", why: "misread", madeMs: NOW_MS, undoneMs: null, fromLocal: "2025-07-01T00:00:00+02:00" },
    });
    expect(await months("total")).toEqual([250, 350, 300]);
    expect(await months("rest")).toEqual([150, 250, 200]);
    const { readings } = (await ask(house, "GET", "/meters/house.total/readings?from=2025-07-01&to=2025-07-02")).json;
    expect(readings).toMatchObject([{ value: 11_750, raw: 11_800, correctionId: made.correction.id }]);
    const raw = await house.store.read(20, { fromMs: at("2025-07-01 00:00:00"), toMs: at("2025-07-02 00:00:00") }, { corrected: false });
    expect([...raw.value]).toEqual([11_800]);
  });

  test("is taken back whole, and once", async () => {
    const { correction } = (await correct(JULY)).json;
    house.nowMs += 60_000;
    const undone = await ask(house, "DELETE", `/corrections/${correction.id}`);
    expect(correctionMadeSchema.parse(undone.json)).toEqual(undone.json);
    expect(undone.json).toMatchObject({ correction: { id: correction.id, undoneMs: NOW_MS + 60_000 }, readings: 1 });
    expect(undone.json.changes).toHaveLength(6);
    expect(await months("total")).toEqual([300, 300, 300]);
    house.nowMs += 60_000;
    const again = await ask(house, "DELETE", `/corrections/${correction.id}`);
    expect(again.json).toMatchObject({ correction: { undoneMs: NOW_MS + 60_000 }, changes: [] });
    expect(await list()).toMatchObject([{ id: correction.id, undoneMs: NOW_MS + 60_000 }]);
  });

  test("is not there in what was known before it", async () => {
    house.nowMs = NOW_MS + 86_400_000;
    await correct(JULY);
    expect(await months("total", "&asOf=2026-03-10")).toEqual([300, 300, 300]);
    expect(await months("total", "&asOf=2026-03-12")).toEqual([250, 350, 300]);
  });

  test("deletes, adds and moves readings of a stretch of days", async () => {
    expect((await correct({ action: "delete", from: "2025-06-15", to: "2025-07-15" })).json).toMatchObject({ readings: 1 });
    expect((await months("total"))[2]).toBe(300);
    const added = (await correct({ action: "add", from: "2025-06-30", value: 11_700 })).json;
    expect(added.correction).toMatchObject({ fromMs: at("2025-07-01 00:00:00"), toMs: at("2025-07-01 00:00:00"), was: 11_800 });
    expect(await months("total")).toEqual([200, 400, 300]);
    expect((await correct({ action: "offset", from: "2025-07-02", to: "2026-12-31", value: 7 })).json.readings).toBe(8);
    expect(await months("total")).toEqual([200, 407, 300]);
    expect((await list()).map(({ action }: { action: string }) => action).toSorted()).toEqual(["add", "delete", "offset"]);
  });

  test("is said and told in the unit of the meter, or in one that is named", async () => {
    await house.close();
    house = await openMeterHouse({}, { ...SITE, meters: [{ meter: "water", unit: "l" }] });
    const july = { series: WATER, action: "set", from: "2025-07-01T00:00", why: "misread" };
    const made = (await ask(house, "POST", "/corrections", { ...july, value: 79_500 })).json;
    expect(made.correction).toMatchObject({ value: 79_500, was: 80_000, unit: "l" });
    expect(made.changes[0]).toMatchObject({
      unit: "l",
      before: { amount: expect.closeTo(5_000, 6) },
      after: { amount: expect.closeTo(4_500, 6) },
    });
    const stored = async () => [
      ...(await house.store.read(22, { fromMs: at("2025-07-01 00:00:00"), toMs: at("2025-07-02 00:00:00") })).value,
    ];
    expect(await stored()).toEqual([79.5]);
    await ask(house, "POST", "/corrections", { ...july, value: 79, unit: "m³" });
    expect(await stored()).toEqual([79]);
    const unlike = await ask(house, "POST", "/corrections", { ...july, value: 79, unit: "kWh" });
    expect([unlike.status, unlike.json.error.code]).toEqual([422, "correction-unusable"]);
  });

  test("is listed by series and by meter, of which it has parts", async () => {
    await correct(JULY);
    await append(house, 1, { tMs: [NOW_MS - 1_000], value: [5] });
    await ask(house, "POST", "/corrections", {
      series: "plant/main/power@kyz",
      action: "set",
      from: String(NOW_MS - 1_000),
      value: 4,
      why: "scale",
    });
    const all = (await ask(house, "GET", "/corrections")).json;
    expect(correctionsSchema.parse(all)).toEqual(all);
    expect(all.corrections.map(({ series, meter }: { series: string; meter: string }) => [series, meter])).toEqual(
      expect.arrayContaining([
        ["plant/main/power@kyz", null],
        [TOTAL, "house.total"],
      ]),
    );
    expect(await list(`?series=${encodeURIComponent(TOTAL)}`)).toHaveLength(1);
    expect(await list("?meter=house.rest")).toHaveLength(1);
    expect(await list("?meter=house.water")).toEqual([]);
    expect(await list("?limit=1")).toHaveLength(1);
  });

  test.each([
    [{ from: "2025-07-03", value: 1 }, 422, "correction-unusable"],
    [{ from: "2025-07-01T00:00" }, 422, "correction-unusable"],
    [{ action: "offset", from: "2025-07-01T00:00", value: 1e300 }, 422, "correction-unusable"],
    [{ action: "add", from: "2025-07-01T00:00", value: 5 }, 422, "correction-unusable"],
    [{ action: "add", from: "2025-07-03", to: "2025-07-04", value: 5 }, 422, "correction-unusable"],
    [{ series: STATE, from: "2025-07-03", value: 1 }, 422, "correction-unusable"],
    [{ series: "house/attic/power@x", from: "2025-07-03", value: 1 }, 404, "unknown-series"],
    [{ from: "2025-07-03", to: "2025-07-01", value: 1 }, 400, "bad-range"],
    [{ from: "yesterday", value: 1 }, 400, "bad-request"],
    [{ ...JULY, why: "  " }, 400, "bad-request"],
    [{ ...JULY, why: undefined }, 400, "bad-request"],
    [{ ...JULY, value: "NaN" }, 400, "bad-request"],
    [{ ...JULY, action: "drop table" }, 400, "bad-request"],
  ])("%j is refused, and nothing is kept", async (wish, status, code) => {
    const answer = await correct(wish);
    expect([answer.status, answer.json.error.code]).toEqual([status, code]);
    expect(await house.store.corrections()).toEqual([]);
  });

  test("that is not there cannot be taken back", async () => {
    const answer = await ask(house, "DELETE", "/corrections/77");
    expect([answer.status, answer.json.error.code]).toEqual([404, "unknown-correction"]);
  });
});
