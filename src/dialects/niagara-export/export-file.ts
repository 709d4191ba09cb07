import type { FileItem } from "#dialects/file-item.ts";
import { historyPlace } from "#dialects/niagara-place.ts";
import { quoted } from "#dialects/text.ts";
import { HistoryRows, type RowCells, TableRows } from "./export-rows.ts";
import { type Layout, layoutOf } from "./layout.ts";
import type { ExportOptions } from "./options.ts";
import { Outbox } from "./outbox.ts";

/** A file as it is named where it lies. */
export interface ExportAbout {
  /** `Fpb3$2d01$20Effective$20Setpoint.csv`: names the history where the file itself does not. */
  readonly name: string;
  /** Cells are parted by something else than commas, so that a comma in a number is a decimal one. */
  readonly decimalComma: boolean;
}

/** Lines that may stand in front of the heads of the columns. */
const MOST_PREAMBLE = 20;
const HEADING = /^history:\/?(.+)$/;

/** Takes the lines of one export, from the first, and turns them into readings and rejects. */
export class ExportFile {
  readonly #options: ExportOptions;
  readonly #about: ExportAbout;
  readonly #outbox = new Outbox();
  #heading: string | undefined;
  #before = 0;
  #rows: HistoryRows | TableRows | undefined;
  #isRefused = false;

  constructor(options: ExportOptions, about: ExportAbout) {
    this.#options = options;
    this.#about = about;
  }

  /** What was said so far and is certain not to be said otherwise by the next line. */
  drain(): FileItem[] {
    return this.#outbox.drain();
  }

  /** Rows that a later line of the file repeats; the later one counts. */
  get repeated(): number {
    return this.#outbox.repeated;
  }

  get isRefused(): boolean {
    return this.#isRefused;
  }

  take(cells: readonly string[], line: number): void {
    if (this.#isRefused || cells.every((cell) => cell.trim() === "")) return;
    if (this.#rows === undefined) this.#head(cells, line);
    else this.#rows.take(rowOf(cells, line));
  }

  /** Nothing more of the file can be believed. */
  broken(code: string, sentence: string, said = ""): void {
    this.#isRefused = true;
    this.#outbox.reject({ code, sentence }, said);
  }

  end(): FileItem[] {
    if (this.#rows === undefined && !this.#isRefused) {
      if (this.#before === 0) this.broken("empty-file", "The file is empty.");
      else this.#noHeads();
    }
    this.#rows?.end();
    return this.#outbox.end();
  }

  #head(cells: readonly string[], line: number): void {
    this.#before += 1;
    const layout = layoutOf(cells, this.#options.columns);
    if (layout !== undefined) {
      this.#rows = this.#rowsOf(layout, cells.length);
      return;
    }
    const heading = HEADING.exec((cells[0] ?? "").trim())?.[1];
    if (heading !== undefined && line <= 2) this.#heading = heading;
    else if (this.#before > MOST_PREAMBLE) this.#noHeads(cells.join(","));
  }

  #noHeads(said = ""): void {
    const { timestamp, equip } = this.#options.columns;
    this.broken(
      "no-heads",
      `The first lines of ${quoted(this.#about.name)} name no columns Timestamp and Value, nor ${timestamp} and ${equip}; is this an export of a history?`,
      said,
    );
  }

  #rowsOf(layout: Layout, heads: number): HistoryRows | TableRows {
    const options = this.#options;
    const parts = { options, outbox: this.#outbox, decimalComma: this.#about.decimalComma };
    const { station } = options;
    if (layout.kind === "table") return new TableRows(layout, { ...parts, station: station ?? "" });
    const slash = this.#heading?.indexOf("/") ?? -1;
    const named = slash > 0 ? this.#heading?.slice(0, slash) : undefined;
    const path = this.#heading === undefined ? historyOfFile(this.#about.name) : slash > 0 ? this.#heading.slice(slash + 1) : this.#heading;
    const own = named ?? station;
    const { plainStation } = options;
    const place = historyPlace({
      path,
      ...(own === undefined ? {} : { station: own }),
      ...(plainStation === undefined ? {} : { plainStation }),
    });
    return new HistoryRows(layout, { ...parts, place, heads });
  }
}

/** `%5EFpb3$2d01$20Fan.csv` → `Fpb3$2d01$20Fan`: the name a history has in its station. */
export function historyOfFile(name: string): string {
  const bare = name.replace(/\.csv$/i, "");
  try {
    return decodeURIComponent(bare);
  } catch {
    return bare;
  }
}

function rowOf(cells: readonly string[], line: number): RowCells {
  return { cells, line };
}
