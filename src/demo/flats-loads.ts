import { dailyLoad, SUNNY, together } from "./flats-days.ts";
import { EPOCH_MS, type Load, loadOf } from "./load.ts";
import type { WallClock } from "./local-clock.ts";
import { bell, chance, drift, jitter } from "./noise.ts";
import { DAY_MS, QUARTER_MS } from "./spans.ts";

export const FLOORS = ["ground", "first", "attic"] as const;
export type Floor = (typeof FLOORS)[number];

/** Everything that flows in the house of three flats: kWh, m³ and units of allocators. */
export interface FlatsLoads {
  readonly power: Readonly<Record<Floor, Load>>;
  readonly cold: Readonly<Record<Floor, Load>>;
  readonly warm: Readonly<Record<Floor, Load>>;
  readonly heat: Readonly<Record<Floor, Load>>;
  /** Quarter by quarter, as the meters of the whole house see it. */
  readonly main: Load;
  readonly water: Load;
  /** The house's electricity before it was seen by quarter-hours. */
  readonly daily: Load;
  readonly gas: Load;
  readonly boiler: Load;
  readonly solar: Load;
}

const POWER_KWH: Readonly<Record<Floor, number>> = { ground: 6.2, first: 8.6, attic: 5.1 };
const COLD_M3: Readonly<Record<Floor, number>> = { ground: 0.11, first: 0.17, attic: 0.09 };
const WARM_M3: Readonly<Record<Floor, number>> = { ground: 0.05, first: 0.085, attic: 0.045 };
const HEAT_SHARE: Readonly<Record<Floor, number>> = { ground: 0.39, first: 0.36, attic: 0.25 };
/** Stairs, pump and cellar. */
const COMMON_KWH = 3.4;
const LAUNDRY_M3 = 0.05;
const KWH_PER_M3 = 10.29;
/** Of the gas a boiler burns so much is heat. */
const BOILER_SHARE = 0.96;
const SAUNA_KW = 2.2;
/** A cistern that does not close. */
const LEAK_M3_PER_HOUR = 0.006;

/** What flows in the house of three flats, the same for the same seed. */
export function flatsLoads(seed: number, clock: (tMs: number) => WallClock): FlatsLoads {
  const weather = (day: number): number => 9.5 - 10 * Math.cos((2 * Math.PI * (yearDayOf(day) - 20)) / 365.25) + 3 * drift(seed, day / 3);
  const perFloor = (of: (floor: Floor, index: number) => Load): Readonly<Record<Floor, Load>> => ({
    ground: of("ground", 0),
    first: of("first", 1),
    attic: of("attic", 2),
  });
  const spread = (of: number, day: number): number => Math.max(0.3, 1 + 0.16 * jitter(seed + of, day));
  const home = (floor: Floor, day: number): number => (floor === "first" && isAway(day) ? 0.2 : 1);
  const power = perFloor((floor, k) =>
    dailyLoad((day) => POWER_KWH[floor] * spread(10 + k, day) * home(floor, day) * (1 + 0.2 * winter(day)) * (isWeekend(day) ? 1.2 : 1)),
  );
  const cold = perFloor((floor, k) => dailyLoad((day) => COLD_M3[floor] * spread(20 + k, day) * home(floor, day)));
  const warm = perFloor((floor, k) => dailyLoad((day) => WARM_M3[floor] * spread(30 + k, day) * home(floor, day)));
  const heating = (day: number): number => Math.max(0, 16 - weather(day)) * 0.62;
  const hotWater = (day: number): number => 1.5 * spread(40, day);
  const hearth = (day: number): number => (winter(day) > 0 && chance(seed + 41, day) > 0.6 ? 1.4 * winter(day) : 0);
  const all = (parts: Readonly<Record<Floor, Load>>): Load => together(FLOORS.map((floor) => ({ load: parts[floor], factor: 1 })));
  const house = { power: all(power), cold: all(cold), warm: all(warm) };
  return {
    power,
    cold,
    warm,
    heat: perFloor((floor, k) => dailyLoad((day) => heating(day) * KWH_PER_M3 * BOILER_SHARE * HEAT_SHARE[floor] * spread(50 + k, day))),
    main: loadOf((startMs) => powerKw(seed + 60, clock(startMs), { startMs, kw: house.power.rate(startMs) })),
    water: loadOf((startMs) =>
      waterPerHour(seed + 70, clock(startMs), { startMs, perHour: house.cold.rate(startMs) + house.warm.rate(startMs) }),
    ),
    daily: together([
      { load: house.power, factor: 1 },
      { load: dailyLoad((day) => COMMON_KWH * (1 + 0.3 * winter(day))), factor: 1 },
    ]),
    gas: dailyLoad((day) => heating(day) + hotWater(day) + hearth(day)),
    boiler: dailyLoad((day) => (heating(day) + hotWater(day)) * KWH_PER_M3 * BOILER_SHARE),
    solar: dailyLoad((day) => 17 * (0.55 - 0.45 * winter(day)) * Math.max(0.1, 1 + 0.5 * jitter(seed + 80, day)), SUNNY),
  };
}

