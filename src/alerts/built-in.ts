import type { Rule } from "./rule.ts";

/** Ids that no other rule may have. */
export const BUILT_IN_IDS: ReadonlySet<string> = new Set([
  "source-silent",
  "readings-thin",
  "backup-failed",
  "meter-leaks",
  "meter-implausible",
  "meter-due",
  "calibration-ends",
]);

const HOUR_MS = 3_600_000;
/** A year is what ordering and fitting another meter may take. */
export const CALIBRATION_DAYS = 365;

/** What is watched without a word of configuration, told by every channel there is; each can be muted. */
export function builtInRules(given: {
  readonly channels: readonly string[];
  /** 0 for no such rule. */
  readonly readingsPerHour: number;
  /** Name of the job that makes backups. */
  readonly backupJob: string;
}): Rule[] {
  const any = { severity: "warning", channels: given.channels, enabled: true } as const;
  const meter = { kind: "meter", meter: "*", withinDays: CALIBRATION_DAYS } as const;
  return [
    { ...any, id: "source-silent", name: "A source falls silent", kind: "stale", source: "*" },
    {
      ...any,
      id: "readings-thin",
      name: "A home's readings thin out",
      kind: "thinning",
      of: "*",
      overMs: HOUR_MS,
      fewerThan: Math.max(1, given.readingsPerHour),
      enabled: given.readingsPerHour > 0,
    },
    { ...any, id: "backup-failed", name: "A backup fails", severity: "critical", kind: "job", job: given.backupJob },
    { ...any, ...meter, id: "meter-leaks", name: "A meter of water or gas does not rest", severity: "critical", watch: "leak" },
    { ...any, ...meter, id: "meter-implausible", name: "A reading of a meter cannot be right", watch: "implausible" },
    { ...any, ...meter, id: "meter-due", name: "A meter should be read", severity: "info", watch: "due" },
    { ...any, ...meter, id: "calibration-ends", name: "The calibration of a meter ends", severity: "info", watch: "calibration" },
  ];
}
