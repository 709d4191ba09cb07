import type { HandReading } from "#api/actions.ts";
import type { ApiConfig } from "#api/deps.ts";
import { zoneNamed } from "#calendar/zone.ts";
import { openHandReadings } from "#intake/by-hand/keep-reading.ts";
import { type IntakeLine, openLine } from "#intake/line.ts";
import type { MeterSite } from "#reports/meter-sayings.ts";
import { openSiteMeters } from "#reports/open-meters.ts";
import { type Series, seriesKey } from "#sites/registry.ts";
import type { Store } from "#store/store.ts";
import { type House, openHouse } from "./house.ts";

export const ZONE = zoneNamed("Europe/Berlin");
/** Tuesday 10 March 2026, 18:04:10 at the house. */
export const NOW_MS = 1_773_162_250_000;
const FIRST_ID = 20;
const SOURCE = "walk";
const SILENT = { info() {}, warn() {}, error() {} };

/** The instant of a clock reading at the house. */
export function at(clock: string): number {
  return ZONE.instantOf(Date.parse(`${clock.replace(" ", "T")}Z`), "earlier");
}

const REGISTERS = [
  ["total", "energy-import", "kWh"],
  ["flat", "energy-import", "kWh"],
  ["water", "water-volume", "m³"],
] as const;

export const SERIES = REGISTERS.map(([point, quantity, unit], i): Series => {
  const parts = { site: "house", point, quantity, source: SOURCE };
  return { id: FIRST_ID + i, key: seriesKey(parts), ...parts, kind: "counter", unit, equalInstant: "last" };
});
export const [TOTAL, FLAT, WATER] = SERIES.map(({ key }) => key) as [string, string, string];

const declared = (line: number) => ({ declared: { file: "wattkeep.yaml", line } });

/** A file with two registers of electricity, what is left of them, and cold water that is read by hand. */
export const SITE: MeterSite = {
  ...{ site: "house", siteName: "House", zone: ZONE.id, currency: "EUR", gas: [], holidays: [] },
  meters: [
    { meter: "total", unit: "kWh", prices: [{ fromDate: "2025-01-01", perUnit: "0.30", baseFeePerMonth: "10" }], ...declared(10) },
    { meter: "flat", unit: "kWh", group: "Flats", ...declared(14) },
    { meter: "rest", unit: "kWh", formula: "total - flat", ...declared(16) },
    { meter: "water", unit: "m³", readEveryDays: 30, serial: "8 SEN 1", ...declared(18) },
  ],
  ranked: [],
  dialSources: new Set([SOURCE, "manual"]),
};

/** A register that was read at the first moment of each month from January 2025 to March 2026, rising by as much each time. */
export function monthly(first: number, each: number): readonly (readonly [tMs: number, value: number])[] {
  return ZONE.starts("month", at("2025-01-01 00:00:00"), at("2026-03-02 00:00:00")).map((tMs, i) => [tMs, first + i * each]);
}

/** A house whose meters have said this: 300 kWh a month, 100 of them in the flat, and 5 m³ of water. */
export async function openMeterHouse(config: Partial<ApiConfig> = {}, site: MeterSite = SITE, flat = monthly(2_000, 100)): Promise<House> {
  const lines: IntakeLine[] = [];
  let opened: Promise<ReturnType<typeof openHandReadings>> | undefined;
  const open = async () => {
    const { store } = house;
    const { sites } = await store.registry();
    const line = await openLine({ store, sources: [], dialects: [], sites, nowMs: () => house.nowMs, logger: SILENT });
    lines.push(line);
    return openHandReadings({ store, line });
  };
  const keepReading = async (reading: HandReading) => {
    opened ??= open();
    return (await opened)(reading);
  };
  const house = await openHouse(config, { keepReading }, async (store, nowMs) => {
    await store.register({
      sites: [{ id: "house", name: "House", zone: ZONE.id, currency: "EUR" }],
      points: REGISTERS.map(([id]) => ({ site: "house", id, name: id })),
      series: SERIES,
    });
    const reports = openSiteMeters(store, site, { registry: await store.registry(), nowMs });
    return { meters: () => [reports] };
  });
  house.nowMs = NOW_MS;
  await say(house.store, TOTAL, monthly(10_000, 300));
  await say(house.store, FLAT, flat);
  await say(house.store, WATER, monthly(50, 5));
  const shut = house.close;
  return Object.assign(house, {
    async close(): Promise<void> {
      for (const line of lines) await line.close();
      await shut();
    },
  });
}

/** Stores readings of one series. */
export async function say(store: Store, key: string, readings: readonly (readonly [tMs: number, value: number])[]): Promise<void> {
  const series = (await store.registry()).series.find((one) => one.key === key) as Series;
  const column = {
    tMs: Float64Array.from(readings, ([tMs]) => tMs),
    value: Float64Array.from(readings, ([, value]) => value),
    quality: new Uint16Array(readings.length),
  };
  await store.importColumn(series.id, column, { receivedMs: NOW_MS });
}

type Method = "GET" | "POST" | "PUT" | "DELETE";

/** One answer, parsed. */
export async function ask(house: House, method: Method, path: string, payload?: object | string) {
  const answer = await house.app.inject({
    method,
    url: `/api/v1${path}`,
    headers: { host: "localhost", ...(typeof payload === "string" ? { "content-type": "application/json" } : {}) },
    ...(payload === undefined ? {} : { payload }),
  });
  const isJson = String(answer.headers["content-type"]).includes("json");
  return { status: answer.statusCode, headers: answer.headers, text: answer.body, json: isJson ? answer.json() : undefined };
}
