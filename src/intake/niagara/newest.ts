import type { PullWriter } from "#intake/pull/pull-writer.ts";
import type { PullHouse } from "#intake/pull/pulled.ts";
import type { Reading } from "#readings/reading.ts";

/** What was said late within this is taken by the next run; what came later, by the next that looks at everything. */
const LOOK_BACK_MS = 48 * 3_600_000;
/** Gaps that are enough to know how far rows lie apart. */
const ENOUGH = 500;
/** A row may come this much later than usual. */
const SLACK = 1.5;

interface Known {
  readonly name: string;
  /** Newest instant that was known before the run. Missing: undefined of a history that is new. */
  readonly lastMs: number | undefined;
  firstMs: number;
  beforeMs: number;
  readonly gapsMs: number[];
}

/** Newest known instant of each history of a file, and whether the file goes on where that one ends. */
export class Newest {
  readonly #writer: PullWriter;
  readonly #house: PullHouse;
  readonly #known = new Map<string, Known>();

  constructor(writer: PullWriter, house: PullHouse) {
    this.#writer = writer;
    this.#house = house;
  }

  /** Whether a row is new enough to be looked at. */
  async isRecent(reading: Reading): Promise<boolean> {
    const known = await this.#of(reading);
    const tMs = reading.tMs ?? Number.NaN;
    known.firstMs = Math.min(known.firstMs, tMs);
    if (known.gapsMs.length < ENOUGH && tMs > known.beforeMs) known.gapsMs.push(tMs - known.beforeMs);
    known.beforeMs = tMs;
    return known.lastMs === undefined || tMs > known.lastMs - LOOK_BACK_MS;
  }

  /** A sentence for each history whose oldest row is newer than what would follow the newest known one. */
  lost(): string[] {
    return [...this.#known.values()].flatMap(({ name, lastMs, firstMs, gapsMs }) => {
      const usualMs = median(gapsMs);
      if (lastMs === undefined || !Number.isFinite(firstMs) || !(firstMs > lastMs + SLACK * usualMs)) return [];
      return [
        `${name} begins at ${timeText(firstMs)}, and the newest value known was of ${timeText(lastMs)}: what lay between rolled over before it was read. Let the station keep more records, or run this job more often.`,
      ];
    });
  }

  async #of(reading: Reading): Promise<Known> {
    const key = `${reading.point} ${reading.quantity}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const series = await this.#writer.seriesOf(reading);
    const [extent] = series === undefined ? [] : await this.#house.store.extent([series.id]);
    const lastMs = extent === undefined || extent.count === 0 ? undefined : extent.lastMs;
    const fresh = { name: reading.pointName, lastMs, firstMs: Number.POSITIVE_INFINITY, beforeMs: Number.POSITIVE_INFINITY, gapsMs: [] };
    this.#known.set(key, fresh);
    return fresh;
  }
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

function timeText(tMs: number): string {
  return new Date(tMs).toISOString().replace(".000Z", "Z");
}
