import { createHash } from "node:crypto";
import { zoneNamed } from "#calendar/zone.ts";
import { ImportProblem } from "#intake/import-problem.ts";
import type { ColumnsHouse } from "./columns-house.ts";
import { type Compared, compare } from "./compared.ts";
import { type FullMapping, needsOf } from "./full-mapping.ts";
import { CSV_REGISTERS, type Gathered } from "./gathered.ts";
import { Gathering } from "./gathering.ts";
import { type Guess, guessMapping } from "./guess.ts";
import { keepColumns } from "./keep-columns.ts";
import { type LineRead, LineReader } from "./line-readings.ts";
import type { ColumnMapping, Evidence } from "./mapping.ts";
import type { CsvMeter, MeterBook } from "./meter-book.ts";
import { columnsSentence } from "./sentence.ts";
import { type CsvLine, delimiterOf, headOf, linesIn, linesOf } from "./table.ts";
import { encodingOf, noTextOf, textOfFile } from "./text-of-file.ts";

export interface ColumnsWish {
  readonly bytes: Uint8Array;
  /** What the file is called. */
  readonly name: string;
  readonly mapping: ColumnMapping;
  /** Of the site: days, and times without offset. */
  readonly zone: string;
  readonly meters: MeterBook;
  readonly mode: "preview" | "dry-run" | "import";
}

/** A line of the beginning as it would be read. */
export interface PreviewRow extends CsvLine {
  readonly readings: readonly { meter: string; tMs: number; value: number; unit: string; fromMs: number | undefined }[];
  readonly problem: string | undefined;
}

/** What one meter would get. */
export interface MovedMeter {
  readonly meter: CsvMeter;
  readonly named: string;
  readonly series: string;
  readonly unit: string;
  readonly compared: Omit<Compared, "rows">;
  readonly firstMs: number | undefined;
  readonly lastMs: number | undefined;
}

export interface ColumnsReport {
  readonly mapping: FullMapping;
  readonly evidence: readonly Evidence[];
  readonly columns: readonly { readonly column: number; readonly name: string; readonly samples: readonly string[] }[];
  readonly names: readonly string[];
  readonly needs: readonly string[];
  readonly rows: readonly PreviewRow[];
  /** Left out in a preview, and where something is needed first. */
  readonly result?: ColumnsResult;
}

export interface ColumnsResult {
  readonly sentence: string;
  readonly lines: number;
  readonly readings: number;
  readonly fresh: number;
  readonly same: number;
  readonly changed: number;
  readonly repeated: number;
  readonly rejected: number;
  readonly problems: readonly { readonly line: number; readonly sentence: string }[];
  readonly meters: readonly MovedMeter[];
  readonly importId: number | undefined;
}

/** What the beginning of a file is at most. */
const HEAD_BYTES = 1_048_576;
const PREVIEW_LINES = 20;
const SAMPLES = 5;
const MOST_NAMES = 200;
const MOST_PROBLEMS = 100;

/**
 * Reads a file of readings by its columns: shows how, says what it would change, or changes it in one transaction. The same file twice
 * changes nothing. Errors: ImportProblem; those of the store.
 */
export async function takeColumns(wish: ColumnsWish, house: ColumnsHouse): Promise<ColumnsReport> {
  const other = noTextOf(wish.bytes);
  if (other !== undefined) throw new ImportProblem("no-csv", `The file is ${other}.`);
  const letters = encodingOf(wish.bytes);
  const encoding = wish.mapping.encoding ?? letters.encoding;
  const head = headOf(textOfFile(wish.bytes.subarray(0, HEAD_BYTES), encoding));
  const cut = delimiterOf(head);
  const delimiter = wish.mapping.delimiter ?? cut.delimiter;
  const first = linesOf(head, delimiter);
  if (first.length === 0) throw new ImportProblem("empty", "The file holds no line with anything in it.");
  const guess = ofKnownMeter(guessMapping(first, wish.mapping, { encoding, delimiter, zone: wish.zone }), wish.meters);
  const report = previewOf(wish, guess, [letters.evidence, cut.evidence]);
  if (wish.mode === "preview") return report;
  if (report.needs.length > 0) {
    if (wish.mode === "import") throw new ImportProblem("not-clear", report.needs.join(" "));
    return report;
  }
  return { ...report, result: await taken(wish, house, guess) };
}

/** The only column of readings, where it bears the name of a meter that is there. */
function ofKnownMeter(guess: Guess, meters: MeterBook): Guess {
  const { mapping, columns, evidence } = guess;
  const [only, ...more] = mapping.values;
  if (only === undefined || more.length > 0 || mapping.layout === "row-per-day") return guess;
  if (only.meter !== undefined || mapping.meter !== undefined || mapping.meterColumn !== null) return guess;
  const named = columns.names[only.column] ?? "";
  const meter = meters.find(named, only.unit ?? mapping.unit ?? "");
  if ("trouble" in meter || !meter.known) return guess;
  const sentence = `The readings are those of ${meter.id}, as their column is called ${named}.`;
  return {
    ...guess,
    mapping: { ...mapping, values: [{ ...only, meter: meter.id }] },
    evidence: [...evidence, { what: "meter", sentence, sure: true }],
  };
}

