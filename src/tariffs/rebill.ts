import { DAY_MS } from "#calendar/civil.ts";
import { dateStart, dateText } from "#calendar/local-text.ts";
import { Periods } from "#calendar/periods.ts";
import type { Bill } from "./bill.ts";
import { billOf } from "./bill-of.ts";
import { DemandHistory } from "./demand-history.ts";
import { Frame } from "./frame.ts";

/** Local dates, and another reading of R17 than usual. */
export interface Between {
  readonly from: string;
  readonly to: string;
  readonly shiftDays?: readonly [from: number, to: number];
  readonly excluded?: "count-as-demand" | "no-energy";
}

/**
 * Our bill between two dates: the periods before it are those of the plan's own rule, for its ratchet looks back at them.
 * Missing: undefined where no interval lies between them, or the plan does not reach them.
 * Errors: RangeError for dates that are none, or do not follow one another.
 */
export function billBetween(history: DemandHistory, { from, to, shiftDays = [0, 0], excluded }: Between): Bill | undefined {
  const { frame } = history;
  const { zone } = frame.periods;
  const [fromMs, toMs] = [dateStart(from, zone), dateStart(to, zone)];
  if (fromMs === undefined || toMs === undefined || fromMs >= toMs)
    throw new RangeError(`A bill goes from one date to a later one, not from ${from} to ${to}.`);
  const dates = [dateText(zone.addDays(fromMs, shiftDays[0]), zone), dateText(zone.addDays(toMs, shiftDays[1]), zone)];
  const periods = new Periods({ kind: "listed", readDates: [...readDatesBefore(history, fromMs), ...dates] }, zone);
  const options = { ...frame.options, periods, ...(excluded ? { excluded } : {}) };
  const again = new DemandHistory(new Frame(frame.plan, frame.intervals, options));
  return billOf(again, periods.index(dateStart(dates[0] as string, zone) as number));
}

/** Two years of read dates as the plan's own rule cuts them; the one nearest to the bill's beginning gives way to it. */
function readDatesBefore({ frame }: DemandHistory, fromMs: number): string[] {
  const { periods } = frame;
  const k = periods.index(fromMs);
  const dates: string[] = [];
  for (let j = k - LOOK_BACK; j <= k; j += 1) {
    const period = periods.period(j);
    if (period.fromMs < fromMs - NEAR_MS) dates.push(period.name);
  }
  return dates;
}

const LOOK_BACK = 24;
/** Nearer to the beginning of the bill than this, a boundary is that beginning. */
const NEAR_MS = 15 * DAY_MS;
