import { readDecimal } from "#web/parts/read-decimal.ts";

/** What of a stop decides how a number is typed. */
export interface Dial {
  readonly decimals: number;
  readonly low: number | null;
  readonly high: number | null;
}

/**
 * The number that somebody typed off a dial: comma or point, spaces and group marks as they like.
 * Missing: undefined for what is no number, also below zero, for no dial shows that.
 */
export function readNumber(text: string): number | undefined {
  return /[-−]/.test(text) ? undefined : readDecimal(text);
}

/**
 * What was probably meant by digits without a mark on a dial that has broken ones: 47113 for 4711.3.
 * Missing: undefined where what was typed fits, or nothing better is known.
 */
export function meantNumber(text: string, dial: Dial): number | undefined {
  const value = readNumber(text);
  if (value === undefined || dial.decimals === 0 || /[.,]/.test(text) || dial.low === null || dial.high === null) return undefined;
  const meant = value / 10 ** dial.decimals;
  const room = Math.max(dial.high - dial.low, 1);
  const near = (one: number): boolean => one >= (dial.low ?? 0) - room && one <= (dial.high ?? 0) + room;
  return near(meant) && !near(value) ? meant : undefined;
}

/** A number as a dial shows it, with the mark of the reader's own language. */
export function dialText(value: number, decimals: number, locale?: string): string {
  return new Intl.NumberFormat(locale, { minimumFractionDigits: decimals, maximumFractionDigits: Math.max(decimals, 3) }).format(value);
}

/** The same for a field, in which nothing parts the groups. */
export function fieldText(value: number, decimals: number, locale?: string): string {
  const style = { useGrouping: false, minimumFractionDigits: decimals, maximumFractionDigits: Math.max(decimals, 3) };
  return new Intl.NumberFormat(locale, style).format(value);
}

/** Places that tell the ends of a range apart and no more: 826.5 to 838.5, though the dial has three. */
export function rangePlaces(low: number, high: number, decimals: number): number {
  const width = Math.abs(high - low);
  return width === 0 ? decimals : Math.max(0, Math.min(decimals, 2 - Math.floor(Math.log10(width))));
}
