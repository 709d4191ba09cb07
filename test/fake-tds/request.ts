/** What a client asks a SQL Server, as a test wants to see it. Source: [MS-TDS] 2.2.6. */
import { Cursor, readType, readValue, type Value } from "./types.ts";

export interface Login {
  readonly username: string;
  readonly password: string;
  readonly database: string;
  readonly program: string;
}

export interface Statement {
  readonly kind: "batch" | "procedure";
  readonly sql: string;
  /** As `sp_executesql` declares them: `@p0 datetime2(0), @p1 int`. */
  readonly declared: string;
  readonly values: readonly Value[];
}

const fixed = { username: 40, password: 44, program: 48, database: 68 } as const;

export function readLogin(message: Buffer): Login {
  const field = (at: number): Buffer => {
    const offset = message.readUInt16LE(at);
    return message.subarray(offset, offset + message.readUInt16LE(at + 2) * 2);
  };
  // A password goes with its nibbles swapped and every bit of 0xA5 turned over.
  const password = Buffer.from(field(fixed.password).map((byte) => (((byte ^ 0xa5) << 4) & 0xf0) | ((byte ^ 0xa5) >> 4)));
  return {
    username: field(fixed.username).toString("utf16le"),
    password: password.toString("utf16le"),
    program: field(fixed.program).toString("utf16le"),
    database: field(fixed.database).toString("utf16le"),
  };
}

export function readBatch(message: Buffer): Statement {
  return { kind: "batch", sql: message.subarray(message.readUInt32LE(0)).toString("utf16le"), declared: "", values: [] };
}

const EXECUTE_SQL = 10;

export function readProcedure(message: Buffer): Statement {
  const from = new Cursor(message, message.readUInt32LE(0));
  const nameLength = from.u16();
  const name = nameLength === 0xffff ? from.u16() : from.text(nameLength);
  from.u16();
  const values: Value[] = [];
  while (!from.done) {
    from.text(from.u8());
    from.u8();
    values.push(readValue(from, readType(from)));
  }
  if (name !== EXECUTE_SQL) return { kind: "procedure", sql: String(name), declared: "", values };
  const [sql, declared, ...rest] = values;
  return { kind: "procedure", sql: String(sql), declared: String(declared ?? ""), values: rest };
}

/** 5 begins a transaction, 7 commits, 8 rolls back. */
export function readTransaction(message: Buffer): number {
  return message.readUInt16LE(message.readUInt32LE(0));
}
