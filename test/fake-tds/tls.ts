import type { Socket } from "node:net";
import { Duplex } from "node:stream";
import { TLSSocket } from "node:tls";

export interface TlsFiles {
  readonly key: string;
  readonly cert: string;
}

/**
 * The server's side of encryption as TDS 7 does it: the handshake travels inside packets of the kind of the first one, what
 * follows goes bare. Source: [MS-TDS] 3.3.5.2.
 */
export class TlsSide {
  readonly #wire: Duplex;
  readonly #secure: TLSSocket;
  #wrapped = true;
  #pending: Buffer[] = [];

  constructor(socket: Socket, files: TlsFiles, options: { wrap(bytes: Buffer): void; received(bytes: Buffer): void }) {
    const flush = (): void => {
      const bytes = Buffer.concat(this.#pending.splice(0));
      if (bytes.length === 0) return;
      if (this.#wrapped) options.wrap(bytes);
      else socket.write(bytes);
    };
    this.#wire = new Duplex({
      read: () => undefined,
      write: (chunk: Buffer, _encoding, done) => {
        this.#pending.push(chunk);
        // A client waits for one message to each of its own, so a flight goes together.
        setImmediate(flush);
        done();
      },
    });
    this.#secure = new TLSSocket(this.#wire, { isServer: true, ...files });
    this.#secure.on("secure", () =>
      setImmediate(() => {
        flush();
        this.#wrapped = false;
      }),
    );
    this.#secure.on("data", options.received);
    // A client that does not trust the certificate breaks off.
    this.#secure.on("error", () => socket.destroy());
  }

  /** Whether the handshake is over, so that all bytes of the socket are encrypted ones. */
  get bare(): boolean {
    return !this.#wrapped;
  }

  /** Bytes of the client's TLS. */
  take(bytes: Buffer): void {
    this.#wire.push(bytes);
  }

  send(bytes: Buffer): void {
    this.#secure.write(bytes);
  }
}
