import { DAY_MS } from "#calendar/civil.ts";
import { isMeasured } from "./measured-rows.ts";
import type { MeterAnomaly } from "./meter-anomaly.ts";
import type { MeterConsumption } from "./meter-consumption.ts";
import { dayText, figureText, type RuleSettings } from "./meter-words.ts";

/** Rows whose mean is taken, the one that is judged included. */
const ROWS = 7;
const TIMES = 2;

/**
 * The original's rule under its name: a row above twice the mean of the last seven, itself among them, on what was truly used in
 * each row. It knows neither season nor weekday, and is there to compare with.
 * Missing: rows that are not measured are neither told nor part of a mean; the first row is never told.
 */
export function simpleSpans(days: MeterConsumption, { zone, unit }: RuleSettings): MeterAnomaly[] {
  const found: MeterAnomaly[] = [];
  const last: number[] = [];
  for (let i = 0; i < days.amount.length; i += 1) {
    if (!isMeasured(days, i)) continue;
    const amount = days.amount[i] as number;
    last.push(amount);
    if (last.length > ROWS) last.shift();
    const mean = last.reduce((sum, one) => sum + one, 0) / last.length;
    if (!(amount > TIMES * mean)) continue;
    const [fromMs, toMs] = [days.edgesMs[i] as number, days.edgesMs[i + 1] as number];
    const when = toMs - fromMs < 2 * DAY_MS ? `on ${dayText(fromMs, zone)}` : `from ${dayText(fromMs, zone)}`;
    found.push({
      id: `simple:${fromMs}`,
      rule: "simple",
      fromMs,
      toMs,
      amount,
      expected: mean,
      low: 0,
      high: TIMES * mean,
      score: Number.NaN,
      sentence: `Used ${figureText(amount)} ${unit} ${when}; more than twice the mean of the last ${last.length}, ${figureText(mean)} ${unit}.`,
    });
  }
  return found;
}
