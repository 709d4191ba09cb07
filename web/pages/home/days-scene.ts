import type { HomeDay } from "#contract/home.ts";
import type { Bar, BarScene } from "#web/charts/bar-scene.ts";
import { type TimeSpan, timeTicks } from "#web/charts/time-ticks.ts";
import { dayWords, yearOf } from "#web/charts/time-words.ts";
import { HOUR_MS, type ZoneClock } from "#web/charts/zone-clock.ts";
import { coverageWords, energyText } from "./words.ts";

/** What of the days is shown or hidden. */
export type DayTrace = "bought" | "sold" | "mean";

export interface DaysParts {
  readonly days: readonly HomeDay[];
  readonly shown: ReadonlySet<DayTrace>;
  readonly clock: ZoneClock;
  readonly nowMs: number;
}

/** Days as bars: bought above zero, sold below, today in full ink, hatched where only a part was observed. */
export function daysScene({ days, shown, clock, nowMs }: DaysParts): BarScene {
  const span = spanOfDays(days);
  const sold = shown.has("sold") && days.some((day) => (day.soldKwh ?? 0) > 0);
  const bar = (day: HomeDay, kwh: number | null, color: string): Bar => ({
    x0: day.fromMs,
    x1: day.toMs,
    value: kwh ?? Number.NaN,
    color,
    ...(isToday(day, nowMs) ? { strong: true } : day.partial ? { hatched: true } : {}),
  });
  return {
    fromX: span.fromMs,
    toX: span.toMs,
    unit: "kWh",
    bars: days.map((day) => bar(day, shown.has("bought") ? day.boughtKwh : null, "--import")),
    ...(sold ? { below: days.map((day) => bar(day, day.soldKwh === null ? null : -day.soldKwh, "--export")) } : {}),
    lines: shown.has("mean")
      ? [
          {
            x: days.map((day) => (day.fromMs + day.toMs) / 2),
            y: days.map((day) => day.mean30Kwh ?? Number.NaN),
            shape: "line",
            color: "--text-2",
          },
        ]
      : [],
    levels: [],
    shades: [],
    // A day's name stands below its middle.
    ticks: (widthPx) =>
      timeTicks(span, widthPx, clock)
        .filter((tick) => tick.tMs < span.toMs)
        .map(({ tMs, label }) => ({ x: tMs + 12 * HOUR_MS, label })),
  };
}

export const isToday = (day: Pick<HomeDay, "fromMs" | "toMs">, nowMs: number): boolean => day.fromMs <= nowMs && nowMs < day.toMs;

/** From the beginning of the first day to the end of the last. */
export function spanOfDays(days: readonly HomeDay[]): TimeSpan {
  return { fromMs: days[0]?.fromMs ?? 0, toMs: days.at(-1)?.toMs ?? 1 };
}

/** "Tue 10 Mar: 4.862 kWh bought, 11.3 kWh sold, € 1.93, so far". */
export function dayBarWords(day: HomeDay, money: string | undefined, { clock, nowMs }: Pick<DaysParts, "clock" | "nowMs">): string {
  const wall = clock.wallMs(day.fromMs);
  const year = yearOf(wall) === yearOf(clock.wallMs(nowMs)) ? "" : ` ${yearOf(wall)}`;
  const known = [
    `${energyText(day.boughtKwh)} bought`,
    ...(day.soldKwh === null ? [] : [`${energyText(day.soldKwh)} sold`]),
    ...(money === undefined ? [] : [money]),
    ...(isToday(day, nowMs) ? ["so far"] : day.partial ? [coverageWords(day.coverage)] : []),
  ];
  return `${dayWords(wall, true)}${year}: ${known.join(", ")}`;
}
