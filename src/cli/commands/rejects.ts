import type { Command } from "commander";
import { countArgument } from "#cli/count-argument.ts";
import { printable } from "#cli/printable.ts";
import { withConfig, withJson } from "#cli/settings.ts";
import { runOnStore } from "#cli/store-command.ts";
import type { RejectLine } from "#cli/tasks/rejects.ts";
import type { RedriveAnswer } from "#contract/sources.ts";

/** `wattkeep rejects`: what could not be read, and why; `--redrive` decodes it again after a fix. */
export function rejectsCommand(program: Command): void {
  withJson(withConfig(program.command("rejects")))
    .description("list what could not be read and why, newest first; --redrive decodes it again after a fix")
    .option("--source <name>", "only of this source")
    .option("--code <code>", "only with this reason")
    .option("--limit <n>", "how many to list", countArgument, 20)
    .option("--redrive", "decode them again and store what can be read now")
    .action(async ({ source, code, limit, redrive, ...options }) => {
      const args = { source, code, limit, redrive: redrive === true };
      await runOnStore<{ rejects?: RejectLine[]; redriven?: RedriveAnswer }>(options, { name: "rejects", args }, tell);
    });
}

function tell({ rejects, redriven }: { rejects?: RejectLine[]; redriven?: RedriveAnswer }): void {
  if (redriven) {
    console.log(
      `${redriven.tried} tried: ${redriven.mended} mended, ${redriven.stillRejected} still rejected, ${redriven.skipped} cut off when they were kept.`,
    );
    return;
  }
  if (!rejects || rejects.length === 0) console.log("Nothing is rejected.");
  for (const reject of rejects ?? []) {
    const times = reject.count > 1 ? ` (${reject.count} times)` : "";
    console.log(
      `${reject.id}  ${new Date(reject.lastMs).toISOString()}  ${reject.source}  ${printable(reject.topic)}\n    ${reject.code}: ${printable(reject.sentence)}${times}`,
    );
  }
}
