import type { DemoDevice, Saying, Span } from "./device.ts";
import { bell, drift, jitter } from "./noise.ts";
import { DAY_MS, round } from "./spans.ts";

const EVERY_MS = 300_000;
const PAST: readonly Span[] = [{ agoMs: 7 * DAY_MS, everyMs: EVERY_MS }];
/** Market time is ten hours ahead of UTC all year. */
const MARKET_OFFSET_MS = 36_000_000;

interface Plant {
  readonly id: string;
  readonly capacityMw: number;
  readonly fuel: "coal" | "wind" | "solar" | "hydro" | "gas" | "battery";
  readonly longitude: number;
  readonly latitude: number;
}

/** Invented power stations in plausible places. */
const PLANTS: readonly Plant[] = [
  { id: "REDGUM", capacityMw: 1320, fuel: "coal", longitude: 150.95, latitude: -32.4 },
  { id: "WARATAH", capacityMw: 2040, fuel: "coal", longitude: 151.5, latitude: -33.1 },
  { id: "BOXRIDGE", capacityMw: 410, fuel: "wind", longitude: 149.2, latitude: -35.1 },
  { id: "SALTLAKE", capacityMw: 260, fuel: "wind", longitude: 138.6, latitude: -33.4 },
  { id: "DUSTYSF", capacityMw: 340, fuel: "solar", longitude: 148.3, latitude: -32.9 },
  { id: "MALLEESF", capacityMw: 220, fuel: "solar", longitude: 142.2, latitude: -34.7 },
  { id: "TALBINGO", capacityMw: 610, fuel: "hydro", longitude: 148.3, latitude: -35.6 },
  { id: "GASPEAK", capacityMw: 300, fuel: "gas", longitude: 145.1, latitude: -37.9 },
  { id: "IRONBATT", capacityMw: 150, fuel: "battery", longitude: 138.5, latitude: -34.1 },
];

const TONNES_PER_MWH: Record<Plant["fuel"], number> = { coal: 0.92, gas: 0.53, wind: 0, solar: 0, hydro: 0, battery: 0 };

/** The demo's market: a price, a demand and nine stations, five minutes apart. */
export function marketDevices(seed: number): DemoDevice[] {
  return [metric("price", seed), metric("demand", seed), ...PLANTS.map((plant, index) => facility(plant, seed + 20 + index))];
}

const marketHour = (tMs: number): number => ((tMs + MARKET_OFFSET_MS) % DAY_MS) / 3_600_000;

function metric(name: "price" | "demand", seed: number): DemoDevice {
  const price = (tMs: number): number => {
    const hour = marketHour(tMs);
    const shape = 64 + 74 * bell(hour, 18.6, 1.6) + 30 * bell(hour, 7.4, 1.3) - 88 * bell(hour, 12.4, 2.6);
    return round(shape + 16 * drift(seed, tMs / 5_400_000) + 4 * jitter(seed + 1, tMs / EVERY_MS), 2);
  };
  const demand = (tMs: number): number => {
    const hour = marketHour(tMs);
    return round(
      21_400 +
        4_300 * bell(hour, 18.4, 2.6) +
        2_100 * bell(hour, 8, 2) -
        3_900 * bell(hour, 12.6, 3) -
        2_300 * bell(hour, 3.5, 2.8) +
        380 * drift(seed + 2, tMs / 7_200_000),
      1,
    );
  };
  const value = name === "price" ? price : demand;
  const said =
    name === "price"
      ? { quantity: "spot-price", unit: "$/MWh", kind: "price" as const }
      : { quantity: "market-demand", unit: "MW", kind: "gauge" as const };
  return {
    source: "market",
    qos: 0,
    topic: "a02/market_metrics/v1/stream",
    device: "NEM",
    everyMs: EVERY_MS,
    past: PAST,
    sayings: [{ point: "nem", pointName: "NEM", ...said }],
    say(tMs, out) {
      out[0] = value(tMs);
      return 0;
    },
    payload: (tMs) => JSON.stringify({ network_code: "NEM", metric: name, event_time: eventTime(tMs), value: value(tMs) }),
  };
}

function facility(plant: Plant, seed: number): DemoDevice {
  const share = (tMs: number): number => {
    const hour = marketHour(tMs);
    const wander = drift(seed, tMs / 5_400_000);
    if (plant.fuel === "coal") return 0.74 + 0.12 * bell(hour, 18.5, 3) - 0.2 * bell(hour, 12.5, 3) + 0.04 * wander;
    if (plant.fuel === "wind") return 0.38 + 0.22 * wander;
    if (plant.fuel === "solar") return hour > 6 && hour < 18.5 ? Math.sin(((hour - 6) / 12.5) * Math.PI) * (0.85 + 0.12 * wander) : 0;
    if (plant.fuel === "battery") return 0.8 * bell(hour, 18.8, 1.2) - 0.7 * bell(hour, 12, 1.8);
    return (plant.fuel === "gas" ? 0.7 : 0.5) * (bell(hour, 18.6, 1.5) + 0.5 * bell(hour, 7.5, 1)) + 0.05 + 0.03 * wander;
  };
  const power = (tMs: number): number => round(plant.capacityMw * Math.min(1, Math.max(plant.fuel === "battery" ? -1 : 0, share(tMs))), 2);
  const emissions = (tMs: number): number => round((Math.max(0, power(tMs)) * TONNES_PER_MWH[plant.fuel]) / 12, 3);
  const say = (quantity: string, unit: string): Saying => ({
    point: plant.id.toLowerCase(),
    pointName: plant.id,
    quantity,
    unit,
    kind: "gauge",
  });
  return {
    source: "market",
    qos: 0,
    topic: "a02/facility_metrics/v1/stream",
    device: plant.id,
    everyMs: EVERY_MS,
    past: PAST,
    sayings: [say("power", "MW"), say("emissions", "t"), say("longitude", "°"), say("latitude", "°")],
    say(tMs, out) {
      out[0] = power(tMs);
      out[1] = emissions(tMs);
      out[2] = plant.longitude;
      out[3] = plant.latitude;
      return 0;
    },
    payload: (tMs) =>
      JSON.stringify({
        event_time: eventTime(tMs),
        facility_id: plant.id,
        power: power(tMs),
        emissions: emissions(tMs),
        longitude: plant.longitude,
        latitude: plant.latitude,
      }),
  };
}

function eventTime(tMs: number): string {
  return new Date(tMs).toISOString().replace(".000Z", "+00:00");
}
