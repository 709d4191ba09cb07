import { createServer, type IncomingMessage, type OutgoingHttpHeaders, request, type Server } from "node:http";
import type { AddressInfo, Socket } from "node:net";

/** How a proxy stands before the server. */
export interface ProxySetting {
  /** Port of the server behind it. */
  readonly toPort: number;
  /** Path it serves the server under: `/sub`. */
  readonly prefix: string;
  /** Whether the server behind is asked without the prefix. */
  readonly strips: boolean;
}

/** A reverse proxy as people configure them: it names who asked and by which name, and passes WebSockets and streams through. */
export class ReverseProxy {
  readonly #server: Server;
  readonly #setting: ProxySetting;
  readonly #sockets = new Set<Socket>();

  private constructor(setting: ProxySetting) {
    this.#setting = setting;
    this.#server = createServer((incoming, answer) => {
      const passed = this.#pass(incoming);
      passed.on("response", (from) => {
        answer.writeHead(from.statusCode ?? 502, from.headers);
        from.pipe(answer);
      });
      passed.on("error", () => answer.destroy());
      answer.on("close", () => passed.destroy());
      incoming.pipe(passed);
    });
    this.#server.on("connection", (socket) => {
      this.#sockets.add(socket);
      socket.on("close", () => this.#sockets.delete(socket));
    });
    this.#server.on("upgrade", (incoming, socket: Socket, head) => this.#upgrade(incoming, socket, head));
  }

  static async start(setting: ProxySetting): Promise<ReverseProxy> {
    const proxy = new ReverseProxy(setting);
    await new Promise<void>((resolve) => proxy.#server.listen(0, "127.0.0.1", resolve));
    return proxy;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((done) => this.#server.close(done));
  }

  #pass(incoming: IncomingMessage) {
    const { toPort, prefix, strips } = this.#setting;
    const url = incoming.url ?? "/";
    const path = strips && url.startsWith(prefix) ? url.slice(prefix.length) || "/" : url;
    const headers: OutgoingHttpHeaders = {
      ...incoming.headers,
      host: `127.0.0.1:${toPort}`,
      "x-forwarded-for": "203.0.113.7",
      "x-forwarded-host": incoming.headers.host ?? "",
      "x-forwarded-proto": "http",
    };
    return request({ host: "127.0.0.1", port: toPort, method: incoming.method, path, headers });
  }

  #upgrade(incoming: IncomingMessage, socket: Socket, head: Buffer): void {
    const passed = this.#pass(incoming);
    passed.on("upgrade", (from, behind, rest) => {
      const lines = Object.entries(from.headers).map(([name, value]) => `${name}: ${String(value)}`);
      socket.write(`HTTP/1.1 101 Switching Protocols\r\n${lines.join("\r\n")}\r\n\r\n`);
      socket.write(rest);
      behind.write(head);
      behind.pipe(socket).pipe(behind);
      behind.on("error", () => socket.destroy());
      socket.on("error", () => behind.destroy());
    });
    passed.on("response", (from) => socket.end(`HTTP/1.1 ${from.statusCode} Refused\r\nconnection: close\r\n\r\n`));
    passed.on("error", () => socket.destroy());
    passed.end();
  }
}
