import { readFileSync } from "node:fs";
import { afterEach, describe, expect, test } from "vitest";
import {
  oldBuildingHealthSchema,
  oldConstantComfortSchema,
  oldFlowTrackingSchema,
  oldHistoriesSchema,
  oldPairComfortSchema,
  oldRtuHealthSchema,
  oldSamplesSchema,
  oldSeriesDataSchema,
  oldSeriesListSchema,
  oldSeriesMetaSchema,
  oldStationErrorSchema,
  oldStationHealthSchema,
  oldZoneComfortSchema,
  oldZoneHealthSchema,
  oldZoneIndexSchema,
  oldZoneSchema,
  oldZonesSchema,
} from "#contract/old-niagara.ts";
import { BOX, type BuildingHouse, every, frame, MORNING_MS, NOW_MS, openBuildingHouse, TEN_MS } from "./building-house.ts";
import { get, openHouse } from "./house.ts";

/** Every route with a question it answers. */
const ROUTES = [
  ["/health", oldStationHealthSchema],
  ["/comfort/zone?equip=VAV%201-01", oldZoneComfortSchema],
  ["/series", oldSeriesListSchema],
  ["/series/data?station=AmsShop&history_id=Vav%201-01%20Space%20Temp", oldSeriesDataSchema],
  ["/zones", oldZonesSchema],
  ["/zones/ams_shop/vav-1-01", oldZoneSchema],
  ["/zones/ams_shop/vav-1-01/flow_tracking", oldFlowTrackingSchema],
  ["/debug/histories", oldHistoriesSchema],
  ["/debug/comfort?stationName=AmsShop&historyId=Vav%201-01%20Space%20Temp", oldConstantComfortSchema],
  [
    "/debug/comfort_zone_pair?station=AmsShop&tempHistoryId=Vav%201-01%20Space%20Temp&spHistoryId=Vav%201-01%20Effective%20Setpoint",
    oldPairComfortSchema,
  ],
  ["/debug/zone_pairs", oldZonesSchema],
  ["/debug/recent_memory", oldSamplesSchema],
  ["/debug/flow_tracking?station=AmsShop&zone=VAV%201-01", oldFlowTrackingSchema],
  ["/debug/series_meta", oldSeriesMetaSchema],
  ["/summary/zone_health?station=AmsShop&zone=VAV%201-01", oldZoneHealthSchema],
  ["/summary/building_health?station=AmsShop", oldBuildingHealthSchema],
  ["/summary/zone_index?station=AmsShop", oldZoneIndexSchema],
  ["/summary/rtu_health?station=AmsShop&zone=RTU%201", oldRtuHealthSchema],
] as const;

/** Questions nobody can answer, what the list says of each, and where. */
const WRONG: readonly (readonly [url: string, type: string, loc: readonly string[]])[] = [
  ["/comfort/zone", "missing", ["query", "equip"]],
  ["/comfort/zone?equip=x&hours=0", "greater_than_equal", ["query", "hours"]],
  ["/comfort/zone?equip=x&hours=169", "less_than_equal", ["query", "hours"]],
  ["/comfort/zone?equip=x&hours=many", "int_parsing", ["query", "hours"]],
  ["/comfort/zone?equip=x&start=yesterday", "datetime_from_date_parsing", ["query", "start"]],
  ["/debug/histories?limit=1001", "less_than_equal", ["query", "limit"]],
  ["/debug/histories?limit=0", "greater_than_equal", ["query", "limit"]],
  ["/debug/recent_memory?limit=10001", "less_than_equal", ["query", "limit"]],
  ["/debug/comfort?stationName=a&historyId=b&limit=9", "greater_than_equal", ["query", "limit"]],
  ["/debug/comfort?stationName=a&historyId=b&limit=2001", "less_than_equal", ["query", "limit"]],
  ["/debug/comfort?stationName=a&historyId=b&setpoint=warm", "float_parsing", ["query", "setpoint"]],
  ["/debug/comfort_zone_pair?tempHistoryId=a&spHistoryId=b&hours=73", "less_than_equal", ["query", "hours"]],
  [
    "/debug/comfort_zone_pair?tempHistoryId=a&spHistoryId=b&merge_tolerance_seconds=301",
    "less_than_equal",
    ["query", "merge_tolerance_seconds"],
  ],
  ["/debug/comfort_zone_pair?temp_history_id=a", "missing", ["query", "spHistoryId"]],
  ["/summary/zone_health?station=a&zone=b&hours=73", "less_than_equal", ["query", "hours"]],
  ["/zones/a/b/flow_tracking?pct_tolerance=-1", "greater_than_equal", ["query", "pct_tolerance"]],
  ["/series?limit=1&limit=2", "string_type", ["query", "limit"]],
];

let house: BuildingHouse;
afterEach(() => house.close());

