import type { PlantPeak } from "./plant-parts.ts";

/*
 * One plant on Tuesday 10 March 2026, 14:41:20 by its clock (EDT, UTC−4), in a billing period that began on 24 February: one pulse
 * is 1.7 kWh, so 6.8 kW in a quarter; 24.74 USD/kW, 0.04143 USD/kWh, 120 USD; top three 414.8, 408.0 and 401.2; ratchet 60 % of 655.2.
 */
export const NOW_MS = 1_773_168_080_000;
export const NOW = "2026-03-10T14:41:20-04:00";
export const QUARTER_MS = 900_000;
/** 14:30 EDT */
export const BEGAN_MS = 1_773_167_400_000;

export const PEAKS = {
  first: peak(1_772_724_600_000, 414.8, "plc", ["2026-03-05T10:15:00-05:00", "2026-03-05T10:30:00-05:00"]),
  second: peak(1_772_565_300_000, 408, "plc", ["2026-03-03T14:00:00-05:00", "2026-03-03T14:15:00-05:00"]),
  third: peak(1_773_071_100_000, 401.2, "kyz", ["2026-03-09T11:30:00-04:00", "2026-03-09T11:45:00-04:00"]),
  fourth: peak(1_772_640_000_000, 394.4, "plc", ["2026-03-04T10:45:00-05:00", "2026-03-04T11:00:00-05:00"]),
} as const;

export function peak(endMs: number, kw: number, source: string, [startLocal, endLocal]: readonly [string, string]): PlantPeak {
  return { startMs: endMs - QUARTER_MS, endMs, startLocal, endLocal, kw, source, quality: [] };
}
