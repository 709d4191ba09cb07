import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Zone, zoneNamed } from "#calendar/zone.ts";
import type { BuildingAnswer, ZoneDetailAnswer } from "#contract/building.ts";
import { openLine } from "#intake/line.ts";
import { Turns } from "#intake/niagara/pace.ts";
import { pullExports } from "#intake/niagara/pull-exports.ts";
import type { BuildingSettings } from "#reports/building-settings.ts";
import { openSiteBuilding } from "#reports/open-building.ts";
import { FakeStation } from "#test/fakes/niagara-station.ts";
import { SETTINGS } from "./building-house.ts";
import { get, HOUR_MS, type House, openHouse } from "./house.ts";

// Exports of real stations are not ours to ship. Whoever has the folder names it in WATTKEEP_REAL_DATA.
const FOLDER = process.env["WATTKEEP_REAL_DATA"];
if (!FOLDER) console.info("Real exports are not asked for by the routes: WATTKEEP_REAL_DATA names no folder.");
const SITE = "office";
const V1 = `/api/v1/buildings/${SITE}`;

let station: FakeStation;
let house: House;
beforeEach(async () => {
  station = await FakeStation.start("Office");
});
afterEach(async () => {
  await house?.close();
  await station.stop();
});

/** A house whose store holds what a station exports, asked at a clock reading of its site. */
async function pulled(zone: Zone, now: string, said: Partial<BuildingSettings> = {}): Promise<void> {
  const settings = { ...SETTINGS, site: SITE, siteName: "Office", zone: zone.id, ranked: ["exports"], ...said };
  house = await openHouse({ niagara: { site: SITE } }, {}, async (store, nowMs) => {
    await store.register({ sites: [{ id: SITE, name: "Office", zone: zone.id, currency: "USD" }] });
    const reports = openSiteBuilding(store, settings, { nowMs });
    return { buildings: () => [reports] };
  });
  house.nowMs = zone.instantOf(Date.parse(`${now}Z`), "earlier");
  const { store } = house;
  const nowMs = (): number => house.nowMs;
  const { sites } = await store.registry();
  const line = await openLine({ store, sources: [], dialects: [], sites, nowMs, logger: { info() {}, warn() {}, error() {} } });
  const { user: username, password, folder: url } = station;
  const outcome = await pullExports(
    {
      source: { ...{ name: "exports", site: SITE, topics: [], dialect: "exports" }, options: undefined, points: new Map(), keepRawMs: 0 },
      access: { url, username, password, trust: { pinFirst: true }, timeoutMs: 20_000 },
      ...{ station: "Office", zone, units: {}, columns: {}, turns: new Turns() },
    },
    { signal: new AbortController().signal, thorough: false, progress() {}, note() {} },
    { store, line, nowMs },
  );
  await line.close();
  console.info(outcome.sentence);
  expect(outcome.counts).toMatchObject({ rejected: 0, failed: 0 });
}

async function json<T>(url: string): Promise<T> {
  const answer = await get(house, url);
  expect([url, answer.status]).toEqual([url, 200]);
  return answer.json() as T;
}

function exports(folder: string, wanted: RegExp): void {
  const path = join(FOLDER ?? "", folder);
  for (const name of readdirSync(path).filter((one) => wanted.test(one))) station.files.set(name, readFileSync(join(path, name)));
}

interface OldFlow {
  readonly samples: number;
  readonly within_band_pct: number | null;
}

type OldComfort = OldFlow;

/** Three days at a time is the most the older route looks at. */
async function nearestPairs(): Promise<{ samples: number; withinPct: number }> {
  const histories = "tempHistoryId=Fpb3$2d01$20Effective$20Space$20Temp&spHistoryId=Fpb3$2d01$20Effective$20Setpoint";
  const endMs = house.nowMs;
  let [samples, within] = [0, 0];
  for (let back = 0; back < 7; back += 1) {
    // A moment before midnight: no sample is in two of them.
    house.nowMs = endMs - back * 72 * HOUR_MS - 1;
    const { analytics } = await json<{ analytics: OldComfort }>(`/debug/comfort_zone_pair?${histories}&hours=72`);
    samples += analytics.samples;
    within += (analytics.samples * (analytics.within_band_pct ?? 0)) / 100;
  }
  house.nowMs = endMs;
  return { samples, withinPct: (100 * within) / samples };
}

const tenth = (value: number | null): number => Math.round(10 * (value ?? Number.NaN)) / 10;

