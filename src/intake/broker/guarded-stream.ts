import type { Socket } from "node:net";
import { Duplex } from "node:stream";
import { Framer } from "#intake/mqtt/framer.ts";
import type { Frame, Publish } from "#intake/mqtt/publish.ts";

export interface GuardOptions {
  maxBytes(topic: string): number;
  readonly smallBytes: number;
  /** Told of a PUBLISH larger than its topic may be; the connection is cut right after. */
  oversized(publish: Publish): void;
  /** Told that the client said DISCONNECT. */
  goodbye(): void;
}

const DISCONNECT = 14;

// A will of 64 KiB with its topic, user name and password fits into a CONNECT; a SUBSCRIBE of hundreds of filters too.
const LARGEST_CONTROL = 160 * 1024;

/** A socket that lets whole MQTT 3.1.1 packets through and is cut when a packet announces more than it may hold. */
export class GuardedStream extends Duplex {
  readonly #socket: Socket;
  readonly #framer: Framer;
  /** Whole packets that lie one after the other, passed on in one piece. */
  #run: { bytes: Buffer; start: number; end: number } | undefined;

  constructor(socket: Socket, options: GuardOptions) {
    super({ allowHalfOpen: false });
    this.#socket = socket;
    this.#framer = new Framer(
      { ...options, maxBytes: options.maxBytes, protocol: 4, controlBytes: LARGEST_CONTROL, tellOversized: "at-once" },
      {
        frame: (frame) => {
          if ((frame.bytes[frame.start] as number) >> 4 === DISCONNECT) options.goodbye();
          this.#gather(frame);
        },
        oversized: (publish) => this.#cut(publish, options),
        violation: (sentence) => this.destroy(new Error(sentence)),
      },
    );
    socket.on("data", (chunk) => this.#data(chunk));
    socket.on("end", () => {
      if (!this.destroyed) this.push(null);
    });
    socket.on("error", (error) => this.destroy(error));
    socket.on("close", () => this.destroy());
  }

  override _read(): void {
    this.#socket.resume();
  }

  override _write(chunk: Buffer, _encoding: string, done: (error?: Error | null) => void): void {
    if (this.#socket.write(chunk)) done();
    else this.#socket.once("drain", () => done());
  }

  override _writev(chunks: { chunk: Buffer }[], done: (error?: Error | null) => void): void {
    this._write(Buffer.concat(chunks.map(({ chunk }) => (Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk)))), "buffer", done);
  }

  override _final(done: (error?: Error | null) => void): void {
    this.#socket.end(done);
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#framer.stop();
    // What was just written, a CONNACK that says no, still goes out.
    this.#socket.end();
    setTimeout(() => this.#socket.destroy(), 100).unref();
    done(error);
  }

  #data(chunk: Buffer): void {
    if (this.destroyed) return;
    this.#framer.feed(chunk);
    this.#pass();
  }

  #gather(frame: Frame): void {
    if (this.#run?.bytes === frame.bytes && this.#run.end === frame.start) {
      this.#run.end = frame.end;
      return;
    }
    this.#pass();
    this.#run = { bytes: frame.bytes, start: frame.start, end: frame.end };
  }

  #pass(): void {
    const run = this.#run;
    this.#run = undefined;
    if (run !== undefined && !this.destroyed && !this.push(run.bytes.subarray(run.start, run.end))) this.#socket.pause();
  }

  #cut(publish: Publish, options: GuardOptions): void {
    options.oversized(publish);
    this.destroy(new Error(`A PUBLISH to ${publish.topic} announces ${publish.bytes} bytes, more than allowed.`));
  }
}
