import { connectAsync } from "mqtt";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import type { BuildingAnswer, BuildingsAnswer, ZoneDetailAnswer } from "#contract/building.ts";
import type { BuildingPointsAnswer } from "#contract/building-points.ts";
import type { OldZone } from "#contract/old-niagara.ts";
import { inBrowser, openTab, startBrowser } from "#test/browser.ts";
import { Server } from "#test/server.ts";

const SITE = "tower";
const yaml = `
sites:
  ${SITE}: { name: North Tower, zone: America/Phoenix, currency: USD }
sources:
  station: { site: ${SITE}, dialect: niagara-history, options: { units: { temperature: °F, airflow: cfm } } }
buildings:
  ${SITE}: { occupied: { from: "00:00", to: "23:59", days: [mon, tue, wed, thu, fri, sat, sun], warmUpMinutes: 0 } }
compat:
  niagara: { site: ${SITE} }
`;
const PATIENCE = { timeout: 20_000, interval: 200 };
const MINUTE_MS = 60_000;
const ROWS = 30;
/** The newest sample is a few minutes old. */
const lastMs = Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS - 3 * MINUTE_MS;
const times = Array.from({ length: ROWS }, (_, i) => lastMs - (ROWS - 1 - i) * 5 * MINUTE_MS);

interface Row {
  readonly timestamp: string;
  readonly status: string;
  readonly value: number | string;
}

/** A frame as a station on the wall writes it: its own clock with its offset. */
function frame(history: string, value: (row: number) => Row["value"], rows: readonly number[] = times): string {
  const clock = (tMs: number): string => `${new Date(tMs - 7 * 60 * MINUTE_MS).toISOString().slice(0, 19).replace("T", " ")}-0700`;
  const historyData = rows.map((tMs, row): Row => ({ timestamp: clock(tMs), status: row === 3 ? "{fault}" : "{ok}", value: value(row) }));
  return JSON.stringify({ messageType: "history", stationName: "NorthTower", historyId: `/NorthTower/${history}`, historyData });
}

describe("a station that publishes its histories", { timeout: 60_000 }, () => {
  let server: Server;
  beforeAll(async () => {
    server = await Server.start({ yaml, mqtt: "embedded:0" });
  });
  afterAll(async () => {
    await server?.remove();
  });

  test("is a building with a zone, its comfort and its airflow, in the new routes and in the old ones", async () => {
    expect(await server.get<BuildingsAnswer>("/api/v1/buildings")).toMatchObject({ buildings: [{ site: SITE, points: 0, zones: 0 }] });
    const early = await fetch(`${server.url}/comfort/zone?equip=VAV%202-07`);
    expect([early.status, await early.json()]).toEqual([503, { detail: expect.any(String) }]);

    const client = await connectAsync(`mqtt://127.0.0.1:${server.brokerPort}`, { reconnectPeriod: 0 });
    for (const body of [
      frame("Vav2$2d07$20Space$20Temp", (row) => (row % 3 === 0 ? 76.5 : 72)),
      frame("Vav2$2d07$20Effective$20Setpoint", () => 72, [lastMs - 20 * 60 * MINUTE_MS, times[0] as number]),
      frame("Vav2$2d07$20Box$20Flow", () => 400),
      frame("Vav2$2d07$20Box$20Flow$20Setpoint", () => 420),
      frame("Vav2$2d07$20Occupied", () => "On"),
    ])
      await client.publishAsync("niagara/histories", body, { qos: 1 });
    await client.endAsync();

    await expect.poll(async () => (await server.get<BuildingsAnswer>("/api/v1/buildings")).buildings[0]?.zones, PATIENCE).toBe(1);
    const window = `from=${(times[0] as number) - MINUTE_MS}&to=${lastMs + MINUTE_MS}`;
    const zone = await server.get<ZoneDetailAnswer>(`/api/v1/buildings/${SITE}/zones/vav-2-07?${window}`);
    // One of 30 temperatures is of a bad status; ten were too warm, one of them the bad one.
    expect(zone.comfort).toMatchObject({ samples: ROWS - 1, by: "one-setpoint", unit: "°F" });
    expect(zone.comfort.withinPct).toBeCloseTo((20 / (ROWS - 1)) * 100, 6);
    expect(zone.airflow).toMatchObject({ withinPct: 100, unit: "cfm" });
    expect(zone.columns.map(({ role }) => role)).toEqual(
      expect.arrayContaining(["space-temp", "effective-setpoint", "flow", "flow-setpoint"]),
    );

    const now = await server.get<BuildingAnswer>(`/api/v1/buildings/${SITE}?${window}`);
    expect(now.zones[0]).toMatchObject({ zone: { id: "vav-2-07", name: "VAV 2-07" }, standing: "inside" });

    const range = `start=${times[0]}&end=${lastMs}`;
    expect(await server.get(`/comfort/zone?equip=VAV%202-07&${range}`)).toMatchObject({
      site: "North Tower",
      samples: ROWS - 1,
      within_band_pct: expect.closeTo((20 / (ROWS - 1)) * 100, 6),
    });
    expect(await server.get<OldZone[]>("/zones")).toMatchObject([
      { station_key: "north_tower", zone_root: "vav-2-07", flow: "Vav 2-07 Box Flow" },
    ]);
    expect(await server.get(`/zones/north_tower/vav-2-07/flow_tracking?${range}`)).toMatchObject({
      metrics: { samples: ROWS - 1, within_band_pct: 100, mean_error_cfm: -20 },
    });
  });

  inBrowser()("as somebody sees it", () => {
    test("has the comfort of its zone on the screen, as the server judged it", async () => {
      const browser = await startBrowser();
      onTestFinished(() => browser.close());
      const tab = await openTab(browser, { viewport: { width: 1440, height: 900 } });
      const { from, to } = { from: (times[0] as number) - MINUTE_MS, to: lastMs + MINUTE_MS };
      await tab.page.goto(`${server.url}/building/zone?zone=vav-2-07&from=${from}&to=${to}`);
      const shown = () => tab.page.locator("dl, dd").filter({ hasText: "of time" }).first().textContent();
      const { comfort } = await server.get<ZoneDetailAnswer>(`/api/v1/buildings/${SITE}/zones/vav-2-07?from=${from}&to=${to}`);
      const plain = async () => ((await shown()) ?? "").replaceAll(/\s+/g, " ");
      await expect.poll(plain, PATIENCE).toContain(`${comfort.withinTimePct?.toFixed(1)} % of time`);
      expect(await plain()).toContain(`${comfort.withinPct?.toFixed(1)} % of ${ROWS - 1} samples`);
      expect(tab.complaints).toEqual([]);
    });
  });

  test("is called what a person says, after a restart as well", async () => {
    const point = "north-tower-vav-2-07-occupied";
    const put = await fetch(`${server.url}/api/v1/buildings/${SITE}/points/${point}`, {
      method: "PUT",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ role: "fan-status" }),
    });
    expect(put.status).toBe(200);
    const fact = (await put.json()) as { id: number };
    await server.end();
    await server.run();
    const role = async () => {
      const { points } = await server.get<BuildingPointsAnswer>(`/api/v1/buildings/${SITE}/points`);
      return points.find((one) => one.point === point)?.role;
    };
    expect(await role()).toBe("fan-status");
    const undone = await fetch(`${server.url}/api/v1/buildings/${SITE}/facts/${fact.id}`, { method: "DELETE" });
    expect(undone.status).toBe(200);
    expect(await role()).not.toBe("fan-status");
  });
});
