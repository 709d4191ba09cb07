import { DAY_MS } from "#calendar/civil.ts";
import { weekdayOf } from "./local-days.ts";
import type { MeterAnomaly } from "./meter-anomaly.ts";
import { dateWords, dayText, figureText, monthText, type RuleSettings, rangeText } from "./meter-words.ts";
import { NOT_A_DAY, type ReadSpans } from "./read-spans.ts";
import { unusualId } from "./span-judgement.ts";
import { DAILY_HABITS, type RowJudgement } from "./usual-rows.ts";

/** Little use is told when less than this share of the usual was used, and this many usual days are missing. */
const LOW_SHARE = 0.5;
const LOW_DAYS = 3;
/** So much of what is expected a use has to lie beyond what is usual. */
const BEYOND_SHARE = 0.1;
/** After so many rows of the same kind it is a new habit. */
const HABIT_ROWS = DAILY_HABITS.habitRows;

/** What is worth reading of the stretches that were judged, neighbours to the same side as one. */
export function toldSpans(spans: ReadSpans, judgement: RowJudgement, settings: RuleSettings): MeterAnomaly[] {
  const found: MeterAnomaly[] = [];
  for (let row = 0; row < spans.fromMs.length; row += 1) {
    const side = judgement.side[row] as number;
    if (side === 0) continue;
    let end = row + 1;
    while (end < spans.fromMs.length && judgement.side[end] === side && spans.fromMs[end] === spans.toMs[end - 1]) end += 1;
    const told = { from: row, end, ...sums(spans, judgement, { from: row, end }) };
    if (side > 0 ? isBeyond(told) : isWorth(told)) found.push(anomalyOf(spans, told, { judgement, settings }));
    row = end - 1;
  }
  return found;
}

interface Told {
  readonly from: number;
  readonly end: number;
  readonly amount: number;
  readonly expected: number;
  readonly low: number;
  readonly high: number;
  readonly days: number;
}

function sums(
  spans: ReadSpans,
  { expected, low, high }: RowJudgement,
  { from, end }: { from: number; end: number },
): Omit<Told, "from" | "end"> {
  const sum = { amount: 0, expected: 0, low: 0, high: 0, days: 0 };
  const least = spans.amount.some((amount) => amount < 0) ? Number.NEGATIVE_INFINITY : 0;
  for (let row = from; row < end; row += 1) {
    const weight = spans.weight[row] as number;
    sum.amount += spans.amount[row] as number;
    sum.expected += weight * (expected[row] as number);
    sum.low += Math.max(least, weight * (low[row] as number));
    sum.high += weight * (high[row] as number);
    sum.days += ((spans.toMs[row] as number) - (spans.fromMs[row] as number)) / DAY_MS;
  }
  return sum;
}

/** More than what is usual by more than rounding of words: "63; 17–62 is usual" is not worth reading. */
function isBeyond({ amount, expected, high }: Told): boolean {
  return amount - high > BEYOND_SHARE * Math.abs(expected);
}

function isWorth({ amount, expected, days }: Told): boolean {
  return amount < LOW_SHARE * expected && ((expected - amount) / expected) * days >= LOW_DAYS - 0.5;
}

function anomalyOf(
  spans: ReadSpans,
  told: Told,
  { judgement, settings }: { judgement: RowJudgement; settings: RuleSettings },
): MeterAnomaly {
  let score = 0;
  for (let row = told.from; row < told.end; row += 1) {
    const here = judgement.score[row] as number;
    if (Math.abs(here) > Math.abs(score)) score = here;
  }
  return {
    id: unusualId(spans, told.from),
    rule: "unusual",
    fromMs: spans.fromMs[told.from] as number,
    toMs: spans.toMs[told.end - 1] as number,
    amount: told.amount,
    expected: told.expected,
    low: told.low,
    high: told.high,
    score,
    sentence: sentenceOf(spans, told, settings),
  };
}

function sentenceOf(spans: ReadSpans, told: Told, { zone, unit, isHoliday }: RuleSettings): string {
  const fromMs = spans.fromMs[told.from] as number;
  const toMs = spans.toMs[told.end - 1] as number;
  const used = `Used ${told.amount < told.low ? "only " : ""}${figureText(told.amount)} ${unit}`;
  const usual = `${rangeText(told.low, told.high)} ${unit} is usual`;
  if (told.end - told.from === 1 && spans.weekday[told.from] !== NOT_A_DAY) {
    const middleMs = (fromMs + toMs) / 2;
    const kind = isHoliday?.(zone.dayStart(middleMs)) ? "holiday" : (dayText(middleMs, zone).split(" ")[0] as string);
    const day = weekdayOf(middleMs, zone) < 5 && kind !== "holiday" ? "weekday" : kind;
    return `${used} on ${dayText(middleMs, zone)}; ${usual} for a ${day} in ${monthText(middleMs, zone)}.`;
  }
  // A stretch that ends at midnight ends with the day before.
  const span = `from ${dateWords(fromMs, zone)} until ${dateWords(toMs - 1, zone)}`;
  const habit = told.end - told.from > HABIT_ROWS ? " It went on for so long that it counts as usual from now on." : "";
  return `${used} ${span}; ${usual} for that time of year.${habit}`;
}
