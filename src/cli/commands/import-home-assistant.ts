import { resolve } from "node:path";
import { type Command, InvalidArgumentError } from "commander";
import { offsetText } from "#calendar/local-text.ts";
import { zoneNamed } from "#calendar/zone.ts";
import { askedSite } from "#cli/asked-site.ts";
import { Exit } from "#cli/exit.ts";
import { printable } from "#cli/printable.ts";
import { readSettings, withConfig, withJson } from "#cli/settings.ts";
import { runOnStore } from "#cli/store-command.ts";
import type { ImportHomeAssistantArgs } from "#cli/tasks/import-home-assistant.ts";
import type { StatisticReport, StatisticsReport } from "#intake/home-assistant/report.ts";
import type { Mapping } from "#intake/home-assistant/wish.ts";
import type { Site } from "#sites/registry.ts";

/** `wattkeep import home-assistant FILE`: the long-term statistics of Home Assistant. */
export function homeAssistantImport(importing: Command): void {
  withJson(withConfig(importing.command("home-assistant")))
    .argument("<file>", "its database, home-assistant_v2.db; it is only read, and may still be written")
    .description("take over the long-term statistics of Home Assistant, hour by hour, and say counts and registers")
    .option("--dry-run", "look and count, keep nothing")
    .option("--site <site>", "site the statistics belong to; left out, the only one")
    .option("--only <ids>", "only these statistics: sensor.grid_import,sensor.grid_export", listArgument)
    .option("--map <statistic=point/quantity...>", "where a statistic belongs: sensor.grid_import=meter/energy-import", collect)
    .option("--sum <ids>", "statistics of which the running sum counts, not what the register said", listArgument)
    .action(async (file: string, { dryRun, site, only, map, sum, ...options }) => {
      const { config } = readSettings(options);
      const place = askedSite(config, site, "the statistics belong");
      const args: ImportHomeAssistantArgs = {
        file: resolve(file),
        site: place.id,
        mappings: ((map ?? []) as string[]).map((text) => mappingOf(text, place.id)),
        sums: sum ?? [],
        dryRun: dryRun === true,
        ...(only === undefined ? {} : { only }),
      };
      await runOnStore<StatisticsReport>(options, { name: "import-home-assistant", args }, (report) => tell(report, place));
    });
}

const collect = (text: string, before: string[] = []): string[] => [...before, text];

function listArgument(text: string, before: string[] = []): string[] {
  const ids = text.split(",").map((id) => id.trim());
  if (ids.includes("")) throw new InvalidArgumentError("It takes ids of statistics with commas between them.");
  return [...before, ...ids];
}

const NAME = /^[\p{L}\p{N}][\p{L}\p{N}_.-]*$/u;

/** `sensor.grid_import=home/meter/energy-import`; the site may be left out. Errors: Exit 2. */
function mappingOf(text: string, site: string): Mapping {
  const equals = text.lastIndexOf("=");
  const parts = text.slice(equals + 1).split("/");
  const [of, point = "", quantity = ""] = parts.length === 2 ? [site, ...parts] : parts;
  const isWhole = equals > 0 && parts.length >= 2 && parts.length <= 3 && NAME.test(point) && NAME.test(quantity);
  if (!isWhole) throw new Exit(2, `--map ${text} is not understood; write --map sensor.grid_import=meter/energy-import.`);
  if (of !== site) throw new Exit(2, `--map ${text} is not of the site ${site}; say --site ${of} as well.`);
  return { statistic: text.slice(0, equals), point, quantity };
}

const count = (n: number): string => n.toLocaleString("en");
const figure = (n: number, unit: string): string =>
  `${n.toLocaleString("en", { maximumFractionDigits: 4 })}${unit === "" ? "" : ` ${unit}`}`;

function tell(report: StatisticsReport, { zone }: Site): void {
  const { statistics, samples } = report;
  console.log(
    `${report.file}: ${count(report.rows)} rows, ${count(statistics.length)} ${statistics.length === 1 ? "statistic" : "statistics"}.`,
  );
  for (const statistic of statistics) for (const line of linesOf(statistic, zone)) console.log(printable(line));
  console.log(`${report.dryRun ? "Would be" : "Samples:"} ${count(samples.fresh)} new, ${count(samples.known)} known already.`);
  if (samples.different > 0) console.log(`${count(samples.different)} are known with another value, which stays.`);
  if (report.dryRun) console.log("Dry run: nothing was kept.");
}

function linesOf(one: StatisticReport, zone: string): string[] {
  if (one.left !== undefined) return [`${one.statistic}: left out, ${one.left}.`];
  const { fresh, known, different } = one.samples;
  const what = one.kind === "counter" ? "counter" : "means of hours";
  const unit = one.unit === "" ? "without a unit" : `in ${one.unit}${one.unitUnknown ? ", which cannot be converted" : ""}`;
  return [
    `${one.statistic} → ${one.series}`,
    `  ${what} ${unit}; ${count(one.hours)} hours${spanOf(one, zone)}; ${count(fresh)} new, ${count(known)} known, ${count(different)} different`,
    ...registerLines(one),
    ...leftLines(one),
  ];
}

function spanOf({ firstMs, lastMs }: StatisticReport, zone: string): string {
  const place = zoneNamed(zone);
  return firstMs === undefined || lastMs === undefined ? "" : `, ${offsetText(firstMs, place)} to ${offsetText(lastMs, place)}`;
}

function registerLines({ kind, told, unit, first, last, falls, statistic }: StatisticReport): string[] {
  if (kind !== "counter" || first === undefined || last === undefined) return [];
  const whose = told === "sum" ? "Home Assistant's running sum" : "register";
  return [
    `  ${whose}: ${figure(first, unit)} to ${figure(last, unit)}, ${figure(last - first, unit)} between them`,
    ...(falls === 0
      ? []
      : [
          `  it fell ${count(falls)} ${falls === 1 ? "time" : "times"}, judged as a reset or as another meter.${told === "state" ? ` If it begins anew every day, take --sum ${statistic}.` : ""}`,
        ]),
  ];
}

function leftLines({ timeless, empty, unended, doubled }: StatisticReport): string[] {
  const said = [
    [timeless, "without a time"],
    [empty, "without a number"],
    [unended, "of hours that have not ended"],
    [doubled, "that a later row of the same hour replaces"],
  ] as const;
  const left = said.filter(([rows]) => rows > 0).map(([rows, why]) => `${count(rows)} ${why}`);
  return left.length === 0 ? [] : [`  rows left out: ${left.join(", ")}`];
}
