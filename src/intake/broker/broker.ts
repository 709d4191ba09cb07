import { readFileSync } from "node:fs";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import { Aedes, type AuthenticateError, type Client } from "aedes";
import type { Door, DoorStatus, Line } from "#intake/door.ts";
import { DEFAULT_MAX_BYTES, type DoorHouse } from "#intake/mqtt/config.ts";
import type { Publish } from "#intake/mqtt/publish.ts";
import { Standing } from "#intake/mqtt/standing.ts";
import { MAX_REJECT_BYTES } from "#readings/reject.ts";
import { mayPublish, maySubscribe } from "./access.ts";
import { BrokerError, type EmbeddedBrokerConfig } from "./config.ts";
import { Doorkeeper, type Guest, newGuest, publishProblem } from "./doorkeeper.ts";
import { GuardedStream } from "./guarded-stream.ts";
import { Holding, sessionOf } from "./holding.ts";
import { boundMemory } from "./memory.ts";

const MOST_LEVELS = 16;
const MOST_SAID = 1000;

/**
 * A broker of our own for devices (MQTT 3.1.1) whose PUBACK means "on disk".
 * Errors: rejects with BrokerError when it cannot listen.
 */
export async function openEmbeddedBroker(config: EmbeddedBrokerConfig, line: Line, house: DoorHouse): Promise<Door & { port: number }> {
  const broker = new EmbeddedBroker(config, line, house);
  await broker.listen();
  return broker;
}

class EmbeddedBroker implements Door {
  readonly #config: EmbeddedBrokerConfig;
  readonly #line: Line;
  readonly #house: DoorHouse;
  readonly #standing: Standing;
  readonly #doorkeeper: Doorkeeper;
  readonly #holding: Holding;
  readonly #aedes: Aedes;
  readonly #server: Server;
  readonly #guests = new WeakMap<object, Guest>();
  readonly #said = new Set<string>();

  constructor(config: EmbeddedBrokerConfig, line: Line, house: DoorHouse) {
    this.#config = config;
    this.#line = line;
    this.#house = house;
    this.#standing = new Standing(house, { broker: config.name, address: config.host });
    this.#doorkeeper = new Doorkeeper(config);
    this.#holding = new Holding(config, line, { house, standing: this.#standing });
    this.#aedes = this.#newAedes();
    this.#server = this.#newServer();
  }

