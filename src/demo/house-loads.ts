import { type Load, loadOf } from "./load.ts";
import type { WallClock } from "./local-clock.ts";
import { bell, chance, drift, jitter } from "./noise.ts";
import { DAY_MS, QUARTER_MS } from "./spans.ts";

/** Everything that flows in the demo house, kW and m³/h. What the meters count adds up: grid + sun + battery is the house. */
export interface HouseLoads {
  readonly bought: Load;
  readonly sold: Load;
  readonly sun: Load;
  readonly charged: Load;
  readonly discharged: Load;
  readonly fridge: Load;
  readonly water: Load;
  readonly gas: Load;
  /** kW from the grid, negative while exporting. */
  grid(tMs: number): number;
}

/** What the battery in the cellar holds, how fast it is, and what is left of a kWh on the way in or out. */
const BATTERY = { kwh: 9.6, kw: 4, efficiency: 0.95 };

/** What flows in the house of the demo, the same for the same seed. */
export function houseLoads(seed: number, clock: (tMs: number) => WallClock): HouseLoads {
  const quarter = (startMs: number): number => startMs / QUARTER_MS;
  const sun = loadOf((startMs) => sunKw(seed, clock(startMs), startMs));
  // Whatever is drawn quarter by quarter is asked for in order and once, so a battery may remember what it holds.
  const battery = batteryOf((startMs) => sun.rate(startMs) - useKw(seed, clock(startMs), startMs));
  const stored = loadOf(battery);
  const grid = loadOf((startMs) => useKw(seed, clock(startMs), startMs) - sun.rate(startMs) + stored.rate(startMs));
  return {
    sun,
    charged: loadOf((startMs) => Math.max(0, stored.rate(startMs))),
    discharged: loadOf((startMs) => Math.max(0, -stored.rate(startMs))),
    bought: loadOf((startMs) => Math.max(0, grid.rate(startMs))),
    sold: loadOf((startMs) => Math.max(0, -grid.rate(startMs))),
    fridge: loadOf((startMs) => (chance(seed + 7, quarter(startMs)) > 0.55 ? 0.078 : 0.004)),
    water: loadOf((startMs) => {
      const { hour } = clock(startMs);
      const awake = hour > 6 && hour < 23;
      return awake && chance(seed + 8, quarter(startMs)) > 0.7 ? 0.06 * chance(seed + 9, quarter(startMs)) : 0;
    }),
    gas: loadOf((startMs) => {
      const { yearDay, hour } = clock(startMs);
      const cold = Math.max(0, Math.cos(((yearDay - 15) / 365) * 2 * Math.PI) + 0.15);
      return chance(seed + 10, quarter(startMs)) < 0.25 + 0.4 * cold ? (hour > 5 && hour < 22 ? 0.9 : 0.35) * cold : 0;
    }),
    grid: (tMs) => grid.rate(tMs),
  };
}

function useKw(seed: number, wall: WallClock, startMs: number): number {
  const weekend = wall.weekday === 0 || wall.weekday === 6;
  const winter = 0.5 + 0.5 * Math.cos(((wall.yearDay - 15) / 365) * 2 * Math.PI);
  const cooking =
    1.6 * bell(wall.hour, 18.8, 1.1) + 0.9 * bell(wall.hour, weekend ? 9.5 : 6.9, 0.9) + (weekend ? 0.7 * bell(wall.hour, 12.6, 0.8) : 0);
  const washing = chance(seed + 3, wall.day * 8 + Math.floor(wall.hour / 3)) > 0.86 ? 0.9 : 0;
  return 0.21 + cooking * (0.7 + 0.3 * winter) + washing + 0.25 * winter + Math.abs(0.12 * jitter(seed, startMs / QUARTER_MS));
}

function sunKw(seed: number, wall: WallClock, startMs: number): number {
  const season = Math.sin(((wall.yearDay - 80) / 365) * 2 * Math.PI);
  const length = 12 + 4.2 * season;
  // Solar noon, not the clock's: the wall clock is about an hour ahead of the sun in summer.
  const fromNoon = wall.hour - 12.8;
  const height = Math.cos((fromNoon / length) * Math.PI);
  if (Math.abs(fromNoon) >= length / 2 || height <= 0) return 0;
  const sky = Math.min(
    1,
    Math.max(0.08, 0.62 + 0.3 * drift(seed + 5, startMs / (DAY_MS / 2)) + 0.16 * drift(seed + 6, startMs / 2_400_000)),
  );
  return 7.2 * (0.62 + 0.38 * season) * height ** 1.25 * sky;
}

/** Takes what is left over and gives what is missing, kW quarter after quarter; positive while it charges. */
function batteryOf(surplusKw: (startMs: number) => number): (startMs: number) => number {
  const { kwh, kw, efficiency } = BATTERY;
  let held = kwh / 2;
  return (startMs) => {
    const surplus = surplusKw(startMs);
    if (surplus >= 0) {
      const charge = Math.min(surplus, kw, ((kwh - held) * 4) / efficiency);
      held = Math.min(kwh, held + (charge * efficiency) / 4);
      return charge;
    }
    const give = Math.min(-surplus, kw, held * efficiency * 4);
    held = Math.max(0, held - give / efficiency / 4);
    return -give;
  };
}
