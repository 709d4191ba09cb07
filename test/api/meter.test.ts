import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ZodType } from "zod";
import { anomaliesSchema } from "#contract/anomalies.ts";
import { correctionsSchema } from "#contract/corrections.ts";
import {
  expectationSchema,
  meterConsumptionSchema,
  meterCostsSchema,
  meterLineageSchema,
  meterProfileSchema,
  meterReadingsSchema,
} from "#contract/meter-history.ts";
import { meterDetailSchema, metersSchema } from "#contract/meters.ts";
import { roundSchema } from "#contract/round.ts";
import { pointsSchema } from "#contract/series.ts";
import { get, type House, openHouse } from "./house.ts";
import { at, NOW_MS, openMeterHouse, SITE, say, WATER } from "./meter-house.ts";

const BASE = "/api/v1/meters/house.total";
const YEAR = "from=2025-01-01&to=2025-12-31";

describe("answers about meters", () => {
  let house: House;
  beforeAll(async () => {
    house = await openMeterHouse();
  });
  afterAll(() => house.close());

  const all = (path: string) => ["total", "flat", "rest", "water"].map((meter) => `/api/v1/meters/house.${meter}${path}`);

  const promised: readonly (readonly [string, ZodType])[] = [
    ["/api/v1/meters", metersSchema],
    ["/api/v1/meters?site=house", metersSchema],
    ["/api/v1/meters/costs?year=2025", meterCostsSchema],
    ...all("").map((url) => [url, meterDetailSchema] as const),
    ...["interval", "hour", "day", "month", "year"].flatMap((by) =>
      all(`/consumption?from=2025-06-01&to=2025-08-31&by=${by}`).map((url) => [url, meterConsumptionSchema] as const),
    ),
    ...all(`/readings?${YEAR}`).map((url) => [url, meterReadingsSchema] as const),
    ...all(`/lineage?${YEAR}`).map((url) => [url, meterLineageSchema] as const),
    ...all(`/profile?${YEAR}`).map((url) => [url, meterProfileSchema] as const),
    ...all("/expectation?at=2026-03-10").map((url) => [url, expectationSchema] as const),
    ["/api/v1/anomalies", anomaliesSchema],
    ["/api/v1/anomalies?simple=true&from=2025-01-01&to=2026-03-10", anomaliesSchema],
    ["/api/v1/corrections", correctionsSchema],
    ["/api/v1/round", roundSchema],
  ];
  test.each(promised)("%s has the shape that is promised", async (url, schema) => {
    const answer = await get(house, url);
    expect([answer.status, answer.text.slice(0, 300)]).toEqual([200, expect.any(String)]);
    expect(schema.parse(answer.json())).toEqual(answer.json());
  });

  test("begin with one sentence about all of them", async () => {
    const { sentence, counts, meters } = (await get(house, "/api/v1/meters")).json();
    expect(sentence).toMatch(/^4 meters: \d+ \w+/);
    expect(Object.values(counts as Record<string, number>).reduce((sum, count) => sum + count)).toBe(4);
    expect(meters.map(({ id }: { id: string }) => id)).toEqual(["house.total", "house.flat", "house.rest", "house.water"]);
    expect(meters[0]).toMatchObject({ kind: "physical", lastValue: 14_200, declared: { file: "wattkeep.yaml", line: 10 } });
  });

  test("tell months by month, measured where readings stand at their edges", async () => {
    const { amount, measured, cost, total, fromMs } = (await get(house, `${BASE}/consumption?${YEAR}&by=month`)).json();
    expect(fromMs[2]).toBe(at("2025-03-01 00:00:00"));
    expect(amount.map((kwh: number) => Math.round(kwh * 1e6) / 1e6)).toEqual(Array.from({ length: 12 }, () => 300));
    expect(measured[5]).toBeCloseTo(300, 6);
    expect(Number(cost[0])).toBeCloseTo(100, 4);
    expect([total.amount, Number(total.cost)]).toEqual([expect.closeTo(3_600, 6), expect.closeTo(1_200, 3)]);
  });

  test("tell days that rules filled, and their sum is the month", async () => {
    const { amount, measured, flags } = (await get(house, `${BASE}/consumption?from=2025-06-01&to=2025-06-30&by=day`)).json();
    expect(amount).toHaveLength(30);
    expect(amount.reduce((sum: number, kwh: number) => sum + kwh, 0)).toBeCloseTo(300, 6);
    expect(measured[10]).toBe(0);
    expect(flags[10]).toEqual(["filled"]);
  });

  test("tell what is left of a meter and how it was made", async () => {
    const rest = (await get(house, `/api/v1/meters/house.rest/consumption?${YEAR}&by=year`)).json();
    expect(rest.amount).toEqual([expect.closeTo(2_400, 6)]);
    const { parts, figure } = (await get(house, `/api/v1/meters/house.rest/lineage?${YEAR}`)).json();
    expect(figure.amount).toBeCloseTo(2_400, 6);
    expect(parts.map(({ factor, lineage }: { factor: number; lineage: { meter: string } }) => [factor, lineage.meter])).toEqual([
      [1, "house.total"],
      [-1, "house.flat"],
    ]);
  });

  test("tell the same rows as CSV, with both clocks", async () => {
    const csv = await get(house, `${BASE}/consumption.csv?${YEAR}&by=month`);
    expect(csv.headers["content-disposition"]).toBe('attachment; filename="house.total-month-2025-01-01.csv"');
    const lines = csv.text.trimEnd().split("\r\n");
    expect(lines).toHaveLength(13);
    expect(lines[0]).toContain("from (Europe/Berlin),to (Europe/Berlin),from (UTC),to (UTC)");
    expect(lines[4]).toMatch(/^2025-04-01T00:00:00\+02:00,2025-05-01T00:00:00\+02:00,2025-03-31T22:00:00Z,/);
  });

  test("tell readings newest first, as many as are asked for", async () => {
    const { readings } = (await get(house, `${BASE}/readings?${YEAR}&limit=2`)).json();
    expect(readings.map(({ tLocal, value }: { tLocal: string; value: number }) => [tLocal, value])).toEqual([
      ["2026-01-01T00:00:00+01:00", 13_600],
      ["2025-12-01T00:00:00+01:00", 13_300],
    ]);
  });

  test.each([
    ["/meters?site=attic", 404, "unknown-site"],
    ["/meters/house.attic", 404, "unknown-meter"],
    ["/meters/__proto__", 404, "unknown-meter"],
    ["/meters/constructor", 404, "unknown-meter"],
    [`/meters/house.attic/consumption?${YEAR}`, 404, "unknown-meter"],
    ["/meters/house.attic/expectation?at=2026-01-01", 404, "unknown-meter"],
    ["/meters/house.total/consumption?from=2025-12-31&to=2025-01-01", 400, "bad-range"],
    ["/meters/house.total/consumption?from=2025-13-01&to=2026-01-01", 400, "bad-request"],
    ["/meters/house.total/consumption?from=NaN&to=2026-01-01", 400, "bad-request"],
    ["/meters/house.total/consumption?from=2025-01-01&to=2025-12-31&by=fortnight", 400, "bad-request"],
    ["/meters/house.total/consumption?from=1900-01-01&to=2025-12-31", 422, "range-too-long"],
    ["/meters/house.total/consumption?from=2015-01-01&to=2025-12-31&by=hour", 422, "too-many-points"],
    ["/meters/house.total/consumption?from=2025-01-01&to=2025-12-31&asOf=tomorrow", 400, "bad-request"],
    ["/meters/house.total/readings?from=2025-01-01&to=2025-12-31&limit=100000", 400, "bad-request"],
    ["/meters/house.total/expectation", 400, "bad-request"],
    ["/meters/house.total/expectation?at=1e999", 400, "bad-request"],
    ["/meters/costs?year=0", 400, "bad-request"],
    ["/anomalies?meter=house.attic", 404, "unknown-meter"],
    ["/corrections?meter=house.attic", 404, "unknown-meter"],
    ["/corrections?series=house/attic/power@x", 404, "unknown-series"],
    ["/round/photos/missing-1", 404, "unknown-photo"],
    ["/round/photos/..%2Fwattkeep", 400, "bad-request"],
  ])("%s is refused with its code and a sentence", async (path, status, code) => {
    const answer = await get(house, `/api/v1${path}`);
    expect([answer.status, answer.json().error.code]).toEqual([status, code]);
    expect(answer.json().error.sentence).toMatch(/\.$/);
  });

  test("begin the round with what is due, and know how many places a dial has", async () => {
    await say(house.store, WATER, [[at("2026-03-01 12:00:00"), 120.25]]);
    const { stops } = (await get(house, "/api/v1/round")).json();
    const water = stops.find(({ meter }: { meter: string }) => meter === "house.water");
    expect(water).toMatchObject({ unit: "m³", serial: "8 SEN 1", decimals: 2, lastValue: 120.25 });
    expect(water.expected).toBeGreaterThan(120.25);
    expect(stops.map(({ meter }: { meter: string }) => meter)).not.toContain("house.rest");
  });
});

