import { resolve } from "node:path";
import type { Command } from "commander";
import { Exit } from "#cli/exit.ts";
import { withConfig, withJson } from "#cli/settings.ts";
import { runOnStore } from "#cli/store-command.ts";
import type { BackupAnswer } from "#cli/tasks/backup.ts";

/** `wattkeep backup FILE`: a consistent copy while the server works. */
export function backupCommand(program: Command): void {
  withJson(withConfig(program.command("backup")))
    .argument("[file]", "where the copy goes; left out: wattkeep-<time>.backup in this folder")
    .description("copy the store into one file while it works, and read the copy back whole")
    .action(async (file: string | undefined, options) => {
      const stamp = new Date().toISOString().slice(0, 19).replaceAll(":", "-");
      const args = { file: resolve(file ?? `wattkeep-${stamp}.backup`) };
      const { damaged } = await runOnStore<BackupAnswer>(options, { name: "backup", args }, ({ file: path, bytes }) => {
        console.log(`${path}: ${(bytes / 1e6).toFixed(1)} MB. "wattkeep restore ${path}" brings it back.`);
      });
      if (damaged.length > 0)
        throw new Exit(
          1,
          `The store is damaged and so is the copy, in ${damaged[0]}${damaged.length > 1 ? " and others" : ""}. Run "wattkeep verify".`,
        );
    });
}
