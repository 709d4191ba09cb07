import { afterEach, describe, expect, test } from "vitest";
import {
  at,
  BOX,
  type BuildingHouse,
  every,
  frame,
  MINUTE_MS,
  MORNING_MS,
  openBuildingHouse,
  type SaidRow,
  TEN_MS,
} from "./building-house.ts";
import { get } from "./house.ts";

let house: BuildingHouse;
afterEach(() => house.close());

const json = async (url: string) => (await get(house, url)).json();

async function openBox(more: Parameters<typeof openBuildingHouse>[0] = {}, frames: readonly object[] = BOX): Promise<void> {
  house = await openBuildingHouse(more);
  await house.hear(...frames);
}

describe("the worked numbers", () => {
  test("airflow of five samples against four setpoints: 4 pairs, 50 %, +15 cfm, 5.6667 %", async () => {
    const start = MORNING_MS;
    const seconds = (rows: readonly (readonly [number, number])[]): SaidRow[] => rows.map(([s, cfm]) => [start + s * 1_000, cfm]);
    await openBox({}, [
      frame("Vav1$2d01$20Box$20Flow", seconds([[0, 500], [60, 560], [120, 380], [180, 20], [300, 500]])), // biome-ignore format: one row
      frame("Vav1$2d01$20Box$20Flow$20Setpoint", seconds([[10, 500], [70, 500], [150, 400], [175, 0]])), // biome-ignore format: one row
    ]);
    const told = { samples: 4, within_band_pct: 50, mean_error_cfm: 15, mean_error_pct: expect.closeTo(5.6667, 4) };
    expect((await json("/zones/AmsShop/VAV%201-01/flow_tracking")).metrics).toEqual(told);
    expect((await json("/debug/flow_tracking?station=AmsShop&zone=vav%201_01")).metrics).toEqual(told);
    expect((await json("/zones/AmsShop/vav-1-01/flow_tracking?abs_cfm_tolerance=60")).metrics.within_band_pct).toBe(100);
    expect((await json("/zones/AmsShop/vav-1-01/flow_tracking?merge_tolerance_seconds=1")).metrics.samples).toBe(0);
  });

  test("without a setpoint's history the samples are counted and the rest is null; without airflow it is 404", async () => {
    await openBox({}, [BOX[0] as object, BOX[2] as object, frame("Vav1$2d02$20Space$20Temp", every(TEN_MS, MORNING_MS, [70]))]);
    expect((await json("/zones/ams_shop/vav-1-01/flow_tracking")).metrics).toEqual({
      samples: 6,
      within_band_pct: null,
      mean_error_cfm: null,
      mean_error_pct: null,
    });
    const answer = await get(house, "/zones/ams_shop/vav-1-02/flow_tracking");
    expect([answer.status, answer.json().detail]).toEqual([404, expect.stringContaining("no airflow")]);
  });

  test("four samples at one setpoint: 100 % and +0.5, 75 % and +0.75", async () => {
    const zone = (name: string, temps: readonly number[]) => [
      frame(`${name}$20Zn$20T`, every(TEN_MS, MORNING_MS, temps), { historyId: undefined, id: `/AmsShop/${name}$20Zn$20T` }),
      frame(`${name}$20Zn$20Sp`, every(TEN_MS, MORNING_MS, [72, 72, 72, 72])),
    ];
    await openBox({}, [...zone("Zone$2d101", [72, 72.5, 73, 72.5]), ...zone("Zone$2d102", [72, 75, 72, 72])]);
    expect(await json("/comfort/zone?equip=Zone-101")).toMatchObject({ samples: 4, within_band_pct: 100, mean_error_degF: 0.5 });
    expect(await json("/comfort/zone?equip=zone_102")).toMatchObject({ samples: 4, within_band_pct: 75, mean_error_degF: 0.75 });
  });
});

