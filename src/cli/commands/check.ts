import type { Command } from "commander";
import { connectAsync } from "mqtt";
import { checkBackups } from "#cli/check-backups.ts";
import { checkFolders } from "#cli/check-folders.ts";
import { checkInfluxOutlet } from "#cli/check-influx-outlet.ts";
import { checkPulls } from "#cli/check-pulls.ts";
import { Exit } from "#cli/exit.ts";
import { mqttLogin } from "#cli/mqtt-login.ts";
import { printable } from "#cli/printable.ts";
import { readSettings, withConfig, withJson } from "#cli/settings.ts";
import type { Config } from "#config/config.ts";
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
      const checks = await checksOf(config);
      const counts = {
        sites: config.sites.length,
        sources: config.sources.length,
        ...(config.meters.length === 0 ? {} : { meters: config.meters.length }),
      };
      if (json) {
        const found = Object.fromEntries(
          checks.filter(({ findings }) => findings.length > 0).map(({ name, findings }) => [name, findings]),
        );
        console.log(JSON.stringify({ ...counts, brokers: tried, ...found }));
      } else {
        console.log(
          `${demo ? "The demo" : config.file}: ${[
            counted(config.sites.length, "site"),
            counted(config.sources.length, "source"),
            ...(config.meters.length === 0 ? [] : [counted(config.meters.length, "meter")]),
          ].join(", ")}, no problem.`,
        );
        if (tried.length === 0)
          console.log(`MQTT: ${config.mqtt.kind === "auto" ? "a broker on this machine, or our own" : "our own broker"}.`);
        for (const { name, url, problem } of tried) console.log(findingText(`${name} ${url}`, problem));
        for (const { label, findings } of checks)
          for (const { what, problem } of findings)
            console.log(findingText(printable(`${label}${what}`), problem === undefined ? problem : printable(problem)));
      }
      if (tried.some((broker) => broker.problem !== undefined)) throw new Exit(1, "A broker does not answer as configured.");
      const failed = checks.find(({ findings }) => findings.some(({ problem }) => problem !== undefined));
      if (failed !== undefined) throw new Exit(1, failed.sentence);
    });
}

/** What was tried of one kind: its name in the JSON answer, what stands before each finding, and what is said where one failed. */
interface Check {
  readonly name: string;
  readonly label: string;
  readonly findings: readonly { readonly what: string; readonly problem?: string | undefined }[];
  readonly sentence: string;
}

async function checksOf(config: Config): Promise<readonly Check[]> {
  const { azure } = config.outlets;
  const check = (name: string, label: string, [findings, sentence]: readonly [Check["findings"], string]): Check => ({
    name,
    label,
    findings,
    sentence,
  });
  return [
    check("folders", "", [checkFolders(config), "A drop folder cannot be read."]),
    check("backups", "backups: ", [await checkBackups(config), "A place for backups is not there."]),
    check("fetched", "", [await checkPulls(config), "A service that readings are fetched from does not answer as configured."]),
    check("influx", "results: ", [
      await checkInfluxOutlet(config),
      "The InfluxDB that results are written to does not answer as configured.",
    ]),
    check("azure", "azure: ", [
      azure === undefined ? [] : await checkAzure(azureSettings(azure)),
      "The mirror in SQL Server is not as it has to be.",
    ]),
  ];
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
