import { UNIT_TABLE } from "./unit-table.ts";

/** A unit as this house spells it. A base value is `(value - zero) × per / of`. */
export interface Unit {
  readonly symbol: string;
  /** Units of one dimension convert into each other: `energy`, `temperature`, `price in €`. */
  readonly dimension: string;
  readonly per: number;
  readonly of: number;
  /** Where the scale has its zero: 32 for °F on the scale of °C. */
  readonly zero: number;
}

const CASED = /^[mM](?:W|Wh|VA|V|A|J|Hz|var|VAr|VAR)$/;

const bySymbol = new Map<string, Unit>();
const bySpelling = new Map<string, Unit>();
for (const row of UNIT_TABLE) {
  const unit: Unit = { symbol: row.symbol, dimension: row.dimension, per: row.per, of: row.of ?? 1, zero: row.zero ?? 0 };
  bySymbol.set(row.symbol, unit);
  for (const spelling of [row.symbol, ...(row.also ?? [])]) bySpelling.set(fold(spelling), unit);
}

/** Case is dropped only where no two units differ by case alone (mW and MW do). */
function fold(spelling: string): string {
  const tight = spelling.normalize("NFKC").replace(/[\s·]/g, "").replace(/\^/g, "");
  return CASED.test(tight) ? tight : tight.toLowerCase();
}

const LONGEST_SPELLING = 40;

/** The unit of a sender's spelling: `m3`, `degC`, `kwh`, `cfm`, `€/kWh`. Missing: undefined for one nobody described. */
export function unitOf(spelling: string): Unit | undefined {
  const exact = bySymbol.get(spelling);
  if (exact !== undefined || spelling.length > LONGEST_SPELLING) return exact;
  return bySpelling.get(fold(spelling)) ?? priceOf(spelling);
}

/** The house's spelling; an unknown one stays as its sender wrote it. */
export function unitSymbol(spelling: string): string {
  return unitOf(spelling)?.symbol ?? spelling.trim();
}

const CURRENCY: Readonly<Record<string, readonly [string, number]>> = {
  ct: ["€", 100],
  cent: ["€", 100],
  eur: ["€", 1],
  "€": ["€", 1],
  $: ["$", 1],
  usd: ["$", 1],
  "¢": ["$", 100],
  aud: ["AUD", 1],
  a$: ["AUD", 1],
  gbp: ["£", 1],
  "£": ["£", 1],
  p: ["£", 100],
  chf: ["CHF", 1],
  nok: ["NOK", 1],
  sek: ["SEK", 1],
  dkk: ["DKK", 1],
};

/** Money per amount: `€/kWh`, `ct/kWh`, `$/MWh`, `€/m³`. */
function priceOf(spelling: string): Unit | undefined {
  const slash = spelling.indexOf("/");
  if (slash <= 0) return undefined;
  const word = spelling.slice(0, slash).trim().toLowerCase();
  const money = Object.hasOwn(CURRENCY, word) ? CURRENCY[word] : undefined;
  const amount = bySpelling.get(fold(spelling.slice(slash + 1)));
  if (money === undefined || amount === undefined) return undefined;
  const shown = money[1] === 1 ? money[0] : word === "cent" ? "ct" : word;
  return {
    symbol: `${shown}/${amount.symbol}`,
    dimension: `price in ${money[0]} per ${amount.dimension}`,
    per: amount.of,
    of: amount.per * money[1],
    zero: 0,
  };
}

/** Whether a value in one of these units can be said in the other. An unknown unit is only like itself. */
export function sameDimension(a: string, b: string): boolean {
  if (a === b) return true;
  const left = unitOf(a);
  return left !== undefined && left.dimension === unitOf(b)?.dimension;
}

/**
 * How to turn values of one unit into another, for a loop over a column.
 * Missing: undefined where the units are not of one dimension.
 */
export function conversion(from: string, to: string): ((value: number) => number) | undefined {
  return converter(from, to, true);
}

/** The same for a difference of two values: 10 °C of difference are 18 °F of difference, not 50. */
export function differenceConversion(from: string, to: string): ((value: number) => number) | undefined {
  return converter(from, to, false);
}

function converter(from: string, to: string, absolute: boolean): ((value: number) => number) | undefined {
  if (from === to) return same;
  const [a, b] = [unitOf(from), unitOf(to)];
  if (a === undefined || b === undefined || a.dimension !== b.dimension) return undefined;
  const up = a.per * b.of;
  const down = a.of * b.per;
  if (!absolute || (a.zero === 0 && b.zero === 0)) return linear(up, down);
  return (value) => ((value - a.zero) * up) / down + b.zero;
}

/** By the larger of the two factors alone, so that 1500 W are 1.5 kW and not 1.5000000000000002. */
function linear(up: number, down: number): (value: number) => number {
  if (up === down) return same;
  if (up % down === 0) return by(up / down);
  if (down % up === 0) return (value) => value / (down / up);
  const ratio = up > down ? up / down : down / up;
  return up > down ? by(ratio) : (value) => value / ratio;
}

function by(factor: number): (value: number) => number {
  return (value) => value * factor;
}

function same(value: number): number {
  return value;
}

/** A value in another unit. Missing: NaN stays NaN. Errors: RangeError where the units are not of one dimension: ask `sameDimension` first. */
export function convert(value: number, from: string, to: string): number {
  return orThrow(conversion(from, to), from, to)(value);
}

/** A difference of two values in another unit; see `differenceConversion`. */
export function convertDifference(value: number, from: string, to: string): number {
  return orThrow(differenceConversion(from, to), from, to)(value);
}

function orThrow(found: ((value: number) => number) | undefined, from: string, to: string): (value: number) => number {
  if (found === undefined) throw new RangeError(`${from} and ${to} are not units of one dimension`);
  return found;
}
