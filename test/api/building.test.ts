import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  type BuildingAnswer,
  buildingSchema,
  buildingsSchema,
  equipmentListSchema,
  findingsSchema,
  type ZoneDetailAnswer,
  zoneDetailSchema,
} from "#contract/building.ts";
import { buildingPointsSchema, overridesSchema, stoppedSchema } from "#contract/building-points.ts";
import {
  at,
  BOX,
  type BuildingHouse,
  every,
  frame,
  MINUTE_MS,
  MORNING_MS,
  NOW_MS,
  openBuildingHouse,
  SITE,
  TEN_MS,
} from "./building-house.ts";
import { get, openHouse } from "./house.ts";

const V1 = `/api/v1/buildings/${SITE}`;
const ROUTES = [
  ["/api/v1/buildings", buildingsSchema],
  [V1, buildingSchema],
  [`${V1}/zones/vav-1-01`, zoneDetailSchema],
  [`${V1}/equipment`, equipmentListSchema],
  [`${V1}/equipment/rtu-1`, equipmentListSchema],
  [`${V1}/findings`, findingsSchema],
  [`${V1}/points`, buildingPointsSchema],
  [`${V1}/overrides`, overridesSchema],
  [`${V1}/stopped`, stoppedSchema],
] as const;

let house: BuildingHouse;
beforeEach(async () => {
  house = await openBuildingHouse();
});
afterEach(() => house.close());

const json = async (url: string) => (await get(house, url)).json();

describe("buildings", () => {
  test("have exactly the documented fields, with data and without any", async () => {
    for (const heard of [false, true]) {
      if (heard) await house.hear(...BOX);
      for (const [url, schema] of ROUTES) {
        const answer = await get(house, url);
        if (!heard && answer.status === 404) continue;
        expect([url, answer.status]).toEqual([url, 200]);
        expect(schema.parse(answer.json())).toEqual(answer.json());
      }
    }
  });

  test("are none where no station spoke: an empty list, and a sentence for what is asked of one", async () => {
    const plain = await openHouse();
    expect((await get(plain, "/api/v1/buildings")).json()).toMatchObject({ buildings: [] });
    const answer = await get(plain, "/api/v1/buildings/plant");
    expect([answer.status, answer.json().error]).toEqual([
      404,
      { code: "unknown-building", sentence: "There is no building at the site plant. GET /api/v1/buildings lists them." },
    ]);
    await plain.close();
  });

  test("are listed with what was found of them", async () => {
    await house.hear(...BOX);
    const { buildings } = await json("/api/v1/buildings");
    expect(buildings).toMatchObject([
      {
        site: SITE,
        name: "Shop",
        zones: 1,
        airHandlers: 1,
        equipment: 2,
        points: BOX.length,
        mapped: BOX.length,
        collisions: 0,
        demo: false,
      },
    ]);
  });

  test("tell of their zones now and over the local day so far", async () => {
    await house.hear(...BOX);
    const answer: BuildingAnswer = await json(V1);
    expect(answer).toMatchObject({ nowMs: NOW_MS, zone: "America/Phoenix", newestMs: MORNING_MS + 5 * TEN_MS, unmapped: 0 });
    expect(answer.range).toMatchObject({ fromLocal: "2026-03-10T00:00:00-07:00", toLocal: "2026-03-10T14:00:00-07:00" });
    expect(answer.zones.map(({ zone }) => zone.id)).toEqual(["vav-1-01"]);
    expect(answer.zones[0]?.now.find(({ role }) => role === "space-temp")).toMatchObject({ value: 71, unit: "°F", bad: false });
    expect(answer.airHandlers.map(({ equipment }) => equipment.id)).toEqual(["rtu-1"]);
    expect(answer.sentence).toMatch(/\.$/);
  });

  test("are answered 304 to who has that very answer, until something is stored", async () => {
    await house.hear(...BOX);
    for (const url of [V1, `${V1}/zones/vav-1-01`, `${V1}/findings`, `${V1}/overrides`, `${V1}/stopped`]) {
      const tag = String((await get(house, url)).headers["etag"]);
      expect([url, (await get(house, url, { "if-none-match": tag })).status]).toEqual([url, 304]);
      await house.hear(frame("Vav1$2d01$20Space$20Temp", [[NOW_MS - MINUTE_MS, 70 + Math.random()]]));
      expect([url, (await get(house, url, { "if-none-match": tag })).status]).toEqual([url, 200]);
    }
  });

  test("forget what a reader has when a person decides something", async () => {
    await house.hear(...BOX);
    const tag = String((await get(house, V1)).headers["etag"]);
    const payload = { role: "none" };
    await house.app.inject({ method: "PUT", url: `${V1}/points/ams-shop-vav-1-01-reheat`, headers: { host: "localhost" }, payload });
    expect((await get(house, V1, { "if-none-match": tag })).status).toBe(200);
  });
});

