import { type Column, NO_ROWS } from "#series/column.ts";
import { QUALITY } from "#series/quality.ts";

/** What is stored of one source that counts pulses: amounts since its last message, its lifetime register, or both. */
export interface PulseColumns {
  readonly deltas?: Column;
  readonly totals?: Column;
}

/**
 * The messages behind the columns, in order of arrival.
 * Missing: NaN in `delta` and `total` where a message did not say it.
 */
export interface PulseMessages {
  readonly length: number;
  readonly tMs: Float64Array;
  readonly delta: Float64Array;
  readonly total: Float64Array;
  readonly quality: Uint16Array;
}

/** Two values of one message can be stamped a few milliseconds apart: no two readings of a series share an instant. */
const SAME_MESSAGE_MS = 5;
/** A status of the device says that the number is none. */
const UNUSABLE = QUALITY.badStatus;

/** Puts together what was said in one message. Rows without a number, or with a bad status, say nothing. */
export function messagesOf({ deltas, totals }: PulseColumns): PulseMessages {
  if (!deltas || deltas.tMs.length === 0) return alone(totals, "total");
  if (!totals || totals.tMs.length === 0) return alone(deltas, "delta");
  return new Merge(usable(deltas), usable(totals)).messages();
}

function alone(column: Column | undefined, what: "delta" | "total"): PulseMessages {
  const { tMs, value, quality } = usable(column ?? NO_ROWS);
  const none = new Float64Array(tMs.length).fill(Number.NaN);
  return { length: tMs.length, tMs, quality, delta: what === "delta" ? value : none, total: what === "total" ? value : none };
}

/** The very same column where every row can be used, as nearly always. */
function usable(column: Column): Column {
  const { tMs, value, quality } = column;
  let bad = 0;
  for (let i = 0; i < tMs.length; i += 1) if (isUnusable(value[i] as number, quality[i] as number)) bad += 1;
  if (bad === 0) return column;
  const rows = Uint32Array.from({ length: tMs.length }, (_, i) => i).filter((i) => !isUnusable(value[i] as number, quality[i] as number));
  return {
    tMs: Float64Array.from(rows, (i) => tMs[i] as number),
    value: Float64Array.from(rows, (i) => value[i] as number),
    quality: Uint16Array.from(rows, (i) => quality[i] as number),
  };
}

function isUnusable(value: number, quality: number): boolean {
  return !Number.isFinite(value) || (quality & UNUSABLE) !== 0;
}

class Merge {
  private readonly deltas: Column;
  private readonly totals: Column;
  private readonly tMs: Float64Array;
  private readonly delta: Float64Array;
  private readonly total: Float64Array;
  private readonly quality: Uint16Array;
  private length = 0;

  constructor(deltas: Column, totals: Column) {
    const most = deltas.tMs.length + totals.tMs.length;
    this.deltas = deltas;
    this.totals = totals;
    this.tMs = new Float64Array(most);
    this.delta = new Float64Array(most);
    this.total = new Float64Array(most);
    this.quality = new Uint16Array(most);
  }

  messages(): PulseMessages {
    const deltaMs = this.deltas.tMs;
    const totalMs = this.totals.tMs;
    let d = 0;
    let c = 0;
    while (d < deltaMs.length || c < totalMs.length) {
      const atDelta = d < deltaMs.length ? (deltaMs[d] as number) : Infinity;
      const atTotal = c < totalMs.length ? (totalMs[c] as number) : Infinity;
      const one = atDelta === atTotal || this.isOneMessage(d, c, atTotal - atDelta);
      const hasDelta = one || atDelta < atTotal;
      const hasTotal = one || atTotal < atDelta;
      this.add(hasDelta ? d : -1, hasTotal ? c : -1);
      if (hasDelta) d += 1;
      if (hasTotal) c += 1;
    }
    const { length } = this;
    const cut = (column: Float64Array): Float64Array => column.subarray(0, length);
    return { length, tMs: cut(this.tMs), delta: cut(this.delta), total: cut(this.total), quality: this.quality.subarray(0, length) };
  }

  /** Whether delta `d` and total `c` are of one message although not of one instant: no other is nearer. */
  private isOneMessage(d: number, c: number, apartMs: number): boolean {
    if (!(Math.abs(apartMs) <= SAME_MESSAGE_MS)) return false;
    if (apartMs > 0) return !((this.deltas.tMs[d + 1] ?? Infinity) <= (this.totals.tMs[c] as number));
    return !((this.totals.tMs[c + 1] ?? Infinity) <= (this.deltas.tMs[d] as number));
  }

  private add(d: number, c: number): void {
    const { length } = this;
    const deltaMs = d < 0 ? -Infinity : (this.deltas.tMs[d] as number);
    const totalMs = c < 0 ? -Infinity : (this.totals.tMs[c] as number);
    this.tMs[length] = Math.max(deltaMs, totalMs);
    this.delta[length] = d < 0 ? Number.NaN : (this.deltas.value[d] as number);
    this.total[length] = c < 0 ? Number.NaN : (this.totals.value[c] as number);
    this.quality[length] = (d < 0 ? 0 : (this.deltas.quality[d] as number)) | (c < 0 ? 0 : (this.totals.quality[c] as number));
    this.length += 1;
  }
}
