import { readFile, stat } from "node:fs/promises";
import type { CsvFile, FileTrouble } from "#api/actions.ts";
import { offsetText } from "#calendar/local-text.ts";
import { isZone, type Zone, zoneNamed } from "#calendar/zone.ts";
import type { CsvImportAnswer, CsvMapping } from "#contract/csv-import.ts";
import type { ColumnsHouse } from "#intake/csv-columns/columns-house.ts";
import type { ColumnsReport, MovedMeter } from "#intake/csv-columns/columns-report.ts";
import { type KnownMeter, KnownMeters } from "#intake/csv-columns/known-meters.ts";
import { takeColumns } from "#intake/csv-columns/take-columns.ts";
import { ImportProblem } from "#intake/import-problem.ts";
import type { MeterSettings, SiteMeters } from "#reports/meter-settings.ts";
import type { Registry, Series } from "#sites/registry.ts";
import type { Meters } from "./meters.ts";

/** Larger files are cut by whoever exports them; all of it is held while it is read. */
const MOST_MIB = 64;
const MIB = 1_048_576;

/** What taking a file needs of the house. */
export interface CsvHouse extends ColumnsHouse {
  readonly meters: Meters;
}

/** Takes a file of readings by its columns; what is wrong with the file is told, not thrown. Errors: those of the store. */
export async function importCsv(wish: CsvFile, house: CsvHouse): Promise<CsvImportAnswer | FileTrouble> {
  const { path, name, mode, mapping } = wish;
  const here = siteOf(house.meters, wish.site);
  if ("trouble" in here) return here;
  const { site, zone, meters } = here;
  try {
    if ((await stat(path)).size > MOST_MIB * MIB) return { trouble: `Files up to ${MOST_MIB} MiB are read. Cut it into smaller ones.` };
    if (mapping.time?.zone !== undefined && !isZone(mapping.time.zone))
      return { trouble: `There is no zone ${JSON.stringify(mapping.time.zone)}; it is a name like Europe/Berlin.` };
    const book = new KnownMeters(site, knownMeters(meters, { site, registry: await house.store.registry() }));
    const report = await takeColumns({ bytes: await readFile(path), name, mapping, zone, meters: book, mode }, house);
    if (mode === "import") await house.meters.look();
    return answerOf(report, { mode, site, zone: zoneNamed(zone) });
  } catch (error) {
    if (error instanceof ImportProblem) return { trouble: error.message };
    throw error;
  }
}

/** The site a file belongs to: the one that is named, else the only one. */
function siteOf(meters: Meters, named: string | undefined): Pick<SiteMeters, "site" | "zone" | "meters"> | FileTrouble {
  const all = meters.current().map(({ settings }) => settings);
  const ids = all.map(({ site }) => site).join(", ");
  if (named !== undefined)
    return all.find(({ site }) => site === named) ?? { trouble: `There is no site ${named}; there are ${ids || "none"}.` };
  const own = all.filter(({ site }) => site !== "unassigned");
  const [only] = own.length > 0 ? own : all;
  if (only === undefined) return { trouble: "There is no site yet. Name one in the configuration." };
  return own.length > 1 ? { trouble: `Say which site the readings are of: ${ids}.` } : only;
}

/** Meters that are named, and registers at points that nobody named. */
function knownMeters(meters: readonly MeterSettings[], { site, registry }: { site: string; registry: Registry }): KnownMeter[] {
  const named = meters
    .filter((one) => one.site === site)
    .map((one): KnownMeter => {
      const { id, name, unit, medium, what } = one;
      const point = what.kind === "physical" ? what.point : undefined;
      const register = point === undefined ? undefined : registerAt(registry, site, point, what.kind === "physical" ? what.series : []);
      const serial = what.kind === "physical" ? what.serial : undefined;
      return { id, name, unit, medium, serial, register, ...(point === undefined ? {} : { point }) };
    });
  const points = new Set(named.map(({ point }) => point));
  const found = registry.points
    .filter((one) => one.site === site && !points.has(one.id))
    .flatMap((one): KnownMeter[] => {
      const register = registerAt(registry, site, one.id, []);
      return register === undefined ? [] : [{ id: `${site}.${one.id}`, name: one.name, unit: register.unit, point: one.id, register }];
    });
  return [...named, ...found];
}

/** What a point counts: what its meter says first, else the register that came first. */
function registerAt({ series }: Registry, site: string, point: string, own: readonly Series[]): KnownMeter["register"] {
  const counters = [...own, ...series.filter((one) => one.site === site && one.point === point)].filter(({ kind }) => kind === "counter");
  const first = counters[0];
  return first === undefined ? undefined : { quantity: first.quantity, unit: first.unit };
}

interface Asked {
  readonly mode: CsvImportAnswer["mode"];
  readonly site: string;
  readonly zone: Zone;
}

/** A report as it is answered. Missing: NaN is null. */
function answerOf(report: ColumnsReport, { mode, site, zone }: Asked): CsvImportAnswer {
  const { mapping, evidence, columns, names, needs, rows, result } = report;
  return {
    mode,
    site,
    zone: zone.id,
    mapping: mapping as CsvMapping,
    evidence: [...evidence],
    columns: columns.map(({ samples, ...column }) => ({ ...column, samples: [...samples] })),
    names: [...names],
    needs: [...needs],
    rows: rows.map(({ line, cells, readings, problem }) => ({
      line,
      cells: [...cells],
      readings: readings.map(({ fromMs, ...reading }) => ({ ...reading, tLocal: offsetText(reading.tMs, zone), fromMs: fromMs ?? null })),
      problem: problem ?? null,
    })),
    result:
      result === undefined
        ? null
        : {
            sentence: result.sentence,
            lines: result.lines,
            readings: result.readings,
            new: result.fresh,
            same: result.same,
            changed: result.changed,
            repeated: result.repeated,
            rejected: result.rejected,
            problems: [...result.problems],
            meters: result.meters.map((one) => movedOf(one, zone)),
            importId: result.importId ?? null,
          },
  };
}

function movedOf({ meter, named, series, unit, compared, firstMs, lastMs }: MovedMeter, zone: Zone) {
  const { fresh, same, changed, months, largest } = compared;
  return {
    meter: meter.id,
    name: named,
    known: meter.known,
    series,
    unit,
    new: fresh,
    same,
    changed,
    firstMs: firstMs ?? null,
    lastMs: lastMs ?? null,
    months: [...months],
    largest: largest.map((change) => ({ ...change, tLocal: offsetText(change.tMs, zone) })),
  };
}
