import { OUTCOME, type SampleColumns } from "#store/batch.ts";
import { decide, type Outcome } from "./decide.ts";
import { arrivalsOf, type FollowingBatch, followingBatch, PUNCTUAL_MS } from "./following-batch.ts";
import { type LatePlace, placeLate } from "./late-lookup.ts";
import { columnsOf, type LogEntry } from "./log.ts";
import type { Parts } from "./parts.ts";
import type { NewRevision } from "./revision-table.ts";
import { rows, rowsWithin, type Sample, sampleAt } from "./samples.ts";
import type { SeriesState } from "./series-state.ts";
import { type Known, Stage } from "./stage.ts";

/** What a transaction will have done to the history once it is durable. */
export interface Prepared {
  /** One OUTCOME per sample. */
  readonly outcome: Uint8Array;
  /** Log number of the commit: a new one where anything changed. */
  readonly seq: number;
  /** What `applied` does in memory. */
  readonly changes: readonly (() => void)[];
}

/** Decides the outcome of every sample and writes what has to be durable; memory changes only with `changes`. */
export class Appender {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Errors: RangeError for an instant that is no whole number of milliseconds, which no door lets through. */
  prepare(samples: SampleColumns, receivedMs: number): Prepared {
    checkInstants(samples.tMs);
    const following = samples.tMs.length === 0 ? undefined : followingBatch(samples, this.#parts.states);
    return following === undefined ? this.prepareEach(samples, receivedMs) : this.#follow(following, receivedMs);
  }

  /** The same one sample at a time, whatever they are. */
  prepareEach(samples: SampleColumns, receivedMs: number): Prepared {
    const places = placeLate(this.#parts, samples);
    const stages = new Map<number, Stage>();
    const outcome = new Uint8Array(samples.tMs.length);
    let stage: Stage | undefined;
    for (let i = 0; i < outcome.length; i++) {
      const series = samples.seriesId[i] as number;
      if (stage === undefined || stage.state.id !== series) stage = this.#stageOf(stages, series);
      outcome[i] = this.#one(stage, samples, { row: i, place: places.get(i), receivedMs });
    }
    return this.#write([...stages.values()], outcome, receivedMs);
  }

  #follow(batch: FollowingBatch, receivedMs: number): Prepared {
    const { states, counts, all } = batch;
    this.#parts.revisions.addArrivals(arrivalsOf(batch, receivedMs), receivedMs);
    const { seq, bytes } = this.#parts.log.write(batch, receivedMs);
    const apply = () => {
      this.#parts.log.committed(bytes);
      let from = 0;
      for (let i = 0; i < states.length; i++) {
        const to = from + (counts[i] as number);
        (states[i] as SeriesState).follow(all, { from, to }, { seq, receivedMs });
        from = to;
      }
    };
    return { outcome: new Uint8Array(all.tMs.length).fill(OUTCOME.stored), seq, changes: [apply] };
  }

  #stageOf(stages: Map<number, Stage>, series: number): Stage {
    const known = stages.get(series);
    if (known !== undefined) return known;
    const stage = new Stage(this.#parts.states.get(series));
    stages.set(series, stage);
    return stage;
  }

  #one(stage: Stage, samples: SampleColumns, at: { row: number; place: LatePlace | undefined; receivedMs: number }): Outcome {
    const { row, place, receivedMs } = at;
    const tMs = samples.tMs[row] as number;
    const arriving: Sample = {
      value: samples.value[row] as number,
      quality: samples.quality[row] as number,
      code: samples.code[row] as number,
    };
    if (tMs > stage.lastMs) {
      stage.put(tMs, arriving, Math.abs(tMs - receivedMs) > PUNCTUAL_MS ? "arrived" : "live");
      return OUTCOME.stored;
    }
    const old = stage.find(tMs, place);
    const outcome = decide(old, arriving, this.#parts.rules.rule(stage.state.id));
    if (outcome === OUTCOME.stored) stage.put(tMs, arriving, "late", place);
    if (outcome === OUTCOME.replaced) stage.put(tMs, arriving, "before", place);
    if (outcome === OUTCOME.replaced) stage.lost.push({ kind: "replaced", t0Ms: tMs, t1Ms: tMs, sample: old as Sample });
    if (outcome === OUTCOME.refused) stage.lost.push({ kind: "refused", t0Ms: tMs, t1Ms: tMs, sample: arriving });
    return outcome;
  }

  #write(stages: readonly Stage[], outcome: Uint8Array, receivedMs: number): Prepared {
    const changed = stages.filter((stage) => stage.rows.length > 0).sort((a, b) => a.state.id - b.state.id);
    const recorded = stages.filter((stage) => stage.lost.length > 0 || stage.rows.length > 0);
    for (const stage of recorded) this.#writeRevisions(stage, receivedMs);
    if (recorded.length === 0) return { outcome, seq: this.#parts.log.lastSeq, changes: [] };
    for (const stage of changed) this.#writeLate(stage);
    const entries = changed.map(tailEntry).filter((entry) => entry.samples.tMs.length > 0);
    const { seq, bytes } = this.#parts.log.write(columnsOf(entries), receivedMs);
    const changes = [
      () => this.#parts.log.committed(bytes),
      ...entries.map((entry) => () => this.#parts.states.get(entry.series).take(entry.samples, { seq, receivedMs })),
      ...recorded.map((stage) => () => stage.settle(seq)),
    ];
    return { outcome, seq, changes };
  }

  #writeRevisions(stage: Stage, receivedMs: number): void {
    for (const revision of stage.lost) this.#parts.revisions.add(stage.state.id, revision, receivedMs);
    for (const revision of this.#arrivals(stage)) this.#parts.revisions.add(stage.state.id, revision, receivedMs);
  }

  /** Stretches of new instants with nothing else between them. */
  #arrivals(stage: Stage): NewRevision[] {
    const found: NewRevision[] = [];
    if (!stage.hasRecords) return found;
    let kind: Known = "live";
    for (const tMs of stage.rows.samples.tMs) {
      const next = stage.knownAs(tMs);
      const last = found[found.length - 1];
      if (next === "arrived" || next === "late") {
        if (next === kind && last !== undefined && this.#adjacent(stage, last.t1Ms, tMs)) {
          found[found.length - 1] = { ...last, t1Ms: tMs };
        } else found.push({ kind: next, t0Ms: tMs, t1Ms: tMs });
      }
      kind = next;
    }
    return found;
  }

  #adjacent(stage: Stage, aMs: number, bMs: number): boolean {
    const { state } = stage;
    if (aMs > state.blockEndMs) return state.tail.place(aMs) === state.tail.place(bMs);
    const gap = stage.gapOf(aMs);
    if (gap === undefined || gap !== stage.gapOf(bMs)) return false;
    return state.late.rows === 0 || !this.#parts.late.hasBetween(state.id, aMs, bMs);
  }

  #writeLate({ state, rows, freshAt }: Stage): void {
    const late = rowsWithin(rows.samples, Number.NEGATIVE_INFINITY, state.blockEndMs + 1);
    for (let i = 0; i < late.tMs.length; i++) {
      const tMs = late.tMs[i] as number;
      this.#parts.late.put(state.id, tMs, { fresh: freshAt(tMs), sample: sampleAt(late, i) });
    }
  }
}

/** What goes to the tail, and so into the log. */
function tailEntry({ state, rows: staged }: Stage): LogEntry {
  const { samples } = staged;
  if ((samples.tMs[0] as number) > state.blockEndMs) return { series: state.id, samples };
  return { series: state.id, samples: rows(samples, staged.place(state.blockEndMs + 1), staged.length) };
}

/** Errors: RangeError for an instant that is no whole number of milliseconds. */
export function checkInstants(tMs: Float64Array): void {
  for (let i = 0; i < tMs.length; i++) {
    if (!Number.isSafeInteger(tMs[i])) throw new RangeError(`${tMs[i]} is no instant in whole milliseconds`);
  }
}
