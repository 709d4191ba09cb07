import { fileURLToPath } from "node:url";
import { setFlagsFromString } from "node:v8";
import type { Command } from "commander";
import { askBroker, brokerVariables } from "#cli/ask-broker.ts";
import { Exit } from "#cli/exit.ts";
import { openLog } from "#cli/log.ts";
import { type ConfigOptions, readSettings, type Settings, withConfig } from "#cli/settings.ts";
import { VERSION } from "#cli/version.ts";
import { startServer } from "#main.ts";

/** `wattkeep serve`: listens, keeps and shows until it is stopped. */
export function serveCommand(program: Command): void {
  withConfig(program.command("serve"))
    .description("listen, keep and show; without a configuration this is the demo")
    .option("--ask", "ask at the terminal for host and port of the broker first; Enter keeps what is set")
    .action((options) => serve(options));
}

/** `wattkeep demo`: the demo even where a configuration is named by the environment. */
export function demoCommand(program: Command): void {
  program
    .command("demo")
    .description("run the demo: a plant, a house, a house of flats, a tower and a market that publish over MQTT")
    .action(() => serve({ demo: true }));
}

/** Old objects are collected when they have grown by so many percent; V8 alone lets them grow up to fourfold. */
const HEAP_GROWING_PERCENT = 25;

async function serve(options: ConfigOptions & { demo?: boolean; ask?: boolean }): Promise<void> {
  setFlagsFromString(`--heap-growing-percent=${HEAP_GROWING_PERCENT}`);
  const { config, demo } = options.ask === true ? await asked(options) : readSettings(options);
  const tell = (sentence: string): void => console.log(`wattkeep: ${sentence}`);
  // At a terminal, and in the demo, a person wants to see what goes wrong; a log file wants everything.
  const quiet = config.log.file === undefined && (process.stdout.isTTY || demo) && config.log.level === "info";
  const log = openLog({ ...config.log, level: quiet ? "warn" : config.log.level }, tell);
  const { logger } = log;
  const { stop, stopped } = untilStopped();
  let fault: string | undefined;
  const failed = (sentence: string): void => {
    fault ??= sentence;
    stop();
  };

  tell(demo ? "no configuration given, this is the demo; its data is kept apart and always marked" : `reading ${config.file}`);
  const webFolder = fileURLToPath(new URL("./web/", import.meta.url));
  const server = await startServer({ config, demo, version: VERSION, webFolder, logger, tell, stop, failed }).catch(explain);
  tell(`open ${server.address}`);
  await stopped;
  tell("finishing what is under way");
  // A supervisor starts again what ends with an error; what could not be stored is not acknowledged and comes again.
  await server.close().catch((error: unknown) => {
    if (fault === undefined) throw error;
  });
  await log.close();
  if (fault !== undefined) throw new Exit(1, fault);
  tell("stopped");
}

/** The settings with the broker a person names. The demo speaks to its own and to nobody else. */
async function asked(options: ConfigOptions): Promise<Settings> {
  const set = readSettings(options);
  if (set.demo) throw new Exit(2, "The demo uses its own broker; name a configuration with --config.");
  const url = new URL(set.config.brokers[0]?.url ?? "mqtt://localhost:1883");
  const now = { host: url.hostname, port: Number(url.port || 1883) };
  const answer = await askBroker(now, { input: process.stdin, output: process.stdout });
  if (answer.host === now.host && answer.port === now.port) return set;
  return readSettings(options, { ...process.env, ...brokerVariables(options.config ?? process.env["WATTKEEP_CONFIG"], answer) });
}

/** A terminal's Ctrl C reaches us and npm, which passes it on: what follows so soon is the same wish, not a second one. */
const SAME_WISH_MS = 2000;

/** Resolves at the first signal or call of `stop`; a second wish later on ends the process at once. */
function untilStopped(): { stop: () => void; stopped: Promise<void> } {
  let firstMs: number | undefined;
  let stop = (): void => undefined;
  const stopped = new Promise<void>((resolve) => {
    stop = resolve;
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => {
      firstMs ??= performance.now();
      if (performance.now() - firstMs > SAME_WISH_MS) process.exit(1);
      stop();
    });
  }
  return { stop, stopped };
}

/** What an operator can mend ends the command with its sentence; anything else is ours and keeps its stack. */
function explain(error: unknown): never {
  if (error instanceof Error && "code" in error && typeof error.code === "string" && /^[a-z-]+$/.test(error.code))
    throw new Exit(1, error.message);
  throw error;
}
