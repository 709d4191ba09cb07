/** Values as SQL Server writes them: types and their bytes, both ways. Source: [MS-TDS] 2.2.5.4 and 2.2.5.5. */

export type ColumnType = "int" | "bigint" | "float" | "bit" | "decimal" | "datetime2" | "date" | "nvarchar";

/** A type as a request declares it. */
export interface TypeInfo {
  readonly id: number;
  /** Largest length of texts and binaries; 0xffff is `max`. */
  readonly most?: number;
  readonly scale?: number;
}

export type Value = number | bigint | string | boolean | Date | null;

const INTN = 0x26;
const BITN = 0x68;
const FLOATN = 0x6d;
const DECIMALN = 0x6c;
const NUMERICN = 0x6a;
const DATEN = 0x28;
const DATETIME2N = 0x2a;
const NVARCHAR = 0xe7;
const TEXTS = new Set([NVARCHAR, 0xef, 0xa7, 0xaf]);
const WIDE = new Set([NVARCHAR, 0xef]);
const YEAR_1 = Date.parse("0001-01-01T00:00:00Z");
const DAY_MS = 86_400_000;
const MAX = 0xffff;

/** Reads bytes from the front. */
export class Cursor {
  at = 0;
  readonly bytes: Buffer;
  constructor(bytes: Buffer, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }
  get done(): boolean {
    return this.at >= this.bytes.length;
  }
  u8(): number {
    return this.bytes.readUInt8(this.at++);
  }
  u16(): number {
    this.at += 2;
    return this.bytes.readUInt16LE(this.at - 2);
  }
  u32(): number {
    this.at += 4;
    return this.bytes.readUInt32LE(this.at - 4);
  }
  take(length: number): Buffer {
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }
  /** UTF-16 text of so many characters. */
  text(characters: number): string {
    return this.take(characters * 2).toString("utf16le");
  }
}

export function readType(from: Cursor): TypeInfo {
  const id = from.u8();
  if (id === DATEN) return { id };
  if (id === DATETIME2N) return { id, scale: from.u8() };
  if (id === DECIMALN || id === NUMERICN) {
    from.take(2);
    return { id, scale: from.u8() };
  }
  if (TEXTS.has(id)) {
    const most = from.u16();
    from.take(5);
    return { id, most };
  }
  if ([INTN, BITN, FLOATN].includes(id)) {
    from.take(1);
    return { id };
  }
  throw new Error(`the fake server does not read type 0x${id.toString(16)}`);
}

export function readValue(from: Cursor, type: TypeInfo): Value {
  if (type.most !== undefined) return readText(from, type);
  const length = from.u8();
  if (length === 0) return null;
  const data = from.take(length);
  if (type.id === INTN) return length === 8 ? data.readBigInt64LE() : data.readIntLE(0, length);
  if (type.id === BITN) return data[0] === 1;
  if (type.id === FLOATN) return length === 8 ? data.readDoubleLE() : data.readFloatLE();
  if (type.id === DECIMALN || type.id === NUMERICN) return decimalText(data, type.scale ?? 0);
  return readDate(data, type);
}

function readText(from: Cursor, { id, most }: TypeInfo): string | null {
  const encoding = WIDE.has(id) ? "utf16le" : "latin1";
  if (most !== MAX) {
    const length = from.u16();
    return length === MAX ? null : from.take(length).toString(encoding);
  }
  const total = from.take(8).readBigUInt64LE();
  if (total === 0xffff_ffff_ffff_ffffn) return null;
  const pieces: Buffer[] = [];
  for (let length = from.u32(); length > 0; length = from.u32()) pieces.push(from.take(length));
  return Buffer.concat(pieces).toString(encoding);
}

function decimalText(data: Buffer, scale: number): string {
  let whole = 0n;
  for (let i = data.length - 1; i > 0; i--) whole = whole * 256n + BigInt(data[i] ?? 0);
  const digits = whole.toString().padStart(scale + 1, "0");
  const text = scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
  return data[0] === 0 ? `-${text}` : text;
}

function readDate(data: Buffer, { id, scale }: TypeInfo): Date {
  const days = data.readUIntLE(data.length - 3, 3);
  const ticks = id === DATEN ? 0 : data.readUIntLE(0, data.length - 3);
  return new Date(YEAR_1 + days * DAY_MS + ticks * 10 ** (3 - (scale ?? 0)));
}

const DECIMAL_SCALE = 6;

/** TYPE_INFO of a result column. */
export function typeBytes(type: ColumnType): Buffer {
  const bytes: Record<ColumnType, number[]> = {
    int: [INTN, 4],
    bigint: [INTN, 8],
    float: [FLOATN, 8],
    bit: [BITN, 1],
    decimal: [DECIMALN, 9, 18, DECIMAL_SCALE],
    datetime2: [DATETIME2N, 3],
    date: [DATEN],
    nvarchar: [NVARCHAR, 0x40, 0x1f, 9, 4, 0xd0, 0, 0x34],
  };
  return Buffer.from(bytes[type]);
}

export function valueBytes(type: ColumnType, value: Value): Buffer {
  if (value === null) return type === "nvarchar" ? Buffer.from([0xff, 0xff]) : Buffer.from([0]);
  const bytes = plainBytes(type, value);
  const length = Buffer.alloc(type === "nvarchar" ? 2 : 1);
  length.writeUIntLE(bytes.length, 0, length.length);
  return Buffer.concat([length, bytes]);
}

function plainBytes(type: ColumnType, value: Exclude<Value, null>): Buffer {
  const bytes = Buffer.alloc(type === "int" ? 4 : type === "bit" ? 1 : type === "date" ? 3 : 8);
  if (type === "nvarchar") return Buffer.from(String(value), "utf16le");
  if (type === "int") bytes.writeInt32LE(Number(value));
  else if (type === "bigint") bytes.writeBigInt64LE(BigInt(value as number | bigint));
  else if (type === "float") bytes.writeDoubleLE(Number(value));
  else if (type === "bit") bytes.writeUInt8(value === true || value === 1 ? 1 : 0);
  else if (type === "decimal") return decimalBytes(Number(value));
  else return dateBytes(type, value as Date);
  return bytes;
}

function decimalBytes(value: number): Buffer {
  const bytes = Buffer.alloc(9);
  bytes.writeUInt8(value < 0 ? 0 : 1);
  bytes.writeBigUInt64LE(BigInt(Math.round(Math.abs(value) * 10 ** DECIMAL_SCALE)), 1);
  return bytes;
}

function dateBytes(type: "datetime2" | "date", value: Date): Buffer {
  const sinceMs = value.getTime() - YEAR_1;
  const days = Math.floor(sinceMs / DAY_MS);
  const bytes = Buffer.alloc(type === "date" ? 3 : 7);
  if (type === "datetime2") bytes.writeUInt32LE(sinceMs - days * DAY_MS);
  bytes.writeUIntLE(days, bytes.length - 3, 3);
  return bytes;
}
