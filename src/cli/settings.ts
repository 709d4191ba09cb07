import { join } from "node:path";
import type { Command } from "commander";
import { parseFormula } from "#analytics/meter-formula.ts";
import { meterOrder } from "#analytics/meter-order.ts";
import type { Config } from "#config/config.ts";
import { loadConfig } from "#config/load.ts";
import { problemText } from "#config/problem.ts";
import { demoConfiguration } from "#demo/configuration.ts";
import { DIALECTS } from "#dialects/catalogue.ts";
import { Exit } from "./exit.ts";

export interface ConfigOptions {
  readonly config?: string;
}

export interface Settings {
  readonly config: Config;
  /** No configuration was given: everything is the demo's. */
  readonly demo: boolean;
  readonly dataFolder: string;
}

/** `--config FILE`, said once for every command. */
export function withConfig(command: Command): Command {
  return command.option("-c, --config <file>", "configuration file; left out: WATTKEEP_CONFIG, and without that the demo");
}

/** `--json`, for commands that report. */
export function withJson(command: Command): Command {
  return command.option("--json", "answer as one line of JSON");
}

/**
 * Reads the configuration, or the demo's where there is none. Warnings go to the error stream.
 * Errors: Exit 2 with every problem of the configuration, each with file and line.
 */
export function readSettings(options: ConfigOptions & { demo?: boolean }, env: NodeJS.ProcessEnv = process.env): Settings {
  const file = options.demo ? undefined : (options.config ?? env["WATTKEEP_CONFIG"]);
  const demo = file === undefined;
  const formulas = { parse: parseFormula, order: meterOrder };
  const house = { cwd: process.cwd(), dialects: DIALECTS, formulas };
  const loaded = demo
    ? loadConfig({ ...house, file: "demo", text: demoConfiguration(), env: demoEnvironment(env) })
    : loadConfig({ ...house, file, env });
  for (const warning of loaded.warnings) console.error(`Warning: ${warning}`);
  if (loaded.problems) {
    const count = loaded.problems.length;
    throw new Exit(
      2,
      [
        `${count} ${count === 1 ? "problem" : "problems"} in the configuration:`,
        ...loaded.problems.map((problem) => `  ${problemText(problem)}`),
      ].join("\n"),
    );
  }
  const { config } = loaded;
  // The demo keeps its data apart, so that it never mixes with a person's own.
  const data = demo ? join(config.data, "demo") : config.data;
  return { config: { ...config, data }, demo, dataFolder: data };
}

/** The demo publishes made-up meters: never to a broker that others listen to. */
function demoEnvironment({ WATTKEEP_MQTT: mqtt, ...env }: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return mqtt?.startsWith("embedded") ? { ...env, WATTKEEP_MQTT: mqtt } : env;
}
