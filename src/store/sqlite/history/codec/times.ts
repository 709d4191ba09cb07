import { ByteReader, ByteWriter } from "./bytes.ts";
import { readSqueezed, writeSqueezed } from "./squeeze.ts";

const REGULAR = 0;
const DELTAS = 1;
const PLAIN = 2;

/** Beyond this (the year 37,000) differences of differences would not be exact. */
const LIMIT_MS = 2 ** 50;

/**
 * Instants in rising order: mode, first instant, then a step (regular), or differences of differences in units of
 * their greatest common divisor, deflated; or plain doubles where an instant is beyond the limit.
 */
export function writeTimes(writer: ByteWriter, tMs: Float64Array): void {
  const mode = modeOf(tMs);
  writer.byte(mode);
  writer.float64(tMs[0] as number);
  if (mode === REGULAR) writer.varint(tMs.length > 1 ? (tMs[1] as number) - (tMs[0] as number) : 0);
  else if (mode === DELTAS) writeDeltas(writer, tMs);
  else writePlain(writer, tMs);
}

function writePlain(writer: ByteWriter, tMs: Float64Array): void {
  const plain = new ByteWriter(tMs.length * 8);
  for (let i = 1; i < tMs.length; i++) plain.float64(tMs[i] as number);
  writeSqueezed(writer, plain.view());
}

function modeOf(tMs: Float64Array): number {
  const first = tMs[0] as number;
  const last = tMs[tMs.length - 1] as number;
  if (Math.abs(first) > LIMIT_MS || Math.abs(last) > LIMIT_MS) return PLAIN;
  const step = (tMs[1] ?? first) - first;
  for (let i = 2; i < tMs.length; i++) {
    if ((tMs[i] as number) - (tMs[i - 1] as number) !== step) return DELTAS;
  }
  return REGULAR;
}

function writeDeltas(writer: ByteWriter, tMs: Float64Array): void {
  const unit = commonDivisor(tMs);
  const deltas = new ByteWriter(tMs.length * 2);
  let previous = 0;
  for (let i = 1; i < tMs.length; i++) {
    const delta = ((tMs[i] as number) - (tMs[i - 1] as number)) / unit;
    deltas.zigzag(delta - previous);
    previous = delta;
  }
  writer.varint(unit);
  writeSqueezed(writer, deltas.view());
}

function commonDivisor(tMs: Float64Array): number {
  let divisor = 0;
  for (let i = 1; i < tMs.length && divisor !== 1; i++) {
    const delta = (tMs[i] as number) - (tMs[i - 1] as number);
    if (delta !== divisor) divisor = divisorOf(divisor, delta);
  }
  return divisor;
}

function divisorOf(a: number, b: number): number {
  // Remainders of small whole numbers take a tenth of the time of those of doubles.
  return a <= 0x7fffffff && b <= 0x7fffffff ? smallDivisor(a | 0, b | 0) : plainDivisor(a, b);
}

function smallDivisor(a: number, b: number): number {
  let divisor = a;
  for (let rest = b; rest !== 0; ) {
    const next = (divisor % rest) | 0;
    divisor = rest;
    rest = next;
  }
  return divisor;
}

function plainDivisor(a: number, b: number): number {
  let divisor = a;
  for (let rest = b; rest !== 0; ) [divisor, rest] = [rest, divisor % rest];
  return divisor;
}

/** Fills `out` with the instants of the next `out.length` rows. */
export function readTimes(reader: ByteReader, out: Float64Array): void {
  const mode = reader.byte();
  const first = reader.float64();
  out[0] = first;
  if (mode === REGULAR) {
    const step = reader.varint();
    for (let i = 1; i < out.length; i++) out[i] = first + i * step;
  } else if (mode === DELTAS) {
    readDeltas(reader, out);
  } else if (mode === PLAIN) {
    const plain = new ByteReader(readSqueezed(reader));
    for (let i = 1; i < out.length; i++) out[i] = plain.float64();
  } else {
    throw new RangeError(`Unknown way of writing times: ${mode}`);
  }
}

function readDeltas(reader: ByteReader, out: Float64Array): void {
  const unit = reader.varint();
  const rest = out.subarray(1);
  new ByteReader(readSqueezed(reader)).zigzags(rest);
  let delta = 0;
  let tMs = out[0] as number;
  for (let i = 0; i < rest.length; i++) {
    delta += rest[i] as number;
    tMs += delta * unit;
    rest[i] = tMs;
  }
}

/** True where the head of the times alone says that none of the `n` instants is `tMs`, without inflating anything. */
export function ruledOut(reader: ByteReader, n: number, tMs: number): boolean {
  const mode = reader.byte();
  const offset = tMs - reader.float64();
  if (mode === PLAIN) return false;
  const unit = reader.varint();
  if (mode === REGULAR && (offset < 0 || offset > unit * (n - 1))) return true;
  return unit === 0 ? offset !== 0 : offset % unit !== 0;
}
