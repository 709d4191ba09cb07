import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { type Login, readBatch, readLogin, readProcedure, readTransaction, type Statement } from "./request.ts";
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
}

const PACKET = { batch: 1, procedure: 3, attention: 6, transaction: 14, login: 16, preLogin: 18 } as const;
const HEAD = 8;
const MOST_BODY = 4000;

/**
 * Stands in for a SQL Server: speaks TDS 7.4 without encryption to the real driver, records logins, statements with their
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
    let bytes = Buffer.alloc(0);
    let message: Buffer[] = [];
    this.#sockets.add(socket);
    // A broken line is one of the things this is for.
    socket.on("error", () => undefined);
    socket.on("close", () => this.#sockets.delete(socket));
    socket.on("data", (chunk) => {
      bytes = Buffer.concat([bytes, chunk]);
      while (bytes.length >= HEAD && bytes.length >= bytes.readUInt16BE(2)) {
        const length = bytes.readUInt16BE(2);
        const [kind, status] = [bytes.readUInt8(0), bytes.readUInt8(1)];
        message.push(bytes.subarray(HEAD, length));
        bytes = bytes.subarray(length);
        if ((status & 1) === 0) continue;
        const whole = Buffer.concat(message);
        message = [];
        const answer = this.#answer(kind, whole);
        if (answer === undefined) socket.destroy();
        else send(socket, answer);
      }
    });
  }

  #answer(kind: number, message: Buffer): Buffer | undefined {
    if (kind === PACKET.preLogin) return preLogin();
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

function send(socket: Socket, body: Buffer): void {
  for (let at = 0, id = 1; at === 0 || at < body.length; at += MOST_BODY, id++) {
    const piece = body.subarray(at, at + MOST_BODY);
    const head = Buffer.alloc(HEAD);
    head.writeUInt8(4);
    head.writeUInt8(at + MOST_BODY >= body.length ? 1 : 0, 1);
    head.writeUInt16BE(piece.length + HEAD, 2);
    head.writeUInt8(id % 256, 6);
    socket.write(Buffer.concat([head, piece]));
  }
}
