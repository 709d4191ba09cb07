import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { metersSchema } from "#contract/meters.ts";
import type { House } from "./house.ts";
import { ask, openMeterHouse, TOTAL, WATER } from "./meter-house.ts";

let house: House;
beforeAll(async () => {
  house = await openMeterHouse();
});
afterAll(() => house.close());

const STRANGE = [
  "",
  "NaN",
  "null",
  "__proto__",
  "constructor",
  "toString",
  "<script>",
  "'; DROP TABLE fact; --",
  "../..",
  "\u0000",
  "\ud800",
  "💧",
];
const text = fc.oneof(fc.constantFrom(...STRANGE), fc.string({ unit: "binary", maxLength: 60 }));
const time = fc.oneof(
  text,
  fc.constantFrom("2025-07-01", "2025-07-01T00:00", "9999-12-31", "0000-01-01", "-1", "8640000000000001", "2026-03-29T02:30"),
);
const number = fc.oneof(fc.double(), fc.constantFrom(0, -0, 1e12, 1e308, 5e-324, Number.MAX_SAFE_INTEGER));
const strange = fc.oneof(text, number, fc.jsonValue({ maxDepth: 2 }), fc.constantFrom(null, [], {}));

/** A wish that is right, with some of its parts replaced by anything. */
function mutated(wish: Readonly<Record<string, unknown>>): fc.Arbitrary<object> {
  const parts = Object.entries(wish).map(([name, value]) => [
    name,
    fc.oneof({ weight: 3, arbitrary: fc.constant(value) }, { weight: 1, arbitrary: fc.oneof(strange, time) }),
  ]);
  return fc.record(Object.fromEntries(parts) as Record<string, fc.Arbitrary<unknown>>, { requiredKeys: [] });
}

const DRAFT = {
  name: "X",
  unit: "kWh",
  kind: "virtual",
  formula: "total - flat",
  periods: [{ fromDate: "2025-01-01", toDate: null, sources: ["total"] }],
  point: "water",
  pattern: null,
  installedOn: "2025-01-01",
  resetsOn: "12-31",
};
const WISHES = [
  ["POST", "/meters/house.water/readings", mutated({ at: "2026-03-01", value: 121, note: "n", key: "k", dryRun: false })],
  ["POST", "/meters/house.total/events", mutated({ event: "fall:1", what: "typo" })],
  ["POST", "/meters/house.total/replacements", mutated({ at: "2025-07-01", lastReading: 1, firstReading: 0, serial: "x", why: "y" })],
  ["POST", "/meters/house.flat/prices", mutated({ fromDate: "2025-07-01", perUnit: "0.3", baseFeePerMonth: "1" })],
  ["POST", "/meters/gas", mutated({ site: "house", fromDate: "2025-07-01", calorificKwhPerM3: 11, zFactor: 0.9, basis: "net" })],
  ["PUT", "/meters/house.x", mutated({ ...DRAFT })],
  ["PUT", "/meters/house.x", mutated({ ...DRAFT, kind: "master", formula: null })],
  ["PUT", "/meters/house.x", mutated({ ...DRAFT, kind: "physical", unit: "m³", formula: null })],
  ["POST", "/anomalies/dismiss", mutated({ id: "unusual:1", meter: "house.total", why: "w" })],
  ["POST", "/corrections", mutated({ series: TOTAL, action: "set", from: "2025-07-01T00:00", value: 11_700, why: "w", dryRun: true })],
  ["POST", "/corrections", mutated({ series: WATER, action: "add", from: "2025-07-03", value: 83, why: "w", dryRun: false })],
] as const;

test.each(WISHES)("%s %s answers anything with what is wrong, or does it, and never fails", async (method, path, wishes) => {
  await fc.assert(
    fc.asyncProperty(fc.oneof({ weight: 4, arbitrary: wishes }, { weight: 1, arbitrary: fc.jsonValue() }), async (wish) => {
      const { status, json } = await ask(house, method, path, JSON.stringify(wish));
      expect([200, 400, 404, 409, 415, 422]).toContain(status);
      if (status !== 200) expect(json.error.sentence).toMatch(/\.$/);
    }),
    { numRuns: 60 },
  );
});

const QUERIES = [
  "/meters/house.rest/consumption",
  "/meters/house.total/readings",
  "/meters/house.rest/lineage",
  "/meters/house.water/profile",
  "/anomalies",
];

test.each(QUERIES)("GET %s answers any range, or says what is wrong with it", async (path) => {
  const by = fc.constantFrom("interval", "hour", "day", "month", "year", "century");
  await fc.assert(
    fc.asyncProperty(fc.record({ from: time, to: time, asOf: time, by }, { requiredKeys: [] }), async (query) => {
      const { status, json } = await ask(house, "GET", `${path}?${new URLSearchParams(query)}`);
      expect([200, 400, 404, 422]).toContain(status);
      if (status !== 200) expect(json.error.sentence).toMatch(/\.$/);
    }),
    { numRuns: 60 },
  );
});

test("the meters still stand after all of it", async () => {
  const { status, json } = await ask(house, "GET", "/meters");
  expect([status, metersSchema.parse(json)]).toEqual([200, json]);
});
