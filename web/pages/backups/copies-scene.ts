import type { BackupInfo } from "#contract/backups.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** Within this the axis is even; beyond it each step back is a multiple of the one before. */
const NEAR_MS = HOUR_MS;

export const LANES = ["hourly", "daily", "monthly"] as const;
export type Lane = (typeof LANES)[number];

export interface CopyMark {
  readonly file: string;
  readonly lane: Lane;
  /** Place on the axis, 0 now, 1 the oldest it reaches. */
  readonly at: number;
  readonly verified: boolean;
}

export interface AxisTick {
  readonly label: string;
  readonly at: number;
}

export interface CopiesScene {
  readonly marks: readonly CopyMark[];
  readonly ticks: readonly AxisTick[];
}

const STEPS = [
  ["1 h", HOUR_MS],
  ["6 h", 6 * HOUR_MS],
  ["1 day", DAY_MS],
  ["3 days", 3 * DAY_MS],
  ["2 weeks", 14 * DAY_MS],
  ["2 months", 61 * DAY_MS],
  ["1 year", 365 * DAY_MS],
  ["5 years", 1826 * DAY_MS],
] as const;

/**
 * Where the kept copies stand on one axis that shows hours, days and months alike: an age grows by a factor from tick to tick.
 * Shape: one mark per copy and reason it is kept for; a copy without a reason stands with the hourly ones.
 */
export function copiesScene(backups: readonly BackupInfo[], nowMs: number): CopiesScene {
  const oldestMs = Math.max(DAY_MS, ...backups.map((copy) => nowMs - copy.madeMs));
  const reachMs = (STEPS.find(([, ms]) => ms >= oldestMs)?.[1] ?? oldestMs) * 1.15;
  const place = (ageMs: number): number => Math.log1p(Math.max(0, ageMs) / NEAR_MS) / Math.log1p(reachMs / NEAR_MS);
  const marks = backups.flatMap((copy) =>
    (copy.keptAs.length === 0 ? (["hourly"] as const) : copy.keptAs).map((lane) => ({
      file: copy.file,
      lane,
      at: place(nowMs - copy.madeMs),
      verified: copy.verified,
    })),
  );
  const ticks = STEPS.filter(([, ms]) => ms <= reachMs).map(([label, ms]) => ({ label, at: place(ms) }));
  return { marks, ticks: [{ label: "now", at: 0 }, ...ticks] };
}
