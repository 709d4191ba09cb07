/** What a SQL Server answers, token by token. Source: [MS-TDS] 2.2.7. */
import { type ColumnType, typeBytes, type Value, valueBytes } from "./types.ts";

export interface ResultColumn {
  readonly name: string;
  readonly type: ColumnType;
}

export const FINAL = { batch: 0xfd, procedure: 0xfe, inside: 0xff } as const;
const COUNT = 0x10;
const MORE = 0x01;
const ERROR = 0x02;
const ATTENTION = 0x20;

function token(id: number, body: Buffer): Buffer {
  const head = Buffer.alloc(3);
  head.writeUInt8(id);
  head.writeUInt16LE(body.length, 1);
  return Buffer.concat([head, body]);
}

/** Text with its length in characters before it, in a byte or two. */
function counted(text: string, bytes: 1 | 2 = 1): Buffer {
  const length = Buffer.alloc(bytes);
  length.writeUIntLE(text.length, 0, bytes);
  return Buffer.concat([length, Buffer.from(text, "utf16le")]);
}

function doneToken(id: number, status: number, rows: number): Buffer {
  const bytes = Buffer.alloc(13);
  bytes.writeUInt8(id);
  bytes.writeUInt16LE(status, 1);
  bytes.writeUInt16LE(0xc1, 3);
  bytes.writeBigUInt64LE(BigInt(rows), 5);
  return bytes;
}

export function attentionDone(): Buffer {
  return doneToken(FINAL.batch, ATTENTION, 0);
}

/** End of a statement that changed or returned so many rows. */
export function done(kind: "batch" | "procedure", rows: number): Buffer {
  if (kind === "batch") return doneToken(FINAL.batch, COUNT, rows);
  const returned = Buffer.from([0x79, 0, 0, 0, 0]);
  return Buffer.concat([doneToken(FINAL.inside, COUNT | MORE, rows), returned, doneToken(FINAL.procedure, 0, 0)]);
}

export function failed(kind: "batch" | "procedure", { number, message }: { number: number; message: string }): Buffer {
  const code = Buffer.alloc(4);
  code.writeInt32LE(number);
  const body = [code, Buffer.from([1, 16]), counted(message, 2), counted("fake"), counted(""), Buffer.from([1, 0, 0, 0])];
  return Buffer.concat([token(0xaa, Buffer.concat(body)), doneToken(FINAL[kind], ERROR, 0)]);
}

/** What a client that may log in is told. */
export function welcome(database: string): Buffer {
  const versions = Buffer.from([1, 0x74, 0, 0, 4]);
  const acknowledged = Buffer.concat([versions, counted("Microsoft SQL Server"), Buffer.from([16, 0, 0x10, 0])]);
  const chosen = Buffer.concat([Buffer.from([1]), counted(database), counted("master")]);
  return Buffer.concat([token(0xe3, chosen), token(0xad, acknowledged), doneToken(FINAL.batch, 0, 0)]);
}

/** The new state of a transaction, for 5 begin, 7 commit and 8 roll back. */
export function transactionDone(operation: number): Buffer {
  const id = Buffer.alloc(8, 1);
  const changed =
    operation === 5
      ? Buffer.concat([Buffer.from([8, 8]), id, Buffer.from([0])])
      : Buffer.concat([Buffer.from([operation === 7 ? 9 : 10, 0, 8]), id]);
  return Buffer.concat([token(0xe3, changed), doneToken(FINAL.batch, 0, 0)]);
}

/** Columns and rows of a SELECT, without its end. */
export function resultSet(columns: readonly ResultColumn[], rows: readonly (readonly Value[])[]): Buffer {
  const head = Buffer.alloc(3);
  head.writeUInt8(0x81);
  head.writeUInt16LE(columns.length, 1);
  const described = columns.map(({ name, type }) => {
    const flags = Buffer.alloc(6);
    flags.writeUInt16LE(1, 4);
    return Buffer.concat([flags, typeBytes(type), counted(name)]);
  });
  const told = rows.map((row) =>
    Buffer.concat([Buffer.from([0xd1]), ...columns.map(({ type }, index) => valueBytes(type, row[index] ?? null))]),
  );
  return Buffer.concat([head, ...described, ...told]);
}

/** Answer to the first packet: this version, and whether it encrypts: 1, or 2 for not at all. */
export function preLogin(encryption: 1 | 2): Buffer {
  const bytes = Buffer.alloc(18);
  bytes.set([0, 0, 11, 0, 6, 1, 0, 17, 0, 1, 0xff, 16, 0, 0x10, 0, 0, 0, encryption]);
  return bytes;
}
