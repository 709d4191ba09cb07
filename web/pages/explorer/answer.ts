import type { SeriesInfo } from "#contract/series.ts";
import { numberWords, threeDigits } from "#web/charts/numbers.ts";
import { midnights, type TimeSpan } from "#web/charts/time-ticks.ts";
import { dayWords, durationWords, rangeWords } from "#web/charts/time-words.ts";
import { shownUnit, unitFamily } from "#web/charts/unit-scale.ts";
import { HOUR_MS, type ZoneClock } from "#web/charts/zone-clock.ts";
import { RANGE_WORDS, type RangeName } from "#web/client/range.ts";
import { unitText } from "#web/parts/format-number.ts";
import type { PictureColumn } from "./picture.ts";
import type { Statistics } from "./statistics.ts";
import { amountText, plural, shareText } from "./words.ts";

export interface AnswerParts {
  readonly info: SeriesInfo;
  readonly name: string;
  readonly statistics: Statistics;
  readonly span: TimeSpan;
  readonly clock: ZoneClock;
  /** The preset the span came from; undefined for two instants. */
  readonly range: RangeName | undefined;
  readonly digits: number | undefined;
  /** "4.2 % more than the week before", where that is known. */
  readonly change?: string | undefined;
}

const NO_BREAK = "\u00a0";
const SAID_AS_PART = 0.01;

/** One sentence with the number people came for: an amount where there is one, else the mean. */
export function answerSentence(parts: AnswerParts): string {
  const { info, name, statistics, digits } = parts;
  const when = whenWords(parts);
  if (statistics.readings === 0) return `${name} has no readings ${when}.`;
  const { amount, mean } = statistics;
  const meanWords = mean === undefined ? undefined : meanText(mean, unitText(info.unit), digits);
  if (amount !== undefined) {
    const rest = parts.change ?? (meanWords === undefined ? undefined : `${meanWords} on average`);
    const average = rest === undefined ? "" : `, ${rest}`;
    return `${name} ${verb(info, statistics)} ${amountText(amount.value, unitText(amount.unit))} ${when}${average}.`;
  }
  if (meanWords !== undefined) return `${name} averaged ${meanWords} ${when}.`;
  return `${name} has ${plural(statistics.readings, "reading")} ${when}.`;
}

/** "258.2 kW", "1.99 kW" for 1,990 W: the source's digits in its own unit, else three digits in the unit that reads best. */
function meanText(mean: number, unit: string, digits: number | undefined): string {
  if (digits !== undefined) return `${numberWords(mean, digits)}${NO_BREAK}${unit}`;
  const family = unitFamily(unit);
  const shown = shownUnit(family.base, Math.abs(mean * family.factor));
  const value = (mean * family.factor) / shown.factor;
  return `${numberWords(value, threeDigits(value))}${NO_BREAK}${shown.unit}`;
}

function verb(info: SeriesInfo, statistics: Statistics): string {
  const both = (statistics.lowest?.value ?? 0) < 0 && info.kind !== "counter";
  const word = info.medium === "export" ? "delivered" : both ? "drew" : info.quantity.includes("pulse") ? "counted" : "used";
  // A register counts through a gap; a rate does not, so its amount is a lower bound.
  const atLeast = info.kind !== "counter" && statistics.missing > SAID_AS_PART ? " at least" : "";
  return both ? `${word} a net` : `${word}${atLeast}`;
}

function whenWords({ range, clock, span }: AnswerParts): string {
  return (range === undefined ? undefined : RANGE_WORDS[range]) ?? `from ${rangeWords(clock, span.fromMs, span.toMs)}`;
}

/** Where the answer comes from: completeness, readings and points, the zone, days that are not 24 hours long. */
export function evidenceOf(parts: AnswerParts, known: PictureColumn | undefined, points: number): string[] {
  const { statistics, span, clock } = parts;
  const shares = [
    `${shareText(statistics.measured)} measured`,
    ...(statistics.estimated > 0 ? [`${shareText(statistics.estimated)} estimated`] : []),
    ...(statistics.missing > 0 ? [`${shareText(statistics.missing)} missing`] : []),
  ].join(", ");
  const readings = plural(statistics.readings, "reading");
  const width =
    known?.mode === "buckets" && known.bucketMs !== undefined ? ` as ${plural(points, "point")} of ${durationWords(known.bucketMs)}` : "";
  return [
    shares,
    `${readings}${width}`,
    ...(statistics.falls === 0 ? [] : [`register fell ${times(statistics.falls)}`]),
    placeWords(oddDays(span, clock), clock),
  ];
}

/** The zone the times are in; a day that is not 24 hours long says more than its name. */
function placeWords(odd: readonly string[], clock: ZoneClock): string {
  if (odd.length > 0) return odd.join(", ");
  return `${clock.zone.split("/").at(-1)?.replaceAll("_", " ") ?? clock.zone} time`;
}

const times = (count: number): string => (count === 1 ? "once" : count === 2 ? "twice" : `${numberWords(count, 0)} times`);

const LOOK_FOR_ODD_DAYS_MS = 45 * 24 * HOUR_MS;

/** "Sunday has 23 hours", for days that lie in the span with some of themselves. */
export function oddDays(span: TimeSpan, clock: ZoneClock): string[] {
  if (span.toMs - span.fromMs > LOOK_FOR_ODD_DAYS_MS) return [];
  const starts = [clock.dayStartMs(span.fromMs), ...midnights(span, clock)];
  return [...new Set(starts)].flatMap((start) => {
    const hours = (clock.addDaysMs(start, 1) - start) / HOUR_MS;
    return hours === 24 || start >= span.toMs ? [] : [`${dayWords(clock.wallMs(start), true)} has ${hours} hours`];
  });
}