const json = async (url: string) => (await get(house, url)).json();
async function openBox(more: Parameters<typeof openBuildingHouse>[0] = {}, frames: readonly object[] = BOX): Promise<void> {
  house = await openBuildingHouse(more);
  await house.hear(...frames);
}

describe("the routes of the old building service", () => {
  test("are there only where they are configured", async () => {
    const plain = await openHouse();
    house = Object.assign(plain, { hear: async () => {}, reports: undefined as never });
    for (const [route] of ROUTES) expect([route, (await get(house, route)).status]).toEqual([route, 404]);
  });

  test("have exactly the documented fields", async () => {
    await openBox();
    for (const [url, schema] of ROUTES) {
      const answer = await get(house, url);
      expect([url, answer.status]).toEqual([url, 200]);
      expect(schema.parse(answer.json())).toEqual(answer.json());
    }
  });

  test("stand in the document with what they do, an example and the shape of their errors, and at no address of a page", async () => {
    house = await openBuildingHouse();
    const { paths } = await json("/api/docs/json");
    const plain = ROUTES.map(([url]) => (url.split("?", 1)[0] as string).replace("/ams_shop/vav-1-01", "/{station_key}/{zone_root}"));
    for (const path of plain) {
      const { summary, description, tags, responses } = paths[path].get;
      expect([path, Boolean(summary && description), tags]).toEqual([path, true, ["old building"]]);
      const { example, schema } = responses["200"].content["application/json"];
      expect([path, example ?? schema.examples]).toEqual([path, expect.anything()]);
      expect(JSON.stringify(responses["4XX"] ?? responses["4xx"])).toContain("detail");
    }
    const pages = [...readFileSync("web/routes.tsx", "utf8").matchAll(/path: "([^"]+)"/g)].map((match) => match[1] as string);
    expect(pages.length).toBeGreaterThan(20);
    expect(plain.filter((path) => pages.includes(path))).toEqual([]);
  });

  test("of an empty store: empty lists, 404 for one zone, and 503 for comfort, for no source can answer", async () => {
    house = await openBuildingHouse({ heard: false });
    expect(await json("/series")).toEqual({ limit: 1_000, count: 0, items: [] });
    expect(await json("/debug/histories")).toEqual({ stationName: null, historyId: null, limit: 100, count: 0, samples: [] });
    expect([await json("/zones"), await json("/debug/zone_pairs"), await json("/debug/recent_memory")]).toEqual([[], [], []]);
    expect(await json("/health")).toEqual({ status: "ok", site_name: "Shop" });
    expect(await json("/debug/comfort?stationName=AmsShop&historyId=x")).toMatchObject({
      analytics: { samples: 0, within_band_pct: null, mean_error_degF: null },
    });
    const statuses = ["/comfort/zone?equip=x", "/zones/a/b", "/zones/a/b/flow_tracking", "/summary/zone_index?station=x"];
    const answers = await Promise.all(statuses.map((url) => get(house, url)));
    expect(answers.map(({ status }) => status)).toEqual([503, 404, 404, 404]);
    for (const answer of answers) expect(answer.json()).toEqual({ detail: expect.any(String) });
  });

  test("ask who it is like every other route", async () => {
    await openBox({ config: { loopbackOpen: false } });
    for (const [route] of ROUTES) {
      const answer = await get(house, route);
      expect([route, answer.status]).toEqual([route, 401]);
      expect(oldStationErrorSchema.parse(answer.json())).toEqual({ detail: expect.stringContaining("Sign in") });
    }
  });

  test("are 422 with a list of what is wrong where a question is", async () => {
    house = await openBuildingHouse({ heard: false });
    for (const [url, type, loc] of WRONG) {
      const answer = await get(house, url);
      expect([url, answer.status]).toEqual([url, 422]);
      expect(answer.json().detail).toEqual([expect.objectContaining({ type, loc })]);
    }
  });

  test("tell of every problem of a question at once", async () => {
    house = await openBuildingHouse();
    const answer = await get(house, "/debug/comfort?limit=1&setpoint=x");
    expect(answer.json().detail.map((one: { loc: string[] }) => one.loc[1])).toEqual(["stationName", "historyId", "limit", "setpoint"]);
  });
});

