import { civilMs, daysInMonth } from "#calendar/civil.ts";

const DATE = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/;
const TIME = /^(\d{1,2}):(\d{1,2}):(\d{1,2})(?:\.\d{0,9})?$/;

/** `2/25/2026`, month first, as the clock reading at its midnight. Missing: undefined where it is no date. */
export function dateMs(text: string): number | undefined {
  const match = DATE.exec(text);
  if (!match) return undefined;
  const [month, day, year] = [Number(match[1]), Number(match[2]), Number(match[3])];
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return undefined;
  return civilMs({ year, month, day, hour: 0, minute: 0, second: 0, millisecond: 0 });
}

/** `15:45:00.623` since midnight, its fraction cut off. Missing: undefined where it is no time. */
export function timeMs(text: string): number | undefined {
  const match = TIME.exec(text);
  if (!match) return undefined;
  const [hour, minute, second] = [Number(match[1]), Number(match[2]), Number(match[3])];
  return hour > 23 || minute > 59 || second > 59 ? undefined : ((hour * 60 + minute) * 60 + second) * 1_000;
}
