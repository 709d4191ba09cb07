import { accessSync, constants, readdirSync } from "node:fs";
import type { Config } from "#config/config.ts";

/** What was tried of a drop folder, and why it would not work. */
export interface FolderFinding {
  readonly what: string;
  readonly problem?: string;
}

/** Whether every drop folder can be read, and where files are put away afterwards, written to. */
export function checkFolders({ sources }: Pick<Config, "sources">): FolderFinding[] {
  return sources.flatMap(({ name, folder }) => {
    if (folder === undefined) return [];
    const problem = attempt(() => {
      readdirSync(folder.path);
      if (folder.archive !== undefined) accessSync(folder.path, constants.W_OK);
    });
    return [{ what: `${name} ${folder.path}`, ...(problem === undefined ? {} : { problem }) }];
  });
}

function attempt(work: () => void): string | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return "the folder is not there; make it, or connect the drive it lies on";
    if (code === "EACCES" || code === "EPERM") return "this user may not read it, or not move files out of it";
    return code ?? message;
  }
}
