import type { Command } from "commander";
import { reach } from "#cli/ask.ts";
import { findControl } from "#cli/control.ts";
import { Exit } from "#cli/exit.ts";
import { readSettings, withConfig } from "#cli/settings.ts";

const WAIT_MS = 30_000;
const LOOK_EVERY_MS = 100;

/** `wattkeep stop`: ends the server of a data folder and waits until it is gone. */
export function stopCommand(program: Command): void {
  withConfig(program.command("stop"))
    .description("end the server that holds the data folder, after it has finished what it is doing")
    .action(async (options) => {
      const { dataFolder } = readSettings(options);
      const control = await findControl(dataFolder);
      if (control === undefined || (await reach(control, "/stop", "")) === undefined) {
        console.log(`No server holds ${dataFolder}.`);
        return;
      }
      await gone(control.pid);
      console.log(`Stopped process ${control.pid}.`);
    });
}

async function gone(pid: number): Promise<void> {
  for (let waitedMs = 0; waitedMs < WAIT_MS; waitedMs += LOOK_EVERY_MS) {
    if (!isRunning(pid)) return;
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
  throw new Exit(1, `Process ${pid} was asked to end and is still there after ${WAIT_MS / 1000} s.`);
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // A process of another user is there all the same.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
