import { DAY_MS } from "#calendar/civil.ts";
import type { FullMapping } from "./full-mapping.ts";
import { draftOf, Gathered } from "./gathered.ts";
import type { LineReader, LineReading } from "./line-readings.ts";
import { DAY_MINUTES } from "./mapping.ts";
import type { MeterBook } from "./meter-book.ts";
import type { CsvLine } from "./table.ts";

interface GatheringParts {
  readonly mapping: FullMapping;
  readonly reader: LineReader;
  readonly meters: MeterBook;
  readonly nowMs: number;
  /** Of a series that is there: it keeps its unit. */
  readonly unitOf: (key: string) => string | undefined;
}

const YEAR_1900_MS = Date.UTC(1900, 0, 1);
/** A clock may go wrong by this much. */
const AHEAD_MS = 2 * DAY_MS;
/** Lines that cannot be read are told up to here, and counted beyond. */
const MOST_PROBLEMS = 1_000;

/** Reads line after line and puts what each says to its series. */
export class Gathering {
  readonly #parts: GatheringParts;
  readonly #series = new Map<string, Gathered>();
  /** Series, or why there is none, by the name and unit of a reading and the length of its interval. */
  readonly #found = new Map<string, Map<number, Gathered> | string>();
  readonly problems: { line: number; sentence: string }[] = [];
  lines = 0;
  rejected = 0;

  constructor(parts: GatheringParts) {
    this.#parts = parts;
  }

  take(line: CsvLine): void {
    this.lines += 1;
    const { readings, problems } = this.#parts.reader.read(line);
    for (const sentence of problems) this.#reject(line, sentence);
    for (const reading of readings) {
      const sentence = this.#add(reading);
      if (sentence !== undefined) this.#reject(line, sentence);
    }
  }

  get series(): readonly Gathered[] {
    return [...this.#series.values()];
  }

  #reject({ line }: CsvLine, sentence: string): void {
    this.rejected += 1;
    if (this.problems.length < MOST_PROBLEMS) this.problems.push({ line, sentence });
  }

  /** Errors: a sentence. */
  #add(reading: LineReading): string | undefined {
    const { tMs, fromMs = tMs } = reading;
    if (tMs < YEAR_1900_MS) return "its time lies before 1900";
    if (tMs > this.#parts.nowMs + AHEAD_MS) return `its time, ${new Date(tMs).toISOString()}, is still to come`;
    const found = this.#byLength(reading);
    if (typeof found === "string") return found;
    const known = found.get(tMs - fromMs);
    if (known !== undefined) return known.add(reading);
    const made = this.#gathered(reading);
    if (typeof made === "string") return made;
    found.set(tMs - fromMs, made);
    return made.add(reading);
  }

  #byLength({ named, unit }: LineReading): Map<number, Gathered> | string {
    const name = `${named}\n${unit}`;
    let found = this.#found.get(name);
    if (found === undefined) {
      const meter = this.#parts.meters.find(named, unit);
      found = "trouble" in meter ? meter.trouble.replace(/\.$/, "") : new Map<number, Gathered>();
      this.#found.set(name, found);
    }
    return found;
  }

  #gathered(reading: LineReading): Gathered | string {
    const { meters, mapping, unitOf } = this.#parts;
    const meter = meters.find(reading.named, reading.unit);
    if ("trouble" in meter) return meter.trouble;
    const draft = draftOf(meter, reading, mapping.intervalMinutes === DAY_MINUTES);
    const of = this.#series.get(draft.key) ?? new Gathered(meter, reading.named, { ...draft, unit: unitOf(draft.key) ?? draft.unit });
    this.#series.set(draft.key, of);
    return of;
  }
}