describe("comfort", () => {
  test("is judged in occupied hours of the site's clock, both ends included", async () => {
    const hours = ["06:59:59", "07:00:00", "12:00:00", "18:00:00", "18:00:01"].map((clock) => at(`2026-03-09 ${clock}`));
    await openBox({}, [
      frame(
        "Vav1$2d01$20Space$20Temp",
        hours.map((tMs): SaidRow => [tMs, 73]),
      ),
      frame(
        "Vav1$2d01$20Effective$20Setpoint",
        hours.map((tMs): SaidRow => [tMs, 72]),
      ),
    ]);
    expect(await json("/comfort/zone?equip=vav-1-01&hours=48")).toMatchObject({ samples: 3, within_band_pct: 100, mean_error_degF: 1 });
  });

  const spoken = Array.from({ length: 60 }, (_, i) => 60 + (i % 7));

  test.each([
    ["until the next", frame("Rtu1$20Outdoor$20Air$20Temp", every(60 * MINUTE_MS, at("2026-03-08 05:00:00"), spoken)), 6],
    ["and not over a silence of its whole station", frame("Rtu1$20Outdoor$20Air$20Temp", []), 2],
  ])("holds a setpoint that speaks on change %s, where pairs of 30 seconds lose most", async (_how, others, samples) => {
    await openBox({}, [
      others,
      BOX[0] as object,
      frame("Vav1$2d01$20Effective$20Setpoint", [
        [at("2026-03-08 05:00:00"), 72],
        [MORNING_MS + 35 * MINUTE_MS, 75],
      ]),
    ]);
    expect(await json("/comfort/zone?equip=VAV%201-01")).toMatchObject({ samples });
    const pair = await json(
      "/debug/comfort_zone_pair?tempHistoryId=Vav%201-01%20Space%20Temp&spHistoryId=Vav%201-01%20Effective%20Setpoint",
    );
    expect(pair.analytics).toEqual({ samples: 0, within_band_pct: null, mean_error_degF: null });
  });

  test("leaves bad statuses and values that mean none out", async () => {
    const rows: SaidRow[] = [
      [MORNING_MS, 72],
      [MORNING_MS + TEN_MS, 95, "{fault}"],
      [MORNING_MS + 2 * TEN_MS, -250],
      [MORNING_MS + 3 * TEN_MS, 73, "{overridden}"],
    ];
    await openBox({}, [frame("Vav1$2d01$20Space$20Temp", rows), BOX[1] as object]);
    expect(await json("/comfort/zone?equip=VAV%201-01")).toMatchObject({ samples: 2, within_band_pct: 100, mean_error_degF: 0.5 });
  });

  test("of a zone with two setpoints and none in effect goes by their middle", async () => {
    await openBox({}, [
      BOX[0] as object,
      frame("Vav1$2d01$20Effective$20Heating$20Setpoint", every(TEN_MS, MORNING_MS, [70, 70, 70, 70, 70, 70])),
      frame("Vav1$2d01$20Effective$20Cooling$20Setpoint", every(TEN_MS, MORNING_MS, [74, 74, 74, 74, 74, 74])),
    ]);
    expect(await json("/comfort/zone?equip=VAV%201-01")).toMatchObject({ samples: 6, within_band_pct: expect.closeTo((4 / 6) * 100, 6) });
  });

  test("is told in °F whatever the station speaks, and the band is no other one for it", async () => {
    const celsius = { point: { "n:unit": "°C", "hs:unit": "°C" } };
    await openBox({}, [
      frame("Vav1$2d01$20Space$20Temp", every(TEN_MS, MORNING_MS, [22, 23, 24]), celsius),
      frame("Vav1$2d01$20Effective$20Setpoint", every(TEN_MS, MORNING_MS, [22, 22, 22]), celsius),
    ]);
    expect(await json("/comfort/zone?equip=VAV%201-01")).toMatchObject({
      mean_error_degF: expect.closeTo(1.8, 9),
      within_band_pct: expect.closeTo(200 / 3, 6),
    });
  });

  test("without any sample is 0 and nulls, for a zone nobody knows as well", async () => {
    await openBox();
    const none = { samples: 0, within_band_pct: null, mean_error_degF: null };
    expect(await json("/comfort/zone?equip=VAV%209-99")).toMatchObject(none);
    expect(await json("/comfort/zone?equip=VAV%201-01&start=2026-03-01T00:00:00&end=2026-03-02T00:00:00")).toMatchObject(none);
  });

  test("over a window that crosses midnight judges both of its parts", async () => {
    const night = [at("2026-03-09 23:00:00"), at("2026-03-10 01:00:00"), at("2026-03-10 12:00:00")];
    await openBox({ settings: { occupancy: { fromMinute: 22 * 60, toMinute: 6 * 60, weekdays: [1, 2, 3, 4, 5], warmUpMinutes: 0 } } }, [
      frame(
        "Vav1$2d01$20Space$20Temp",
        night.map((tMs, i): SaidRow => [tMs, 72 + 3 * i]),
      ),
      frame(
        "Vav1$2d01$20Effective$20Setpoint",
        night.map((tMs): SaidRow => [tMs, 72]),
      ),
    ]);
    expect(await json("/comfort/zone?equip=VAV%201-01")).toMatchObject({ samples: 2, within_band_pct: 50, mean_error_degF: 1.5 });
  });

  test("against one number takes the newest samples of a history by any of its names", async () => {
    await openBox();
    for (const name of ["Vav 1-01 Space Temp", "/AmsShop/Vav1$2d01$20Space$20Temp", "vav_1_01_space_temp", "Vav1-01 Space Temp"]) {
      const told = await json(`/debug/comfort?stationName=ams%20shop&historyId=${encodeURIComponent(name)}&setpoint=73`);
      expect([name, told.analytics.samples, told.setpoint_used_degF]).toEqual([name, 6, 73]);
    }
  });
});

