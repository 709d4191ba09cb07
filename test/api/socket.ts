import { randomBytes } from "node:crypto";
import { type AddressInfo, connect, type Socket } from "node:net";
import type { LiveServerMessage } from "#contract/live.ts";
import type { House } from "./house.ts";

/** A WebSocket reader on a bare socket: a test decides what it reads and when. */
export class Reader {
  readonly heard: LiveServerMessage[] = [];
  /** The status of the upgrade: 101, or why not. */
  readonly status: number;
  closedWith: number | undefined;
  gone = false;
  readonly #socket: Socket;
  readonly #waiting = new Set<() => void>();
  #bytes = Buffer.alloc(0);
  #text = "";
  #answersPings = true;

  constructor(socket: Socket, status: number, rest: Buffer) {
    this.#socket = socket;
    this.status = status;
    socket.on("data", (data: Buffer) => this.#take(data));
    socket.on("close", () => {
      this.gone = true;
      this.#wake();
    });
    this.#take(rest);
  }

  say(message: unknown): void {
    this.#frame(1, Buffer.from(typeof message === "string" ? message : JSON.stringify(message)));
  }

  /** Takes nothing more off the wire. */
  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  stopAnsweringPings(): void {
    this.#answersPings = false;
  }

  end(): void {
    this.#socket.destroy();
  }

  /** Waits until what was heard satisfies the question, or the connection is gone. */
  async until(question: () => boolean): Promise<void> {
    while (!question()) {
      if (this.gone) throw new Error(`The connection ended (${this.closedWith ?? "no word"}) before that`);
      await new Promise<void>((resolve) => this.#waiting.add(resolve));
    }
  }

  async untilGone(): Promise<void> {
    while (!this.gone) await new Promise<void>((resolve) => this.#waiting.add(resolve));
  }

  /** The first message of a type, waiting for it. */
  async next<Type extends LiveServerMessage["type"]>(type: Type): Promise<Extract<LiveServerMessage, { type: Type }>> {
    const find = () => this.heard.find((message) => message.type === type);
    await this.until(() => find() !== undefined);
    const found = find() as Extract<LiveServerMessage, { type: Type }>;
    this.heard.splice(this.heard.indexOf(found), 1);
    return found;
  }

  #take(data: Buffer): void {
    this.#bytes = Buffer.concat([this.#bytes, data]);
    for (let frame = readFrame(this.#bytes); frame; frame = readFrame(this.#bytes)) {
      this.#bytes = this.#bytes.subarray(frame.length);
      this.#hear(frame);
    }
    this.#wake();
  }

  #hear(frame: Frame): void {
    if (frame.opcode === 8) this.closedWith = frame.body.length >= 2 ? frame.body.readUInt16BE(0) : 1005;
    if (frame.opcode === 8) this.#frame(8, frame.body);
    if (frame.opcode === 9 && this.#answersPings) this.#frame(10, frame.body);
    if (frame.opcode > 1) return;
    this.#text += frame.body.toString();
    if (!frame.final) return;
    this.heard.push(JSON.parse(this.#text) as LiveServerMessage);
    this.#text = "";
  }

  #frame(opcode: number, body: Buffer): void {
    const mask = randomBytes(4);
    const masked = body.map((byte, i) => byte ^ (mask[i % 4] as number));
    const length =
      body.length < 126
        ? Buffer.from([0x80 | body.length])
        : body.length < 65_536
          ? Buffer.from([0xfe, body.length >> 8, body.length & 255])
          : longLength(body.length);
    if (!this.#socket.destroyed) this.#socket.write(Buffer.concat([Buffer.from([0x80 | opcode]), length, mask, masked]));
  }

  #wake(): void {
    for (const resolve of this.#waiting) resolve();
    this.#waiting.clear();
  }
}

interface Frame {
  readonly opcode: number;
  readonly final: boolean;
  readonly body: Buffer;
  readonly length: number;
}

function longLength(length: number): Buffer {
  const bytes = Buffer.alloc(9);
  bytes[0] = 0xff;
  bytes.writeBigUInt64BE(BigInt(length), 1);
  return bytes;
}

/** The frame at the start of the bytes, once all of it is there. */
function readFrame(bytes: Buffer): Frame | undefined {
  if (bytes.length < 2) return undefined;
  const short = (bytes[1] as number) & 127;
  const head = short === 126 ? 4 : short === 127 ? 10 : 2;
  if (bytes.length < head) return undefined;
  const size = short === 126 ? bytes.readUInt16BE(2) : short === 127 ? Number(bytes.readBigUInt64BE(2)) : short;
  if (bytes.length < head + size) return undefined;
  const first = bytes[0] as number;
  return { opcode: first & 15, final: (first & 128) !== 0, body: bytes.subarray(head, head + size), length: head + size };
}

/** Connects to the live address of a house that listens. */
export async function connectLive(house: House, headers: Record<string, string> = {}): Promise<Reader> {
  const { port } = house.app.server.address() as AddressInfo;
  const sent = {
    Host: `localhost:${port}`,
    Connection: "Upgrade",
    Upgrade: "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": randomBytes(16).toString("base64"),
    ...headers,
  };
  const lines = Object.entries(sent).map(([name, value]) => `${name}: ${value}`);
  const socket = connect(port, "127.0.0.1");
  socket.on("error", () => socket.destroy());
  socket.write(`GET /api/v1/live HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n`);
  const { status, rest } = await readHead(socket);
  return new Reader(socket, status, status === 101 ? rest : Buffer.alloc(0));
}

function readHead(socket: Socket): Promise<{ status: number; rest: Buffer }> {
  return new Promise((resolve) => {
    let bytes = Buffer.alloc(0);
    const take = (data: Buffer): void => {
      bytes = Buffer.concat([bytes, data]);
      const end = bytes.indexOf("\r\n\r\n");
      if (end < 0) return;
      socket.off("data", take);
      resolve({ status: Number(bytes.toString().slice(9, 12)), rest: bytes.subarray(end + 4) });
    };
    socket.on("data", take);
  });
}
