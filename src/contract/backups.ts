import { z } from "zod";
import { instantMs } from "./plant-parts.ts";

const destinationResult = z.object({
  /** `folder`, `rsync`, `git`. */
  kind: z.enum(["folder", "rsync", "git"]),
  target: z.string().describe("without any secret"),
  result: z.enum(["done", "unchanged", "failed"]),
  atMs: instantMs,
  sentence: z.string(),
  code: z.string().optional().describe("why it failed: no-space, drive-missing, program-missing …"),
});

const backupSchema = z.object({
  file: z.string().describe("name in the folder"),
  madeMs: instantMs,
  bytes: z.number(),
  verified: z.boolean().describe("opened and read back whole when it was made"),
  samples: z.number(),
  /** Why the rule keeps it. */
  keptAs: z.array(z.enum(["hourly", "daily", "monthly"])),
});
export type BackupInfo = z.infer<typeof backupSchema>;

/** GET /backups */
export const backupsSchema = z.object({
  nowMs: instantMs,
  folder: z.string(),
  enabled: z.boolean(),
  nextMs: instantMs.nullable(),
  running: z.boolean(),
  keep: z.object({ hours: z.number(), days: z.number(), months: z.number() }),
  /** Newest first. */
  backups: z.array(backupSchema),
  totalBytes: z.number(),
  freeBytes: z.number().nullable(),
  destination: destinationResult.nullable(),
  last: z
    .object({ atMs: instantMs, result: z.enum(["done", "unchanged", "failed"]), sentence: z.string(), code: z.string().optional() })
    .nullable(),
  /** What to type to bring the newest back. */
  restoreCommand: z.string().nullable(),
});
export type BackupsAnswer = z.infer<typeof backupsSchema>;