function previewOf(wish: ColumnsWish, { mapping, evidence, columns }: Guess, before: readonly Evidence[]): ColumnsReport {
  const reader = new LineReader(mapping, columns.names);
  const all = columns.lines.map((line) => ({ line, read: reader.read(line) }));
  const shown = all.slice(0, PREVIEW_LINES).map(({ line, read }) => previewRow(wish.meters, line, read));
  const { meterColumn } = mapping;
  const named =
    meterColumn === null
      ? all.flatMap(({ read }) => read.readings.map((one) => one.named))
      : columns.lines.map(({ cells }) => cells[meterColumn] ?? "");
  const needs = needsOf(mapping);
  const unclear =
    needs.length > 0
      ? []
      : troubles(
          wish.meters,
          all.map(({ read }) => read),
        );
  return {
    mapping,
    evidence: [...before, ...evidence],
    columns: columns.names.map((name, column) => ({
      column,
      name,
      samples: columns.lines.slice(0, SAMPLES).map(({ cells }) => cells[column] ?? ""),
    })),
    names: [...new Set(named.filter((name) => name !== ""))].slice(0, MOST_NAMES),
    needs: [...needs, ...unclear],
    rows: shown,
  };
}

const MOST_TROUBLES = 5;

/** What keeps the meters of the first lines from being found: told once each. */
function troubles(meters: MeterBook, reads: readonly LineRead[]): string[] {
  const found = reads.flatMap(({ readings }) =>
    readings.flatMap(({ named, unit }) => {
      const meter = meters.find(named, unit);
      return "trouble" in meter ? [meter.trouble] : [];
    }),
  );
  return [...new Set(found)].slice(0, MOST_TROUBLES);
}

function previewRow(meters: MeterBook, line: CsvLine, { readings, problems }: LineRead): PreviewRow {
  const told = readings.map(({ named, unit, value, tMs, fromMs }) => {
    const meter = meters.find(named, unit);
    return "trouble" in meter
      ? { meter: named, value, tMs, unit, fromMs }
      : { meter: meter.id, value, tMs, unit: unit === "" ? meter.unit : unit, fromMs };
  });
  return { ...line, readings: told, problem: problems.length === 0 ? undefined : problems.join("; ") };
}

async function taken(wish: ColumnsWish, house: ColumnsHouse, guess: Guess): Promise<ColumnsResult> {
  const { mapping, columns } = guess;
  const registry = await house.store.registry();
  const byKey = new Map(registry.series.map((one) => [one.key, one]));
  const unitOf = (key: string): string | undefined => byKey.get(key)?.unit;
  const reader = new LineReader(mapping, columns.names);
  const gathering = new Gathering({ mapping, reader, meters: wish.meters, nowMs: house.nowMs(), unitOf });
  for await (const line of linesIn(wish.bytes, mapping))
    if (mapping.headerLine === null || line.line > mapping.headerLine) gathering.take(line);
  const all = gathering.series.map((gathered) => ({ gathered, told: gathered.told() }));
  const zone = zoneNamed(wish.zone);
  const compared: { gathered: Gathered; compared: Compared; range: { firstMs: number; lastMs: number } | undefined }[] = [];
  for (const { gathered, told } of all) {
    const known = byKey.get(gathered.draft.key);
    const [firstMs, lastMs] = [told.column.tMs[0], told.column.tMs.at(-1)];
    const range = firstMs === undefined || lastMs === undefined ? undefined : { firstMs, lastMs };
    const had =
      known === undefined || range === undefined
        ? NOTHING
        : await house.store.read(known.id, { fromMs: range.firstMs, toMs: range.lastMs + 1 }, { corrected: false });
    compared.push({ gathered, compared: compare(told.column, had, zone), range });
  }
  const sum = (of: (one: Compared) => number): number => compared.reduce((total, one) => total + of(one.compared), 0);
  const counts = {
    lines: gathering.lines,
    readings: all.reduce((total, { told }) => total + told.readings, 0),
    fresh: sum(({ fresh }) => fresh),
    same: sum(({ same }) => same),
    changed: sum(({ changed }) => changed),
    repeated: all.reduce((total, { told }) => total + told.repeated, 0),
    rejected: gathering.rejected,
  };
  const sentence = columnsSentence(counts, { name: wish.name, meters: all.length, isDry: wish.mode === "dry-run" });
  const result = {
    ...counts,
    sentence,
    problems: gathering.problems.slice(0, MOST_PROBLEMS),
    meters: compared.map(({ gathered, compared: { rows: _rows, ...rest }, range }) => ({
      meter: gathered.meter,
      named: gathered.named,
      series: gathered.draft.key,
      unit: gathered.draft.unit,
      compared: rest,
      firstMs: range?.firstMs,
      lastMs: range?.lastMs,
    })),
  };
  if (wish.mode === "dry-run") return { ...result, importId: undefined };
  const file = { name: wish.name, bytes: wish.bytes.length, sha256: createHash("sha256").update(wish.bytes).digest("hex") };
  const importId = await keepColumns(house, {
    file,
    source: CSV_REGISTERS,
    counts,
    sentence,
    problems: gathering.problems,
    parts: compared,
  });
  return { ...result, importId };
}

const NOTHING = { tMs: new Float64Array(0), value: new Float64Array(0), quality: new Uint16Array(0) };
