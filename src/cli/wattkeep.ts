#!/usr/bin/env node
import { Command, CommanderError } from "commander";
import { COMMANDS } from "./commands/catalogue.ts";
import { Exit } from "./exit.ts";
import { VERSION } from "./version.ts";

const program = new Command("wattkeep")
  .description("Energy and building telemetry: from live pulse to explained bill, in one process.")
  .version(VERSION)
  .showHelpAfterError("(wattkeep help shows how)")
  .addHelpText(
    "after",
    "\nWork on the store runs inside the server that holds the data folder, and on the folder itself where none does.\nExit status: 0 done, 1 failed, 2 wrong use or configuration.",
  )
  .exitOverride();
for (const command of COMMANDS) command(program);
for (const command of program.commands) command.exitOverride();

try {
  await program.parseAsync();
} catch (error) {
  // A failed start must not be kept alive by what it had opened.
  process.exit(statusOf(error));
}

function statusOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof Exit) {
    console.error(`wattkeep: ${error.message}`);
    return error.status;
  }
  console.error(error);
  return 1;
}
