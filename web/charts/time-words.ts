import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS, type ZoneClock } from "./zone-clock.ts";

const WEEKDAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const two = (value: number): string => String(value).padStart(2, "0");

/** Day of the week of a wall time, 0 is Sunday. */
export const weekdayOf = (wallMs: number): number => new Date(wallMs).getUTCDay();
export const monthOf = (wallMs: number): number => new Date(wallMs).getUTCMonth();
export const dayOfMonth = (wallMs: number): number => new Date(wallMs).getUTCDate();
export const yearOf = (wallMs: number): number => new Date(wallMs).getUTCFullYear();
export const monthWord = (wallMs: number): string => MONTHS[monthOf(wallMs)] ?? "";

/** "Thu 5", with the month "Thu 5 Mar". */
export function dayWords(wallMs: number, withMonth: boolean): string {
  const day = `${WEEKDAYS[weekdayOf(wallMs)]} ${dayOfMonth(wallMs)}`;
  return withMonth ? `${day} ${monthWord(wallMs)}` : day;
}

/** "10:15", with seconds "10:15:20". */
export function clockWords(wallMs: number, withSeconds = false): string {
  const at = new Date(wallMs);
  const minutes = `${two(at.getUTCHours())}:${two(at.getUTCMinutes())}`;
  return withSeconds ? `${minutes}:${two(at.getUTCSeconds())}` : minutes;
}

/** Short name of the zone at an instant, such as PST or GMT+1. */
export function zoneWord(zone: string, tMs: number): string {
  try {
    const parts = new Intl.DateTimeFormat("en-US", { timeZone: zone, timeZoneName: "short" }).formatToParts(tMs);
    return parts.find((part) => part.type === "timeZoneName")?.value ?? zone;
  } catch {
    return "UTC";
  }
}

/** "Thu 5 Mar, 10:15 PST"; the year where it is not the one of `nowMs`. */
export function instantWords(clock: ZoneClock, tMs: number, how: { readonly seconds?: boolean; readonly nowMs?: number } = {}): string {
  const wall = clock.wallMs(tMs);
  const year = how.nowMs !== undefined && yearOf(clock.wallMs(how.nowMs)) !== yearOf(wall) ? ` ${yearOf(wall)}` : "";
  return `${dayWords(wall, true)}${year}, ${clockWords(wall, how.seconds === true)} ${zoneWord(clock.zone, tMs)}`;
}

/** "2 h 15 min", "3 d 4 h", "40 s": at most two parts, for reading, not for computing. */
export function durationWords(ms: number): string {
  const rounded = Math.max(0, Math.round(ms / SECOND_MS)) * SECOND_MS;
  if (rounded < MINUTE_MS) return `${rounded / SECOND_MS} s`;
  const units = [
    [DAY_MS, "d"],
    [HOUR_MS, "h"],
    [MINUTE_MS, "min"],
    [SECOND_MS, "s"],
  ] as const;
  const first = units.findIndex(([size]) => rounded >= size);
  const [size, word] = units[first] ?? units[3];
  const whole = Math.floor(rounded / size);
  const [nextSize, nextWord] = units[first + 1] ?? units[3];
  const rest = Math.floor((rounded - whole * size) / nextSize);
  return rest === 0 || size === SECOND_MS ? `${whole} ${word}` : `${whole} ${word} ${rest} ${nextWord}`;
}

/** "Tue 3 to Tue 10 March" style words for a range; times are said where an edge is not a midnight. */
export function rangeWords(clock: ZoneClock, fromMs: number, toMs: number): string {
  const from = clock.wallMs(fromMs);
  const to = clock.wallMs(toMs);
  const years = yearOf(from) !== yearOf(to);
  const sameDay = Math.floor(from / DAY_MS) === Math.floor(to / DAY_MS);
  const bare = from % DAY_MS === 0 && to % DAY_MS === 0;
  const date = (wall: number, month: boolean) => `${dayWords(wall, month)}${years ? ` ${yearOf(wall)}` : ""}`;
  if (bare) return `${date(from, years || monthOf(from) !== monthOf(to))} to ${date(to, true)}`;
  if (sameDay) return `${clockWords(from)} to ${clockWords(to)} on ${date(from, true)}`;
  return `${date(from, years || monthOf(from) !== monthOf(to))}, ${clockWords(from)} to ${date(to, true)}, ${clockWords(to)}`;
}
