import type { Command } from "commander";
import { csvImport } from "./import-csv.ts";
import { homeAssistantImport } from "./import-home-assistant.ts";
import { oldImport } from "./import-old.ts";
import { niagaraImport, plcImport } from "./import-plc.ts";

/** What can be imported; a new kind is one file and one line. */
const IMPORTS: readonly ((importing: Command) => void)[] = [csvImport, plcImport, niagaraImport, homeAssistantImport, oldImport];

/** `wattkeep import KIND`: history that lies in files or other systems. */
export function importCommand(program: Command): void {
  const importing = program.command("import").description("take over history from files or other systems").exitOverride();
  for (const add of IMPORTS) add(importing);
  for (const command of importing.commands) command.exitOverride();
}
