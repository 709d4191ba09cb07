import { Decimal } from "decimal.js";
import type { Rounding } from "./plan.ts";

/** Decimals of bills: wide enough that nothing is rounded before a line says so. */
const Money = Decimal.clone({ precision: 40, rounding: Decimal.ROUND_HALF_UP });

export const ROUNDING: Rounding = { line: 2, total: 2, mode: "half-up" };

/** An exact decimal. A float loses the noise of its arithmetic (0.6 × 3 is 1.8); NaN is 0, for nothing is billed where nothing is known. */
export function decimal(value: string | number): Decimal {
  if (typeof value === "string") return new Money(value);
  return new Money(Number.isFinite(value) ? value.toPrecision(15) : 0);
}

export const ZERO: Decimal = decimal("0");

/** A quotient of whole numbers as exact as decimals are. */
export function ratio(part: number, whole: number): Decimal {
  return whole === 0 ? ZERO : decimal(part).div(whole);
}

export function sumOf(amounts: readonly Decimal[]): Decimal {
  return amounts.reduce((sum, amount) => sum.plus(amount), ZERO);
}

/** A share of a month is a quotient, cut at forty digits: 25 of 30 days of 0.03 are 0.025, and not a hair below it. */
const EXACT_PLACES = 30;

function rounded(amount: Decimal, places: number, mode: Rounding["mode"]): Decimal {
  return amount.toDecimalPlaces(EXACT_PLACES, Decimal.ROUND_HALF_UP).toDecimalPlaces(places, modeOf(mode));
}

/** The amount of a line, as the plan rounds lines. */
export function roundLine(amount: Decimal, { line, mode }: Rounding): Decimal {
  return line === "none" ? amount : rounded(amount, line, mode);
}

/** The total, as the plan rounds totals. */
export function roundTotal(amount: Decimal, { total, mode }: Rounding): Decimal {
  return rounded(amount, total, mode);
}

function modeOf(mode: Rounding["mode"]): Decimal.Rounding {
  return mode === "half-even" ? Decimal.ROUND_HALF_EVEN : Decimal.ROUND_HALF_UP;
}

/** A float without the noise of its arithmetic. Missing: NaN stays. */
export function clean(value: number): number {
  return Number(value.toPrecision(15));
}
