import type { SampleColumns } from "#store/batch.ts";
import type { LogColumns } from "./log.ts";
import type { Arrival } from "./revision-table.ts";
import { allocate } from "./samples.ts";
import type { SeriesState, SeriesStates } from "./series-state.ts";

/** Live samples this close to when they came need no record of when that was. */
export const PUNCTUAL_MS = 3_600_000;

/** A batch in which every sample is stored as it came, since each is newer than all of its series. */
export interface FollowingBatch extends LogColumns {
  readonly states: readonly SeriesState[];
}

/** Which series each row belongs to, by their place among the series of the batch. */
interface Grouping {
  readonly states: readonly SeriesState[];
  readonly groupOf: Uint32Array;
  readonly counts: readonly number[];
}

/** The rows of a batch by series, in order of id; nothing where a single sample needs a closer look. */
export function followingBatch(samples: SampleColumns, known: SeriesStates): FollowingBatch | undefined {
  const grouping = grouped(samples, known);
  return grouping === undefined ? undefined : scattered(samples, grouping);
}

function grouped({ seriesId, tMs }: SampleColumns, known: SeriesStates): Grouping | undefined {
  const groups = new Map<number, number>();
  const states: SeriesState[] = [];
  const lastMs: number[] = [];
  const counts: number[] = [];
  const groupOf = new Uint32Array(tMs.length);
  for (let i = 0; i < tMs.length; i++) {
    const id = seriesId[i] as number;
    const t = tMs[i] as number;
    let group = groups.get(id);
    if (group === undefined) {
      const state = known.get(id);
      group = states.push(state) - 1;
      groups.set(id, group);
      lastMs.push(state.lastMs);
      counts.push(0);
    }
    if (t <= (lastMs[group] as number)) return undefined;
    lastMs[group] = t;
    counts[group] = (counts[group] as number) + 1;
    groupOf[i] = group;
  }
  return { states, groupOf, counts };
}

/** A counting sort: rows of one series stay in the order they came. */
function scattered(samples: SampleColumns, { states, groupOf, counts }: Grouping): FollowingBatch {
  const order = states.map((_, group) => group).sort((a, b) => (states[a] as SeriesState).id - (states[b] as SeriesState).id);
  const nextRow = new Uint32Array(states.length);
  let at = 0;
  for (const group of order) {
    nextRow[group] = at;
    at += counts[group] as number;
  }
  const all = allocate(groupOf.length);
  for (let i = 0; i < groupOf.length; i++) {
    const group = groupOf[i] as number;
    const row = nextRow[group] as number;
    nextRow[group] = row + 1;
    all.tMs[row] = samples.tMs[i] as number;
    all.value[row] = samples.value[i] as number;
    all.quality[row] = samples.quality[i] as number;
    all.code[row] = samples.code[i] as number;
  }
  const inOrder = order.map((group) => states[group] as SeriesState);
  return { states: inOrder, series: inOrder.map(({ id }) => id), counts: order.map((group) => counts[group] as number), all };
}

/** Stretches of rows that did not come at their own time, per series. */
export function arrivalsOf({ series, counts, all }: FollowingBatch, receivedMs: number): Arrival[] {
  const found: Arrival[] = [];
  let row = 0;
  for (let i = 0; i < series.length; i++) {
    const end = row + (counts[i] as number);
    let from = row;
    for (; row <= end; row++) {
      const goesOn = row < end && Math.abs((all.tMs[row] as number) - receivedMs) > PUNCTUAL_MS;
      if (goesOn) continue;
      if (row > from) found.push({ series: series[i] as number, t0Ms: all.tMs[from] as number, t1Ms: all.tMs[row - 1] as number });
      from = row + 1;
    }
    row = end;
  }
  return found;
}
