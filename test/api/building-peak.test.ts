import { afterEach, expect, test } from "vitest";
import { type PeakAnswerInfo, peakAnswerSchema } from "#contract/building-peak.ts";
import { at, type BuildingHouse, every, frame, MINUTE_MS, openBuildingHouse, SITE } from "./building-house.ts";
import { get } from "./house.ts";

const QUARTER_MS = 15 * MINUTE_MS;
const DAYS = 40;
const FIRST_MS = at("2026-01-29 00:00:00");
const ROWS = DAYS * 96;

let house: BuildingHouse;
afterEach(() => house.close());

test("what caused the highest quarter-hour of the last 30 days is told with the series that moved, in exactly the documented fields", async () => {
  house = await openBuildingHouse();
  // A load that is the same every day but for one quarter-hour of Monday 9 March, when a fan took 80 kW more.
  const peakMs = at("2026-03-09 11:00:00");
  const usual = (row: number): number => 100 + 40 * Math.sin(((row % 96) / 96) * Math.PI) + (row % 5);
  const extra = (row: number): number => (FIRST_MS + row * QUARTER_MS === peakMs ? 80 : 0);
  const kw = { point: { "hs:unit": "kW" } };
  const rows = Array.from({ length: ROWS }, (_, row) => row);
  await house.hear(
    frame("Main$20Power", every(QUARTER_MS, FIRST_MS, rows.map((row) => usual(row) + extra(row))), kw), // biome-ignore format: one row
    frame("Ahu$2d1$20Fan$20Power", every(QUARTER_MS, FIRST_MS, rows.map((row) => 20 + (row % 3) + extra(row))), kw), // biome-ignore format: one row
  );
  const { points } = (await get(house, `/api/v1/buildings/${SITE}/points`)).json();
  const of = points.find(({ name }: { name: string }) => name === "Main Power").point;
  const answer = await get(house, `/api/v1/buildings/${SITE}/peak?of=${SITE}/${of}`);
  expect([answer.status, answer.text.slice(0, 200)]).toEqual([200, expect.any(String)]);
  const peak: PeakAnswerInfo = answer.json();
  expect(peakAnswerSchema.parse(peak)).toEqual(peak);
  expect(peak).toMatchObject({ site: SITE, timeZone: "America/Phoenix", range: { fromMs: peakMs, toMs: peakMs + QUARTER_MS } });
  expect(peak.of.point).toBe(`${SITE}/${of}`);
  expect(peak.similarDays.length).toBeGreaterThan(0);
  expect(peak.movers[0]).toMatchObject({ name: "Ahu-1 Fan Power", unit: "kW" });
  expect(peak.movers[0]?.value).toBeGreaterThan(80);
  const named = await get(house, `/api/v1/buildings/${SITE}/peak?of=${SITE}/${of}&from=2026-03-06T09:00&to=2026-03-06T10:00`);
  expect(named.json().range).toMatchObject({ fromLocal: "2026-03-06T09:00:00-07:00", toLocal: "2026-03-06T10:00:00-07:00" });
});
