import { resolve } from "node:path";
import type { Command } from "commander";
import { askedSite } from "#cli/asked-site.ts";
import { countArgument } from "#cli/count-argument.ts";
import { Exit } from "#cli/exit.ts";
import { configuredLogin, loginOfFolder } from "#cli/old-kyz-login.ts";
import { readSettings, withConfig, withJson } from "#cli/settings.ts";
import { runOnStore } from "#cli/store-command.ts";
import type { ImportOldKyzArgs } from "#cli/tasks/import-old-kyz.ts";
import type { TakeoverReport } from "#outlets/azure-sql/takeover-report.ts";
import { oldNiagara } from "./import-old-niagara.ts";
import { oldTasmota } from "./import-old-tasmota.ts";

/** `wattkeep import old SYSTEM`: the history of a system that Wattkeep takes the place of. */
export function oldImport(importing: Command): void {
  const old = importing.command("old").description("take over the history of a system before this one").exitOverride();
  oldKyz(old);
  oldTasmota(old);
  oldNiagara(old);
  for (const command of old.commands) command.exitOverride();
}

function oldKyz(old: Command): void {
  withJson(withConfig(old.command("kyz")))
    .argument("[folder]", "folder of the old system, whose .env names its database; left out, outlets.azure of the configuration")
    .description("take over the intervals of a KYZ Energy Monitor's SQL database, which is only read, and say counts and sums")
    .option("--dry-run", "look and count, keep nothing")
    .option("--seed-peaks", "tell the billed demand of months before the first interval, as the tariff's ratchet wants it")
    .option("--from <date>", "first date, as the table has it; left out, from the beginning")
    .option("--to <date>", "first date that is no longer taken")
    .option("--site <site>", "site the history belongs to; left out, the mirrored or the only one")
    .option("--point <point>", "its metered point", "main")
    .option("--interval-minutes <n>", "length of its intervals", countArgument, 15)
    .action(async (folder: string | undefined, { dryRun, seedPeaks, from, to, site, point, intervalMinutes, ...options }) => {
      const { config } = readSettings(options);
      const place = askedSite(config, site ?? config.outlets.azure?.site, "the history belongs");
      const login = folder === undefined ? configuredLogin(config.outlets.azure) : loginOfFolder(resolve(folder));
      const args: ImportOldKyzArgs = {
        login,
        site: place.id,
        point,
        zone: place.zone,
        intervalMs: intervalMinutes * 60_000,
        ...(from === undefined ? {} : { fromClockMs: dateArgument("--from", from) }),
        ...(to === undefined ? {} : { toClockMs: dateArgument("--to", to) }),
        dryRun: dryRun === true,
        seedPeaks: seedPeaks === true,
      };
      const report = await runOnStore<TakeoverReport>(options, { name: "import-old-kyz", args }, tell);
      const [server, ...others] = report.sums;
      const read = others.find((sum) => sum.of === "read");
      if (read !== undefined && server !== undefined && read.rows !== server.rows)
        throw new Exit(
          1,
          `The server counts ${server.rows} rows and ${read.rows} could be read; compare the table with deploy/sql/001_tables.sql.`,
        );
    });
}

/** A date as the clock reading it begins with. Errors: Exit 2. */
function dateArgument(option: string, given: string): number {
  const tMs = /^\d{4}-\d{2}-\d{2}$/.test(given) ? Date.parse(`${given}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(tMs) || !new Date(tMs).toISOString().startsWith(given)) throw new Exit(2, `${option} takes a date like 2025-01-31.`);
  return tMs;
}

const count = (n: number): string => n.toLocaleString("en");
const SUM_OF = { server: "counted by the server", read: "read from it", taken: "as intervals", kept: "kept here" } as const;

function tell(report: TakeoverReport): void {
  console.log(`${report.target}: ${count(report.rows)} rows${report.first === undefined ? "" : `, ${report.first} to ${report.last}`}.`);
  for (const { of, rows, energyKwh, pulses } of report.sums) {
    const energy = energyKwh.toLocaleString("en", { maximumFractionDigits: 3 });
    console.log(
      `  ${SUM_OF[of].padEnd(22)} ${count(rows).padStart(9)} rows ${energy.padStart(16)} kWh ${count(pulses).padStart(13)} pulses`,
    );
  }
  if (report.doubled > 0) console.log(`${count(report.doubled)} rows beside the boundary of another row: the PLC's file counts.`);
  if (report.unusable > 0)
    console.log(
      `${count(report.unusable)} rows stand for no interval: ${report.unusableRows.join(", ")}${report.unusable > report.unusableRows.length ? ", …" : ""}`,
    );
  console.log(`${count(report.excluded)} with R17, ${count(report.invalid)} invalid, ${count(report.uncertain)} in a repeated hour.`);
  if (report.peak !== undefined) console.log(`Highest demand: ${report.peak.kw.toLocaleString("en")} kW at ${report.peak.at}.`);
  if (report.kept === undefined) console.log("Dry run: nothing was kept.");
  else
    console.log(
      `Samples: ${count(report.kept.stored)} new, ${count(report.kept.duplicate)} known already, ${count(report.kept.replaced)} replaced.`,
    );
  tellSeeds(report.seedPeaks);
}

function tellSeeds(seeds: TakeoverReport["seedPeaks"]): void {
  if (seeds === undefined) return;
  if (seeds.length === 0) {
    console.log("The old database knows no billed demand of months before the first interval.");
    return;
  }
  console.log('Put this into the plan, below the demand charge\'s "ratchet":');
  console.log(`  "seedPeaks": [${seeds.map(({ period, kw }) => `{ "period": "${period}", "kw": ${kw} }`).join(", ")}]`);
}
