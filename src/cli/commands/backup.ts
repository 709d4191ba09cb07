import { resolve } from "node:path";
import type { Command } from "commander";
import { withConfig, withJson } from "#cli/settings.ts";
import { runOnStore } from "#cli/store-command.ts";

/** `wattkeep backup FILE`: a consistent copy while the server works. */
export function backupCommand(program: Command): void {
  withJson(withConfig(program.command("backup")))
    .argument("[file]", "where the copy goes; left out: wattkeep-<time>.backup in this folder")
    .description("copy the store into one file while it works, and check that the copy opens")
    .action(async (file: string | undefined, options) => {
      const stamp = new Date().toISOString().slice(0, 19).replaceAll(":", "-");
      const args = { file: resolve(file ?? `wattkeep-${stamp}.backup`) };
      await runOnStore<{ file: string; bytes: number }>(options, { name: "backup", args }, (made) => {
        console.log(`${made.file}: ${(made.bytes / 1e6).toFixed(1)} MB. "wattkeep restore ${made.file}" brings it back.`);
      });
    });
}
