import { resolve } from "node:path";
import type { Command } from "commander";
import { askedSite } from "#cli/asked-site.ts";
import { Exit } from "#cli/exit.ts";
import { printable } from "#cli/printable.ts";
import { readSettings, withConfig, withJson } from "#cli/settings.ts";
import { runOnStore } from "#cli/store-command.ts";
import type { ImportOldNiagaraArgs } from "#cli/tasks/import-old-niagara.ts";
import type { Config, SourceConfig } from "#config/config.ts";
import type { HistoryReport, OldNiagaraReport } from "#intake/old-niagara/report.ts";
import type { Listener } from "#intake/old-niagara/wish.ts";

const DIALECT = "niagara-history";

/** `wattkeep import old niagara FILE`: the histories of a Niagara Copilot Edge. */
export function oldNiagara(old: Command): void {
  withJson(withConfig(old.command("niagara")))
    .argument("<file>", "its SQLite file, data/history.sqlite; it is only read, and may still be written")
    .description("take over the histories of a Niagara Copilot Edge, and say counts and sums")
    .option("--dry-run", "look and count, keep nothing")
    .option("--site <site>", "site the histories belong to; left out, the only one")
    .option("--source <source>", "source whose series they go on in; left out, the one that listens to the station's histories")
    .option("--station <name>", "only this station")
    .action(async (file: string, { dryRun, site, source, station, ...options }) => {
      const { config } = readSettings(options);
      const place = askedSite(config, site, "the histories belong");
      const listener = listenerOf(config, place.id, source);
      const args: ImportOldNiagaraArgs = {
        file: resolve(file),
        site: place.id,
        ...(listener === undefined ? {} : { listener }),
        ...(station === undefined ? {} : { station }),
        dryRun: dryRun === true,
      };
      await runOnStore<OldNiagaraReport>(options, { name: "import-old-niagara", args }, tell);
    });
}

/** The source that was asked for, else the only one that listens there. Errors: Exit 2. */
function listenerOf({ sources }: Config, site: string, asked: string | undefined): Listener | undefined {
  const listening = sources.filter(({ dialect, site: of }) => dialect === DIALECT && (of ?? site) === site);
  if (asked === undefined) return listening.length === 1 ? listenerAt(listening[0] as SourceConfig) : undefined;
  const found = listening.find(({ name }) => name === asked);
  if (found !== undefined) return listenerAt(found);
  const names = listening.map(({ name }) => name).join(", ") || "none";
  throw new Exit(2, `"${asked}" is no source that listens to histories of ${site}; there are: ${names}.`);
}

function listenerAt({ name, points, options }: SourceConfig): Listener {
  const { units = {}, plainStation } = (options ?? {}) as Partial<Pick<Listener, "units" | "plainStation">>;
  return { name, units, points: [...points], ...(plainStation === undefined ? {} : { plainStation }) };
}

const count = (n: number): string => n.toLocaleString("en");
const time = (tMs: number): string => new Date(tMs).toISOString().replace("T", " ").slice(0, 19);

function tell(report: OldNiagaraReport): void {
  const { histories, samples, source } = report;
  console.log(`${report.file}: ${count(report.rows)} rows, ${count(histories.length)} histories, into the series of ${source}.`);
  for (const history of histories) for (const line of historyLines(history)) console.log(printable(line));
  if (report.doubled > 0) console.log(`${count(report.doubled)} rows at the instant of another one of their history: the later counts.`);
  if (report.unreadable > 0) console.log(`${count(report.unreadable)} rows cannot be read:`);
  for (const sentence of report.left) console.log(`  ${printable(sentence)}`);
  console.log(`${report.dryRun ? "Would be" : "Samples:"} ${count(samples.fresh)} new, ${count(samples.known)} known already.`);
  if (samples.different > 0) console.log(`${count(samples.different)} are known with another value, which stays.`);
  if (report.dryRun) console.log("Dry run: nothing was kept.");
}

function historyLines(history: HistoryReport): string[] {
  const { rows, firstMs, lastMs, samples, sum, bad, problem } = history;
  const range = firstMs === undefined || lastMs === undefined ? "" : `, ${time(firstMs)} to ${time(lastMs)} UTC`;
  const total = `sum ${sum.toLocaleString("en", { maximumFractionDigits: 4 })}${history.unit === "" ? "" : ` ${history.unit}`}`;
  const status = bad === 0 ? "" : `; ${count(bad)} with a bad status`;
  const differ = samples.different === 0 ? "" : `; ${count(samples.different)} known with another value`;
  return [
    `${history.station}, ${history.history} → ${history.point}, ${history.quantity}`,
    `  ${count(rows)} rows${range}; ${total}${status}${differ}`,
    ...(problem === undefined ? [] : [`  Left out: ${problem}`]),
  ];
}
