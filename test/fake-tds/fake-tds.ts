import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { type Login, readBatch, readLogin, readProcedure, readTransaction, type Statement } from "./request.ts";
import { type TlsFiles, TlsSide } from "./tls.ts";
import { attentionDone, done, failed, preLogin, type ResultColumn, resultSet, transactionDone, welcome } from "./tokens.ts";
import type { Value } from "./types.ts";

export interface Answer {
  readonly columns?: readonly ResultColumn[];
  readonly rows?: readonly (readonly Value[])[];
  /** Rows that were changed. */
  readonly changed?: number;
  readonly error?: { readonly number: number; readonly message: string };
  /** The line breaks before anything is answered. */
  readonly cut?: boolean;
}

export interface Script {
  /** What to answer to a statement; nothing is an empty success. */
  answer?(statement: Statement): Answer | undefined;
  /** Undefined lets the client in. */
  refuse?(login: Login): { number: number; message: string } | undefined;
  /** Left out, it says that it cannot encrypt. */
  readonly tls?: TlsFiles;
}

const PACKET = { batch: 1, procedure: 3, answer: 4, attention: 6, transaction: 14, login: 16, preLogin: 18 } as const;
const HEAD = 8;
const MOST_BODY = 4000;

/**
 * Stands in for a SQL Server: speaks TDS 7.4 to the real driver, records logins, statements with their
 * typed values and transactions, and answers what a test scripts. It knows no SQL.
 */
export class FakeTds {
  readonly logins: Login[] = [];
  readonly statements: Statement[] = [];
  /** `begin`, `commit` and `rollback` in order. */
  readonly transactions: string[] = [];
  script: Script;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  private constructor(script: Script) {
    this.script = script;
    this.#server = createServer((socket) => this.#serve(socket));
  }

  static async start(script: Script = {}, port = 0): Promise<FakeTds> {
    const fake = new FakeTds(script);
    await new Promise<void>((resolve) => fake.#server.listen(port, "127.0.0.1", resolve));
    return fake;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Statements of which the text holds this. */
  of(part: string): Statement[] {
    return this.statements.filter(({ sql }) => sql.includes(part));
  }

  /** Breaks every connection there is; new ones are taken. */
  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  async stop(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #serve(socket: Socket): void {
    const { tls } = this.script;
    this.#sockets.add(socket);
    // A broken line is one of the things this is for.
    socket.on("error", () => undefined);
    socket.on("close", () => this.#sockets.delete(socket));
    let side: TlsSide | undefined;
    const plain = new Packets((kind, message) => {
      if (side !== undefined) side.take(message);
      else {
        this.#reply(kind, message, { socket, write: (bytes) => void socket.write(bytes) });
        if (tls !== undefined) side = secured(tls);
      }
    });
    const secured = (files: TlsFiles): TlsSide => {
      const inside = new Packets((kind, message) => this.#reply(kind, message, { socket, write: (bytes) => side?.send(bytes) }));
      const wrap = (bytes: Buffer): void => void socket.write(packets(PACKET.preLogin, bytes));
      return new TlsSide(socket, files, { wrap, received: (bytes) => inside.take(bytes) });
    };
    socket.on("data", (chunk) => {
      if (side?.bare === true) side.take(chunk);
      else plain.take(chunk);
    });
  }

  #reply(kind: number, message: Buffer, to: { socket: Socket; write(bytes: Buffer): void }): void {
    const answer = this.#answer(kind, message);
    if (answer === undefined) to.socket.destroy();
    else to.write(packets(PACKET.answer, answer));
  }

  #answer(kind: number, message: Buffer): Buffer | undefined {
    if (kind === PACKET.preLogin) return preLogin(this.script.tls === undefined ? 2 : 1);
    if (kind === PACKET.login) return this.#login(readLogin(message));
    if (kind === PACKET.attention) return attentionDone();
    if (kind === PACKET.transaction) {
      const operation = readTransaction(message);
      this.transactions.push({ 5: "begin", 7: "commit", 8: "rollback" }[operation] ?? String(operation));
      return transactionDone(operation);
    }
    if (kind === PACKET.batch) return this.#statement(readBatch(message));
    if (kind === PACKET.procedure) return this.#statement(readProcedure(message));
    throw new Error(`the fake server does not know packet ${kind}`);
  }

  #login(login: Login): Buffer {
    this.logins.push(login);
    const refusal = this.script.refuse?.(login);
    return refusal === undefined ? welcome(login.database) : failed("batch", refusal);
  }

  #statement(statement: Statement): Buffer | undefined {
    // What the driver sets up at each login is not what a test asks about.
    const settings = statement.kind === "batch" && /^\s*set /i.test(statement.sql);
    if (!settings) this.statements.push(statement);
    const answer = settings ? undefined : this.script.answer?.(statement);
    if (answer?.cut === true) return undefined;
    if (answer?.error !== undefined) return failed(statement.kind, answer.error);
    const rows = answer?.rows ?? [];
    const set = answer?.columns === undefined ? Buffer.alloc(0) : resultSet(answer.columns, rows);
    return Buffer.concat([set, done(statement.kind, answer?.changed ?? rows.length)]);
  }
}

/** Puts messages together from packets. */
class Packets {
  readonly #whole: (kind: number, message: Buffer) => void;
  #bytes = Buffer.alloc(0);
  #message: Buffer[] = [];

  constructor(whole: (kind: number, message: Buffer) => void) {
    this.#whole = whole;
  }

  take(chunk: Buffer): void {
    this.#bytes = Buffer.concat([this.#bytes, chunk]);
    while (this.#bytes.length >= HEAD && this.#bytes.length >= this.#bytes.readUInt16BE(2)) {
      const length = this.#bytes.readUInt16BE(2);
      const [kind, status] = [this.#bytes.readUInt8(0), this.#bytes.readUInt8(1)];
      this.#message.push(this.#bytes.subarray(HEAD, length));
      this.#bytes = this.#bytes.subarray(length);
      if ((status & 1) !== 0) this.#whole(kind, Buffer.concat(this.#message.splice(0)));
    }
  }
}

/** A message as packets. */
function packets(kind: number, body: Buffer): Buffer {
  const all: Buffer[] = [];
  for (let at = 0, id = 1; at === 0 || at < body.length; at += MOST_BODY, id++) {
    const piece = body.subarray(at, at + MOST_BODY);
    const head = Buffer.alloc(HEAD);
    head.writeUInt8(kind);
    head.writeUInt8(at + MOST_BODY >= body.length ? 1 : 0, 1);
    head.writeUInt16BE(piece.length + HEAD, 2);
    head.writeUInt8(id % 256, 6);
    all.push(head, piece);
  }
  return Buffer.concat(all);
}
