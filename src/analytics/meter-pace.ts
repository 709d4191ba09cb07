import { daysInMonth } from "#calendar/civil.ts";
import type { Zone } from "#calendar/zone.ts";
import type { Pace } from "./meter-consumption.ts";

const MONTHS = 12;

/** Consumption that nobody measured is spread evenly over time. */
export function evenPace(): Pace {
  return { at: (tMs) => tMs, name: "evenly" };
}

/**
 * Consumption by the share of each month: every instant of a month weighs the same, and a whole month its percent. What it sums to
 * does not matter: 101 is as good as 100.
 * Errors:  RangeError unless there are twelve shares, none below zero, and one above it.
 */
export function monthlyPace(percent: readonly number[], zone: Zone, { name = "by the months of the year" } = {}): Pace {
  if (percent.length !== MONTHS || percent.some((share) => !(share >= 0 && share < Infinity)) || percent.every((share) => share === 0)) {
    throw new RangeError(`A pattern of months is twelve shares, none below zero and one above it, not [${percent.join(", ")}]`);
  }
  const months = new Months(percent, zone);
  return { at: (tMs) => months.at(tMs), name };
}

/** The share of each month in percent: the same pattern, so that it sums to 100. */
export function percentOf(shares: readonly number[]): number[] {
  const sum = shares.reduce((total, share) => total + share, 0);
  return shares.map((share) => (100 * share) / sum);
}

/** Mean length of a month in days over the years. */
export function meanDays(month: number): number {
  return month === 2 ? 28.2425 : daysInMonth(2001, month);
}

/** Shares that passed since the year of the epoch, one year after another. */
class Months {
  private readonly before: readonly number[];
  private readonly share: readonly number[];
  private readonly zone: Zone;
  /** The month of the last answer: neighbours in time are asked one after another. */
  private fromMs = 0;
  private toMs = 0;
  private passed = 0;
  private perMs = 0;

  constructor(percent: readonly number[], zone: Zone) {
    this.share = percentOf(percent);
    this.before = this.share.map((_, month) => this.share.slice(0, month).reduce((sum, share) => sum + share, 0));
    this.zone = zone;
  }

  at(tMs: number): number {
    if (!(tMs >= this.fromMs && tMs < this.toMs)) this.turnTo(tMs);
    return this.passed + (tMs - this.fromMs) * this.perMs;
  }

  private turnTo(tMs: number): void {
    const { zone } = this;
    this.fromMs = zone.startOf("month", tMs);
    this.toMs = zone.nextStart("month", tMs);
    const date = new Date(zone.localOf(this.fromMs));
    const month = date.getUTCMonth();
    this.passed = (date.getUTCFullYear() - 1970) * 100 + (this.before[month] as number);
    this.perMs = (this.share[month] as number) / (this.toMs - this.fromMs);
  }
}
