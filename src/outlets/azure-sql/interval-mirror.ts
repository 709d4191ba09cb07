import { DAY_MS } from "#calendar/civil.ts";
import type { Range } from "#store/store.ts";
import type { SqlConnection } from "./connection.ts";
import { intervalValues, type KyzInterval, kyzIntervals, markOf, readInterval } from "./interval-rows.ts";
import { deleteOf, mergeOf, rowsPerMerge, selectOf } from "./merge.ts";
import { intervalMsOf, type MirroredPlant, zoneOf } from "./plant.ts";
import { clockDay, type DayMarks, type Mark, type Progress } from "./progress.ts";
import { INTERVAL } from "./tables.ts";

/** What became of a range. */
export interface Mirrored {
  /** Rows sent because they were new or had changed. */
  readonly written: number;
  /** Rows taken out because nothing is known of their interval any more. */
  readonly removed: number;
  /** Rows of others that were found. */
  readonly foreign: number;
}

export interface IntervalMirrorParts {
  readonly plant: MirroredPlant;
  readonly progress: Progress;
  /** Keeps rows that others wrote; left out, they are overwritten where we know better, and left alone where we know nothing. */
  readonly keep?: (rows: readonly KyzInterval[]) => Promise<void>;
}

export interface Sessions {
  readonly writer: SqlConnection;
  /** Reads what is there before anything is written over. */
  readonly reader?: SqlConnection;
}

const SECOND_MS = 1_000;

/** Keeps `KYZ_Interval` as our store says it should be. */
export class IntervalMirror {
  readonly #parts: IntervalMirrorParts;

  constructor(parts: IntervalMirrorParts) {
    this.#parts = parts;
  }

  /**
   * Makes the rows of the local days the range touches what they should be, of every interval that is over.
   * Errors: SqlProblem; what was written until then is remembered.
   */
  async settle(range: Range, { writer, reader }: Sessions): Promise<Mirrored> {
    const days = await this.#daysOf(range);
    let ours = await this.#rowsOf(range);
    let foreign = 0;
    if (reader !== undefined) {
      const theirs = await this.#read(reader, days);
      const found = theirs.filter((row) => isForeign(row, { before: days.of(row.clockMs), own: ours.get(row.clockMs) }));
      foreign = found.length;
      if (found.length > 0 && this.#parts.keep !== undefined) {
        await this.#parts.keep(found);
        ours = await this.#rowsOf(range);
      }
      days.learn(theirs, ours);
      await days.save(this.#parts.progress);
    }
    const changed = [...ours.values()].filter((row) => days.of(row.clockMs)?.mark !== markOf(row));
    const gone = days.ours().filter((clockMs) => !ours.has(clockMs));
    await this.#write(changed, { writer, days });
    await this.#remove(gone, { writer, days });
    return { written: changed.length, removed: gone.length, foreign };
  }

  async #daysOf({ fromMs, toMs }: Range): Promise<Days> {
    const zone = zoneOf(this.#parts.plant);
    const days = new Map<number, DayMarks>();
    for (let dayMs = clockDay(zone.localOf(fromMs)); dayMs <= zone.localOf(toMs - 1); dayMs += DAY_MS) {
      days.set(dayMs, await this.#parts.progress.marks(dayMs));
    }
    return new Days(days);
  }

  /** Rows by clock reading, of intervals that end on the days of the range and are over. */
  async #rowsOf(range: Range): Promise<Map<number, KyzInterval>> {
    const { plant } = this.#parts;
    const zone = zoneOf(plant);
    const fromMs = zone.dayStart(range.fromMs);
    const toMs = zone.nextStart("day", range.toMs - 1);
    const lastMs = plant.finishedMs();
    const rows = await plant.rows({ fromMs: fromMs - intervalMsOf(plant), toMs });
    const over = rows.filter(({ endMs }) => endMs >= fromMs && endMs < toMs && endMs <= lastMs);
    return new Map(kyzIntervals(over, zone).map((row) => [row.clockMs, row]));
  }

  /** What stands there of intervals that are over: a row that somebody writes while its interval runs is not final. */
  async #read(reader: SqlConnection, days: Days): Promise<KyzInterval[]> {
    const { plant } = this.#parts;
    const lastClockMs = zoneOf(plant).localOf(plant.finishedMs());
    const { rows } = await reader.run(selectOf(INTERVAL, new Date(days.firstMs), new Date(days.lastMs + DAY_MS - SECOND_MS)));
    return rows.flatMap((row) => readInterval(row) ?? []).filter(({ clockMs }) => clockMs <= lastClockMs);
  }