describe("zones", () => {
  test("name the history of each role, and answer to any spelling", async () => {
    await openBox();
    const zone = await json("/zones/ams_shop/vav-1-01");
    expect(zone).toMatchObject({
      station_key: "ams_shop",
      station_name: "Ams Shop",
      zone_root: "vav-1-01",
      space_temp: "Vav 1-01 Space Temp",
      space_temp_sp: "Vav 1-01 Effective Setpoint",
      flow: "Vav 1-01 Box Flow",
      flow_sp: "Vav 1-01 Box Flow Setpoint",
      damper: "Vav 1-01 Damper Position",
      reheat: "Vav 1-01 Reheat",
      fan_cmd: null,
      fan_status: null,
    });
    for (const [station, root] of [["AmsShop", "VAV 1-01"], ["Ams Shop", "vav_1_01"], ["ams_shop", "Vav1$2d01"], ["AMS SHOP", "vav 1-01"]]) // biome-ignore format: one row
      expect([root, await json(`/zones/${encodeURIComponent(station as string)}/${encodeURIComponent(root as string)}`)]).toEqual([
        root,
        zone,
      ]);
    expect((await json("/zones")).map((one: { zone_root: string }) => one.zone_root).toSorted()).toEqual(["rtu-1", "vav-1-01"]);
    expect(await json("/zones?limit=1")).toHaveLength(1);
    expect(await json("/debug/zone_pairs?station=AmsShop&zone=VAV%201_01")).toEqual([zone]);
    expect(await json("/debug/zone_pairs?station=Elsewhere")).toEqual([]);
  });

  test("of several stations with boxes of one name are told apart by the station", async () => {
    await openBox({}, [...BOX, frame("Vav1$2d01$20Space$20Temp", every(TEN_MS, MORNING_MS, [68]), { station: "Regency Plaza" })]);
    expect((await json("/debug/zone_pairs?zone=VAV%201-01")).map((one: { station_key: string }) => one.station_key).toSorted()).toEqual([
      "ams_shop",
      "regency_plaza",
    ]);
    expect(await json("/zones/regency_plaza/vav-1-01")).toMatchObject({ station_name: "Regency Plaza", flow: null });
    expect((await json("/series")).items.filter((one: { history_key: string }) => one.history_key === "vav_1_01_space_temp")).toHaveLength(
      2,
    );
    const answer = await get(house, "/zones/regency_plaza/rtu-1");
    expect([answer.status, answer.json()]).toEqual([404, { detail: "No zone rtu-1 was found at the station regency_plaza" }]);
  });
});

describe("summaries", () => {
  test("of a zone tell comfort, airflow, damper, reheat and a score", async () => {
    await openBox();
    expect(await json("/summary/zone_health?station=AmsShop&zone=VAV%201-01")).toMatchObject({
      comfort_samples: 6,
      comfort_within_band_pct: expect.closeTo((4 / 6) * 100, 6),
      comfort_mean_error_degF: 1.5,
      flow_samples: 6,
      flow_within_band_pct: expect.closeTo((5 / 6) * 100, 6),
      damper_high_open_low_flow_pct: 0,
      damper_closed_high_flow_pct: 0,
      reheat_waste_pct: 100,
      status: "warning",
      reasons: ["hot_zone"],
    });
  });

  test("go by the first rules where the building says so", async () => {
    await openBox({ settings: { health: "seed" } });
    const {
      overall_score,
      comfort_within_band_pct: comfort,
      flow_within_band_pct: flow,
    } = await json("/summary/zone_health?station=AmsShop&zone=VAV%201-01");
    expect(overall_score).toBeCloseTo((3 * comfort + 2 * flow + 100 + 100 + 0) / 8, 9);
  });

  test("of a station begin with the worst, and end with those nobody can tell of", async () => {
    await openBox({}, [...BOX, frame("Vav1$2d02$20Damper$20Position", every(TEN_MS, MORNING_MS, [10]))]);
    const all = await json("/summary/building_health?station=AmsShop");
    const scores = all.map((one: { overall_score: number | null }) => one.overall_score);
    expect(scores.filter((score: number | null) => score === null)).toHaveLength(scores.length - 1);
    expect(all[0].zone_root).toBe("vav-1-01");
    expect(all.at(-1)).toMatchObject({ overall_score: null, status: "no_data", reasons: [] });
    expect(await json("/summary/building_health?station=Elsewhere")).toEqual([]);
  });

  test("of a roof-top unit tell its fan and its discharge air", async () => {
    await openBox();
    expect(await json("/summary/rtu_health?station=AmsShop&zone=rtu%201&hours=168")).toMatchObject({
      zone_root: "rtu-1",
      hours: 168,
      fan_metrics: { samples: 6, on_pct: expect.closeTo((4 / 6) * 100, 6) },
      cooling_metrics: { samples: 0, short_cycle_count: null },
      discharge_metrics: { samples: 3, within_band_pct: expect.closeTo(200 / 3, 6), mean_error_degF: expect.closeTo(5 / 3, 6) },
      status: "warning",
      reasons: ["borderline_discharge_air_tracking"],
    });
    expect(await json("/summary/zone_index?station=AmsShop")).toContainEqual(
      expect.objectContaining({ zone_root: "vav-1-01", has_flow: true, has_fan_status: false }),
    );
  });

  test("are of the last hours until now", async () => {
    await openBox();
    house.nowMs = NOW_MS + 3 * 24 * 3_600_000;
    expect(await json("/summary/zone_health?station=AmsShop&zone=vav-1-01&hours=24")).toMatchObject({
      comfort_samples: 0,
      overall_score: null,
    });
    expect(await json("/summary/zone_health?station=AmsShop&zone=vav-1-01&hours=72")).toMatchObject({ overall_score: null });
  });
});
