import { resolve } from "node:path";
import type { Command } from "commander";
import { isZone } from "#calendar/zone.ts";
import { askedSite } from "#cli/asked-site.ts";
import { Exit } from "#cli/exit.ts";
import { printable } from "#cli/printable.ts";
import { readSettings, withConfig, withJson } from "#cli/settings.ts";
import { runOnStore } from "#cli/store-command.ts";
import type { ImportOldTasmotaArgs } from "#cli/tasks/import-old-tasmota.ts";
import type { Config } from "#config/config.ts";
import type { MeterReport, Register } from "#intake/meter-past/report.ts";
import type { OldTasmotaReport } from "#intake/old-tasmota/report.ts";

const READER = "tasmota-sml";

/** `wattkeep import old tasmota FILE`: the readings of a Tasmota MT681 monitor. */
export function oldTasmota(old: Command): void {
  withJson(withConfig(old.command("tasmota")))
    .argument("<file>", "its SQLite file, data/energy.db; it is only read, and may still be written")
    .description("take over the readings of a Tasmota MT681 Energy Monitor, and say counts and sums")
    .option("--dry-run", "look and count, keep nothing")
    .option("--site <site>", "site the meter belongs to; left out, the only one")
    .option("--point <point>", "point the rows go to, the one your reader fills; left out, found by the meter's number")
    .option("--source <source>", "source whose series they go on in; left out, the one that reads the point")
    .option("--meter <id>", "only rows of this meter_id")
    .option("--zone <zone>", "zone of the clock the old program wrote, such as UTC for a container; left out, the site's")
    .action(async (file: string, { dryRun, site, point, source, meter, zone, ...options }) => {
      const { config } = readSettings(options);
      const place = askedSite(config, site, "the meter belongs");
      if (zone !== undefined && !isZone(zone)) throw new Exit(2, `"${zone}" is no time zone; write one like Europe/Berlin.`);
      if (source !== undefined && !config.sources.some(({ name }) => name === source))
        throw new Exit(2, `"${source}" is no source; there are ${config.sources.map(({ name }) => name).join(", ")}.`);
      const args: ImportOldTasmotaArgs = {
        file: resolve(file),
        site: place.id,
        zone: zone ?? place.zone,
        readers: readersOf(config, place.id),
        dryRun: dryRun === true,
        ...(point === undefined ? {} : { point: pointOf(point, place.id) }),
        ...(source === undefined ? {} : { source }),
        ...(meter === undefined ? {} : { meter }),
      };
      await runOnStore<OldTasmotaReport>(options, { name: "import-old-tasmota", args }, tell);
    });
}

function readersOf({ sources }: Config, site: string): string[] {
  return sources.filter((source) => source.dialect === READER && (source.site ?? site) === site).map(({ name }) => name);
}

/** `home/meter` and `meter` are one point of the site. */
function pointOf(asked: string, site: string): string {
  const [of, ...rest] = asked.split("/");
  if (rest.length === 0) return asked;
  if (of === site) return rest.join("/");
  throw new Exit(2, `--point ${asked} is not of the site ${site}; say --site ${of} as well.`);
}

const count = (n: number): string => n.toLocaleString("en");
const kwh = (n: number): string => `${n.toLocaleString("en", { maximumFractionDigits: 4 })} kWh`;

function tell(report: OldTasmotaReport): void {
  console.log(`${report.file}: ${count(report.rows)} rows, ${report.meters.length} ${report.meters.length === 1 ? "meter" : "meters"}.`);
  for (const meter of report.meters) for (const line of meterLines(meter)) console.log(printable(line));
  for (const line of clockLines(report)) console.log(line);
  for (const { sentence } of report.left) console.log(`  ${printable(sentence)}`);
  const { fresh, known, different, covered } = report.samples;
  console.log(`${report.dryRun ? "Would be" : "Samples:"} ${count(fresh)} new, ${count(known)} known already.`);
  if (different > 0) console.log(`${count(different)} are known with another value, which stays.`);
  if (covered > 0) console.log(`${count(covered)} are left out: the reader had its own readings at that time.`);
  if (report.dryRun) console.log("Dry run: nothing was kept.");
}

function meterLines(meter: MeterReport): string[] {
  const into = meter.joins ? `goes on in the series of ${meter.source}` : `a source of its own, ${meter.source}`;
  const name = meter.meter === "" ? "Meter without a number" : `Meter ${meter.meter}`;
  return [
    `${name} → ${meter.point}, ${into}`,
    `  ${count(meter.rows)} readings${meter.first === undefined ? "" : `, ${meter.first} to ${meter.last}`}; ${count(meter.withPower)} with power`,
    ...registerLines("bought", meter.bought),
    ...(meter.sold !== undefined && meter.sold.lastKwh > 0 ? registerLines("sold", meter.sold) : []),
  ];
}

function registerLines(name: string, register: Register | undefined): string[] {
  if (register === undefined) return [];
  const { firstKwh, lastKwh, falls } = register;
  const fell = falls === 0 ? "" : `; it fell ${count(falls)} ${falls === 1 ? "time" : "times"}, which counts for no energy`;
  return [`  ${name}: ${kwh(firstKwh)} to ${kwh(lastKwh)}, ${kwh(lastKwh - firstKwh)} between them${fell}`];
}

function clockLines({ repeated, uncertain, neverShown, unreadable, doubled, zone }: OldTasmotaReport): string[] {
  const doubt = uncertain === 0 ? "" : `, ${count(uncertain)} of them uncertain`;
  return [
    ...(repeated === 0
      ? []
      : [`${count(repeated)} rows of hours the clock showed twice, told apart by their order or the register${doubt}.`]),
    ...(neverShown === 0
      ? []
      : [`${count(neverShown)} rows at times that no clock in ${zone} shows: if the old program ran by another clock, say --zone.`]),
    ...(unreadable === 0 ? [] : [`${count(unreadable)} rows cannot be read.`]),
    ...(doubled === 0 ? [] : [`${count(doubled)} rows at the instant of another one: the later counts.`]),
  ];
}