/** The register of an allocator: what its radiator gave since the scale began again, in whole units. */
export function allocated(heat: Load, tMs: number, sinceMs: number): number {
  return Math.floor(0.11 * (heat.total(tMs) - heat.total(Math.max(sinceMs, EPOCH_MS))));
}

const dateOf = (day: number): Date => new Date(EPOCH_MS + day * DAY_MS);
const yearDayOf = (day: number): number => Math.floor((dateOf(day).getTime() - Date.UTC(dateOf(day).getUTCFullYear(), 0, 1)) / DAY_MS);
/** 1 in the middle of January, -1 in the middle of July. */
const winter = (day: number): number => Math.cos((2 * Math.PI * (yearDayOf(day) - 15)) / 365.25);
const isWeekend = (day: number): boolean => dateOf(day).getUTCDay() % 6 === 0;
/** Two weeks of August. */
const isAway = (day: number): boolean => dateOf(day).getUTCMonth() === 7 && dateOf(day).getUTCDate() <= 15;

/** A day on which the sauna was never turned off comes every fourth month. */
function powerKw(seed: number, wall: WallClock, { startMs, kw }: { startMs: number; kw: number }): number {
  const shape = 0.45 + 1.5 * bell(wall.hour, 19, 2.2) + 0.8 * bell(wall.hour, 7.2, 1.3) + 0.6 * bell(wall.hour, 12.5, 1.5);
  const date = new Date(startMs);
  const sauna = date.getUTCDate() === 17 && date.getUTCMonth() % 4 === 2 ? SAUNA_KW : 0;
  return kw * (shape / MEAN_SHAPE) * Math.max(0.2, 1 + 0.25 * jitter(seed, startMs / QUARTER_MS)) + COMMON_KWH / 24 + sauna;
}
/** Mean of the shape of a day over its hours. */
const MEAN_SHAPE = 0.8368;

/** Nobody draws water at night; a cistern drips for some days every third month. */
function waterPerHour(seed: number, wall: WallClock, { startMs, perHour }: { startMs: number; perHour: number }): number {
  const quarter = startMs / QUARTER_MS;
  const awake = wall.hour >= 6 && wall.hour < 23;
  const draws = awake && chance(seed, quarter) < 0.45 ? (2 * chance(seed + 1, quarter) * 24) / (17 * 0.45) : 0;
  return (perHour + LAUNDRY_M3 / 24) * draws + (isLeaking(startMs) ? LEAK_M3_PER_HOUR : 0);
}

function isLeaking(tMs: number): boolean {
  const date = new Date(tMs);
  if (date.getUTCMonth() % 3 !== 1) return false;
  const hours = (date.getUTCDate() - 1) * 24 + date.getUTCHours();
  return hours >= 8 * 24 + 14 && hours < 11 * 24 + 9;
}
