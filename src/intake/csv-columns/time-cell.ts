import { civilMs, DAY_MS, daysInMonth, HOUR_MS, MINUTE_MS } from "#calendar/civil.ts";
import { instantOf, readTime } from "#calendar/time-text.ts";
import { quoted } from "#dialects/text.ts";
import type { CsvTimeFormat } from "./mapping.ts";

/** A time of a line: the clock reading, or where it says so the instant. */
export interface CellTime {
  readonly localMs: number;
  readonly tMs?: number;
  /** A date without a time of day. */
  readonly isDate: boolean;
}

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
/** Months of other languages that begin otherwise. */
const OTHER_MONTHS: Readonly<Record<string, number>> = { mär: 3, mrz: 3, mae: 3, mai: 5, okt: 10, dez: 12 };

/** Days from the end of 1899, where spreadsheets begin to count, to the epoch. */
const EXCEL_EPOCH_DAYS = 25_569;
const LONGEST = 60;

/** Clock of a day: `08:15`, `8:15:30 PM`, `24:00`, `0,34375` of a day. Missing: undefined where it is none. */
export function clockMs(cell: string): number | undefined {
  const text = cell.trim();
  const match = /^(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:[.,]\d+)?)?(?: ?([ap])\.?m\.?)?(?: ?Uhr)?$/i.exec(text);
  if (match !== null) return ofClock(match);
  const digits = /^(\d{2})(\d{2})(\d{2})?$/.exec(text);
  if (digits !== null) return ofClock(digits);
  const share = Number(text.replace(",", "."));
  return text !== "" && share >= 0 && share <= 1 ? Math.round((share * DAY_MS) / 1000) * 1000 : undefined;
}

function ofClock([, hours = "", minutes = "", seconds = "0", half]: RegExpExecArray): number | undefined {
  let hour = Number(hours);
  if (half !== undefined) {
    if (hour < 1 || hour > 12) return undefined;
    hour = (hour % 12) + (half.toLowerCase() === "p" ? 12 : 0);
  }
  const ms = hour * HOUR_MS + Number(minutes) * MINUTE_MS + Number(seconds) * 1000;
  return Number(minutes) < 60 && Number(seconds) <= 60 && ms <= DAY_MS ? ms : undefined;
}

/** A cell as a time. Errors: a sentence. */
export function timeInCell(cell: string, format: CsvTimeFormat, clock?: string): CellTime | string {
  const text = cell.trim();
  const found = text === "" || text.length > LONGEST ? undefined : READERS[format](text);
  if (found === undefined) return text === "" ? "it has no time" : `${quoted(text)} is no time${WORDS[format]}`;
  if (clock === undefined || !found.isDate || clock.trim() === "") return found;
  const ofDay = clockMs(clock);
  return ofDay === undefined ? `${quoted(clock)} is no time of day` : { localMs: found.localMs + ofDay, isDate: false };
}

const WORDS: Readonly<Record<CsvTimeFormat, string>> = {
  iso: "",
  "day-first": " with the day first",
  "month-first": " with the month first",
  compact: " like 20260308",
  excel: " of a spreadsheet",
  "epoch-s": " in seconds since 1970",
  "epoch-ms": " in milliseconds since 1970",
};

const READERS: Readonly<Record<CsvTimeFormat, (text: string) => CellTime | undefined>> = {
  iso: isoTime,
  "day-first": (text) => namedMonth(text) ?? numbered(text, true),
  "month-first": (text) => namedMonth(text) ?? numbered(text, false),
  compact: compactTime,
  excel: excelTime,
  "epoch-s": (text) => epochTime(text, 1000),
  "epoch-ms": (text) => epochTime(text, 1),
};

function isoTime(text: string): CellTime | undefined {
  const date = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(text);
  if (date !== null) return dated({ year: Number(date[1]), month: Number(date[2]), day: Number(date[3]) }, "");
  const time = readTime(text.replace(/^(\d{4})[/.](\d{2})[/.]/, "$1-$2-").replace(/^(\S+) +(\d):/, "$1 0$2:"));
  if (time === undefined) return undefined;
  const tMs = instantOf(time);
  return { localMs: time.localMs, ...(tMs === undefined ? {} : { tMs }), isDate: false };
}

function numbered(text: string, dayFirst: boolean): CellTime | undefined {
  const match = /^(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})(?:[ T,]+(.+))?$/.exec(text);
  if (match === null) return undefined;
  const [first, second] = [Number(match[1]), Number(match[3])];
  const [day, month] = dayFirst ? [first, second] : [second, first];
  return dated({ year: yearOf(match[4] ?? ""), month, day }, match[5] ?? "");
}

/** `26 Aug 2019 00:30:00`, `03-Dec-19`, `Nov 13 2019 12:00:00:000AM`. */
function namedMonth(text: string): CellTime | undefined {
  const [, day = "", month = "", year = "", rest = ""] =
    /^(\d{1,2})[ .-]+(\p{L}{3,9})\.?[ ,-]+(\d{4}|\d{2})(?:[ T,]+(.+))?$/u.exec(text) ?? [];
  if (month !== "") return dated({ year: yearOf(year), month: monthOf(month), day: Number(day) }, rest);
  const other = /^(\p{L}{3,9})\.?[ ]+(\d{1,2}),?[ ]+(\d{4})(?:[ T,]+(.+))?$/u.exec(text);
  if (other === null) return undefined;
  return dated({ year: Number(other[3]), month: monthOf(other[1] ?? ""), day: Number(other[2]) }, other[4] ?? "");
}

function monthOf(word: string): number {
  const short = word.slice(0, 3).toLowerCase();
  return MONTHS.indexOf(short) + 1 || (OTHER_MONTHS[short] ?? 0);
}

const yearOf = (digits: string): number => (digits.length === 2 ? 2000 + Number(digits) : Number(digits));

function compactTime(text: string): CellTime | undefined {
  const match = /^(\d{4})(\d{2})(\d{2})(?:[ T]?(\d{2}:?\d{2}(?::?\d{2})?))?$/.exec(text);
  if (match === null) return undefined;
  return dated({ year: Number(match[1]), month: Number(match[2]), day: Number(match[3]) }, (match[4] ?? "").replaceAll(":", ""));
}

function dated({ year, month, day }: { year: number; month: number; day: number }, clock: string): CellTime | undefined {
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return undefined;
  const localMs = civilMs({ year, month, day, hour: 0, minute: 0, second: 0, millisecond: 0 });
  // Some servers write thousandths behind a colon.
  const text = clock.trim().replace(/:(\d{3})(?= ?[ap]m$|$)/i, "");
  if (text === "") return { localMs, isDate: true };
  const ofDay = clockMs(text);
  return ofDay === undefined ? undefined : { localMs: localMs + ofDay, isDate: false };
}

function excelTime(text: string): CellTime | undefined {
  if (!/^\d{4,6}(?:[.,]\d+)?$/.test(text)) return undefined;
  const days = Number(text.replace(",", "."));
  // A day has more seconds than a short fraction has places: the nearest one is meant.
  const localMs = Math.round((days - EXCEL_EPOCH_DAYS) * 86_400) * 1000;
  return { localMs, isDate: Number.isInteger(days) };
}

function epochTime(text: string, unitMs: number): CellTime | undefined {
  if (!/^-?\d{1,16}(?:[.,]\d+)?$/.test(text)) return undefined;
  const tMs = Math.round(Number(text.replace(",", ".")) * unitMs);
  return Math.abs(tMs) <= 8.64e15 ? { localMs: tMs, tMs, isDate: false } : undefined;
}
