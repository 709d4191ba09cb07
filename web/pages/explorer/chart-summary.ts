import type { ChartLine } from "#web/charts/chart-line.ts";
import { lineNumber } from "#web/charts/line-number.ts";
import type { TimeSpan } from "#web/charts/time-ticks.ts";
import { instantWords, rangeWords } from "#web/charts/time-words.ts";
import { unitFamily } from "#web/charts/unit-scale.ts";
import { zoneClock } from "#web/charts/zone-clock.ts";
import type { Statistics } from "./statistics.ts";
import { shareText } from "./words.ts";

/** What the chart shows, in a few sentences, for those who cannot see it. */
export function chartSummary(
  lines: readonly ChartLine[],
  span: TimeSpan,
  { zone, statistics }: { readonly zone: string; readonly statistics: Statistics | undefined },
): string {
  const clock = zoneClock(zone);
  const first = lines[0];
  const names = lines.map((line) => `${line.label} in ${line.unit}`).join(", ");
  const head = `Chart of ${names}, ${rangeWords(clock, span.fromMs, span.toMs)}.`;
  if (first === undefined || statistics === undefined) return head;
  const unit = { unit: first.unit, factor: unitFamily(first.unit).factor };
  const say = (at: Statistics["highest"]) =>
    at === undefined ? "not known" : `${lineNumber(first, unit, at.value)} ${first.unit} at ${instantWords(clock, at.tMs)}`;
  return `${head} ${first.label}: highest ${say(statistics.highest)}, lowest ${say(statistics.lowest)}; ${shareText(statistics.missing)} of the time has no readings.`;
}