describe.skipIf(!FOLDER)("what real stations export, asked over the routes", { timeout: 120_000 }, () => {
  test("box FPB 3-01: by what its setpoint still says, and by the few samples beside it", async () => {
    exports("seeds/niagara", /^Fpb3/);
    await pulled(zoneNamed("America/Phoenix"), "2025-11-24T00:00:00");
    const range = "from=2025-11-05&to=2025-11-23";
    const zone = await json<ZoneDetailAnswer>(`${V1}/zones/fpb-3-01?${range}`);
    const building = await json<BuildingAnswer>(`${V1}?${range}`);
    const dropped = zone.pairings.map(({ role, how, unpaired, excluded }) => [role, how, unpaired, excluded.length]);
    console.info(
      `FPB 3-01 carried: ${JSON.stringify({ ...zone.comfort, notJudged: zone.comfort.notJudged })}\n${zone.pairings.map(({ role, because, unpaired }) => `${role}: ${unpaired} without a partner. ${because}`).join("\n")}`,
    );
    expect(dropped).toEqual([
      ["space-temp", "nearest", 0, 0],
      ["effective-setpoint", "carried", 0, 0],
      ["fan-command", "carried", 0, 0],
    ]);
    expect([zone.comfort.samples, tenth(zone.comfort.withinPct), zone.comfort.by]).toEqual([814, 83.3, "one-setpoint"]);
    expect(building.zones.map(({ comfort }) => comfort)).toEqual([zone.comfort]);
    // Both ends of the hours count here, and every day does.
    const old = await json<OldComfort>("/comfort/zone?equip=FPB%203-01&start=2025-11-05T00:00:00&end=2025-11-23T23:59:59");
    expect([old.samples, tenth(old.within_band_pct)]).toEqual([1_170, 59.7]);
    // Pairs within 30 s, the older way: hardly any is left.
    const near = await nearestPairs();
    console.info(`FPB 3-01 by pairs within 30 s: ${JSON.stringify(near)}`);
    expect(near).toEqual({ samples: 4, withinPct: 50 });
  });

  test("box FPB 3-01: pairs within 30 s drop 2367 of its 2559 temperatures", async () => {
    exports("seeds/niagara", /^Fpb3/);
    const always = { fromMinute: 0, toMinute: 24 * 60, weekdays: [1, 2, 3, 4, 5, 6, 7], warmUpMinutes: 0 };
    await pulled(zoneNamed("America/Phoenix"), "2025-11-24T00:00:00", { occupancy: always });
    const { samples } = await nearestPairs();
    expect(2_559 - samples).toBe(2_367);
    const { comfort } = await json<ZoneDetailAnswer>(`${V1}/zones/fpb-3-01?from=2025-11-05&to=2025-11-23`);
    expect(comfort.samples).toBe(2_559);
  });

  test("box VAV-10: comfort between 71.5 and 75.5, airflow within its tolerance, no sensor of -250", async () => {
    exports("buildings/vav_real_trends", /^VAV-10.*\.csv$/);
    // Its setpoints are known from later weeks, where they stand still.
    for (const [name, value] of [
      ["VAV-10-ACTHTGSP.csv", 71.5],
      ["VAV-10-ACTCLGSP.csv", 75.5],
    ] as const)
      station.files.set(name, `Timestamp,Value (°F)\n07-May-22 1:00:00 PM CDT,${value}\n`);
    await pulled(zoneNamed("America/Chicago"), "2022-06-06T14:00:00");
    const zone = await json<ZoneDetailAnswer>(`${V1}/zones/vav-10?from=2022-05-07&to=2022-06-06`);
    expect([zone.comfort.by, zone.comfort.samples, tenth(zone.comfort.withinPct)]).toEqual(["two-setpoints", 3_110, 99.8]);
    expect([zone.airflow.samples, tenth(zone.airflow.withinPct), zone.airflow.tolerance]).toEqual([
      8_640,
      99.6,
      { percent: 10, absolute: 50 },
    ]);
    const dead = zone.pairings.find(({ role }) => role === "discharge-air-temp");
    expect(dead?.excluded).toMatchObject([{ reason: "sentinel", samples: 4_320 }]);
    // By 10 % alone and by the older system's least tolerance, as pandas reckons it.
    for (const [query, withinPct] of [
      ["", 56.759259],
      ["&abs_cfm_tolerance=50", 99.583333],
      ["&pct_tolerance=0.05", 42.372685],
    ] as const) {
      const tracked = await json<{ metrics: OldFlow }>(`/zones/office/vav-10/flow_tracking?limit=20000${query}`);
      expect(tracked.metrics).toMatchObject({ samples: 8_640, within_band_pct: expect.closeTo(withinPct, 5) });
    }
  });
});
