import { statSync } from "node:fs";
import { type Task, TaskProblem } from "#cli/task.ts";
import type { Look } from "#intake/folder/folder.ts";

export interface ImportPlcArgs {
  /** Absolute. */
  readonly folder: string;
  readonly glob: string;
  readonly minAgeSeconds: number;
  readonly source: string;
}

/** Takes the files of a folder, one transaction each. Errors: `no-folder`. */
export const importPlcTask: Task<ImportPlcArgs, Look> = {
  name: "import-plc",
  async run({ house, args, progress }) {
    const { folder: path, glob, minAgeSeconds, source } = args;
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true)
      throw new TaskProblem("no-folder", `${path} is not a folder that can be read here.`);
    const { importFolder } = await house.work();
    return importFolder(source, { path, glob, minAgeMs: minAgeSeconds * 1000 }, progress);
  },
};
