import type { ApiConfig, ApiDeps } from "#api/deps.ts";
import { zoneNamed } from "#calendar/zone.ts";
import { openPlant } from "#reports/open-plant.ts";
import type { PlantSettings } from "#reports/plant-settings.ts";
import { QUALITY } from "#series/quality.ts";
import { type Series, seriesKey } from "#sites/registry.ts";
import type { Store } from "#store/store.ts";
import { seedPlan } from "#tariffs/seed-plan.ts";
import { type House, openHouse } from "./house.ts";

/** Tuesday 10 March 2026, 14:41:20 at the plant. */
export const NOW_MS = 1_773_168_080_000;
export const QUARTER_MS = 900_000;
export const ZONE = zoneNamed("America/Indiana/Indianapolis");
/** 1 December 2025, midnight at the plant. */
export const BEGAN_MS = 1_764_565_200_000;
/** End of the newest interval. */
export const LAST_MS = 1_773_167_400_000;
const PULSE_KWH = 1.7;
const BASE_KW = 204;

const series = (id: number, quantity: string, kind: Series["kind"], unit: string): Series => ({
  id,
  key: seriesKey({ site: "mill", point: "main", quantity, source: "kyz" }),
  site: "mill",
  point: "main",
  quantity,
  source: "kyz",
  kind,
  unit,
  ...(kind === "interval" ? { intervalMs: QUARTER_MS } : {}),
  equalInstant: "first",
});

const SERIES = [
  series(5, "energy", "interval", "kWh"),
  series(6, "demand", "interval", "kW"),
  series(7, "interval-pulses", "interval", "pulse"),
  series(8, "pulses", "delta", "pulse"),
];

const SETTINGS: PlantSettings = {
  site: "mill",
  point: "main",
  name: "Main meter",
  siteName: "Mill Road",
  zone: ZONE.id,
  currency: "USD",
  holidays: [],
  sources: [{ name: "kyz", title: "KYZ", rank: "live" }],
  facts: [{ name: "pulsesPerKwh", value: 1 / PULSE_KWH, fromMs: 0 }],
  intervalMinutes: 15,
  plan: seedPlan({ name: "Rate SL" }),
  billing: { kind: "anchored", anchor: "2025-01-17" },
  demo: false,
};

/** Demand of single intervals, by the clock reading of their end; all others draw 204 kW. */
export const PEAKS_KW: Readonly<Record<string, number>> = {
  "2025-12-10 10:15:00": 1_000,
  "2025-12-11 10:15:00": 1_000,
  "2025-12-12 10:15:00": 1_000,
  "2026-01-20 10:15:00": 400,
  "2026-01-21 10:15:00": 400,
  "2026-01-22 10:15:00": 400,
  "2026-02-20 10:15:00": 400,
  "2026-02-23 10:15:00": 400,
  "2026-02-24 10:15:00": 400,
  "2026-03-03 10:15:00": 412,
  "2026-03-04 10:15:00": 405,
  "2026-03-05 10:15:00": 396,
  /** Left out of the demand. */
  "2026-03-06 10:15:00": 900,
  /** The last quarter of the day before, the first by the date of its end. */
  "2026-03-10 00:00:00": 300,
};
/** Intervals nobody spoke of, by their end. */
const MISSING = ["2026-03-10 03:00:00", "2026-03-10 03:15:00"];
const EXCLUDED = "2026-03-06 10:15:00";
const INVALID = "2026-03-09 20:00:00";

/** An instant of the plant's clock. */
export function at(clock: string): number {
  const localMs = Date.parse(`${clock.replace(" ", "T")}Z`);
  return ZONE.instantOf(localMs, "earlier");
}

/** A house over a plant of 100 days, with its old routes. */
export function openPlantHouse(config: Partial<ApiConfig> = {}, more: Partial<ApiDeps> = {}): Promise<House> {
  const kyz = { site: "mill", tokenInUrl: true, plantName: "KYZ Plant" };
  return openHouse({ kyz, ...config }, {}, async (store, nowMs) => {
    await fill(store);
    return { plants: [openPlant(store, SETTINGS, nowMs)], ...more };
  }).then((house) => Object.assign(house, { nowMs: NOW_MS }));
}

async function fill(store: Store): Promise<void> {
  await store.register({
    sites: [{ id: "mill", name: "Mill Road", zone: ZONE.id, currency: "USD" }],
    points: [{ site: "mill", id: "main", name: "Main meter" }],
    series: SERIES,
  });
  const peaks = new Map(Object.entries(PEAKS_KW).map(([clock, kw]) => [at(clock), kw]));
  const missing = new Set(MISSING.map(at));
  const ends: number[] = [];
  for (let endMs = BEGAN_MS + QUARTER_MS; endMs <= LAST_MS; endMs += QUARTER_MS) if (!missing.has(endMs)) ends.push(endMs);
  const kw = ends.map((endMs) => peaks.get(endMs) ?? BASE_KW);
  const quality = Uint16Array.from(ends, (endMs) =>
    endMs === at(EXCLUDED) ? QUALITY.excludedFromDemand : endMs === at(INVALID) ? QUALITY.invalidAlarm : 0,
  );
  const tMs = Float64Array.from(ends);
  const info = { receivedMs: NOW_MS - 60_000 };
  await store.importColumn(5, { tMs, value: Float64Array.from(kw, (one) => one / 4), quality }, info);
  await store.importColumn(6, { tMs, value: Float64Array.from(kw), quality }, info);
  await store.importColumn(7, { tMs, value: Float64Array.from(kw, (one) => Math.round(one / 4 / PULSE_KWH)), quality }, info);
  // A pulse every 15 seconds for the last ten minutes: 408 kW.
  const pulses = Array.from({ length: 41 }, (_, i) => NOW_MS - 3_000 - (40 - i) * 15_000);
  await store.importColumn(8, { tMs: Float64Array.from(pulses), value: new Float64Array(41).fill(1), quality: new Uint16Array(41) }, info);
}
