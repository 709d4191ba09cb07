import type { Command } from "commander";
import { backupCommand } from "./backup.ts";
import { backupsCommand } from "./backups.ts";
import { checkCommand } from "./check.ts";
import { convertCommand } from "./convert.ts";
import { exportCommand } from "./export.ts";
import { importCommand } from "./import.ts";
import { pairCommand } from "./pair.ts";
import { probeCommand } from "./probe.ts";
import { rejectsCommand } from "./rejects.ts";
import { replayCommand } from "./replay.ts";
import { restoreCommand } from "./restore.ts";
import { runCommand } from "./run.ts";
import { demoCommand, serveCommand } from "./serve.ts";
import { stopCommand } from "./stop.ts";
import { tokenCommand } from "./token.ts";
import { verifyCommand } from "./verify.ts";

/** Every command, in the order of the help; a new one is one file and one line. */
export const COMMANDS: readonly ((program: Command) => void)[] = [
  serveCommand,
  demoCommand,
  stopCommand,
  checkCommand,
  probeCommand,
  replayCommand,
  importCommand,
  convertCommand,
  runCommand,
  exportCommand,
  rejectsCommand,
  verifyCommand,
  backupCommand,
  backupsCommand,
  restoreCommand,
  tokenCommand,
  pairCommand,
];