describe("a zone", () => {
  beforeEach(() => house.hear(...BOX));

  test("is told with its columns, its judgement, and how it was judged", async () => {
    const zone: ZoneDetailAnswer = await json(`${V1}/zones/vav-1-01?from=2026-03-10&to=2026-03-10`);
    const temperature = zone.columns.find(({ role }) => role === "space-temp");
    expect(temperature).toMatchObject({ unit: "°F", bucketMs: null });
    expect(temperature?.value.slice(-6)).toEqual([72, 73, 74, 75, 76, 71]);
    // One of the six fell into the ten minutes in which the fan of its air handler stood still.
    expect(zone.comfort).toMatchObject({ samples: 5, by: "one-setpoint", unit: "°F" });
    expect(zone.airflow).toMatchObject({ samples: 5, unit: "cfm", tolerance: { percent: 10, absolute: 50 } });
    expect(zone.pairings.length).toBeGreaterThan(0);
    expect(zone.method[0]).toBe("Comfortable is within 2 °F of the setpoint, in the sender's unit.");
    expect(zone.occupied).toEqual([{ fromMs: at("2026-03-10 07:00:00"), toMs: NOW_MS }]);
  });

  test("as CSV has a line per instant, with the clock of the site and that of the world", async () => {
    const answer = await get(house, `${V1}/zones/vav-1-01/export.csv?from=2026-03-10&to=2026-03-10`);
    expect(answer.headers["content-type"]).toBe("text/csv; charset=utf-8");
    expect(answer.headers["content-disposition"]).toBe('attachment; filename="vav-1-01_2026-03-10_2026-03-10.csv"');
    const [head, first, ...rest] = answer.text.trimEnd().split("\r\n");
    expect(head).toMatch(/^time \(America\/Phoenix\),time \(UTC\),Space temperature \[°F\],/);
    expect(first).toMatch(/^2026-03-10T08:00:00-07:00,2026-03-10T15:00:00Z,72,/);
    expect(rest).toHaveLength(5);
  });

  test("of a long stretch has no more rows than a screen can show", async () => {
    const values = Array.from({ length: 5_000 }, (_, i) => 70 + (i % 50) / 10);
    await house.hear(frame("Vav1$2d01$20Space$20Temp", every(5 * MINUTE_MS, at("2026-02-01 00:00:00"), values)));
    const zone: ZoneDetailAnswer = await json(`${V1}/zones/vav-1-01?from=2026-02-01&to=2026-02-20`);
    const temperature = zone.columns.find(({ role }) => role === "space-temp");
    expect(temperature?.bucketMs).toBeGreaterThan(5 * MINUTE_MS);
    expect(temperature?.tMs.length).toBeLessThanOrEqual(2_001);
    for (const value of temperature?.value ?? []) expect(value === null || (value >= 70 && value <= 75)).toBe(true);
    for (const column of zone.columns) expect(column.value).toHaveLength(column.tMs.length);
  });

  test.each([
    [`${V1}/zones/vav-9-99`, 404, "unknown-equipment"],
    [`${V1}/zones/vav-9-99/export.csv`, 404, "unknown-equipment"],
    [`${V1}/equipment/vav-9-99`, 404, "unknown-equipment"],
    ["/api/v1/buildings/elsewhere/zones/vav-1-01", 404, "unknown-building"],
    [`${V1}/zones/vav-1-01?from=2026-03-10&to=2026-03-09`, 400, "bad-range"],
    [`${V1}/zones/vav-1-01?from=soon`, 400, "bad-request"],
    [`${V1}/zones/vav-1-01?from=2024-01-01&to=2026-01-01`, 422, "range-too-long"],
    [`${V1}?from=2025-01-01&to=2026-01-01`, 422, "range-too-long"],
    [`${V1}/findings?from=2025-01-01&to=2026-01-01`, 422, "range-too-long"],
    [`${V1}/overrides?from=2020-01-01&to=2026-01-01`, 422, "range-too-long"],
    [`${V1}/peak?from=2026-01-01&to=2026-02-01`, 422, "range-too-long"],
    [`${V1}/peak`, 404, "not-available"],
  ])("%s is %i %s", async (url, status, code) => {
    const answer = await get(house, url);
    expect([answer.status, answer.json().error.code]).toEqual([status, code]);
  });
});

describe("equipment", () => {
  test("has its values now, words too, and what it serves", async () => {
    await house.hear(...BOX, frame("EF$2d2$20Fan$20Status", [[NOW_MS - TEN_MS, "On", "{overridden}"]]));
    const { equipment } = await json(`${V1}/equipment`);
    const fan = equipment.find((one: { equipment: { type: string } }) => one.equipment.type === "ef");
    expect(fan.now).toMatchObject([{ role: "fan-status", text: "On", status: "{overridden}", overridden: true, bad: false }]);
    const alone = await json(`${V1}/equipment/${fan.equipment.id}`);
    expect(alone.equipment).toEqual([fan]);
  });
});

describe("what is held by hand and what stopped", () => {
  test("is told with a sentence", async () => {
    await house.hear(...BOX, frame("Vav1$2d01$20Damper$20Command", [[MORNING_MS, 40, "{overridden}"], [NOW_MS - MINUTE_MS, 40, "{overridden}"]])); // biome-ignore format: one row
    const overrides = await json(`${V1}/overrides`);
    expect(overrides.sentence).toMatch(/^1 point is held by hand: .+ since 08:00( or before)?\.$/);
    expect(overrides.overrides).toMatchObject([{ equipment: "vav-1-01", value: 40, status: "{overridden}", untilMs: null }]);
    house.nowMs = NOW_MS + 3 * 24 * 3_600_000;
    const stopped = await json(`${V1}/stopped`);
    expect(stopped.found).toBe(BOX.length + 1);
    expect(stopped.sentence).toMatch(/^Of 10 histories \d+ say nothing any more/);
  });
});
