import { EPOCH_MS, type Load } from "./load.ts";
import { DAY_MS } from "./spans.ts";

/** What share of a day has passed by its clock when this share of its time has: 0 at its beginning, 1 at its end. */
export type DayShape = (share: number) => number;

const EVENLY: DayShape = (share) => share;

/** As much as the sun of a long day has brought. */
export const SUNNY: DayShape = (share) => {
  const light = Math.min(1, Math.max(0, (share - 0.22) / 0.56));
  return light * light * (3 - 2 * light);
};

/**
 * What flows day by day, and the register that counts it: like the loads of a quarter-hour, for dials that are read too rarely to
 * see more. Days are those of UTC; the rate is the mean of the day.
 */
export function dailyLoad(amountOfDay: (day: number) => number, shape: DayShape = EVENLY): Load {
  const total: number[] = [0];
  const until = (day: number): number => {
    while (total.length <= day) total.push((total.at(-1) as number) + amountOfDay(total.length - 1));
    return total[day] as number;
  };
  const dayOf = (tMs: number): number => Math.floor((tMs - EPOCH_MS) / DAY_MS);
  return {
    rate: (tMs) => (until(dayOf(tMs) + 1) - until(dayOf(tMs))) / 24,
    total(tMs) {
      const day = dayOf(tMs);
      const from = until(day);
      return from + (until(day + 1) - from) * shape((tMs - EPOCH_MS - day * DAY_MS) / DAY_MS);
    },
  };
}

/** The load of some together, each with its factor. */
export function together(parts: readonly { readonly load: Load; readonly factor: number }[]): Load {
  const sum = (of: (load: Load) => number): number => parts.reduce((all, { load, factor }) => all + factor * of(load), 0);
  return { rate: (tMs) => sum((load) => load.rate(tMs)), total: (tMs) => sum((load) => load.total(tMs)) };
}
