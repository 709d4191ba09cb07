import type { Command } from "commander";
import { connectAsync } from "mqtt";
import { checkBackups } from "#cli/check-backups.ts";
import { checkFolders } from "#cli/check-folders.ts";
import { checkPulls } from "#cli/check-pulls.ts";
import { Exit } from "#cli/exit.ts";
import { mqttLogin } from "#cli/mqtt-login.ts";
import { printable } from "#cli/printable.ts";
import { readSettings, withConfig, withJson } from "#cli/settings.ts";
import { azureSettings } from "#mirrors.ts";
import { checkAzure } from "#outlets/azure-sql/check.ts";

/** `wattkeep check`: reads the configuration and tries everything it names. */
export function checkCommand(program: Command): void {
  withJson(withConfig(program.command("check")))
    .description(
      "read the configuration, connect to every broker, database and service it names, look into its drop folders and the places of its backups, and say what would not work",
    )
    .action(async ({ json, ...options }) => {
      const { config, demo } = readSettings(options);
      const tried = await Promise.all(config.brokers.map((broker) => tryBroker(broker)));
      const { azure } = config.outlets;
      const mirror = azure === undefined ? undefined : await checkAzure(azureSettings(azure));
      const folders = checkFolders(config);
      const backups = await checkBackups(config);
      const fetched = await checkPulls(config);
      const counts = { sites: config.sites.length, sources: config.sources.length };
      if (json)
        console.log(
          JSON.stringify({
            ...counts,
            brokers: tried,
            ...(folders.length === 0 ? {} : { folders }),
            ...(backups.length === 0 ? {} : { backups }),
            ...(fetched.length === 0 ? {} : { fetched }),
            ...(mirror === undefined ? {} : { azure: mirror }),
          }),
        );
      else {
        console.log(
          `${demo ? "The demo" : config.file}: ${counted(config.sites.length, "site")}, ${counted(config.sources.length, "source")}, no problem.`,
        );
        if (tried.length === 0)
          console.log(`MQTT: ${config.mqtt.kind === "auto" ? "a broker on this machine, or our own" : "our own broker"}.`);
        for (const { name, url, problem } of tried) console.log(findingText(`${name} ${url}`, problem));
        for (const { what, problem } of folders) console.log(findingText(what, problem));
        for (const { what, problem } of backups) console.log(findingText(`backups: ${what}`, problem));
        for (const { what, problem } of fetched)
          console.log(findingText(printable(what), problem === undefined ? problem : printable(problem)));
        for (const { what, problem } of mirror ?? []) console.log(findingText(`azure: ${what}`, problem));
      }
      if (tried.some((broker) => broker.problem !== undefined)) throw new Exit(1, "A broker does not answer as configured.");
      if (folders.some(({ problem }) => problem !== undefined)) throw new Exit(1, "A drop folder cannot be read.");
      if (backups.some(({ problem }) => problem !== undefined)) throw new Exit(1, "A place for backups is not there.");
      if (fetched.some(({ problem }) => problem !== undefined))
        throw new Exit(1, "A service that readings are fetched from does not answer as configured.");
      if (mirror?.some(({ problem }) => problem !== undefined)) throw new Exit(1, "The mirror in SQL Server is not as it has to be.");
    });
}

const findingText = (what: string, problem: string | undefined): string =>
  problem === undefined ? `ok      ${what}` : `FAILED  ${what}: ${problem}`;

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? "" : "s"}`;

async function tryBroker(broker: Parameters<typeof mqttLogin>[0]): Promise<{ name: string; url: string; problem?: string }> {
  const { name, url } = broker;
  try {
    const client = await connectAsync(url, { ...mqttLogin(broker), reconnectPeriod: 0, connectTimeout: 5000 }, false);
    await client.endAsync(true);
    return { name, url };
  } catch (error) {
    return { name, url, problem: error instanceof Error && error.message !== "" ? error.message : "no answer within 5 seconds" };
  }
}
