/** What of a stop decides how a number is typed. */
export interface Dial {
  readonly decimals: number;
  readonly low: number | null;
  readonly high: number | null;
}

const GROUPS = /^\d{1,3}([.,'’ ])\d{3}(?:\1\d{3})+$/;
const MOST_TYPED = 24;

/**
 * The number that somebody typed off a dial: comma or point, spaces and group marks as they like.
 * Missing: undefined for what is no number, also below zero, for no dial shows that.
 */
export function readNumber(text: string): number | undefined {
  const plain = text.trim().replaceAll(/[\s'’]/g, "");
  if (plain === "" || plain.length > MOST_TYPED || !/^[\d.,]+$/.test(plain)) return undefined;
  const mark = decimalMark(plain);
  const [whole = "", part = "", ...more] = mark === undefined ? [plain.replaceAll(/[.,]/g, "")] : plain.split(mark);
  if (more.length > 0 || (whole === "" && part === "")) return undefined;
  const value = Number(`${whole.replaceAll(/[.,]/g, "")}.${part}`);
  return Number.isFinite(value) && /\d/.test(plain) && !/[.,]/.test(part) ? value : undefined;
}

/** The last mark parts whole from broken; one that stands several times only parts groups. */
function decimalMark(text: string): string | undefined {
  const last = Math.max(text.lastIndexOf("."), text.lastIndexOf(","));
  if (last < 0 || GROUPS.test(text)) return undefined;
  return text[last];
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