  get port(): number {
    return (this.#server.address() as AddressInfo | null)?.port ?? this.#config.port;
  }

  async listen(): Promise<void> {
    const { host, port, mostOffline, mostRetained } = this.#config;
    await this.#aedes.listen();
    boundMemory(this.#aedes, { mostOffline: mostOffline ?? 1000, mostRetained: mostRetained ?? 10_000 });
    try {
      await new Promise<void>((resolve, reject) => {
        this.#server.once("error", (error: NodeJS.ErrnoException) => reject(listenError(error, host, port)));
        this.#server.listen(port, host, resolve);
      });
    } catch (error) {
      await this.#closeAedes();
      throw error;
    }
    this.#standing.turn("connected");
  }

  status(): DoorStatus {
    const { received, qos0, acknowledged, inFlight } = this.#holding;
    const { state, sinceMs, problem } = this.#standing;
    return {
      name: this.#config.name,
      kind: "broker",
      address: `${this.#config.tls ? "mqtts" : "mqtt"}://${this.#config.host.includes(":") ? `[${this.#config.host}]` : this.#config.host}:${this.port}`,
      state,
      sinceMs,
      ...(problem === undefined ? {} : { problem }),
      protocol: "MQTT 3.1.1",
      received,
      qos0,
      acknowledged,
      inFlight,
      reconnects: 0,
      clients: this.#aedes.connectedClients,
    };
  }

  async close(): Promise<void> {
    if (this.#standing.state === "closed") return;
    this.#standing.turn("closed");
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    await this.#holding.finish();
    // The last acknowledgements are written at the end of this turn of the event loop.
    await new Promise((resolve) => setImmediate(resolve));
    await this.#closeAedes();
    await closed;
  }

  #closeAedes(): Promise<void> {
    return new Promise((resolve) => this.#aedes.close(() => resolve()));
  }

  #newServer(): Server {
    const { tls, mostConnections } = this.#config;
    const welcome = (socket: Socket): void => this.#welcome(socket);
    // A device that vanished without a keep-alive of its own is noticed by TCP's.
    const options = { noDelay: true, keepAlive: true, keepAliveInitialDelay: 60_000 };
    const server = tls
      ? createTlsServer({ ...options, cert: readFileSync(tls.certFile), key: readFileSync(tls.keyFile) }, welcome)
      : createServer(options, welcome);
    server.maxConnections = mostConnections ?? 1000;
    return server;
  }

  #newAedes(): Aedes {
    const { keepaliveLimitSeconds, drainTimeoutMs, queueLimit } = this.#config;
    const aedes = new Aedes({
      keepaliveLimit: keepaliveLimitSeconds ?? 0,
      drainTimeout: drainTimeoutMs ?? 10_000,
      queueLimit: queueLimit ?? 42,
      connectTimeout: 10_000,
      maxTopicLevels: MOST_LEVELS,
      preConnect: (client, packet, done) => {
        const guest = this.#guestOf(client);
        guest.keepsSession = packet.clean === false;
        guest.nameless = packet.clientId === "";
        done(null, true);
      },
      authenticate: (client, username, password, done) => {
        const login = { username, password: password?.toString() };
        void this.#doorkeeper.admit(client, this.#guestOf(client), login).then(
          () => done(null, true),
          (error: AuthenticateError) => done(error, false),
        );
      },
      authorizePublish: (client, packet, done) => this.#publish(client, packet, done),
      authorizeSubscribe: (client, subscription, done) => {
        const { grant } = this.#guestOf(client);
        const allowed = grant !== undefined && maySubscribe(grant, subscription.topic);
        if (!allowed) this.#sayOnce(client, `may not subscribe to ${subscription.topic}`);
        done(null, allowed ? subscription : null);
      },
      authorizeForward: (client, packet) => {
        // A restored session may hold filters that whoever had this client id before was allowed.
        const { grant } = this.#guestOf(client);
        return grant !== undefined && mayPublish(grant, packet.topic) ? packet : null;
      },
    });
    aedes.on("clientError", (client, error) => this.#sayOnce(client, error.message));
    aedes.on("connectionError", (client, error) => this.#sayOnce(client, error.message));
    aedes.on("clientDisconnect", (client) => this.#left(client));
    return aedes;
  }

  #guestOf(client: Client): Guest {
    const guest = this.#guests.get(client.conn);
    if (guest === undefined) throw new Error(`client ${client.id} never came in`);
    return guest;
  }

  #welcome(socket: Socket): void {
    const guest = newGuest(socket.remoteAddress);
    const stream: GuardedStream = new GuardedStream(socket, {
      maxBytes: (topic) => this.#config.maxBytes?.(topic) ?? DEFAULT_MAX_BYTES,
      smallBytes: MAX_REJECT_BYTES,
      oversized: (publish) => this.#oversized(client, guest, publish),
      goodbye: () => {
        guest.saidGoodbye = true;
      },
    });
    this.#guests.set(stream, guest);
    const client = this.#aedes.handle(stream);
  }

  #publish(client: Client | null, packet: IncomingPublish, done: (error?: Error | null) => void): void {
    if (client === null || this.#standing.state !== "connected") {
      done(new Error("the broker is closing"));
      return;
    }
    const guest = this.#guestOf(client);
    const { topic, qos, dup, payload } = packet;
    const problem = publishProblem(guest, topic);
    if (problem !== undefined) {
      done(new Error(`${topic}: ${problem}`));
      return;
    }
    const body = typeof payload === "string" ? Buffer.from(payload) : payload;
    const packetId = qos > 0 ? (packet.messageId ?? 0) : 0;
    this.#holding.hold({ clientId: client.id, guest }, { topic, body, qos, dup, packetId }, (error) => {
      // Without a promise to keep, a message that could not be stored is still passed on.
      done(qos === 0 ? null : error);
      this.#forget(client, guest);
    });
  }

  #oversized(client: Client, guest: Guest, publish: Publish): void {
    // A guest who was let in counts, though Aedes calls him connected only some moments after his CONNACK.
    if (this.#standing.state !== "connected" || publishProblem(guest, publish.topic) !== undefined) return;
    const { topic, body, qos, dup, packetId, bytes } = publish;
    this.#holding.hold({ clientId: client.id, guest }, { topic, body, qos, dup, packetId, oversizedBytes: bytes }, () => undefined);
  }

  #left(client: Client): void {
    const guest = this.#guestOf(client);
    this.#doorkeeper.left(client);
    guest.gone = true;
    this.#forget(client, guest);
  }

  /** A device that will not send anything again needs no memory of what it sent. */
  #forget(client: Client, guest: Guest): void {
    const over = guest.gone && guest.pending === 0 && guest.promised > 0;
    const forever = guest.nameless || (guest.saidGoodbye && !guest.keepsSession);
    if (over && forever) this.#line.sessionLost?.(sessionOf(client.id));
  }

  /** Once per client and sentence: a device that keeps trying does not fill the log. */
  #sayOnce(client: Client, sentence: string): void {
    const who = client.id ?? this.#guests.get(client.conn)?.address ?? "unknown";
    const key = `${who} ${sentence}`;
    if (this.#said.has(key)) return;
    if (this.#said.size >= MOST_SAID) this.#said.clear();
    this.#said.add(key);
    this.#house.logger.warn({ broker: this.#config.name, client: who }, `device ${who}: ${sentence}`);
  }
}

/** What aedes hands over of a PUBLISH or a will. */
interface IncomingPublish {
  readonly topic: string;
  readonly payload: string | Buffer;
  readonly qos: 0 | 1 | 2;
  readonly dup: boolean;
  readonly messageId?: number;
}

function listenError(error: NodeJS.ErrnoException, host: string, port: number): BrokerError {
  if (error.code === "EADDRINUSE") {
    const sentence = `Port ${port} on ${host} is in use; another broker may run there. Choose another port, or use that broker.`;
    return new BrokerError("port-in-use", sentence, { cause: error });
  }
  return new BrokerError("address-not-usable", `Cannot listen on ${host}:${port}: ${error.message}`, { cause: error });
}
