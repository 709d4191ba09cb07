/** Wall clock of one IANA zone: what the calendar on a site's wall says, and back. */
export interface ZoneClock {
  readonly zone: string;
  /** Milliseconds the wall is ahead of UTC at an instant. */
  offsetMs(tMs: number): number;
  /** The wall's date and time, written as if it were UTC: arithmetic on it is arithmetic on the calendar. */
  wallMs(tMs: number): number;
  /** The instant the wall shows this; the earlier one where it does so twice, the first after the jump where it never does. */
  instantMs(wallMs: number): number;
  /** First instant of the local day. */
  dayStartMs(tMs: number): number;
  /** First instant of the local day `days` later. */
  addDaysMs(tMs: number, days: number): number;
}

export const SECOND_MS = 1_000;
export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;

// Every zone since 1970 changes its offset on a quarter hour of UTC.
const BLOCK_MS = 15 * MINUTE_MS;
const MAX_BLOCKS = 20_000;

/** A clock of `zone`; an unknown zone is read as UTC, so that a wrong configuration still shows a picture. */
export function zoneClock(zone: string): ZoneClock {
  const format = formatOf(zone);
  const known = new Map<number, number>();
  const offsetMs = (tMs: number): number => {
    const block = Math.floor(tMs / BLOCK_MS);
    const before = known.get(block);
    if (before !== undefined) return before;
    if (known.size > MAX_BLOCKS) known.clear();
    const offset = offsetFrom(format, block * BLOCK_MS);
    known.set(block, offset);
    return offset;
  };
  const instantMs = (wallMs: number): number => {
    const before = offsetMs(wallMs - DAY_MS);
    const after = offsetMs(wallMs + DAY_MS);
    const early = wallMs - before;
    if (before === after || offsetMs(early) === before) return early;
    const late = wallMs - after;
    return offsetMs(late) === after ? late : early;
  };
  const wallMs = (tMs: number): number => tMs + offsetMs(tMs);
  const startOf = (wall: number): number => instantMs(Math.floor(wall / DAY_MS) * DAY_MS);
  return {
    zone,
    offsetMs,
    wallMs,
    instantMs,
    dayStartMs: (tMs) => startOf(wallMs(tMs)),
    addDaysMs: (tMs, days) => startOf(wallMs(tMs) + days * DAY_MS),
  };
}

function formatOf(zone: string): Intl.DateTimeFormat {
  const options = { year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric", second: "numeric" } as const;
  try {
    return new Intl.DateTimeFormat("en-US", { ...options, hourCycle: "h23", timeZone: zone });
  } catch {
    return new Intl.DateTimeFormat("en-US", { ...options, hourCycle: "h23", timeZone: "UTC" });
  }
}

function offsetFrom(format: Intl.DateTimeFormat, tMs: number): number {
  const parts: Record<string, number> = {};
  for (const part of format.formatToParts(tMs)) parts[part.type] = Number(part.value);
  const wall = Date.UTC(
    parts["year"] ?? 1970,
    (parts["month"] ?? 1) - 1,
    parts["day"] ?? 1,
    parts["hour"] ?? 0,
    parts["minute"] ?? 0,
    parts["second"] ?? 0,
  );
  return wall - Math.floor(tMs / SECOND_MS) * SECOND_MS;
}
