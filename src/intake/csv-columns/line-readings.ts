import { DAY_MS, MINUTE_MS } from "#calendar/civil.ts";
import { type Zone, zoneNamed } from "#calendar/zone.ts";
import { quoted } from "#dialects/text.ts";
import type { FullMapping } from "./full-mapping.ts";
import { LocalClock } from "./local-clock.ts";
import { DAY_MINUTES } from "./mapping.ts";
import { numberInCell } from "./number-cell.ts";
import type { CsvLine } from "./table.ts";
import { type CellTime, timeInCell } from "./time-cell.ts";

/** A reading of a line, before it is known whose it is. */
export interface LineReading {
  /** As the file, or a person, calls the meter. */
  readonly named: string;
  /** Empty where nobody says it. */
  readonly unit: string;
  readonly value: number;
  readonly tMs: number;
  /** Beginning of an amount. Missing: undefined for a register. */
  readonly fromMs?: number;
}

export interface LineRead {
  readonly readings: readonly LineReading[];
  /** Of the line, or of single cells. */
  readonly problems: readonly string[];
}

/** Reads the lines of a file one after the other; what it remembers is where in a repeated hour each meter stands. */
export class LineReader {
  readonly #mapping: FullMapping;
  readonly #names: readonly string[];
  readonly #zone: Zone;
  readonly #clocks = new Map<string, LocalClock>();

  constructor(mapping: FullMapping, names: readonly string[]) {
    this.#mapping = mapping;
    this.#names = names;
    this.#zone = zoneNamed(mapping.time.zone);
  }

  read({ cells }: CsvLine): LineRead {
    const { time, layout, meterColumn } = this.#mapping;
    if (time.column === undefined) return { readings: [], problems: ["it is not known where its time is"] };
    const clock = time.clockColumn === null ? undefined : (cells[time.clockColumn] ?? "");
    const at = timeInCell(cells[time.column] ?? "", time.format, clock);
    if (typeof at === "string") return { readings: [], problems: [at] };
    if (meterColumn !== null && (cells[meterColumn] ?? "") === "") return { readings: [], problems: ["it names no meter"] };
    return layout === "row-per-day" ? this.#day(cells, at) : this.#moment(cells, at);
  }

  #moment(cells: readonly string[], at: CellTime): LineRead {
    const readings: LineReading[] = [];
    const problems: string[] = [];
    for (const { column, meter, unit } of this.#mapping.values) {
      const value = numberInCell(cells[column] ?? "", this.#mapping);
      if (typeof value === "string") problems.push(value);
      if (typeof value === "string" || Number.isNaN(value)) continue;
      const named = this.#named(cells, meter ?? this.#names[column] ?? "");
      const span = this.#spanOf(named, at);
      if (typeof span === "string") problems.push(span);
      else readings.push({ named, unit: this.#unit(cells, unit), value, ...span });
    }
    return readings.length + problems.length > 0 ? { readings, problems } : { readings, problems: ["it holds no reading"] };
  }

  #day(cells: readonly string[], at: CellTime): LineRead {
    const { values, label } = this.#mapping;
    const named = this.#named(cells, "");
    const dayMs = Math.floor(at.localMs / DAY_MS) * DAY_MS;
    const lengthMs = DAY_MS / Math.max(values.length, 1);
    const readings: LineReading[] = [];
    const problems: string[] = [];
    for (const [i, { column, unit }] of values.entries()) {
      const value = numberInCell(cells[column] ?? "", this.#mapping);
      if (typeof value === "string") problems.push(value);
      if (typeof value === "string" || Number.isNaN(value)) continue;
      // Whether columns are named by start or end, the first is the first interval of the day.
      const fromMs = this.#clockOf(named).take(dayMs + i * lengthMs);
      if (fromMs !== undefined) readings.push({ named, unit: this.#unit(cells, unit), value, fromMs, tMs: fromMs + lengthMs });
      // A clock that skips an hour leaves columns without meaning, which senders fill with nothing.
      else if (value !== 0) problems.push(`the clock of ${this.#zone.id} skips interval ${i + 1} of that day (${label})`);
    }
    return readings.length + problems.length > 0 ? { readings, problems } : { readings, problems: ["it holds no reading"] };
  }

  #named(cells: readonly string[], column: string): string {
    const { meterColumn, meter, meters } = this.#mapping;
    const named = meterColumn === null ? (column === "" ? (meter ?? "") : column) : (cells[meterColumn] ?? "");
    // Where a person named one meter for the file, a single column needs no name of its own.
    const single = meterColumn === null && meter !== undefined && this.#mapping.values.every((one) => one.meter === undefined);
    const found = single ? meter : named;
    return Object.hasOwn(meters, found) ? (meters[found] ?? found) : found;
  }

  #unit(cells: readonly string[], ofColumn: string | undefined): string {
    const { unitColumn, unit } = this.#mapping;
    return (unitColumn === null ? "" : (cells[unitColumn] ?? "")) || ofColumn || unit || "";
  }

  /** When a reading was, or when an amount began and ended. Errors: a sentence. */
  #spanOf(named: string, at: CellTime): { tMs: number; fromMs?: number } | string {
    const { meaning, label, intervalMinutes } = this.#mapping;
    if (at.isDate) return this.#daySpan(at.localMs);
    const tMs = at.tMs ?? this.#clockOf(named).take(at.localMs);
    if (tMs === undefined)
      return `no clock in ${this.#zone.id} ever shows ${quoted(new Date(at.localMs).toISOString().slice(0, 16).replace("T", " "))}`;
    if (meaning === "register") return { tMs };
    if (intervalMinutes === undefined) return "the length of its interval is not known";
    if (intervalMinutes === DAY_MINUTES) {
      const days = label === "start" ? 1 : -1;
      const other = this.#zone.instantOf(this.#zone.localOf(tMs) + days * DAY_MS, "earlier") ?? tMs + days * DAY_MS;
      return label === "start" ? { fromMs: tMs, tMs: other } : { fromMs: other, tMs };
    }
    const lengthMs = intervalMinutes * MINUTE_MS;
    return label === "start" ? { fromMs: tMs, tMs: tMs + lengthMs } : { fromMs: tMs - lengthMs, tMs };
  }

  /** A date without a time: a reading stands at the end of its local day, and an amount is that of the day. */
  #daySpan(localMs: number): { tMs: number; fromMs?: number } {
    const { meaning } = this.#mapping;
    const fromMs = this.#zone.dayStart(this.#zone.instantOf(localMs, "later") ?? localMs);
    const tMs = this.#zone.addDays(fromMs, 1);
    return meaning === "register" ? { tMs } : { fromMs, tMs };
  }

  #clockOf(named: string): LocalClock {
    const clock = this.#clocks.get(named) ?? new LocalClock(this.#zone);
    this.#clocks.set(named, clock);
    return clock;
  }
}
