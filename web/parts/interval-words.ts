import type { QUALITY_NAMES } from "#contract/names.ts";
import { clockWords, dayWords, yearOf, zoneWord } from "#web/charts/time-words.ts";
import type { ZoneClock } from "#web/charts/zone-clock.ts";
import { countText } from "./format-number.ts";
import type { Freshness } from "./freshness.ts";

const NO_BREAK = "\u00a0";
/** A dash no line breaks at. */
const DASH = `${NO_BREAK}–\u2060${NO_BREAK}`;

/** What people call an interval of this length: "quarter-hour", "half-hour", "hour", "5-minute interval". */
export function intervalNoun(minutes: number, count = 1): string {
  const noun = NOUNS[minutes] ?? `${minutes}-minute interval`;
  return count === 1 ? noun : `${noun}s`;
}

const NOUNS: Readonly<Record<number, string>> = { 15: "quarter-hour", 30: "half-hour", 60: "hour" };

/** "1 quarter-hour", "96 quarter-hours". */
export function countedIntervals(count: number, minutes: number): string {
  return `${countText(count)}${NO_BREAK}${intervalNoun(minutes, count)}`;
}

export interface IntervalTimes {
  readonly startMs: number;
  readonly endMs: number;
}

/** "Thu 5 Mar, 10:15 – 10:30"; the year where it is another one, the zone where the clock shows that time twice. */
export function intervalText({ startMs, endMs }: IntervalTimes, clock: ZoneClock, nowMs: number): string {
  return `${dayText(startMs, clock, nowMs)}, ${clockText({ startMs, endMs }, clock)}`;
}

/** "Thu 5 Mar, 10:15": one end of a stretch. */
export function edgeText(tMs: number, clock: ZoneClock, nowMs: number): string {
  return `${dayText(tMs, clock, nowMs)}, ${clockWords(clock.wallMs(tMs))}`;
}

function dayText(tMs: number, clock: ZoneClock, nowMs: number): string {
  const wall = clock.wallMs(tMs);
  return `${dayWords(wall, true)}${yearOf(wall) === yearOf(clock.wallMs(nowMs)) ? "" : ` ${yearOf(wall)}`}`;
}

/** "10:15 – 10:30": the same without its day. */
export function clockText({ startMs, endMs }: IntervalTimes, clock: ZoneClock): string {
  const to = clock.wallMs(endMs);
  const [from, until] = [clockWords(clock.wallMs(startMs)), to % 86_400_000 === 0 ? "24:00" : clockWords(to)];
  // The clock is set within it: both ends say by which one they are meant.
  if (clock.offsetMs(startMs) !== clock.offsetMs(endMs)) {
    return `${from}${NO_BREAK}${zoneWord(clock.zone, startMs)}${DASH}${until}${NO_BREAK}${zoneWord(clock.zone, endMs)}`;
  }
  return `${from}${DASH}${until}${isRepeated(startMs, clock) ? `${NO_BREAK}${zoneWord(clock.zone, startMs)}` : ""}`;
}

const HALF_DAY_MS = 43_200_000;

/** Whether the wall shows this time twice on that day. */
function isRepeated(tMs: number, clock: ZoneClock): boolean {
  const wall = clock.wallMs(tMs);
  const other = [clock.offsetMs(tMs - HALF_DAY_MS), clock.offsetMs(tMs + HALF_DAY_MS)].map((offset) => wall - offset);
  return other.some((instant) => instant !== tMs && clock.wallMs(instant) === wall);
}

/** Marks an interval can carry, in words, with the sign that stands beside them. */
export interface FlagWords {
  readonly words: string;
  readonly state: Freshness;
}

const FLAGS: Readonly<Record<(typeof QUALITY_NAMES)[number], FlagWords>> = {
  suspect: { words: "suspect", state: "suspect" },
  filled: { words: "filled in", state: "estimated" },
  corrected: { words: "corrected", state: "fresh" },
  recoveredAfterGap: { words: "recovered", state: "estimated" },
  excludedFromDemand: { words: "R17, no demand", state: "fresh" },
  invalidAlarm: { words: "invalid alarm", state: "suspect" },
  badStatus: { words: "bad status", state: "suspect" },
  clockUncertain: { words: "clock unsure", state: "suspect" },
  overridden: { words: "overridden", state: "fresh" },
};

/** The marks of an interval in words. */
export function flagsOf(row: {
  readonly quality: readonly (typeof QUALITY_NAMES)[number][];
  readonly estimated: boolean;
  readonly source: string | null;
}): FlagWords[] {
  const flags = row.quality.map((name) => FLAGS[name]);
  if (row.source === null && row.quality.length === 0 && !row.estimated) return [{ words: "missing", state: "missing" }];
  if (row.estimated && !flags.some((flag) => flag.state === "estimated")) flags.push({ words: "estimated", state: "estimated" });
  return flags;
}
