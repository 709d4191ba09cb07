import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { anomaliesSchema } from "#contract/anomalies.ts";
import type { House } from "./house.ts";
import { ask, at, NOW_MS, openMeterHouse, SITE, ZONE } from "./meter-house.ts";

const BURST = "2026-02-10";
/** A year of days at the first moment of each: 10 to 12 kWh, and 90 on one day. */
function days(): (readonly [tMs: number, value: number])[] {
  let value = 20_000;
  return ZONE.starts("day", at("2025-03-01 00:00:00"), NOW_MS).map((tMs, i) => {
    const row = [tMs, value] as const;
    value += tMs === at(`${BURST} 00:00:00`) ? 90 : 10 + ((i * 7) % 5) / 2;
    return row;
  });
}

let house: House;
beforeEach(async () => {
  house = await openMeterHouse({}, SITE, days());
});
afterEach(() => house.close());

const found = async (query = "") => {
  const { json } = await ask(house, "GET", `/anomalies${query}`);
  expect(anomaliesSchema.parse(json)).toEqual(json);
  return json.anomalies.filter(
    ({ meter, fromLocal }: { meter: string; fromLocal: string }) => meter === "house.flat" && fromLocal.startsWith(BURST),
  );
};

describe("an anomaly", () => {
  test("is told with what was to be expected, of its site, meter and stretch", async () => {
    const [burst] = await found();
    expect(burst).toMatchObject({ rule: "unusual", unit: "kWh", dismissed: null, amount: expect.closeTo(90, 6) });
    expect(burst.high).toBeLessThan(90);
    expect(burst.sentence).toMatch(/90/);
    expect(await found("?meter=house.flat")).toHaveLength(1);
    expect(await found("?meter=house.water")).toEqual([]);
    expect(await found("?site=house&from=2026-02-01&to=2026-02-28")).toHaveLength(1);
    expect(await found("?from=2026-03-01&to=2026-03-05")).toEqual([]);
  });

  test("is told by the old rule too, where that is asked for", async () => {
    const rules = (await found("?simple=true")).map(({ rule }: { rule: string }) => rule);
    expect(rules).toContain("simple");
    expect((await found()).map(({ rule }: { rule: string }) => rule)).not.toContain("simple");
  });

  test("is dismissed with a reason, and stands again when that is taken back", async () => {
    const [burst] = await found();
    const wish = { id: burst.id, meter: burst.meter, why: "the sauna was tried out" };
    const said = await ask(house, "POST", "/anomalies/dismiss", wish);
    expect(said).toMatchObject({ status: 200, json: { name: "anomaly-dismissed", point: "flat" } });
    expect((await found())[0].dismissed).toEqual({ why: wish.why, who: "this machine (loopback)", madeMs: NOW_MS, factId: said.json.id });
    await ask(house, "DELETE", `/meters/house.flat/facts/${said.json.id}`);
    expect((await found())[0].dismissed).toBeNull();
  });

  test.each([
    [{ id: "unusual:1", meter: "house.flat", why: "x" }, 404, "unknown-anomaly"],
    [{ id: "unusual:1", meter: "house.attic", why: "x" }, 404, "unknown-meter"],
    [{ id: "unusual:1", meter: "house.flat", why: " " }, 400, "bad-request"],
  ])("%j is refused", async (wish, status, code) => {
    const answer = await ask(house, "POST", "/anomalies/dismiss", wish);
    expect([answer.status, answer.json.error.code]).toEqual([status, code]);
  });
});
