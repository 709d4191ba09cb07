import { connect, type Socket } from "node:net";

const HEAD = 8;
const ENCRYPTION = 1;
const END = 0xff;
/** What a server says when it will encrypt. Source: [MS-TDS] 2.2.6.5. */
const WILL_ENCRYPT: ReadonlySet<number> = new Set([1, 3]);

/** What the driver hands to a connector: the server, or the one it was sent on to. */
interface Target {
  readonly host: string;
  readonly port: number;
}

export interface Guard {
  /** In place of the driver's own way to connect. */
  readonly connector: (target?: Target, lookup?: unknown, signal?: AbortSignal) => Promise<Socket>;
  /** Whether a server that does not encrypt was hung up on. */
  refused(): boolean;
}

/**
 * The driver goes on in the clear, with the password, when a server (or somebody in between) says that it cannot encrypt. This
 * looks at that answer and hangs up before anything more is sent.
 */
export function encryptedOnly(where: Target): Guard {
  let refused = false;
  return {
    refused: () => refused,
    async connector(target = where, _lookup, signal) {
      const socket = connect({ host: target.host, port: target.port, ...(signal === undefined ? {} : { signal }) });
      await new Promise<void>((resolve, reject) => socket.once("connect", resolve).once("error", reject));
      let seen = Buffer.alloc(0);
      const look = (chunk: Buffer): void => {
        seen = Buffer.concat([seen, chunk]);
        if (seen.length < HEAD || seen.length < seen.readUInt16BE(2)) return;
        socket.off("data", look);
        if (WILL_ENCRYPT.has(encryptionOf(seen.subarray(HEAD)))) return;
        refused = true;
        socket.destroy(new Error("The server does not offer an encrypted connection."));
      };
      socket.on("data", look);
      return socket;
    },
  };
}

/** The answer to the option "encryption" in a server's first message. Missing: -1. */
function encryptionOf(options: Buffer): number {
  for (let at = 0; at + 5 <= options.length && options[at] !== END; at += 5) {
    if (options[at] === ENCRYPTION) return options[options.readUInt16BE(at + 1)] ?? -1;
  }
  return -1;
}
