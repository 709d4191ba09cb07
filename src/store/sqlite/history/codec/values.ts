import type { ByteReader, ByteWriter } from "./bytes.ts";

const SPLIT = 0;
const DECIMAL = 1;

const POWERS = [1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9] as const;

/** Scaled numbers up to here have exact differences. */
const LIMIT = 2 ** 50;

/**
 * Any doubles, exactly. Decimals are scaled to whole numbers and written as differences, with the few that are no
 * such decimal (NaN, infinities, -0, full-precision doubles) listed beside; else the eight bytes are split into planes.
 */
export function writeValues(writer: ByteWriter, value: Float64Array): void {
  const exponent = exponentOf(value);
  if (exponent === undefined) writeSplit(writer, value);
  else writeDecimal(writer, value, exponent);
}

/** Digits after the point that suit all but a few values; undefined where too many are no decimals. */
function exponentOf(value: Float64Array): number | undefined {
  const allowed = value.length >>> 3;
  let exponent = 0;
  let strangers = 0;
  for (let i = 0; i < value.length; i++) {
    const v = value[i] as number;
    if (fits(v, POWERS[exponent] as number) || !isOrdinary(v)) continue;
    const larger = largerExponent(v, exponent);
    if (larger !== undefined) exponent = larger;
    else if (++strangers > allowed) return undefined;
  }
  return exponent;
}

function largerExponent(v: number, exponent: number): number | undefined {
  for (let e = exponent + 1; e < POWERS.length; e++) {
    if (fits(v, POWERS[e] as number)) return e;
  }
  return undefined;
}

function fits(v: number, power: number): boolean {
  const whole = Math.round(v * power);
  return whole < LIMIT && whole > -LIMIT && whole / power === v && (v !== 0 || Object.is(v, 0));
}

/** NaN, infinities and -0 are rare or come in runs; they cost little wherever they stand. */
function isOrdinary(v: number): boolean {
  return Number.isFinite(v) && !Object.is(v, -0);
}

function writeDecimal(writer: ByteWriter, value: Float64Array, exponent: number): void {
  const power = POWERS[exponent] as number;
  const strangers: number[] = [];
  for (let i = 0; i < value.length; i++) if (!fits(value[i] as number, power)) strangers.push(i);
  writer.byte(DECIMAL);
  writer.byte(exponent);
  writer.varint(strangers.length);
  let before = 0;
  for (const i of strangers) {
    writer.varint(i - before);
    writer.float64(value[i] as number);
    before = i;
  }
  let previous = 0;
  let next = 0;
  for (let i = 0; i < value.length; i++) {
    const stranger = strangers[next] === i;
    if (stranger) next++;
    const whole = stranger ? previous : Math.round((value[i] as number) * power);
    writer.zigzag(whole - previous);
    previous = whole;
  }
}

function writeSplit(writer: ByteWriter, value: Float64Array): void {
  const n = value.length;
  const planes = new Uint8Array(n * 8);
  const view = new DataView(new ArrayBuffer(8));
  for (let i = 0; i < n; i++) {
    const v = value[i] as number;
    view.setFloat64(0, Number.isNaN(v) ? Number.NaN : v, true);
    for (let b = 0; b < 8; b++) planes[b * n + i] = view.getUint8(b);
  }
  writer.byte(SPLIT);
  writer.append(planes);
}

/** Fills `out` with the next `out.length` values. */
export function readValues(reader: ByteReader, out: Float64Array): void {
  const mode = reader.byte();
  if (mode === DECIMAL) readDecimal(reader, out);
  else if (mode === SPLIT) readSplit(reader, out);
  else throw new RangeError(`Unknown way of writing values: ${mode}`);
}

function readDecimal(reader: ByteReader, out: Float64Array): void {
  const power = POWERS[reader.byte()];
  if (power === undefined) throw new RangeError("Unknown number of digits");
  const strangers: [number, number][] = [];
  let at = 0;
  for (let left = reader.varint(); left > 0; left--) {
    at += reader.varint();
    strangers.push([at, reader.float64()]);
  }
  reader.decimals(out, power);
  for (const [i, v] of strangers) out[i] = v;
}

function readSplit(reader: ByteReader, out: Float64Array): void {
  const n = out.length;
  const planes = reader.take(n * 8);
  const bytes = new Uint8Array(n * 8);
  for (let b = 0; b < 8; b++) {
    for (let i = 0; i < n; i++) bytes[i * 8 + b] = planes[b * n + i] as number;
  }
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < n; i++) out[i] = view.getFloat64(i * 8, true);
}
