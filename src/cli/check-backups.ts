import { accessSync, constants } from "node:fs";
import { backupFolderOf } from "#backing-up.ts";
import type { Config } from "#config/config.ts";
import { parseAddress } from "#outlets/backup/address.ts";
import { runProgram } from "#outlets/backup/program.ts";
import type { FolderFinding } from "./check-folders.ts";

const TIMEOUT_MS = 10_000;

/** Whether the places that backups go to are there, and the program that brings them. Nothing is written. */
export async function checkBackups(config: Pick<Config, "backups" | "data">): Promise<FolderFinding[]> {
  const { folder, to } = config.backups;
  const found: FolderFinding[] = [];
  if (folder !== undefined) found.push(folderFinding(backupFolderOf(config)));
  if (to?.kind === "folder") found.push(folderFinding(to.path));
  if (to?.kind === "rsync") found.push({ what: `rsync ${parseAddress(to.target.reveal()).shown}`, ...(await programProblem("rsync")) });
  if (to?.kind === "git") found.push({ what: `git ${to.target}`, ...(await programProblem("git")) });
  return found;
}

function folderFinding(path: string): FolderFinding {
  try {
    accessSync(path, constants.R_OK | constants.W_OK);
    return { what: path };
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === "ENOENT";
    const problem = missing ? "the folder is not there; make it, or connect the drive it lies on" : "this user may not write there";
    return { what: path, problem };
  }
}

async function programProblem(program: string): Promise<{ problem?: string }> {
  const run = { args: ["--version"], timeoutMs: TIMEOUT_MS, signal: new AbortController().signal, hide: [] };
  return runProgram(program, run).then(
    () => ({}),
    (error: Error) => ({ problem: error.message }),
  );
}
