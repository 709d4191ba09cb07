import { type Zone, zoneNamed } from "#calendar/zone.ts";
import type { Said } from "#test/telling.ts";

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** What the display of a meter shows at an instant: W (negative is sold) and its two registers in kWh. */
export interface Display {
  readonly tMs: number;
  readonly watts: number;
  readonly bought: number;
  readonly sold: number;
}

const EVERY_MS = 5 * MINUTE_MS;

/** A house every five minutes from one instant to another: a base load, cooking in the evening, and a roof that sells at noon. */
export function houseDisplays(fromMs: number, toMs: number, zone: Zone): Display[] {
  const displays: Display[] = [];
  let [bought, sold] = [4_711.25, 815.5];
  for (let tMs = fromMs; tMs <= toMs; tMs += EVERY_MS) {
    const watts = wattsAt(tMs, zone);
    if (tMs > fromMs) {
      const kwh = (watts * EVERY_MS) / HOUR_MS / 1000;
      bought = rounded(bought + Math.max(0, kwh));
      sold = rounded(sold + Math.max(0, -kwh));
    }
    displays.push({ tMs, watts, bought, sold });
  }
  return displays;
}

const rounded = (kwh: number): number => Math.round(kwh * 1e4) / 1e4;

function wattsAt(tMs: number, zone: Zone): number {
  const hour = (zone.localOf(tMs) % DAY_MS) / HOUR_MS;
  const base = 240 + 12 * (Math.floor(tMs / EVERY_MS) % 7);
  if (hour >= 18 && hour < 20) return base + 1_560;
  return hour >= 11 && hour < 13 ? base - 900 : base;
}

/** What a register shows at an instant: as read, or in between two readings on the straight line. */
export function registerAt(displays: readonly Display[], of: "bought" | "sold", tMs: number): number {
  const after = displays.findIndex((display) => display.tMs >= tMs);
  const right = displays[after] ?? (displays.at(-1) as Display);
  const left = displays[after < 0 ? displays.length - 1 : Math.max(0, after - 1)] ?? right;
  const share = right.tMs > left.tMs ? (tMs - left.tMs) / (right.tMs - left.tMs) : 0;
  return left[of] + (right[of] - left[of]) * Math.min(1, Math.max(0, share));
}

/** As a Tasmota reader head says it, whose clock nobody has set. */
export function tasmota(topic: string, atMs: number, group: object): Said {
  return { atMs, topic, body: JSON.stringify({ Time: "1970-01-01T00:04:10", MT: group }) };
}

/** Of zones all around the earth the one where it is about one o'clock: today has hours behind it and before it whenever a test runs. */
export function zoneAtNoon(nowMs: number): Zone {
  const names = [
    "Pacific/Auckland",
    "Asia/Tokyo",
    "Asia/Kolkata",
    "Europe/Berlin",
    "America/Sao_Paulo",
    "America/Denver",
    "Pacific/Honolulu",
  ];
  const away = (zone: Zone) => Math.abs((zone.localOf(nowMs) % DAY_MS) / HOUR_MS - 13);
  return names.map(zoneNamed).toSorted((a, b) => away(a) - away(b))[0] as Zone;
}

/** The newest local day that is over and lasted a given time. */
export function dayLasting(lengthMs: number, zone: Zone, nowMs: number): { readonly fromMs: number; readonly toMs: number } {
  let toMs = zone.dayStart(nowMs);
  for (;;) {
    const fromMs = zone.addDays(toMs, -1);
    if (toMs - fromMs === lengthMs) return { fromMs, toMs };
    toMs = fromMs;
  }
}
