import { connect, createServer, type Server, type Socket } from "node:net";
import { freePort } from "./free-port.ts";

/**
 * Stands between a client and a broker and can do what a bad line does at the worst moment: swallow the answers of one
 * side for a while and then cut, so that what was acknowledged never arrived.
 */
export class CuttingProxy {
  readonly port: number;
  readonly #server: Server;
  readonly #pairs = new Set<readonly [Socket, Socket]>();
  #swallow: "to-client" | "to-broker" | undefined;
  #toClientBytes = 0;

  private constructor(port: number, server: Server) {
    this.port = port;
    this.#server = server;
  }

  static async start(brokerPort: () => number): Promise<CuttingProxy> {
    const port = await freePort();
    const server = createServer();
    const proxy = new CuttingProxy(port, server);
    server.on("connection", (client) => proxy.#join(client, connect(brokerPort(), "127.0.0.1")));
    await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
    return proxy;
  }

  /** Loses everything that goes that way for some milliseconds, then breaks every connection. */
  async loseAndCut(way: "to-client" | "to-broker", forMs: number): Promise<void> {
    this.#swallow = way;
    await new Promise((resolve) => setTimeout(resolve, forMs));
    for (const pair of this.#pairs) for (const socket of pair) socket.destroy();
    this.#swallow = undefined;
  }

  /** Resolves when so much has gone to clients since it stands. */
  async sent(toClientBytes: number): Promise<void> {
    while (this.#toClientBytes < toClientBytes) await new Promise((resolve) => setTimeout(resolve, 1));
  }

  async stop(): Promise<void> {
    for (const pair of this.#pairs) for (const socket of pair) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #join(client: Socket, broker: Socket): void {
    const pair = [client, broker] as const;
    this.#pairs.add(pair);
    client.on("data", (bytes) => this.#swallow !== "to-broker" && broker.write(bytes));
    broker.on("data", (bytes) => (this.#toClientBytes += bytes.length));
    broker.on("data", (bytes) => this.#swallow !== "to-client" && client.write(bytes));
    for (const socket of pair) {
      socket.setNoDelay(true);
      // A broken line is what this is for.
      socket.on("error", () => undefined);
      socket.on("close", () => {
        this.#pairs.delete(pair);
        for (const other of pair) other.destroy();
      });
    }
  }
}
