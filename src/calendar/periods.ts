import { civilMs, civilOf, daysInMonth } from "./civil.ts";
import { dateText } from "./local-text.ts";
import { readTime } from "./time-text.ts";
import type { Zone } from "./zone.ts";

/**
 * How a site's time is cut into billing periods. An anchor or read date is a local date, or a date with a time of day; an
 * offset that is written behind it is dropped, for it is the clock of the place that is meant.
 */
export type PeriodRule =
  | { readonly kind: "calendar" }
  /** Period k begins at anchor + k months, its day held within the month. */
  | { readonly kind: "anchored"; readonly anchor: string }
  /** The dates on which the meter was read; before the first and after the last they are predicted month by month. */
  | { readonly kind: "listed"; readonly readDates: readonly string[] };

/** Half-open in time. */
export interface BillingPeriod {
  readonly fromMs: number;
  readonly toMs: number;
  /** Local date of its first day. */
  readonly name: string;
  /** One of its ends is a read date that nobody has stated. */
  readonly predicted?: true;
}

/** Billing periods of one place. They are numbered by whole numbers, tile time, and each is told from the rule alone. */
export class Periods {
  readonly rule: PeriodRule;
  readonly zone: Zone;
  /** Clock readings the rule states, ascending. */
  private readonly given: readonly number[];
  private readonly starts = new Map<number, number>();
  private readonly known = new Map<number, BillingPeriod>();
  private readonly months = new Map<number, number>();

  /** Errors: RangeError for a rule that `periodProblems` complains about. */
  constructor(rule: PeriodRule, zone: Zone) {
    const problems = periodProblems(rule);
    if (problems[0] !== undefined) throw new RangeError(problems[0]);
    this.rule = rule;
    this.zone = zone;
    this.given = rule.kind === "calendar" ? [0] : datesOf(rule).map((date) => clockOf(date) as number);
  }

  /** The number of the period that holds the instant. */
  index(tMs: number): number {
    let k = this.guess(tMs);
    while (this.start(k) > tMs) k -= 1;
    while (this.start(k + 1) <= tMs) k += 1;
    return k;
  }

  /** The period of that number. */
  period(k: number): BillingPeriod {
    const known = this.known.get(k);
    if (known) return known;
    const made = this.make(k);
    this.known.set(k, made);
    return made;
  }

  /** The periods that touch [fromMs, toMs), ascending. */
  between(fromMs: number, toMs: number): BillingPeriod[] {
    const found: BillingPeriod[] = [];
    if (!(fromMs < toMs)) return found;
    for (let k = this.index(fromMs); this.start(k) < toMs; k += 1) found.push(this.period(k));
    return found;
  }

  /** Months since January of year 0 of the month that holds the middle of the period: the month a seasonal rule asks for. */
  monthIndex(k: number): number {
    const known = this.months.get(k);
    if (known !== undefined) return known;
    const middle = civilOf(this.zone.localOf((this.start(k) + this.start(k + 1)) / 2));
    const month = middle.year * 12 + middle.month - 1;
    this.months.set(k, month);
    return month;
  }

  /** Local days of the period. */
  days(k: number): number {
    return this.zone.daysBetween(this.start(k), this.start(k + 1));
  }

  private make(k: number): BillingPeriod {
    const fromMs = this.start(k);
    const span = { fromMs, toMs: this.start(k + 1), name: dateText(fromMs, this.zone) };
    return this.rule.kind === "listed" && (k < 0 || k >= this.given.length - 1) ? { ...span, predicted: true } : span;
  }

  private guess(tMs: number): number {
    const first = civilOf(this.given[0] as number);
    const at = civilOf(this.zone.localOf(tMs));
    return (at.year - first.year) * 12 + at.month - first.month;
  }

  private start(k: number): number {
    const known = this.starts.get(k);
    if (known !== undefined) return known;
    const startMs = this.zone.instantOf(this.clock(k), "earlier");
    this.starts.set(k, startMs);
    return startMs;
  }

  private clock(k: number): number {
    const last = this.given.length - 1;
    if (k >= 0 && k <= last) return this.given[k] as number;
    return k < 0 ? addMonths(this.given[0] as number, k) : addMonths(this.given[last] as number, k - last);
  }
}

/** What is wrong with a rule, in sentences; nothing where it can be used. */
export function periodProblems(rule: PeriodRule): string[] {
  if (rule.kind === "calendar") return [];
  const dates = datesOf(rule);
  if (dates.length === 0) return ["No read date is given: state at least one, such as 2026-01-17."];
  const problems = dates.filter((date) => clockOf(date) === undefined).map((date) => `${date} is no date: write it as 2026-01-17.`);
  for (const [i, date] of dates.entries()) {
    const before = dates[i - 1];
    if (before !== undefined && (clockOf(date) ?? Infinity) <= (clockOf(before) ?? -Infinity))
      problems.push(`The read date ${date} does not come after ${before}: list them in order, each once.`);
  }
  return problems;
}

function datesOf(rule: Exclude<PeriodRule, { kind: "calendar" }>): readonly string[] {
  return rule.kind === "anchored" ? [rule.anchor] : rule.readDates;
}

/** The clock reading of a date with or without time of day. */
function clockOf(text: string): number | undefined {
  const time = readTime(/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00` : text);
  return time?.localMs;
}

/** Always from the first clock reading: a day that was held within a short month comes back in a longer one. */
function addMonths(clockMs: number, months: number): number {
  const c = civilOf(clockMs);
  const index = c.year * 12 + c.month - 1 + months;
  const year = Math.floor(index / 12);
  const month = index - year * 12 + 1;
  return civilMs({ ...c, year, month, day: Math.min(c.day, daysInMonth(year, month)) });
}
