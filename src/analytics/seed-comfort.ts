import { DAY_MS, MINUTE_MS } from "#calendar/civil.ts";
import type { Column } from "#series/column.ts";
import { seedPairs } from "./seed-pairs.ts";

/** The older system's comfort: every sample counts one. NaN where there is none. */
export interface SeedComfort {
  readonly samples: number;
  readonly withinPct: number;
  readonly meanError: number;
}

export interface SeedComfortOptions {
  /** Minutes after midnight, both inclusive; a window over midnight holds nothing. */
  readonly fromMinute: number;
  readonly toMinute: number;
  readonly band: number;
  /** Milliseconds east of UTC of the clock that is read at an instant: that of the site, of a message, or 0 for UTC. */
  readonly offsetAt: (tMs: number) => number;
  /** 30 s unless said. */
  readonly toleranceMs?: number;
}

/**
 * Comfort as the older system reckons it: temperatures whose clock shows a time within the window, each with the setpoint nearest to it;
 * inside is no further from it than the band; every sample counts one, every day counts.
 * Units:   both in one unit. Missing: temperatures without a setpoint near enough are left out.
 */
export function seedComfort(temperature: Column, setpoint: Column | number, options: SeedComfortOptions): SeedComfort {
  const { fromMinute, toMinute, band, offsetAt, toleranceMs } = options;
  const { tMs, value, partner } = seedPairs(temperature, setpoint, toleranceMs);
  let [samples, within, sum] = [0, 0, 0];
  for (let row = 0; row < tMs.length; row += 1) {
    const at = tMs[row] as number;
    const clockMs = (((at + offsetAt(at)) % DAY_MS) + DAY_MS) % DAY_MS;
    if (clockMs < fromMinute * MINUTE_MS || clockMs > toMinute * MINUTE_MS) continue;
    const error = (value[row] as number) - (partner[row] as number);
    samples += 1;
    sum += error;
    if (Math.abs(error) <= band) within += 1;
  }
  return { samples, withinPct: (100 * within) / samples, meanError: sum / samples };
}
