import { type Meaning, meaningOf } from "#dialects/niagara-history/meaning.ts";
import { flagBits, saysNothing, statusBits } from "#dialects/niagara-history/status.ts";
import { type HistoryPlace, historyPlace } from "#dialects/niagara-place.ts";
import { quoted } from "#dialects/text.ts";
import type { Reading, RejectItem } from "#readings/reading.ts";
import { type ClockInstant, ExportClock } from "./clock.ts";
import type { Layout } from "./layout.ts";
import type { ExportOptions } from "./options.ts";
import type { Outbox } from "./outbox.ts";
import { readCellTime } from "./time-cell.ts";
import { type CellValue, readCell } from "./value-cell.ts";

export interface RowCells {
  readonly cells: readonly string[];
  readonly line: number;
}

interface RowParts {
  readonly options: ExportOptions;
  readonly outbox: Outbox;
  readonly decimalComma: boolean;
}

/** What is common to both shapes: the clock, and that what is wrong is said with its line. */
class Rows {
  readonly outbox: Outbox;
  readonly #clock: ExportClock;

  constructor({ outbox, options }: RowParts) {
    this.outbox = outbox;
    this.#clock = new ExportClock(options.zone);
  }

  instant(written: string): ClockInstant | RejectItem {
    const time = readCellTime(written);
    return time === undefined
      ? {
          code: "bad-time",
          sentence: `${written.trim() === "" ? "the time is missing" : `${quoted(written)} is no time`}; it is written like 05-Nov-25 2:19:58 PM MST.`,
        }
      : this.#clock.instantOf(time, written);
  }

  refuse({ code, sentence }: RejectItem, { cells, line }: RowCells): void {
    this.outbox.reject({ code, sentence: `Line ${line}: ${sentence}` }, cells.join(","));
  }

  end(): void {
    const { contradiction } = this.#clock;
    if (contradiction !== undefined) this.outbox.reject({ code: "zone-contradiction", sentence: contradiction }, contradiction);
  }
}

interface Spoken extends Pick<Reading, "quantity" | "unit" | "kind" | "value"> {}

const TEXT_UNIT = "text";

/** What a column says, row after row: numbers all of them, or words all of them. */
class Voice {
  readonly #words: string;
  readonly #units: ExportOptions["units"];
  readonly #unit: string;
  #isNumeric: boolean | undefined;
  readonly #meanings = new Map<string, Meaning>();

  constructor(words: string, unit: string, options: ExportOptions) {
    this.#words = words;
    this.#units = options.units;
    this.#unit = unit;
    if (unit !== "" || meaningOf(words, unit, options.units).numeric) this.#isNumeric = true;
  }

  spoken(cell: CellValue, isNull: boolean): Spoken | RejectItem {
    if (cell.kind === "absent") return this.#isNumeric === false ? stateOf(Number.NaN) : this.#number(Number.NaN, this.#unit);
    this.#isNumeric ??= cell.kind === "number";
    if (!this.#isNumeric) return stateOf(cell.kind === "word" ? cell.value : String(cell.value));
    if (cell.kind === "number") return this.#number(cell.value, cell.unit);
    // A value that the station calls null says nothing, whatever stands in its place.
    if (isNull) return this.#number(Number.NaN, this.#unit);
    return { code: "not-a-number", sentence: `the value is ${quoted(cell.value)}, not a number as the rows before.` };
  }

  #number(value: number, unit: string): Spoken {
    const known = this.#meanings.get(unit) ?? meaningOf(this.#words, unit, this.#units);
    this.#meanings.set(unit, known);
    return { quantity: known.quantity, unit: known.unit, kind: "gauge", value };
  }
}

function stateOf(value: string | number): Spoken {
  return { quantity: "state", unit: TEXT_UNIT, kind: "state", value };
}

type HistoryLayout = Extract<Layout, { kind: "history" }>;
type TableLayout = Extract<Layout, { kind: "table" }>;

/** Rows of one history. */
export class HistoryRows extends Rows {
  readonly #layout: HistoryLayout;
  readonly #place: HistoryPlace;
  readonly #rule: { readonly unit: string; readonly decimalComma: boolean };
  readonly #voice: Voice;
  readonly #heads: number;

  constructor(layout: HistoryLayout, parts: RowParts & { readonly place: HistoryPlace; readonly heads: number }) {
    super(parts);
    this.#layout = layout;
    this.#place = parts.place;
    this.#rule = { unit: layout.unit, decimalComma: parts.decimalComma };
    this.#voice = new Voice(parts.place.words, layout.unit, parts.options);
    this.#heads = parts.heads;
  }