test("a meter that cannot be derived says why, wherever it is asked", async () => {
  const meters = [
    { meter: "loop", unit: "kWh", formula: "loop - total" },
    { meter: "total", unit: "m³" },
  ];
  const house = await openMeterHouse({}, { ...SITE, meters });
  const { counts, meters: listed } = (await get(house, "/api/v1/meters")).json();
  expect(counts.broken).toBe(2);
  for (const { id, because } of listed) {
    if (because === "" || !["house.loop", "house.total"].includes(id)) continue;
    for (const path of [`lineage?${YEAR}`, `profile?${YEAR}`, "expectation?at=2026-03-10"]) {
      const answer = await get(house, `/api/v1/meters/${id}/${path}`);
      expect([id, path, answer.status, answer.json().error]).toMatchObject([id, path, 409, { code: "meter-broken", details: [because] }]);
    }
    expect((await get(house, `/api/v1/meters/${id}`)).status).toBe(200);
    expect((await get(house, `/api/v1/meters/${id}/consumption?${YEAR}`)).json().total.amount).toBeNull();
  }
  await house.close();
});

describe("without meters", () => {
  test("lists are empty and nothing fails", async () => {
    const house = await openHouse();
    expect((await get(house, "/api/v1/meters")).json()).toMatchObject({ sentence: "No meters yet", meters: [], sites: [] });
    expect((await get(house, "/api/v1/anomalies")).json().anomalies).toEqual([]);
    expect((await get(house, "/api/v1/round")).json().stops).toEqual([]);
    expect((await get(house, "/api/v1/corrections")).json().corrections).toEqual([]);
    expect((await get(house, "/api/v1/meters/costs?year=2026")).json().sites).toEqual([]);
    await house.close();
  });
});

test("the clock of the tests is the house's", () => {
  expect(at("2026-03-10 18:04:10")).toBe(NOW_MS);
});

test("a point whose meter was removed says so once its last day is over: nobody waits for it", async () => {
  const removed = (meter: string) => (meter === "flat" ? "2026-01-31" : meter === "water" ? "2026-03-10" : undefined);
  const meters = SITE.meters.map((meter) => ({ ...meter, ...(removed(meter.meter) && { removedOn: removed(meter.meter) as string }) }));
  const house = await openMeterHouse({}, { ...SITE, meters });
  try {
    const { points } = pointsSchema.parse((await get(house, "/api/v1/points")).json());
    const removedOn = (id: string) => points.find((point) => point.key === `house/${id}`)?.removedOn;
    expect(["flat", "total", "water"].map(removedOn)).toEqual(["2026-01-31", undefined, undefined]);
  } finally {
    await house.close();
  }
});
