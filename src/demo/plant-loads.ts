import { type Load, loadOf } from "./load.ts";
import type { WallClock } from "./local-clock.ts";
import { bell, chance, drift, jitter } from "./noise.ts";

/** What the plant draws and uses, by meter; powers in kW, flows in m³/h. */
export interface PlantLoads {
  readonly main: Load;
  readonly compressors: Load;
  readonly chiller: Load;
  readonly paintShop: Load;
  readonly dustExtraction: Load;
  readonly lighting: Load;
  readonly boilerGas: Load;
  readonly processWater: Load;
}

const QUARTER_MS = 900_000;

/** 1 while the shift runs, less at its edges and at weekends. */
function shift(wall: WallClock): number {
  const holiday = wall.yearDay >= 357 || wall.yearDay <= 1;
  if (holiday || wall.weekday === 0) return 0.06;
  if (wall.weekday === 6) return wall.hour > 6 && wall.hour < 13 ? 0.45 : 0.06;
  const up = Math.min(1, Math.max(0, (wall.hour - 5.25) / 1.25));
  const down = Math.min(1, Math.max(0, (22.25 - wall.hour) / 1.5));
  const lunch = 1 - 0.22 * bell(wall.hour, 12.25, 0.45);
  const late = wall.hour > 15.5 ? 0.72 : 1;
  return Math.max(0.06, up * down * lunch * late);
}

/** The summer afternoon on which two chillers start while the paint line heats up: it sets the ratchet for a year. */
export function isPeakStory(wall: WallClock): boolean {
  return wall.weekday === 2 && wall.yearDay >= 218 && wall.yearDay < 225 && wall.hour >= 14.25 && wall.hour < 14.75;
}

/** A night leak in the process water: three weeks out of every nine. */
export function isLeakStory(wall: WallClock): boolean {
  return wall.day % 63 >= 40;
}

/** All loads of the demo plant, the main meter being their sum and what nobody measures. */
export function plantLoads(seed: number, clock: (tMs: number) => WallClock): PlantLoads {
  const wobble = (salt: number, startMs: number): number => jitter(seed + salt, startMs / QUARTER_MS);
  const summer = (wall: WallClock): number => Math.max(0, Math.sin(((wall.yearDay - 110) / 365) * 2 * Math.PI));
  const load = (salt: number, rate: (wall: WallClock, noise: number, startMs: number) => number): Load =>
    loadOf((startMs) => Math.max(0, rate(clock(startMs), wobble(salt, startMs), startMs)));
  const compressors = load(1, (wall, noise) => 14 + 82 * shift(wall) + 5 * noise);
  const chiller = load(2, (wall, noise) => 9 + shift(wall) * (34 + 62 * summer(wall)) + 3 * noise + (isPeakStory(wall) ? 118 : 0));
  const paintShop = load(3, (wall, noise) => 4 + 38 * shift(wall) + 3 * noise + (isPeakStory(wall) ? 61 : 0));
  const dustExtraction = load(4, (wall, noise) => 1.5 + 44 * shift(wall) + 1.5 * noise);
  const lighting = load(5, (wall, noise) => 3 + 11 * (shift(wall) > 0.1 ? 1 : 0.2) + 0.2 * noise);
  const rest = load(6, (wall, noise) => 62 + 150 * shift(wall) + 9 * noise + 14 * drift(seed + 60, wall.day));
  const parts = [compressors, chiller, paintShop, dustExtraction, lighting, rest];
  return {
    main: loadOf((startMs) => parts.reduce((sum, part) => sum + part.rate(startMs), 0)),
    compressors,
    chiller,
    paintShop,
    dustExtraction,
    lighting,
    boilerGas: load(7, (wall, noise) => 6 + 28 * shift(wall) * (1.15 - 0.8 * summer(wall)) + 1.2 * noise),
    processWater: load(8, (wall, noise, startMs) => {
      const draw = chance(seed + 80, startMs / QUARTER_MS) > 0.45 ? 4.6 * shift(wall) : 0.6 * shift(wall);
      return 0.1 + draw + (isLeakStory(wall) ? 0.72 : 0) + 0.03 * noise;
    }),
  };
}
