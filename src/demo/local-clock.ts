/** What a wall clock at a site shows; the demo's people live by it. */
export interface WallClock {
  /** 0 up to but not including 24, with fractions. */
  readonly hour: number;
  /** Whole local days since 1970. */
  readonly day: number;
  /** 0 is Sunday. */
  readonly weekday: number;
  /** Day of the year, 0 to 365. */
  readonly yearDay: number;
}

const DAY_MS = 86_400_000;

/** Reads the wall clock of a zone given its offset from UTC at each instant. */
export function wallClock(offsetMsAt: (tMs: number) => number): (tMs: number) => WallClock {
  return (tMs) => {
    const local = tMs + offsetMsAt(tMs);
    const day = Math.floor(local / DAY_MS);
    const year = new Date(local).getUTCFullYear();
    return {
      hour: (local - day * DAY_MS) / 3_600_000,
      day,
      weekday: (day + 4) % 7,
      yearDay: day - Math.floor(Date.UTC(year, 0, 1) / DAY_MS),
    };
  };
}
