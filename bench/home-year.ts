import type { Series } from "#sites/registry.ts";
import type { Store } from "#store/store.ts";
import { dice } from "./home-data.ts";

/** How often the meter is read. */
export const EVERY_MS = 10_000;
const YEAR_MS = 365 * 86_400_000;
const QUANTITIES = ["energy-import", "energy-export", "power"] as const;

const series = (quantity: string, i: number): Series => ({
  ...{ id: i + 1, key: `home/meter/${quantity}@reader`, site: "home", point: "meter", quantity, source: "reader" },
  ...{ kind: quantity === "power" ? "gauge" : "counter", unit: quantity === "power" ? "W" : "kWh", equalInstant: "last" },
});

/** W at the meter: a house, and a roof that sells at noon. */
function wattsAt(tMs: number, roll: () => number): number {
  const hour = (tMs / 3_600_000) % 24;
  const sun = Math.max(0, Math.sin(((hour - 5) / 14) * Math.PI)) * (1_200 + 900 * Math.sin(tMs / 5e9));
  return Math.round(350 + 900 * Math.exp(-((hour - 18) ** 2)) + 120 * roll() - sun);
}

/**
 * A year of a meter read every ten seconds up to an instant: bought, sold and power of the point `meter` at the site `home`.
 * Answers where its two registers stand at the end, in kWh.
 */
export async function fillYear(store: Store, { nowMs, zone }: { nowMs: number; zone: string }): Promise<{ bought: number; sold: number }> {
  await store.register({
    sites: [{ id: "home", name: "Home", zone, currency: "EUR" }],
    points: [{ site: "home", id: "meter", name: "Meter" }],
    series: QUANTITIES.map(series),
  });
  const n = YEAR_MS / EVERY_MS;
  const roll = dice(7);
  const tMs = Float64Array.from({ length: n }, (_, i) => nowMs - YEAR_MS + i * EVERY_MS + 1_300);
  const values = QUANTITIES.map(() => new Float64Array(n));
  const [bought, sold, power] = values as [Float64Array, Float64Array, Float64Array];
  let [taken, given] = [9_310.4417, 11_027.9032];
  for (let i = 0; i < n; i++) {
    const watts = wattsAt(tMs[i] as number, roll);
    taken += (Math.max(0, watts) * EVERY_MS) / 3.6e9;
    given += (Math.max(0, -watts) * EVERY_MS) / 3.6e9;
    bought[i] = Math.round(taken * 1e4) / 1e4;
    sold[i] = Math.round(given * 1e4) / 1e4;
    power[i] = watts;
  }
  const quality = new Uint16Array(n);
  for (const [i, value] of values.entries()) await store.importColumn(i + 1, { tMs, value, quality }, { receivedMs: nowMs });
  return { bought: taken, sold: given };
}