  take(row: RowCells): void {
    const { cells } = row;
    const { time, flags, status } = this.#layout;
    const when = this.instant(cells[time] ?? "");
    if ("code" in when) {
      this.refuse(when, row);
      return;
    }
    const told = (at: number): string => (at < 0 ? "" : (cells[at] ?? "").trim());
    const said = told(status);
    const cell = this.#cell(row);
    if ("code" in cell) {
      this.refuse(cell, row);
      return;
    }
    const spoken = this.#voice.spoken(cell, saysNothing(said));
    if ("code" in spoken) {
      this.refuse(spoken, row);
      return;
    }
    const quality = when.quality | statusBits(said) | flagBits(told(flags));
    const { device, point, pointName, about } = this.#place;
    this.outbox.reading(
      {
        ...{ device, point, pointName, about, ...spoken, tMs: when.tMs },
        ...(quality === 0 ? {} : { quality }),
        ...(said === "" ? {} : { status: said }),
      },
      () => cells.join(","),
    );
  }

  #cell({ cells }: RowCells): CellValue | RejectItem {
    const { value } = this.#layout;
    const written = cells[value];
    if (written === undefined) return { code: "line-cut-short", sentence: `the line ends after ${cells.length} of ${this.#heads} cells.` };
    const decimals = cells[value + 1] ?? "";
    // A decimal comma in a file that parts its cells by commas makes one cell more than there are heads.
    const isParted =
      cells.length === this.#heads + 1 && value === this.#heads - 1 && /^\s*[+-]?\d+$/.test(written) && /^\d+\b/.test(decimals);
    return isParted ? readCell(`${written},${decimals}`, { ...this.#rule, decimalComma: true }) : readCell(written, this.#rule);
  }
}

/** Rows of many equipments, each with the same columns. */
export class TableRows extends Rows {
  readonly #layout: TableLayout;
  readonly #parts: RowParts & { readonly station: string };
  readonly #columns = new Map<string, { readonly place: HistoryPlace; readonly voice: Voice }>();

  constructor(layout: TableLayout, parts: RowParts & { readonly station: string }) {
    super(parts);
    this.#layout = layout;
    this.#parts = parts;
  }

  take(row: RowCells): void {
    const { cells } = row;
    const { time, equip, values } = this.#layout;
    const when = this.instant(cells[time] ?? "");
    if ("code" in when) {
      this.refuse(when, row);
      return;
    }
    const name = (cells[equip] ?? "").trim();
    if (name === "") {
      this.refuse({ code: "no-equipment", sentence: "the row names no equipment." }, row);
      return;
    }
    for (const column of values) {
      const written = cells[column.at] ?? "";
      // An empty cell of a wide table is what this equipment has not, or did not say then.
      if (written.trim() === "") continue;
      const rule = { unit: column.unit, decimalComma: this.#parts.decimalComma };
      const { place, voice } = this.#column(name, column);
      const cell = readCell(written, rule);
      const spoken = "code" in cell ? cell : voice.spoken(cell, false);
      if ("code" in spoken) {
        this.refuse({ code: spoken.code, sentence: `${column.name}: ${spoken.sentence}` }, row);
        continue;
      }
      const { device, point, pointName, about } = place;
      const quality = when.quality === 0 ? {} : { quality: when.quality };
      this.outbox.reading({ device, point, pointName, about, ...spoken, tMs: when.tMs, ...quality }, () => cells.join(","));
    }
  }

  #column(equip: string, { name, unit }: TableLayout["values"][number]): { place: HistoryPlace; voice: Voice } {
    const key = `${equip}\n${name}`;
    const known = this.#columns.get(key);
    if (known !== undefined) return known;
    const { options, station } = this.#parts;
    const { plainStation } = options;
    const place = historyPlace({
      path: `${equip} ${name}`.replaceAll("/", "$2f"),
      ...(station === "" ? {} : { station }),
      ...(plainStation === undefined ? {} : { plainStation }),
    });
    const made = {
      place: { ...place, about: { ...place.about, equipment: equip } },
      voice: new Voice(wordsOf(name, options), unit, options),
    };
    this.#columns.set(key, made);
    return made;
  }
}

/** The columns that the configuration names mean what it says; others what their own names say. */
function wordsOf(name: string, { columns }: ExportOptions): string {
  const lower = name.toLowerCase();
  if (lower === columns.temp.toLowerCase()) return "Zone Temp";
  return lower === columns.setpoint.toLowerCase() ? "Zone Setpoint" : name.replaceAll("_", " ");
}
