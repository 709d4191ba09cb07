import type { Command } from "commander";
import { Exit } from "#cli/exit.ts";
import { withConfig, withJson } from "#cli/settings.ts";
import { runOnStore } from "#cli/store-command.ts";
import type { VerifyReport } from "#store/records.ts";

/** `wattkeep verify`: reads everything back and names the meter and the days of what is damaged. */
export function verifyCommand(program: Command): void {
  withJson(withConfig(program.command("verify")))
    .description("read all stored history back, compare checksums, and name the meter and the days of anything damaged")
    .action(async (options) => {
      const report = await runOnStore<VerifyReport>(options, { name: "verify", args: {} }, tell);
      if (report.damage.length > 0) throw new Exit(1, "Restore a backup, or keep working: undamaged history stays readable.");
    });
}

function tell(report: VerifyReport): void {
  const day = (tMs: number): string => new Date(tMs).toISOString().slice(0, 10);
  for (const damage of report.damage)
    console.log(`DAMAGED  ${damage.seriesKey}  ${day(damage.fromMs)} to ${day(damage.toMs)}: ${damage.what}`);
  const found = report.damage.length === 0 ? "nothing damaged" : `${report.damage.length} damaged`;
  console.log(`${report.blocks.toLocaleString("en")} blocks, ${report.samples.toLocaleString("en")} samples: ${found}.`);
}
