import { createWriteStream } from "node:fs";
import type { Command } from "commander";
import { Exit } from "#cli/exit.ts";
import { instantArgument } from "#cli/instant-argument.ts";
import { withConfig } from "#cli/settings.ts";
import { runOnStore, toStandardOutput } from "#cli/store-command.ts";

/** `wattkeep export`: samples as CSV, years of them in a few megabytes of memory. */
export function exportCommand(program: Command): void {
  withConfig(program.command("export"))
    .argument("<series...>", "series keys, such as home/main/power@tasmota; a * at the end takes all that begin so")
    .description("write samples as CSV: series, time, value, unit, quality")
    .option("--from <time>", "first instant, ISO 8601 or epoch milliseconds; left out: from the start")
    .option("--to <time>", "end, not included; left out: until now")
    .option("--out <file>", "write to a file instead of the standard output")
    .action(async (series: string[], { from, to, out, ...options }) => {
      const args = { series, fromMs: instantArgument("--from", from) ?? 0, toMs: instantArgument("--to", to) ?? Date.now() + 1 };
      if (args.toMs <= args.fromMs) throw new Exit(2, "--to must be later than --from.");
      const file = out === undefined ? undefined : createWriteStream(out);
      const write =
        file === undefined
          ? toStandardOutput
          : (chunk: string): Promise<void> =>
              new Promise((resolve, reject) => file.write(chunk, (error) => (error ? reject(error) : resolve())));
      await runOnStore<{ series: number; rows: number }>(options, { name: "export", args, write }, (done) => {
        console.error(`${done.rows.toLocaleString("en")} rows of ${done.series} series.`);
      });
      if (file) await new Promise((resolve) => file.end(resolve));
    });
}
