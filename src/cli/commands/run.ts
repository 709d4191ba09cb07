import type { Command } from "commander";
import { Exit } from "#cli/exit.ts";
import { printable } from "#cli/printable.ts";
import { withConfig, withJson } from "#cli/settings.ts";
import { runOnStore } from "#cli/store-command.ts";
import type { JobRunRecord } from "#store/records.ts";

/** `wattkeep run JOB`: scheduled work by hand. */
export function runCommand(program: Command): void {
  withJson(withConfig(program.command("run")))
    .argument("<job>", "its name, as the pages show it: csv-sweep")
    .description("run scheduled work now, and wait for its end")
    .action(async (job: string, options) => {
      const run = await runOnStore<JobRunRecord>(options, { name: "run-job", args: { job } }, ({ sentence }) =>
        console.log(printable(sentence)),
      );
      if (run.result !== "done") throw new Exit(1, `${job} did not succeed.`);
    });
}
