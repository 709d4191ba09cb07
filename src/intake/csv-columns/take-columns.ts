import { createHash } from "node:crypto";
import { zoneNamed } from "#calendar/zone.ts";
import { CSV_SOURCE } from "#intake/csv-text.ts";
import { ImportProblem } from "#intake/import-problem.ts";
import { NO_ROWS } from "#series/column.ts";
import type { Series } from "#sites/registry.ts";
import type { ColumnsHouse } from "./columns-house.ts";
import type { ColumnsReport, ColumnsResult, ColumnsWish, MovedMeter } from "./columns-report.ts";
import { type Compared, compare } from "./compared.ts";
import type { Gathered, Told } from "./gathered.ts";
import { Gathering } from "./gathering.ts";
import { type Guess, guessMapping } from "./guess.ts";
import { keepColumns } from "./keep-columns.ts";
import { LineReader } from "./line-readings.ts";
import type { MeterBook } from "./meter-book.ts";
import { previewOf } from "./preview.ts";
import { columnsSentence } from "./sentence.ts";
import { delimiterOf, headOf, linesIn, linesOf } from "./table.ts";
import { encodingOf, noTextOf, textOfFile } from "./text-of-file.ts";

/** What the beginning of a file is at most. */
const HEAD_BYTES = 1_048_576;
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

/** Reads the whole file, holds it against what is known, and keeps what is new where that is wished. */
async function taken(wish: ColumnsWish, house: ColumnsHouse, guess: Guess): Promise<ColumnsResult> {
  const byKey = new Map((await house.store.registry()).series.map((series) => [series.key, series]));
  const gathering = await gatheringOf(wish, { guess, nowMs: house.nowMs(), unitOf: (key) => byKey.get(key)?.unit });
  const moves: Move[] = [];
  for (const gathered of gathering.series) moves.push(await moveOf(gathered, { wish, store: house.store, byKey }));
  const counts = countsOf(gathering, moves);
  const sentence = columnsSentence(counts, { name: wish.name, meters: moves.length, isDry: wish.mode === "dry-run" });
  const meters = moves.map(movedMeter);
  const result = { ...counts, sentence, problems: gathering.problems.slice(0, MOST_PROBLEMS), meters };
  if (wish.mode === "dry-run") return { ...result, importId: undefined };
  const file = { name: wish.name, bytes: wish.bytes.length, sha256: createHash("sha256").update(wish.bytes).digest("hex") };
  const about = { file, source: CSV_SOURCE, counts, sentence, problems: gathering.problems };
  return { ...result, importId: await keepColumns(house, { ...about, parts: moves }) };
}

interface Reading {
  readonly guess: Guess;
  readonly nowMs: number;
  /** Of a series that is there. */
  readonly unitOf: (key: string) => string | undefined;
}

async function gatheringOf({ bytes, meters }: ColumnsWish, { guess, nowMs, unitOf }: Reading): Promise<Gathering> {
  const { mapping, columns } = guess;
  const gathering = new Gathering({ mapping, reader: new LineReader(mapping, columns.names), meters, nowMs, unitOf });
  for await (const line of linesIn(bytes, mapping)) if (mapping.headerLine === null || line.line > mapping.headerLine) gathering.take(line);
  return gathering;
}

/** What a file says of one series, beside what is known of it. */
interface Move {
  readonly gathered: Gathered;
  readonly told: Told;
  readonly compared: Compared;
}

interface Beside {
  readonly wish: ColumnsWish;
  readonly store: ColumnsHouse["store"];
  readonly byKey: ReadonlyMap<string, Series>;
}

async function moveOf(gathered: Gathered, { wish, store, byKey }: Beside): Promise<Move> {
  const told = gathered.told();
  const known = byKey.get(gathered.draft.key);
  const { firstMs, lastMs } = endsOf(told);
  const had =
    known === undefined || firstMs === undefined || lastMs === undefined
      ? NO_ROWS
      : await store.read(known.id, { fromMs: firstMs, toMs: lastMs + 1 }, { corrected: false });
  return { gathered, told, compared: compare(told.column, had, zoneNamed(wish.zone)) };
}

function endsOf({ column: { tMs } }: Told): Pick<MovedMeter, "firstMs" | "lastMs"> {
  return { firstMs: tMs[0], lastMs: tMs.at(-1) };
}

function movedMeter({ gathered: { meter, named, draft }, told, compared: { rows: _, ...compared } }: Move): MovedMeter {
  return { meter, named, series: draft.key, unit: draft.unit, compared, ...endsOf(told) };
}

function countsOf({ lines, rejected }: Gathering, moves: readonly Move[]) {
  const sum = (of: (move: Move) => number): number => moves.reduce((total, move) => total + of(move), 0);
  return {
    lines,
    readings: sum(({ told }) => told.readings),
    fresh: sum(({ compared }) => compared.fresh),
    same: sum(({ compared }) => compared.same),
    changed: sum(({ compared }) => compared.changed),
    repeated: sum(({ told }) => told.repeated),
    rejected,
  };
}
