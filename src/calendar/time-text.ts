import { civilMs, DAY_MS, daysInMonth, MINUTE_MS } from "./civil.ts";

/** A time a person or machine wrote: the clock reading, and where it said so, the offset. */
export interface TimeText {
  /** The clock reading as if in UTC. */
  readonly localMs: number;
  /** Minutes east of UTC where the text holds an offset. */
  readonly offsetMinutes?: number;
  /** Digits of the second that are finer than a millisecond and were cut. */
  readonly cut?: true;
}

const TIME = /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,12}))?)? ?(Z|z|[+-]\d{2}(?::?\d{2})?)?$/;
const LONGEST = 48;

/**
 * `2026-03-08 01:30:00`, with `T` or blank, with or without seconds, fraction and offset (`Z`, `+01`, `+01:00`, `-0700`).
 * Missing: undefined where the text is no such time or names a day or hour that no clock shows.
 */
export function readTime(text: string): TimeText | undefined {
  if (text.length > LONGEST) return undefined;
  return commonTime(text) ?? anyTime(text);
}

function anyTime(text: string): TimeText | undefined {
  const match = TIME.exec(text);
  if (!match) return undefined;
  const localMs = localOf(match);
  if (localMs === undefined) return undefined;
  const cut = (match[7]?.length ?? 0) > MILLISECOND_DIGITS && Number(match[7]?.slice(MILLISECOND_DIGITS)) > 0;
  return timeText(localMs, match[8] ?? "", cut);
}

const MILLISECOND_DIGITS = 3;

/** The form that histories repeat thousands of times in a message, without a regular expression; any other form is left to it. */
function commonTime(text: string): TimeText | undefined {
  const clockMs = plainClockMs(text.slice(0, CLOCK_LENGTH));
  if (clockMs === undefined) return undefined;
  if (text.charCodeAt(CLOCK_LENGTH) !== 46)
    return commonOffset(text, CLOCK_LENGTH) ? timeText(clockMs, text.slice(CLOCK_LENGTH), false) : undefined;
  const milliseconds = two(text, 20) * 10 + digit(text, 22);
  const end = CLOCK_LENGTH + 1 + MILLISECOND_DIGITS;
  return milliseconds >= 0 && commonOffset(text, end) ? timeText(clockMs + milliseconds, text.slice(end), false) : undefined;
}

/** Whether what follows is nothing, `Z`, `-0700` or `-07:00`. */
function commonOffset(text: string, at: number): boolean {
  const length = text.length - at;
  if (length === 0) return true;
  const sign = text.charCodeAt(at);
  if (length === 1) return sign === 90;
  if (sign !== 43 && sign !== 45) return false;
  return length === 5
    ? two(text, at + 1) + two(text, at + 3) >= 0
    : length === 6 && text.charCodeAt(at + 3) === 58 && two(text, at + 1) + two(text, at + 4) >= 0;
}

function timeText(localMs: number, offset: string, cut: boolean): TimeText | undefined {
  if (offset === "") return cut ? { localMs, cut } : { localMs };
  const offsetMinutes = offsetOf(offset);
  if (offsetMinutes === undefined) return undefined;
  return cut ? { localMs, offsetMinutes, cut } : { localMs, offsetMinutes };
}

/** The instant, where the text told its offset. */
export function instantOf(time: TimeText): number | undefined {
  return time.offsetMinutes === undefined ? undefined : time.localMs - time.offsetMinutes * MINUTE_MS;
}

function localOf(match: RegExpExecArray): number | undefined {
  const [year, month, day, hour, minute] = [1, 2, 3, 4, 5].map((i) => Number(match[i])) as [number, number, number, number, number];
  const second = Number(match[6] ?? 0);
  const millisecond = Number((match[7] ?? "").slice(0, 3).padEnd(3, "0"));
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return undefined;
  // 24:00:00 is the end of a day in ISO 8601; a leap second is told as the first instant of the next minute.
  if (hour === 24)
    return minute + second + millisecond > 0 ? undefined : civilMs({ year, month, day, hour: 0, minute, second, millisecond }) + DAY_MS;
  if (hour > 23 || minute > 59 || second > 60) return undefined;
  return civilMs({ year, month, day, hour, minute, second, millisecond });
}

function offsetOf(text: string): number | undefined {
  if (text === "Z" || text === "z") return 0;
  const digits = text.slice(1).replace(":", "");
  const hours = Number(digits.slice(0, 2));
  const minutes = Number(digits.slice(2) || 0);
  if (hours > 18 || minutes > 59) return undefined;
  return (text[0] === "-" ? -1 : 1) * (hours * 60 + minutes);
}

const CLOCK_LENGTH = 19;

/**
 * `2026-03-08T01:30:00` as if in UTC, without a regular expression: the form a meter repeats with every message.
 * Missing: undefined for every other form; ask `readTime` then.
 */
export function plainClockMs(text: string): number | undefined {
  if (
    text.length !== CLOCK_LENGTH ||
    text.charCodeAt(4) !== 45 ||
    text.charCodeAt(7) !== 45 ||
    text.charCodeAt(13) !== 58 ||
    text.charCodeAt(16) !== 58
  )
    return undefined;
  const year = two(text, 0) * 100 + two(text, 2);
  const month = two(text, 5);
  const day = two(text, 8);
  const hour = two(text, 11);
  const minute = two(text, 14);
  const second = two(text, 17);
  const sum = year + month + day + hour + minute + second;
  if (!(sum >= 0) || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month) || hour > 23 || minute > 59 || second > 59)
    return undefined;
  const separator = text.charCodeAt(10);
  if (separator !== 84 && separator !== 32) return undefined;
  return civilMs({ year, month, day, hour, minute, second, millisecond: 0 });
}

function two(text: string, at: number): number {
  return digit(text, at) * 10 + digit(text, at + 1);
}

function digit(text: string, at: number): number {
  const value = text.charCodeAt(at) - 48;
  return value >= 0 && value <= 9 ? value : Number.NaN;
}
