import type { ReadingsFile } from "#api/actions.ts";
import type { ApiConfig, ApiDeps } from "#api/deps.ts";
import { zoneNamed } from "#calendar/zone.ts";
import { DIALECTS } from "#dialects/catalogue.ts";
import { importReadings } from "#home-import.ts";
import { type IntakeLine, openLine } from "#intake/line.ts";
import type { HomeReports } from "#reports/home.ts";
import type { HomeSettings } from "#reports/home-settings.ts";
import { openHome } from "#reports/open-home.ts";
import { type Series, seriesKey } from "#sites/registry.ts";
import type { Store } from "#store/store.ts";
import { HOME as WORLD_HOME } from "#test/home-world.ts";
import { type House, openHouse } from "./house.ts";

export const ZONE = zoneNamed(WORLD_HOME.zone);
/** Tuesday 10 March 2026, 18:04:10 at the home. */
export const NOW_MS = 1_773_162_250_000;
export const HOME = WORLD_HOME.id;
const SOURCE = "tasmota";
const SILENT = { info() {}, warn() {}, error() {} };
const MINUTE_MS = 60_000;
const FIRST_ID = 20;

const QUANTITIES = [
  ["power", "gauge", "W"],
  ["energy-import", "counter", "kWh"],
] as const;

const SERIES = QUANTITIES.map(([quantity, kind, unit], i): Series => {
  const parts = { site: "home", point: "meter", quantity, source: SOURCE };
  return { id: FIRST_ID + i, key: seriesKey(parts), ...parts, kind, unit, equalInstant: "last" };
});

export const SETTINGS: HomeSettings = {
  ...WORLD_HOME,
  name: "Meter",
  meter: { ...WORLD_HOME.meter, sources: [{ name: SOURCE, title: "Tasmota reader", rank: "live" }] },
  prices: [{ fromDate: "2026-01-01", perKwh: "0.3102", baseFeePerMonth: "0" }],
  readerUrl: "http://192.0.2.20/",
  connectionKw: 43.5,
};

/** The instant of a clock reading at the home. */
export function at(clock: string): number {
  return ZONE.instantOf(Date.parse(`${clock.replace(" ", "T")}Z`), "earlier");
}

/** A reading: instant, W, kWh bought. Missing: NaN. */
export type Reading = readonly [tMs: number, powerW: number, boughtKwh: number];

/** A register that rises by 10 Wh a minute from midnight of 9 March until now, 600 W. */
export const STEADY: readonly Reading[] = steady(at("2026-03-09 00:00:00"), NOW_MS);

function steady(fromMs: number, toMs: number): Reading[] {
  const count = Math.floor((toMs - fromMs) / MINUTE_MS) + 1;
  return Array.from({ length: count }, (_, i) => [fromMs + i * MINUTE_MS, 600, Math.round(1e5 + i) / 100]);
}

/** A house with one home whose meter has said this. */
export async function openHomeHouse(
  readings: readonly Reading[],
  config: Partial<ApiConfig> = {},
  { settings = SETTINGS, more = {} }: { settings?: HomeSettings; more?: Partial<ApiDeps> } = {},
): Promise<House> {
  const homes: HomeReports[] = [];
  const lines: IntakeLine[] = [];
  const take = async (wish: ReadingsFile) => {
    const nowMs = () => house.nowMs;
    const sites = (await house.store.registry()).sites;
    const line = lines[0] ?? (await openLine({ store: house.store, sources: [], dialects: DIALECTS, sites, nowMs, logger: SILENT }));
    lines[0] = line;
    return importReadings(wish, { store: house.store, line, nowMs });
  };
  const house = await openHouse({ tasmota: {}, ...config }, { importReadings: take }, async (store, nowMs) => {
    homes.push(openHome(store, settings, nowMs));
    return { homes: () => homes, ...more };
  });
  house.nowMs = NOW_MS;
  await house.store.register({
    sites: [{ id: "home", name: "Home", zone: ZONE.id, currency: "EUR" }],
    points: [{ site: "home", id: "meter", name: "Meter" }],
    series: SERIES,
    devices: [{ source: SOURCE, id: "tasmota", serial: "0a01454d48", firstSeenMs: 0 }],
    assignments: [{ source: SOURCE, device: "tasmota", site: "home", point: "meter", fromMs: 0 }],
  });
  await say(house.store, readings);
  const close = async (): Promise<void> => {
    await lines[0]?.close();
    await house.close();
  };
  return Object.assign(Object.create(house) as House, { close });
}

/** Stores readings of the meter. */
export async function say(store: Store, readings: readonly Reading[]): Promise<void> {
  for (const column of [1, 2] as const) {
    const said = readings.filter((row) => !Number.isNaN(row[column]));
    if (said.length === 0) continue;
    const rows = {
      tMs: Float64Array.from(said, ([tMs]) => tMs),
      value: Float64Array.from(said, (row) => row[column]),
      quality: new Uint16Array(said.length),
    };
    await store.importColumn(FIRST_ID + column - 1, rows, { receivedMs: NOW_MS });
  }
}
