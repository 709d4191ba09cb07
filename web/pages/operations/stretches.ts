import { weekdayOf } from "#web/charts/time-words.ts";
import type { ZoneClock } from "#web/charts/zone-clock.ts";
import type { Stretch } from "#web/pages/plant/plant-queries.ts";

/** The week from Monday to Sunday that holds an instant, by the plant's clock. */
export function weekOf(tMs: number, clock: ZoneClock): Stretch {
  const since = (weekdayOf(clock.wallMs(tMs)) + 6) % 7;
  const fromMs = clock.addDaysMs(tMs, -since);
  return { fromMs, toMs: clock.addDaysMs(fromMs, 7) };
}

/** The calendar month before the one that begins at an instant. */
export function lastMonthOf(monthMs: number, clock: ZoneClock): Stretch {
  const wall = new Date(clock.wallMs(monthMs));
  return { fromMs: clock.instantMs(Date.UTC(wall.getUTCFullYear(), wall.getUTCMonth() - 1, 1)), toMs: monthMs };
}
