import { existsSync } from "node:fs";
import { type Task, TaskProblem } from "#cli/task.ts";

export interface BackupArgs {
  /** Absolute path of the copy to make. */
  readonly file: string;
}

export interface BackupAnswer {
  readonly file: string;
  readonly bytes: number;
  /** Series with blocks that were damaged before. */
  readonly damaged: readonly string[];
}

/** Copies the store into one file while it works. Errors: `file-exists`; a copy never overwrites another. */
export const backupTask: Task<BackupArgs, BackupAnswer> = {
  name: "backup",
  async run({ house, args, progress }) {
    if (existsSync(args.file)) throw new TaskProblem("file-exists", `${args.file} exists already; name another file.`);
    const { bytes, damage } = await house.store.backup(args.file, progress);
    return { file: args.file, bytes, damaged: [...new Set(damage.map(({ seriesKey }) => seriesKey))] };
  },
};
