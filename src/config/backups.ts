import { z } from "zod";
import type { Declared } from "#sites/registry.ts";
import type { Place } from "./place.ts";
import { schedule } from "./schedule.ts";
import { Secret } from "./secret.ts";
import { line } from "./values.ts";

/** A second place that backups go to. */
export type BackupDestination =
  | {
      readonly kind: "folder";
      /** Absolute. */
      readonly path: string;
    }
  | {
      readonly kind: "rsync";
      /** As rsync takes it: `user@host:folder/`, a path, or an address with a password. */
      readonly target: Secret;
    }
  | {
      readonly kind: "git";
      readonly remote: Secret;
      /** The remote without a user's password. */
      readonly target: string;
      readonly branch: string;
    };

/** Copies of the store that are made by themselves. */
export interface BackupsConfig {
  readonly enabled: boolean;
  /** Five fields of cron, by the clock of the first site. */
  readonly schedule: string;
  /** Absolute; left out: `backups` in the data folder. */
  readonly folder?: string;
  /** How many of the newest an hour, a day and a month each keep one. */
  readonly keep: { readonly hours: number; readonly days: number; readonly months: number };
  readonly to?: BackupDestination;
  readonly declared?: Declared;
}

const DEFAULTS = { schedule: "0 * * * *", keep: { hours: 24, days: 14, months: 12 }, branch: "wattkeep-backup" } as const;

const count = z.int().min(0).max(10_000);
/** A target that begins with a hyphen would be an option of the program that copies. */
const target = z
  .string()
  .min(1)
  .max(1_000)
  .regex(/^[^-\s][^\0\n]*$/, "may not begin with a hyphen or a blank");
/** Transports like ext:: run programs. */
const remote = target.regex(/^(?!\w+::)/, "is not the address of a git repository");

const to = z
  .strictObject({ folder: line.optional(), rsync: target.optional(), git: remote.optional(), branch: line.optional() })
  .refine((body) => [body.folder, body.rsync, body.git].filter((one) => one !== undefined).length === 1, {
    message: "name one destination: folder, rsync or git",
  })
  .refine((body) => body.branch === undefined || /^[\w][\w./-]*$/.test(body.branch), {
    message: "is not the name of a branch",
    path: ["branch"],
  })
  .refine((body) => body.branch === undefined || body.git !== undefined, { message: "belongs to git", path: ["branch"] });

export const backupsSchema = z.strictObject({
  enabled: z.boolean().optional(),
  schedule: schedule.optional(),
  folder: line.optional(),
  keep: z
    .strictObject({ hours: count.optional(), days: count.optional(), months: count.optional() })
    .refine((body) => [body.hours, body.days, body.months].some((one) => one !== 0), "keeps no backup at all; keep at least one")
    .optional(),
  to: to.optional(),
});

/** Backups with their defaults filled in. */
export function backupsOf(content: z.infer<typeof backupsSchema> | undefined, place: Place): BackupsConfig {
  return {
    enabled: content?.enabled ?? true,
    schedule: content?.schedule ?? DEFAULTS.schedule,
    ...(content?.folder === undefined ? {} : { folder: place.path(content.folder) }),
    keep: {
      hours: content?.keep?.hours ?? DEFAULTS.keep.hours,
      days: content?.keep?.days ?? DEFAULTS.keep.days,
      months: content?.keep?.months ?? DEFAULTS.keep.months,
    },
    ...(content?.to === undefined ? {} : { to: destinationOf(content.to, place) }),
    ...(content === undefined ? {} : { declared: place.of(["backups"]) }),
  };
}

function destinationOf(body: z.infer<typeof to>, place: Place): BackupDestination {
  if (body.folder !== undefined) return { kind: "folder", path: place.path(body.folder) };
  if (body.rsync !== undefined) return { kind: "rsync", target: new Secret(body.rsync) };
  if (body.git === undefined) throw new Error("A destination was accepted and is none.");
  return { kind: "git", remote: new Secret(body.git), target: withoutPassword(body.git), branch: body.branch ?? DEFAULTS.branch };
}

/** A token may stand where the user does, so of an address of the web both go. */
function withoutPassword(written: string): string {
  return written.replace(/^(https?:\/\/)[^/@]*@/, "$1").replace(/^(\w+:\/\/[^/:@]*):[^/@]*@/, "$1@");
}
