import { numberWords } from "#web/charts/numbers.ts";
import type { TimeSpan } from "#web/charts/time-ticks.ts";
import { DAY_MS, type ZoneClock } from "#web/charts/zone-clock.ts";
import type { Statistics } from "./statistics.ts";

export interface Before {
  readonly span: TimeSpan;
  /** "the week before" */
  readonly words: string;
}

const MOST_DAYS = 400;

/** As many days before a window of whole days on the wall's clock; a week of 167 hours has one of 168 before it. Other windows have none. */
export function beforeOf(span: TimeSpan, clock: ZoneClock): Before | undefined {
  const from = clock.wallMs(span.fromMs);
  const to = clock.wallMs(span.toMs);
  const days = Math.round((span.toMs - span.fromMs) / DAY_MS);
  const whole = (to - from) % DAY_MS === 0 || (span.toMs - span.fromMs) % DAY_MS === 0;
  if (days < 1 || days > MOST_DAYS || !whole) return undefined;
  return { span: { fromMs: clock.instantMs(from - days * DAY_MS), toMs: span.fromMs }, words: NAMES[days] ?? `the ${days} days before` };
}

const NAMES: Readonly<Record<number, string>> = { 1: "the day before", 7: "the week before", 365: "the year before" };
const FAIR = 0.02;
const SAME = 0.0005;

/** The change from one amount to the other in words; undefined where either has holes, or there is nothing to compare with. */
export function changeWords(now: Statistics, before: Statistics, words: string): string | undefined {
  const counted = now.amount !== undefined && before.amount !== undefined && now.amount.value >= 0 && before.amount.value > 0;
  if (!counted || now.missing > FAIR || before.missing > FAIR || now.amount.unit !== before.amount.unit) return undefined;
  const change = now.amount.value / before.amount.value - 1;
  if (Math.abs(change) < SAME) return `as much as ${words}`;
  const percent = Math.abs(change) * 100;
  return `${numberWords(percent, percent < 100 ? 1 : 0)}\u00a0% ${change > 0 ? "more" : "less"} than ${words}`;
}