describe("samples", () => {
  const many = every(
    MINUTE_MS,
    MORNING_MS,
    Array.from({ length: 30 }, (_, i) => 70 + i / 10),
  );

  test("are the newest where a limit cuts, ascending, with their statuses as they were sent", async () => {
    await openBox({}, [frame("MaxSpaceTemp", [...many, [MORNING_MS + 40 * MINUTE_MS, 80, "{fault,stale}"]])]);
    const { samples, count } = await json("/series/data?station=AmsShop&history_id=Max%20Space%20Temp&limit=3");
    expect([count, samples.map((one: { value: number }) => one.value)]).toEqual([3, [72.8, 72.9, 80]]);
    expect(samples[2]).toEqual({
      stationName: "Ams Shop",
      historyId: "Max Space Temp",
      timestamp: "2026-03-10T15:40:00+00:00",
      status: "{fault,stale}",
      value: 80,
    });
    expect((await json("/debug/histories?limit=2")).samples.map((one: { value: number }) => one.value)).toEqual([72.9, 80]);
    expect(await json("/debug/recent_memory?limit=1")).toHaveLength(1);
  });

  test("of a range: both ends included, a time without an offset by the clock of the site", async () => {
    await openBox({}, [frame("MaxSpaceTemp", many)]);
    const count = async (query: string) => (await json(`/series/data?history_id=MaxSpaceTemp&${query}`)).count;
    expect(await count("start=2026-03-10T08:00:00&end=2026-03-10T08:05:00")).toBe(6);
    expect(await count("start=2026-03-10T15:00:00Z&end=2026-03-10T15:05:00%2B00:00")).toBe(6);
    expect(await count("start=2026-03-10T15:00:00Z&end=2026-03-10T15:05:00+00:00")).toBe(6);
    expect(await count("start=2026-03-10T15:05:00Z&end=2026-03-10T15:00:00Z")).toBe(0);
    expect(await json("/series/data?history_id=MaxSpaceTemp&start=2026-03-10T08:00:00&limit=1")).toMatchObject({
      start: "2026-03-10T15:00:00+00:00",
      end: null,
      station: null,
    });
  });

  test("of words are 1 and 0 with the word beside, null for other words", async () => {
    await openBox({}, [
      frame("Rtu1$20Fan$20Status", [[MORNING_MS, true], [MORNING_MS + TEN_MS, "Off"], [MORNING_MS + 2 * TEN_MS, "Purge"]]), // biome-ignore format: one row
    ]);
    const { samples } = await json("/debug/histories?historyId=Rtu%201%20Fan%20Status");
    expect(samples.map((one: { value: number; text: string }) => [one.value, one.text])).toEqual([
      [1, "true"],
      [0, "Off"],
      [null, "Purge"],
    ]);
  });

  test("of all histories are the newest of all of them, and of a history nobody knows none", async () => {
    await openBox({}, [frame("MaxSpaceTemp", many), frame("MinSpaceTemp", every(MINUTE_MS, MORNING_MS + 30_000, [60, 61]))]);
    const { samples, stationName } = await json("/debug/histories?limit=30");
    expect(samples).toHaveLength(30);
    expect([stationName, samples.map((one: { historyId: string }) => one.historyId).includes("Min Space Temp")]).toEqual([
      "Ams Shop",
      true,
    ]);
    expect(await json("/debug/histories?historyId=nothing")).toMatchObject({ count: 0, samples: [], historyId: "nothing" });
  });
});
