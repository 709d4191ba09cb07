import { type Zone, zoneNamed } from "#calendar/zone.ts";
import type { MeterIndex } from "./meter-index.ts";

/** Meters that were made up, for tests and the table of errors. */
export const BERLIN = zoneNamed("Europe/Berlin");

export type Draw = () => number;

/** Numbers in [0, 1) that are the same for the same seed. Source: mulberry32 (T. Ettinger, public domain). */
export function drawing(seed: number): Draw {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export const normal = (draw: Draw): number => Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw());

const WEEK = [1, 1, 1.05, 1, 1.1, 1.5, 1.4] as const;

/** Ordinary consumption of a day, counted from the first. */
export type Ordinary = (draw: Draw, day: number) => number;

/** Ways of ordinary consumption that have no anomaly in them. */
export const ORDINARY: Readonly<Record<string, Ordinary>> = {
  gaussian: (draw, day) => Math.max(0, 10 * (WEEK[day % 7] as number) * (1 + 0.2 * normal(draw))),
  "log-normal": (draw, day) => 8 * (WEEK[day % 7] as number) * Math.exp(0.4 * normal(draw)),
  "wide log-normal": (draw) => 8 * Math.exp(0.8 * normal(draw)),
  exponential: (draw) => -0.2 * Math.log(1 - draw()),
  "zero on four days of ten": (draw) => (draw() < 0.4 ? 0 : -0.2 * Math.log(1 - draw())),
  "zero on eight days of ten": (draw) => (draw() < 0.8 ? 0 : -0.2 * Math.log(1 - draw())),
  "zero on nineteen days of twenty": (draw) => (draw() < 0.95 ? 0 : -0.2 * Math.log(1 - draw())),
};

/** Gas of a house that heats below 16 °C outside, with weather that lasts, and warm water. */
export function heatedHouse(draw: Draw): (day: number) => number {
  let weather = 0;
  return (day) => {
    weather = 0.8 * weather + 2.4 * normal(draw);
    const outside = 9.5 - 10 * Math.cos((2 * Math.PI * (day - 20)) / 365.25) + weather;
    return Math.max(0, 16 - outside) * 6 + 8 * Math.exp(0.3 * normal(draw));
  };
}

/** Gas of such a house by month, percent. */
export const HEATED_PERCENT = [17.5, 14, 12, 8, 4.5, 2.5, 2, 2, 3.5, 8, 12, 14] as const;

/** A register read so many times on each local day, the first at its beginning, with what each day used. */
export function readDaily(
  amounts: ArrayLike<number>,
  { firstDay, zone = BERLIN, reads = 4 }: { firstDay: string; zone?: Zone; reads?: number },
): MeterIndex {
  const tMs = new Float64Array(amounts.length * reads + 1);
  const total = new Float64Array(tMs.length);
  let dayMs = zone.dayStart(Date.parse(`${firstDay}T12:00Z`));
  tMs[0] = dayMs;
  for (let day = 0; day < amounts.length; day += 1) {
    const nextMs = zone.nextStart("day", dayMs);
    const before = total[day * reads] as number;
    for (let read = 1; read <= reads; read += 1) {
      tMs[day * reads + read] = dayMs + ((nextMs - dayMs) * read) / reads;
      total[day * reads + read] = before + ((amounts[day] as number) * read) / reads;
    }
    dayMs = nextMs;
  }
  return indexOf(tMs, total);
}

/** Some readings of a meter. */
export function indexOf(tMs: ArrayLike<number>, total: ArrayLike<number>): MeterIndex {
  const column = Float64Array.from(total);
  return { tMs: Float64Array.from(tMs), total: column, register: column, step: new Uint8Array(column.length) };
}

/** The readings that are left when those in [fromMs, toMs) were never taken. */
export function without({ tMs, total, register, step }: MeterIndex, fromMs: number, toMs: number): MeterIndex {
  const keep = (_: number, row: number): boolean => (tMs[row] as number) < fromMs || (tMs[row] as number) >= toMs;
  return { tMs: tMs.filter(keep), total: total.filter(keep), register: register.filter(keep), step: step.filter(keep) };
}

/** Days of amounts, of the same draw. */
export function daysOf(count: number, of: (day: number) => number): Float64Array {
  return Float64Array.from({ length: count }, (_, day) => of(day));
}