  async #write(rows: readonly KyzInterval[], to: { writer: SqlConnection; days: Days }): Promise<void> {
    for (const some of pieces(rows)) {
      await to.writer.run(mergeOf(INTERVAL, some.map(intervalValues)));
      for (const row of some) to.days.set(row.clockMs, { mark: markOf(row), foreign: false });
      await to.days.save(this.#parts.progress);
    }
  }

  async #remove(clocks: readonly number[], from: { writer: SqlConnection; days: Days }): Promise<void> {
    for (const some of pieces(clocks)) {
      const keys = some.map((clockMs) => new Date(clockMs));
      await from.writer.run(deleteOf(INTERVAL, keys));
      for (const clockMs of some) from.days.delete(clockMs);
      await from.days.save(this.#parts.progress);
    }
  }
}

function* pieces<T>(all: readonly T[]): Generator<readonly T[]> {
  const most = rowsPerMerge(INTERVAL);
  for (let at = 0; at < all.length; at += most) yield all.slice(at, at + most);
}

/** Neither as it was left nor as it would be written. */
function isForeign(row: KyzInterval, { before, own }: { before: Mark | undefined; own: KyzInterval | undefined }): boolean {
  const mark = markOf(row);
  return before?.mark !== mark && (own === undefined || markOf(own) !== mark);
}

/** What is known of the table's rows on some days. */
class Days {
  readonly #days: Map<number, DayMarks>;
  readonly #changed = new Set<number>();

  constructor(days: Map<number, DayMarks>) {
    this.#days = days;
  }

  get firstMs(): number {
    return Math.min(...this.#days.keys());
  }

  get lastMs(): number {
    return Math.max(...this.#days.keys());
  }

  of(clockMs: number): Mark | undefined {
    return this.#days.get(clockDay(clockMs))?.get(clockMs);
  }

  set(clockMs: number, mark: Mark): void {
    this.#days.get(clockDay(clockMs))?.set(clockMs, mark);
    this.#changed.add(clockDay(clockMs));
  }

  delete(clockMs: number): void {
    this.#days.get(clockDay(clockMs))?.delete(clockMs);
    this.#changed.add(clockDay(clockMs));
  }

  /** Clock readings of the rows that were written here. */
  ours(): number[] {
    return [...this.#days.values()].flatMap((marks) => [...marks].flatMap(([clockMs, { foreign }]) => (foreign ? [] : [clockMs])));
  }

  /** Takes over what stands in the table: rows that vanished are written again, rows that others changed are compared again. */
  learn(theirs: readonly KyzInterval[], ours: ReadonlyMap<number, KyzInterval>): void {
    const present = new Set(theirs.map(({ clockMs }) => clockMs));
    for (const marks of this.#days.values()) for (const clockMs of [...marks.keys()]) if (!present.has(clockMs)) this.delete(clockMs);
    for (const row of theirs) {
      const mark = markOf(row);
      const before = this.of(row.clockMs);
      const own = ours.get(row.clockMs);
      const equal = own !== undefined && markOf(own) === mark;
      const foreign = !equal && (before?.mark === mark ? before.foreign : true);
      if (before?.mark !== mark || before.foreign !== foreign) this.set(row.clockMs, { mark, foreign });
    }
  }

  /** Only days that changed since they were read or saved. */
  async save(progress: Progress): Promise<void> {
    for (const dayMs of this.#changed) await progress.saveMarks(dayMs, this.#days.get(dayMs) ?? new Map());
    this.#changed.clear();
  }
}
