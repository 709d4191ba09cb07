import { type ClientRequestArgs, Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import type { CertificateGuard } from "./trust.ts";

/** Connections to one station, kept between questions, each of them judged before the first. */
export function stationAgent(url: URL, guard: CertificateGuard): HttpAgent {
  return url.protocol === "https:" ? new GuardedAgent(guard) : new HttpAgent({ keepAlive: true, maxSockets: 1 });
}

class GuardedAgent extends HttpsAgent {
  readonly #guard: CertificateGuard;

  constructor(guard: CertificateGuard) {
    // A resumed session shows no certificate.
    super({ keepAlive: true, maxSockets: 1, maxCachedSessions: 0 });
    this.#guard = guard;
  }

  override createConnection(options: ClientRequestArgs, callback?: (error: Error | null, socket: Duplex) => void): undefined {
    const host = String(options.host ?? options.hostname ?? "localhost");
    const name = /^[\d.]+$|:/.test(host) ? {} : { servername: host };
    const given = (error: Error | null, socket?: Socket): void => callback?.(error, socket as Socket);
    this.#guard.connect({ host, port: Number(options.port ?? 443), ...name }).then(
      (socket) => given(null, socket),
      (error: Error) => given(error),
    );
  }
}
