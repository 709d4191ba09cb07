import { lowerBound } from "#series/column.ts";
import type { SampleColumns } from "#store/batch.ts";
import { blockRulesOut } from "./block.ts";
import type { BlockRow } from "./block-row.ts";
import type { Parts } from "./parts.ts";
import { type Sample, sampleAt } from "./samples.ts";
import type { SeriesState } from "./series-state.ts";

/** What is already stored at or around the instant of a late sample. */
export interface LatePlace {
  readonly old: Sample | undefined;
  /** False where the block itself has the instant. */
  readonly fresh: boolean;
  /** True where a late sample waits there already. */
  readonly waits: boolean;
  /** The same for instants with nothing of the block between them; left out where it was not worth finding out. */
  readonly gap?: string;
}

/** The block at hand while late samples of one series are placed in order of time. */
interface Hand {
  readonly block: BlockRow;
  /** Unpacked when the first sample needs them. */
  readonly times: () => Float64Array | undefined;
  /** One sample alone may be placed without unpacking anything. */
  readonly isOnly: boolean;
}

/** Places the samples of a batch that are late, by their row in the batch. Each touched block is unpacked once. */
export function placeLate(parts: Parts, samples: SampleColumns): Map<number, LatePlace> {
  const places = new Map<number, LatePlace>();
  const late = lateRows(parts, samples);
  for (let i = 0; i < late.length; ) i = placeFromBlock(parts, { samples, late, at: i, places });
  return places;
}

/** Rows at or before the end of their series' blocks, by series and time. */
function lateRows(parts: Parts, { seriesId, tMs }: SampleColumns): number[] {
  const late: number[] = [];
  for (let i = 0; i < tMs.length; i++) {
    if ((tMs[i] as number) <= parts.states.get(seriesId[i] as number).blockEndMs) late.push(i);
  }
  return late.sort((a, b) => (seriesId[a] as number) - (seriesId[b] as number) || (tMs[a] as number) - (tMs[b] as number));
}

interface Work {
  readonly samples: SampleColumns;
  readonly late: readonly number[];
  readonly at: number;
  readonly places: Map<number, LatePlace>;
}

/** Places all that fall into the block of the row at `at`; answers the first that does not. */
function placeFromBlock(parts: Parts, { samples, late, at, places }: Work): number {
  const { seriesId, tMs } = samples;
  const series = seriesId[late[at] as number] as number;
  const firstMs = tMs[late[at] as number] as number;
  const block = parts.blocks.at(series, firstMs) as BlockRow;
  const endMs = parts.blocks.nextStart(series, Math.max(block.t0, firstMs));
  let end = at + 1;
  while (end < late.length && seriesId[late[end] as number] === series && (tMs[late[end] as number] as number) < endMs) end++;
  const hand: Hand = { block, times: once(() => parts.cache.times(block)), isOnly: end - at === 1 };
  const state = parts.states.get(series);
  for (let i = at; i < end; i++) places.set(late[i] as number, placeInBlock(parts, state, { hand, tMs: tMs[late[i] as number] as number }));
  return end;
}

function placeInBlock(parts: Parts, state: SeriesState, { hand, tMs }: { hand: Hand; tMs: number }): LatePlace {
  const late = state.late.rows === 0 ? undefined : parts.late.find(state.id, tMs);
  if (late !== undefined) return { old: late.sample, fresh: late.fresh, waits: true };
  const { block } = hand;
  if (hand.isOnly && surelyAbsent(block, tMs)) return { old: undefined, fresh: true, waits: false };
  const times = hand.times();
  if (times === undefined) return { old: undefined, fresh: true, waits: false };
  const row = lowerBound(times, tMs);
  const old = times[row] === tMs ? parts.cache.sound(block) : undefined;
  if (old !== undefined) return { old: sampleAt(old, row), fresh: false, waits: false };
  return { old: undefined, fresh: true, waits: false, gap: `${block.id}:${row}` };
}

function once<T>(work: () => T): () => T {
  let kept: { value: T } | undefined;
  return () => {
    kept ??= { value: work() };
    return kept.value;
  };
}

function surelyAbsent(block: BlockRow, tMs: number): boolean {
  return tMs < block.t0 || tMs > block.t1 || blockRulesOut(block.data, block.n, tMs);
}
