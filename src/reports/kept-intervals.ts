import type { CounterEvent } from "#analytics/counter-events.ts";
import type { Intervals } from "#analytics/intervals.ts";

/** An event of a source's register. */
export interface SourceEvent extends CounterEvent {
  readonly source: string;
}

/** What is derived of a stretch. */
export interface Derived {
  readonly intervals: Intervals;
  /** Of registers, in order of time. */
  readonly events: readonly SourceEvent[];
}

/** Raised whenever intervals derived of the same samples would be others: what was kept by another number is not read. */
export const DERIVED_VERSION = 4;

const COLUMNS = [
  ["tMs", Float64Array],
  ["energyKwh", Float64Array],
  ["demandKw", Float64Array],
  ["powerKw", Float64Array],
  ["possibleKw", Float64Array],
  ["pulses", Float64Array],
  ["coverage", Float32Array],
  ["quality", Uint16Array],
  ["layer", Uint8Array],
] as const;

const HEAD_BYTES = 8;

/** What is derived as bytes: how long the head is, the head as JSON, then column after column, the widest numbers first. */
export function bytesOf({ intervals, events }: Derived): Uint8Array {
  const { lengthMs, layers, tMs } = intervals;
  const head = new TextEncoder().encode(JSON.stringify({ lengthMs, layers, rows: tMs.length, events }));
  const start = startAfter(head.length);
  const bytes = new Uint8Array(start + COLUMNS.reduce((sum, [name]) => sum + intervals[name].byteLength, 0));
  new DataView(bytes.buffer).setUint32(0, head.length);
  bytes.set(head, HEAD_BYTES);
  let at = start;
  for (const [name] of COLUMNS) {
    const { buffer, byteOffset, byteLength } = intervals[name];
    bytes.set(new Uint8Array(buffer, byteOffset, byteLength), at);
    at += byteLength;
  }
  return bytes;
}

/** What `bytesOf` made bytes of. */
export function derivedOf(bytes: Uint8Array): Derived {
  // Columns are read in place, which asks for their own boundaries.
  const { buffer, byteOffset, byteLength } = bytes.byteOffset % 8 === 0 ? bytes : bytes.slice();
  const headLength = new DataView(buffer, byteOffset).getUint32(0);
  const text = new TextDecoder().decode(new Uint8Array(buffer, byteOffset + HEAD_BYTES, headLength));
  const { rows, events, ...head } = JSON.parse(text, nullIsNaN) as Head;
  let at = byteOffset + startAfter(headLength);
  const columns = COLUMNS.map(([name, Column]) => {
    const column = new Column(buffer as ArrayBuffer, at, rows);
    at += column.byteLength;
    return [name, column] as const;
  });
  if (at !== byteOffset + byteLength) throw new RangeError("Kept intervals are of another length than they say.");
  return { intervals: { ...head, ...(Object.fromEntries(columns) as unknown as Omit<Intervals, "lengthMs" | "layers">) }, events };
}

type Head = Pick<Intervals, "lengthMs" | "layers"> & { readonly rows: number; readonly events: readonly SourceEvent[] };

/** JSON writes a number that is not known as null. */
function nullIsNaN(_: string, value: unknown): unknown {
  return value === null ? Number.NaN : value;
}

/** The first multiple of 8 behind the head. */
function startAfter(headLength: number): number {
  return Math.ceil((HEAD_BYTES + headLength) / 8) * 8;
}
