import type { AnomaliesAnswer, AnomalyInfo } from "#contract/anomalies.ts";
import { countText, numberText, rangeText } from "#web/parts/format-number.ts";
import { spanText } from "#web/parts/format-time.ts";

type Rule = AnomalyInfo["rule"];

/** How rules are called, with the sign that stands before the word. */
export const RULE_WORDS: Readonly<Record<Rule, { readonly words: string; readonly tone: "warn" | "bad" | "" }>> = {
  leak: { words: "✕ leak", tone: "bad" },
  unusual: { words: "! unusual", tone: "warn" },
  "below-zero": { words: "! below zero", tone: "warn" },
  simple: { words: "– simple rule", tone: "" },
};

const DAY_MS = 86_400_000;
/** A leak is found by whole days: one that still ran yesterday runs. */
const STILL_MS = 2 * DAY_MS;
const WEEK_MS = 6 * DAY_MS;
/** A day so long ago is told by its month. */
const DATED_MS = 45 * DAY_MS;

/** Whether a leak was still there when it was last looked. */
export const isRunning = ({ rule, toMs }: AnomalyInfo, nowMs: number): boolean => rule === "leak" && nowMs - toMs < STILL_MS;

/** The first line: how much is worth a look and since when, and what cannot wait. */
export function anomaliesSentence(answer: AnomaliesAnswer, zone?: string): string {
  const open = answer.anomalies.filter((one) => one.dismissed === null);
  const leaks = open.filter((one) => isRunning(one, answer.nowMs));
  const oldest = open.at(-1);
  if (oldest === undefined) {
    return answer.anomalies.length === 0 ? "No meter used anything that its past does not explain" : "Nothing is left to look at";
  }
  const things = `${countText(open.length)} ${open.length === 1 ? "thing" : "things"} worth a look since ${sinceWords(oldest.fromMs, answer.nowMs, zone)}`;
  const [leak] = leaks;
  if (leak === undefined) return open.length < 2 ? things : `${things}; ${newestWords(open, answer.nowMs, zone)}`;
  const when = sinceWords(leak.fromMs, answer.nowMs, zone);
  return `${things}; ${leaks.length === 1 ? `the leak at ${leak.name} runs since ${when}` : `${countText(leaks.length)} leaks run, the newest at ${leak.name}`}`;
}

const FOUND_WORDS: Readonly<Record<Rule, string>> = {
  leak: "a leak",
  unusual: "unusual use",
  "below-zero": "a difference below zero",
  simple: "a strong day",
};

/** "the newest is unusual use at Water on Tuesday". */
function newestWords([newest]: readonly AnomalyInfo[], nowMs: number, zone: string | undefined): string {
  if (newest === undefined) return "";
  const on = nowMs - newest.fromMs < DATED_MS ? "on" : "in";
  return `the newest is ${FOUND_WORDS[newest.rule]} at ${newest.name} ${on} ${sinceWords(newest.fromMs, nowMs, zone)}`;
}

/** How many of the findings before one are of its kind: the same rule at the same meter. */
export function likeItBefore(one: AnomalyInfo, all: readonly AnomalyInfo[]): number {
  return all.filter(
    ({ meter, rule, fromMs, dismissed }) => meter === one.meter && rule === one.rule && dismissed === null && fromMs < one.fromMs,
  ).length;
}

/** "Tuesday", "12 October", "October 2025": a beginning as people say it. */
export function sinceWords(tMs: number, nowMs: number, zone?: string): string {
  const age = nowMs - tMs;
  const style: Intl.DateTimeFormatOptions =
    age < WEEK_MS ? { weekday: "long" } : age < DATED_MS ? { day: "numeric", month: "long" } : { month: "long", year: "numeric" };
  return new Intl.DateTimeFormat(undefined, { ...style, ...(zone === undefined ? {} : { timeZone: zone }) }).format(tMs);
}

/** "512 kWh; expected 180 to 240 kWh": the numbers of one finding. Of a leak nothing is expected. */
export function amountWords({ rule, amount, low, high, unit }: AnomalyInfo): {
  readonly amount: string;
  readonly expected: string | undefined;
} {
  const style = { unit, keepUnit: true };
  const known = rule !== "leak" && low !== null && high !== null;
  return { amount: numberText(amount, style), expected: known ? rangeText(low, high, { unit }) : undefined };
}

/** Where range, expectation and amount stand on a bar, in percent of its width. Missing: undefined without an amount, and for a leak. */
export interface BarScene {
  readonly from: number;
  readonly to: number;
  readonly expected: number | undefined;
  readonly point: number;
}

/** A bar from zero (or below) to a little beyond the largest of all. */
export function barScene({ rule, amount, expected, low, high }: AnomalyInfo): BarScene | undefined {
  if (amount === null || rule === "leak") return undefined;
  const known = [amount, expected, low, high].filter((value) => value !== null);
  const least = Math.min(0, ...known);
  const most = Math.max(...known, least + 1e-9);
  // Room at both ends, so that a point is never cut.
  const at = (value: number): number => Math.round((0.03 + 0.94 * ((value - least) / (most - least))) * 1_000) / 10;
  return {
    from: at(low ?? least),
    to: at(high ?? low ?? least),
    expected: expected === null ? undefined : at(expected),
    point: at(amount),
  };
}

/** What of the findings is shown. */
export interface Filters {
  readonly meter: string | undefined;
  readonly rule: string | undefined;
  readonly dismissed: boolean;
}

/** The findings that pass; those a person put aside only when asked for. */
export function filtered(anomalies: readonly AnomalyInfo[], { meter, rule, dismissed }: Filters): AnomalyInfo[] {
  return anomalies.filter(
    (one) =>
      (meter === undefined || one.meter === meter) && (rule === undefined || one.rule === rule) && (one.dismissed !== null) === dismissed,
  );
}

/** Reasons that come up again and again. */
export const REASONS = [
  "Guests or a party",
  "On holiday",
  "Somebody repaired something",
  "The reading was wrong",
  "Known and as it should be",
];

/** "Tue 17 Nov", "9 – 12 Nov", "9 – 12 Nov 2025": the stretch of a finding, in days where it is whole days, with its year where that is long ago. */
export function stretchText(span: { readonly fromMs: number; readonly toMs: number }, nowMs: number, zone?: string): string {
  const old = nowMs - span.fromMs >= 300 * DAY_MS;
  const oneDay = span.toMs - span.fromMs <= 1.1 * DAY_MS && startsDay(span.fromMs, zone) && startsDay(span.toMs, zone);
  if (!old && !oneDay) return spanText(span, nowMs, { zone });
  const days: Intl.DateTimeFormatOptions = {
    day: "numeric",
    month: "short",
    ...(old ? { year: "numeric" } : {}),
    ...(oneDay ? { weekday: "short" } : {}),
  };
  return new Intl.DateTimeFormat(undefined, { ...days, ...(zone === undefined ? {} : { timeZone: zone }) }).formatRange(
    span.fromMs,
    span.toMs - 1,
  );
}

function startsDay(tMs: number, zone: string | undefined): boolean {
  const clock = new Intl.DateTimeFormat("en-GB", {
    timeStyle: "medium",
    hourCycle: "h23",
    ...(zone === undefined ? {} : { timeZone: zone }),
  });
  return clock.format(tMs) === "00:00:00";
}
