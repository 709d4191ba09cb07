import type { HomeDesk } from "#api/homes/desk.ts";
import { MOST_DAYS } from "#api/homes/range.ts";
import { jsonNumber } from "#api/json-text.ts";
import { dateText } from "#calendar/local-text.ts";
import type { OldEnergySummary } from "#contract/old-tasmota.ts";

const DAY_MS = 86_400_000;
const NOON_MS = DAY_MS / 2;
const YEAR_DAYS = 365;
const MOVING_DAYS = 30;

/**
 * Days by the home's own midnights, the mean of the newest 365 days, and a moving mean of 30 listed days, those that are not whole
 * included, as the old monitor had it. Missing: days nobody observed are not listed; null without two readings.
 */
export async function energySummary(desk: HomeDesk | undefined): Promise<OldEnergySummary> {
  const { firstMs, lastMs } = desk === undefined ? {} : await desk.reports.info();
  if (desk === undefined || firstMs === undefined || lastMs === undefined || lastMs <= firstMs)
    return { avg_daily: null, daily: [], moving_avg_30d: [] };
  const { reports, zone } = desk;
  const earliestMs = Math.max(firstMs, zone.addDays(lastMs, 1 - MOST_DAYS));
  const days = await reports.days(dateText(earliestMs, zone), dateText(lastMs, zone));
  const daily = days
    .filter(({ boughtKwh }) => !Number.isNaN(boughtKwh))
    .map((day) => ({ t: zone.instantOf(zone.localOf(day.fromMs) + NOON_MS, "earlier"), kwh: day.boughtKwh, is_partial: day.partial }));
  const yearMs = Math.max(firstMs, lastMs - YEAR_DAYS * DAY_MS);
  const { boughtKwh } = await reports.figures({ fromMs: yearMs, toMs: lastMs });
  return {
    avg_daily: jsonNumber(boughtKwh / ((lastMs - yearMs) / DAY_MS)),
    daily,
    moving_avg_30d: daily.map(({ t }, row) => ({ t, kwh: mean(daily.slice(Math.max(0, row + 1 - MOVING_DAYS), row + 1)) })),
  };
}

function mean(days: readonly { readonly kwh: number }[]): number {
  return days.reduce((sum, { kwh }) => sum + kwh, 0) / days.length;
}
