import { afterEach, expect, test } from "vitest";
import type { ZoneDetailAnswer } from "#contract/building.ts";
import type { OldZoneHealth } from "#contract/old-niagara.ts";
import { DIALECTS } from "#dialects/catalogue.ts";
import { openLine } from "#intake/line.ts";
import { type BuildingHouse, every, frame, MORNING_MS, openBuildingHouse, SITE, STATION, TEN_MS, ZONE } from "./building-house.ts";
import { get } from "./house.ts";

let house: BuildingHouse;
afterEach(() => house.close());

async function json<T>(url: string): Promise<T> {
  const answer = await get(house, url);
  expect([url, answer.status]).toEqual([url, 200]);
  return answer.json() as T;
}

const zoneOf = (id: string) => json<ZoneDetailAnswer>(`/api/v1/buildings/${SITE}/zones/${id}?from=2026-03-10&to=2026-03-10`);
const times = (count: number, value: number): number[] => Array.from({ length: count }, () => value);

test("a score of comfort 80, airflow 70, dampers 5 and 0 and waste 10 is 83.125, from frames to both kinds of routes", async () => {
  house = await openBuildingHouse({ settings: { health: "seed" } });
  const said = (name: string, values: readonly number[]) => frame(`Vav1$2d01$20${name}`, every(TEN_MS, MORNING_MS, values));
  await house.hear(
    // Four of twenty are three degrees off; one of ten rows with reheat on is among them.
    said("Space$20Temp", [75, 75, 75, 75, ...times(16, 72)]),
    said("Effective$20Setpoint", times(20, 72)),
    said("Reheat", [...times(3, 0), ...times(10, 50), ...times(7, 0)]),
    // Six of twenty are beyond 10 %; one of them while the damper is wide open.
    said("Box$20Flow", [100, ...times(5, 400), ...times(14, 500)]),
    said("Box$20Flow$20Setpoint", times(20, 500)),
    said("Damper$20Position", [95, ...times(19, 50)]),
  );
  const { health } = await zoneOf("vav-1-01");
  expect(health).toMatchObject({ variant: "seed", score: 83.125, status: "ok" });
  expect(health.parts.map(({ value, weight }) => [value, weight])).toEqual([[80, 3], [70, 2], [95, 1], [100, 1], [90, 1]]); // biome-ignore format: one row
  expect(await json<OldZoneHealth>("/summary/zone_health?station=AmsShop&zone=VAV%201-01")).toMatchObject({
    overall_score: 83.125,
    comfort_within_band_pct: 80,
    flow_within_band_pct: 70,
    damper_high_open_low_flow_pct: 5,
    damper_closed_high_flow_pct: 0,
    reheat_waste_pct: 10,
  });
});

test("a plain table of two zones is four samples each: 100 % and +0.5, 75 % and +0.75", async () => {
  house = await openBuildingHouse();
  const rows = [
    ["Zone-101", [72, 72.5, 73, 72.5], 72],
    ["Zone-102", [70, 70, 70, 73], 70],
  ] as const;
  const hours = ["08", "09", "10", "11"];
  const lines = rows.flatMap(([zone, temps, setpoint]) =>
    temps.map((temp, i) => `2026-03-10T${hours[i]}:00:00,${zone},${temp},${setpoint}`),
  );
  const columns = { timestamp: "timestamp", equip: "equip", temp: "zn_t", setpoint: "zn_sp" };
  const options = { zone: undefined, units: { temperature: "°F" }, station: STATION, plainStation: undefined, columns };
  const { sites } = await house.store.registry();
  const line = await openLine({
    ...{ store: house.store, dialects: DIALECTS, sites, nowMs: () => house.nowMs, logger: { info() {}, warn() {}, error() {} } },
    sources: [
      {
        name: "table",
        site: SITE,
        topics: [],
        dialect: "niagara-export",
        options: { ...options, zone: ZONE },
        points: new Map(),
        keepRawMs: 0,
      },
    ],
  });
  const body = new TextEncoder().encode(`timestamp,equip,zn_t,zn_sp\n${lines.join("\n")}\n`);
  await line.take([{ message: { source: "table", topic: "exports/office.csv", body, receivedMs: house.nowMs, qos: 1, retained: false } }]);
  await line.close();
  for (const [equip, samples, withinPct, meanError] of [
    ["zone-101", 4, 100, 0.5],
    ["zone-102", 4, 75, 0.75],
  ] as const) {
    expect(await json(`/comfort/zone?equip=${equip}`)).toMatchObject({ samples, within_band_pct: withinPct, mean_error_degF: meanError });
    expect((await zoneOf(equip)).comfort).toMatchObject({ samples, withinPct, meanError, by: "one-setpoint" });
  }
});
