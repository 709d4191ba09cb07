import type { EquipmentRows } from "./equipment-rows.ts";
import type { FaultRule, FindingSeverity } from "./fault-rule.ts";

/** What a rule says of one row. Spared rows are known and not judged (equipment off, starting up); unknown ones are as good as absent. */
export const FINE = 0;
export const FAULT = 1;
export const SPARED = 2;
export const UNKNOWN = 3;

/** How long, how often and since when a rule's rows are at fault. */
export interface Runs {
  readonly judgedMs: number;
  readonly faultMs: number;
  readonly longestMs: number;
  /** Start of the run that reaches the last judged row; NaN where that row is fine. */
  readonly sinceMs: number;
  /** True where that is the first row that was judged. */
  readonly fromFirst: boolean;
  readonly sharePct: number;
  /** Rows, both included, of the run that lasts, else of the longest one: what there is to say is said of them. */
  readonly from: number;
  readonly to: number;
}

/** Unknown time up to this does not end a run that lasts; time that is spared never does. */
const BRIDGED_MS = 3_600_000;
/** Clocks of pollers tremble: rows are neighbours when the next is no later than this share of a row's time after its end. */
const TREMBLE = 0.5;

interface Segment {
  readonly from: number;
  to: number;
  ms: number;
  rows: number;
}

/**
 * Runs of rows at fault. A run counts when it lasts `afterMs` without a break and has two rows at least, so that one odd sample
 * is no fault however long it stands. A gap and spared time break it; a stretch that is fine for less than `afterMs` does not end
 * what lasts.
 * Missing: zeros and NaN where nothing was judged.
 */
export function runsOf(rows: EquipmentRows, state: Uint8Array, afterMs: number): Runs {
  const found = new RunFinder(rows, afterMs);
  for (let i = 0; i < state.length; i += 1) if (state[i] !== UNKNOWN) found.row(i, state[i] as number);
  return found.told();
}

class RunFinder {
  readonly #rows: EquipmentRows;
  readonly #afterMs: number;
  #judgedMs = 0;
  #faultMs = 0;
  #longest: Segment | undefined;
  #segment: Segment | undefined;
  /** First row of what lasts; -1 for nothing. */
  #lasting = -1;
  #lastFault = -1;
  #firstJudged = -1;
  #lastJudged = -1;
  #fineMs = 0;
  #endMs = Number.NaN;
  #graceMs = 0;

  constructor(rows: EquipmentRows, afterMs: number) {
    this.#rows = rows;
    this.#afterMs = afterMs;
  }

  row(i: number, said: number): void {
    const tMs = this.#rows.tMs[i] as number;
    const stands = this.#rows.weightMs[i] as number;
    const weight = Number.isNaN(stands) ? 0 : Math.max(0, stands);
    if (tMs > this.#endMs + this.#graceMs) this.#gap(tMs - this.#endMs);
    if (said === FAULT) this.#fault(i, weight);
    else this.#close();
    if (said === FINE) this.#fine(weight);
    if (said !== SPARED) {
      this.#judgedMs += weight;
      this.#lastJudged = i;
      if (this.#firstJudged < 0) this.#firstJudged = i;
    }
    this.#endMs = tMs + weight;
    this.#graceMs = weight * TREMBLE;
  }

  told(): Runs {
    this.#close();
    const lasts = this.#lasting >= 0 && this.#lastJudged === this.#lastFault;
    return {
      judgedMs: this.#judgedMs,
      faultMs: this.#faultMs,
      longestMs: this.#longest?.ms ?? 0,
      sinceMs: lasts ? (this.#rows.tMs[this.#lasting] as number) : Number.NaN,
      fromFirst: lasts && this.#lasting === this.#firstJudged,
      sharePct: this.#judgedMs > 0 ? (100 * this.#faultMs) / this.#judgedMs : Number.NaN,
      from: lasts ? this.#lasting : (this.#longest?.from ?? 0),
      to: lasts ? this.#lastFault : (this.#longest?.to ?? -1),
    };
  }

  #fault(i: number, weight: number): void {
    this.#fineMs = 0;
    this.#lastFault = i;
    this.#segment ??= { from: i, to: i, ms: 0, rows: 0 };
    this.#segment.to = i;
    this.#segment.ms += weight;
    this.#segment.rows += 1;
  }

  #fine(weight: number): void {
    this.#fineMs += weight;
    if (this.#fineMs >= this.#afterMs) this.#lasting = -1;
  }

  #gap(ms: number): void {
    this.#close();
    if (ms > BRIDGED_MS) this.#lasting = -1;
  }

  #close(): void {
    const segment = this.#segment;
    this.#segment = undefined;
    if (segment === undefined || segment.ms < this.#afterMs || segment.rows < 2) return;
    this.#faultMs += segment.ms;
    if (this.#lasting < 0) this.#lasting = segment.from;
    if (this.#longest === undefined || segment.ms > this.#longest.ms) this.#longest = segment;
  }
}

const GRAVITY: Readonly<Record<FindingSeverity, number>> = { note: 1, warning: 2, critical: 3 };

/** The graver of two. */
export function graver(a: FindingSeverity | undefined, b: FindingSeverity): FindingSeverity {
  return a !== undefined && GRAVITY[a] >= GRAVITY[b] ? a : b;
}

/** How grave a share is, and that it lasts. Missing: undefined for one that is not worth a word. */
export function severityOf({ severity }: FaultRule, runs: Runs): FindingSeverity | undefined {
  const { sharePct, sinceMs } = runs;
  if (!(runs.faultMs > 0)) return undefined;
  const byShare =
    sharePct >= severity.critical ? "critical" : sharePct >= severity.warning ? "warning" : sharePct >= severity.note ? "note" : undefined;
  return Number.isNaN(sinceMs) ? byShare : graver(byShare, severity.lasting);
}
