import type { Latest } from "#store/records.ts";
import type { Extent } from "#store/store.ts";
import { inForce } from "./corrections.ts";
import type { Parts } from "./parts.ts";
import { type Sample, sampleAt } from "./samples.ts";
import type { SeriesState } from "./series-state.ts";
import type { Span } from "./spans.ts";

const ALWAYS: Span = { fromMs: Number.NEGATIVE_INFINITY, toMs: Number.POSITIVE_INFINITY };

interface Newest {
  readonly seriesId: number;
  readonly tMs: number;
  readonly sample: Sample;
}

/** Answers about the ends of series without reading what is between. */
export class NewestReader {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  latest(seriesIds: readonly number[]): Latest {
    const found = seriesIds.flatMap((id) => this.#newest(id) ?? []);
    return {
      seriesId: Int32Array.from(found, ({ seriesId }) => seriesId),
      tMs: Float64Array.from(found, ({ tMs }) => tMs),
      value: Float64Array.from(found, ({ sample }) => sample.value),
      quality: Uint16Array.from(found, ({ sample }) => sample.quality),
      code: Uint16Array.from(found, ({ sample }) => sample.code),
    };
  }

  #newest(seriesId: number): Newest | undefined {
    const state = this.#parts.states.get(seriesId);
    const { lastMs, tail } = state;
    const corrections = inForce(this.#parts.corrections.of(seriesId));
    if (corrections.some(({ t0Ms, t1Ms }) => Math.max(t0Ms, t1Ms) >= lastMs)) return this.#byReading(seriesId);
    if (lastMs === Number.NEGATIVE_INFINITY) return undefined;
    return { seriesId, tMs: lastMs, sample: tail.length > 0 ? tail.at(tail.length - 1) : this.#newestInBlocks(state) };
  }

  #byReading(seriesId: number): Newest | undefined {
    const samples = this.#parts.reader.samples(seriesId, ALWAYS, { limit: -1 });
    return samples.tMs.length === 0 ? undefined : { seriesId, tMs: samples.tMs[0] as number, sample: sampleAt(samples, 0) };
  }

  #newestInBlocks(state: SeriesState): Sample {
    if (state.newest === undefined) {
      const fromMs = state.blockEndMs;
      state.newest = sampleAt(this.#parts.reader.samples(state.id, { fromMs, toMs: fromMs + 1 }, { corrected: false }), 0);
    }
    return state.newest;
  }

  extent(seriesId: number): Extent | undefined {
    const state = this.#parts.states.get(seriesId);
    if (state.lastMs === Number.NEGATIVE_INFINITY) return undefined;
    const { blocks, late } = this.#parts;
    const inBlocks = blocks.totals(seriesId);
    const firsts = [inBlocks.firstMs];
    if (state.tail.length > 0) firsts.push(state.tail.samples.tMs[0] as number);
    const waiting = state.late.rows === 0 ? undefined : late.next({ series: seriesId, tMs: Number.MIN_SAFE_INTEGER });
    if (waiting !== undefined) firsts.push(waiting.tMs);
    return {
      seriesId,
      firstMs: Math.min(...firsts),
      lastMs: state.lastMs,
      count: inBlocks.n + state.late.fresh + state.tail.length,
    };
  }
}
