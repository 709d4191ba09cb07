import { aroundGap, bentPace, type GapBend, gapBend, isGap, type ReadOften } from "#analytics/gap-bend.ts";
import type { TimeRange } from "#analytics/interval-grid.ts";
import type { Pace } from "#analytics/meter-consumption.ts";
import type { MeterIndex } from "#analytics/meter-index.ts";
import { lowerBound } from "#series/column.ts";

/** Every reading of a stretch. */
type Fine = (range: TimeRange) => Promise<MeterIndex>;

/** Gaps of a meter that is read at least hourly: each is filled by what is around it, however it is asked for. */
export class MeterGaps {
  readonly #often: ReadOften;
  readonly #fine: Fine;
  readonly #bends = new Map<string, Promise<GapBend | undefined>>();

  constructor(often: ReadOften, fine: Fine) {
    this.#often = often;
    this.#fine = fine;
  }

  /** The pace for these instants: bent in the gaps that hold one of them. */
  async bent(pace: Pace, index: MeterIndex, atMs: Float64Array): Promise<Pace> {
    const bends: GapBend[] = [];
    for (const gap of this.#gapsAt(index, atMs)) {
      const bend = await this.#bendOf(gap);
      if (bend) bends.push(bend);
    }
    return bentPace(pace, bends);
  }

  #gapsAt(index: MeterIndex, atMs: Float64Array): TimeRange[] {
    const { tMs } = index;
    const rows: number[] = [];
    // Instants ascend, and so does the reading behind each.
    let row = lowerBound(tMs, atMs[0] ?? 0);
    for (let i = 0; i < atMs.length; i += 1) {
      const at = atMs[i] as number;
      while (row < tMs.length && (tMs[row] as number) < at) row += 1;
      const isInside = row > 0 && row < tMs.length && tMs[row] !== at;
      if (isInside && rows.at(-1) !== row && isGap(index, row, this.#often.everyMs)) rows.push(row);
    }
    return rows.map((row) => ({ fromMs: tMs[row - 1] as number, toMs: tMs[row] as number }));
  }

  #bendOf(gap: TimeRange): Promise<GapBend | undefined> {
    const name = `${gap.fromMs} ${gap.toMs}`;
    const known = this.#bends.get(name);
    if (known) return known;
    const made = this.#fine(shared(gap, aroundGap(gap, this.#often.everyMs))).then((index) => gapBend(index, gap, this.#often));
    this.#bends.set(name, made);
    return made;
  }
}

/** The same stretch for gaps near one another, so that it is read once for all of them. */
function shared(gap: TimeRange, around: TimeRange): TimeRange {
  const wideMs = gap.fromMs - around.fromMs;
  return { fromMs: Math.floor(around.fromMs / wideMs) * wideMs, toMs: Math.ceil(around.toMs / wideMs) * wideMs };
}
