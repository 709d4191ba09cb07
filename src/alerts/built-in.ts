import type { Rule } from "./rule.ts";

/** Ids that no other rule may have. */
export const BUILT_IN_IDS: ReadonlySet<string> = new Set(["source-silent", "readings-thin", "backup-failed"]);

const HOUR_MS = 3_600_000;

/** What is watched without a word of configuration, told by every channel there is; each can be muted. */
export function builtInRules(given: {
  readonly channels: readonly string[];
  /** 0 for no such rule. */
  readonly readingsPerHour: number;
  /** Name of the job that makes backups. */
  readonly backupJob: string;
}): Rule[] {
  const any = { severity: "warning", channels: given.channels, enabled: true } as const;
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
  ];
}
