import { readFileSync } from "node:fs";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import { Aedes, type AuthErrorCode, type AuthenticateError, type Client } from "aedes";
import type { Arrival, Door, DoorStatus, Line } from "#intake/door.ts";
import { Batches } from "#intake/mqtt/batches.ts";
import { DEFAULT_MAX_BYTES, type DoorHouse } from "#intake/mqtt/door.ts";
import type { Publish } from "#intake/mqtt/publish.ts";
import { ResumedIds } from "#intake/mqtt/resumed.ts";
import { MAX_REJECT_BYTES } from "#readings/reject.ts";
import { type Grant, isLoopback, mayPublish, maySubscribe, topicProblem } from "./access.ts";
import { GuardedStream } from "./guarded-stream.ts";

export interface EmbeddedBrokerConfig {
  readonly name: string;
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** PEM files; the broker speaks TLS when given. */
  readonly tls?: { readonly certFile: string; readonly keyFile: string };
  /** Ask connections of this machine for credentials too. */
  readonly requireCredentials?: boolean;
  /** Who has this user name and password, and below which topic he may publish; undefined when nobody has. */
  authenticate?(username: string, password: string): Promise<{ name: string; publishPrefix: string } | undefined>;
  /** Name of the source that claims a topic. */
  sourceOf(topic: string): string | undefined;
  /** Told of a message no source claims; it is acknowledged, passed on and not stored. */
  unclaimed?(topic: string, body: Uint8Array, broker: string): void;
  /** Largest body of a topic; 256 KiB unless said. */
  maxBytes?(topic: string): number;
  readonly mostConnections?: number;
  /** Longest keep-alive a client may ask for; any, also none, unless said. */
  readonly keepaliveLimitSeconds?: number;
  /** A subscriber that takes nothing for this long is cut; 10 s unless said. */
  readonly drainTimeoutMs?: number;
  /** Packets a client may send before it is let in. */
  readonly queueLimit?: number;
  /** A batch of few messages waits until this long after the last one; 5 ms unless said, never more than 20. */
  readonly lingerMs?: number;
}

/** What an operator can mend. Codes: port-in-use, address-not-usable. */
export class BrokerError extends Error {
  readonly code: string;
  constructor(code: string, sentence: string, options?: ErrorOptions) {
    super(sentence, options);
    this.name = "BrokerError";
    this.code = code;
  }
}

const EAGER = 16;
const MOST = 200;
const MOST_LEVELS = 16;

/** One publish on its way to the store; `settle` lets aedes acknowledge it and pass it on, or ends the connection. */
interface Held {
  readonly arrival: Arrival | undefined;
  readonly bytes: number;
  readonly acknowledges: boolean;
  settle(error?: Error): void;
}

/** What is known of a connected client. */
interface Guest {
  readonly address: string | undefined;
  readonly resumed: ResumedIds;
  keepsSession: boolean;
  grant: Grant | undefined;
}

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
  readonly #aedes: Aedes;
  readonly #server: Server;
  readonly #batches: Batches<Held>;
  readonly #guests = new WeakMap<object, Guest>();
  /** Who holds a connected client id. */
  readonly #owners = new Map<string, { name: string; client: Client }>();
  readonly #said = new Set<string>();
  #sinceMs: number;
  #problem: string | undefined;
  #open = false;
  #received = 0;
  #qos0 = 0;
  #acknowledged = 0;
  #inFlight = 0;

  constructor(config: EmbeddedBrokerConfig, line: Line, house: DoorHouse) {
    this.#config = config;
    this.#line = line;
    this.#house = house;
    this.#sinceMs = house.nowMs();
    this.#batches = new Batches<Held>({
      nowMs: house.nowMs,
      lingerMs: Math.min(config.lingerMs ?? 5, 20),
      eager: EAGER,
      most: MOST,
      store: (batch) => this.#store(batch),
      stored: (batch) => this.#stored(batch),
      failed: (batch, error) => this.#failed(batch, error),
      worthwhile: () => false,
    });
    this.#aedes = this.#newAedes();
    const tls = config.tls;
    const welcome = (socket: Socket): void => this.#welcome(socket);
    this.#server = tls
      ? createTlsServer({ cert: readFileSync(tls.certFile), key: readFileSync(tls.keyFile) }, welcome)
      : createServer({ noDelay: true, keepAlive: true, keepAliveInitialDelay: 60_000 }, welcome);
    this.#server.maxConnections = config.mostConnections ?? 1000;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo | null)?.port ?? this.#config.port;
  }

  async listen(): Promise<void> {
    const { host, port } = this.#config;
    await this.#aedes.listen();
    await new Promise<void>((resolve, reject) => {
      this.#server.once("error", (error: NodeJS.ErrnoException) => reject(listenError(error, host, port)));
      this.#server.listen(port, host, resolve);
    }).catch(async (error: unknown) => {
      await this.#closeAedes();
      throw error;
    });
    this.#open = true;
    this.#sinceMs = this.#house.nowMs();
    this.#house.logger.info({ broker: this.#config.name, port: this.port }, `embedded broker listens on ${host}:${this.port}`);
  }

  status(): DoorStatus {
    return {
      name: this.#config.name,
      kind: "broker",
      address: `${this.#config.tls ? "mqtts" : "mqtt"}://${this.#config.host}:${this.port}`,
      state: this.#open ? "connected" : "closed",
      sinceMs: this.#sinceMs,
      ...(this.#problem === undefined ? {} : { problem: this.#problem }),
      protocol: "MQTT 3.1.1",
      received: this.#received,
      qos0: this.#qos0,
      acknowledged: this.#acknowledged,
      inFlight: this.#inFlight,
      reconnects: 0,
      clients: this.#aedes.connectedClients ?? 0,
    };
  }

  async close(): Promise<void> {
    if (!this.#open) return;
    this.#open = false;
    this.#sinceMs = this.#house.nowMs();
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    await this.#batches.finish();
    await this.#closeAedes();
    await closed;
  }

  #closeAedes(): Promise<void> {
    return new Promise((resolve) => this.#aedes.close(() => resolve()));
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
        const guest = this.#guests.get(client.conn);
        if (guest !== undefined) guest.keepsSession = packet.clean === false;
        done(null, true);
      },
      authenticate: (client, username, password, done) => {
        void this.#admit(client, username, password?.toString()).then(
          () => done(null, true),
          (error: AuthenticateError) => done(error, false),
        );
      },
      authorizePublish: (client, packet, done) => this.#hold(client, packet, done),
      authorizeSubscribe: (client, subscription, done) => {
        const grant = this.#guests.get(client.conn)?.grant;
        const allowed = grant !== undefined && maySubscribe(grant, subscription.topic);
        if (!allowed) this.#sayOnce(client.id, `may not subscribe to ${subscription.topic}`);
        done(null, allowed ? subscription : null);
      },
      authorizeForward: (client, packet) => {
        // A restored session may hold filters that whoever had this client id before was allowed.
        const grant = this.#guests.get(client.conn)?.grant;
        return grant !== undefined && mayPublish(grant, packet.topic) ? packet : null;
      },
    });
    aedes.on("clientError", (client, error) => this.#sayOnce(client.id, error.message));
    aedes.on("connectionError", (client, error) => this.#sayOnce(client.id ?? "a client", error.message));
    aedes.on("clientDisconnect", (client) => {
      if (this.#owners.get(client.id)?.client === client) this.#owners.delete(client.id);
    });
    return aedes;
  }

  #welcome(socket: Socket): void {
    const guest: Guest = { address: socket.remoteAddress, resumed: new ResumedIds(65_535), keepsSession: false, grant: undefined };
    const stream: GuardedStream = new GuardedStream(socket, {
      maxBytes: (topic) => this.#config.maxBytes?.(topic) ?? DEFAULT_MAX_BYTES,
      smallBytes: MAX_REJECT_BYTES,
      oversized: (publish) => this.#oversized(client, guest, publish),
    });
    this.#guests.set(stream, guest);
    const client = this.#aedes.handle(stream);
  }

  async #admit(client: Client, username: string | undefined, password: string | undefined): Promise<void> {
    const guest = this.#guests.get(client.conn);
    if (guest === undefined) throw refusal(3, "the connection is gone");
    const open = isLoopback(guest.address) && this.#config.requireCredentials !== true;
    guest.grant = open ? { name: "", prefix: undefined } : await this.#grantOf(username, password);
    const owner = this.#owners.get(client.id);
    if (owner !== undefined && owner.name !== guest.grant.name) throw refusal(2, `the client id ${client.id} is in use by another device`);
    this.#owners.set(client.id, { name: guest.grant.name, client });
  }

  async #grantOf(username: string | undefined, password: string | undefined): Promise<Grant> {
    if (username === undefined || password === undefined) throw refusal(5, "no user name and password were given");
    const found = await this.#config.authenticate?.(username, password).catch(() => {
      throw refusal(3, "the credentials could not be looked up");
    });
    if (found === undefined) throw refusal(4, `wrong user name or password (user ${username})`);
    return { name: found.name, prefix: found.publishPrefix };
  }

  #hold(client: Client | null, packet: IncomingPublish, done: (error?: Error | null) => void): void {
    const guest = client === null ? undefined : this.#guests.get(client.conn);
    if (client === null || guest === undefined) {
      done(new Error("nobody sent this"));
      return;
    }
    const problem = publishProblem(guest, packet.topic);
    if (problem !== undefined) {
      done(new Error(`${packet.topic}: ${problem}`));
      return;
    }
    this.#received += 1;
    const packetId = packet.qos > 0 ? (packet.messageId ?? 0) : 0;
    if (packet.qos === 0) this.#qos0 += 1;
    if (packetId > 0) this.#inFlight += 1;
    const resumed = packetId > 0 && guest.resumed.first(packetId) && (packet.dup || guest.keepsSession);
    const body = typeof packet.payload === "string" ? Buffer.from(packet.payload) : packet.payload;
    const delivery = packetId > 0 ? { session: `device:${client.id}`, packetId, resumed } : undefined;
    this.#batches.add({
      arrival: this.#arrivalOf({ topic: packet.topic, body, qos: packet.qos }, delivery),
      bytes: body.length,
      acknowledges: packetId > 0,
      // Without a promise to keep, a message that could not be stored is still passed on.
      settle: (error) => done(packet.qos === 0 ? null : error),
    });
  }

  #arrivalOf(what: { topic: string; body: Buffer; qos: 0 | 1 | 2 }, delivery: Arrival["delivery"]): Arrival | undefined {
    const { topic, body, qos } = what;
    const source = this.#config.sourceOf(topic);
    if (source === undefined) {
      this.#config.unclaimed?.(topic, body, this.#config.name);
      return undefined;
    }
    // A retain flag on a live publish is a wish for later subscribers; to us it is an event that just happened.
    const message = { source, topic, body, receivedMs: this.#house.nowMs(), qos, retained: false };
    return { message, ...(delivery === undefined ? {} : { delivery }) };
  }

  #oversized(client: Client, guest: Guest, publish: Publish): void {
    if (!client.connected || publishProblem(guest, publish.topic) !== undefined) return;
    this.#received += 1;
    const { topic, body, qos, packetId } = publish;
    const resumed = packetId > 0 && guest.resumed.first(packetId) && (publish.dup || guest.keepsSession);
    const delivery = packetId > 0 ? { session: `device:${client.id}`, packetId, resumed } : undefined;
    const arrival = this.#arrivalOf({ topic, body, qos }, delivery);
    if (arrival === undefined) return;
    const oversized = { bytes: publish.bytes };
    this.#batches.add({ arrival: { ...arrival, oversized }, bytes: body.length, acknowledges: false, settle: () => undefined });
  }

  async #store(batch: readonly Held[]): Promise<void> {
    const arrivals = batch.flatMap((held) => held.arrival ?? []);
    if (arrivals.length > 0) await this.#line.take(arrivals);
  }

  #stored(batch: readonly Held[]): void {
    if (this.#problem !== undefined) this.#house.logger.info({ broker: this.#config.name }, "what devices send is stored again");
    this.#problem = undefined;
    for (const held of batch) {
      if (held.acknowledges) {
        this.#acknowledged += 1;
        this.#inFlight -= 1;
      }
      held.settle();
    }
  }

  #failed(batch: readonly Held[], error: Error): undefined {
    const problem = `What devices send cannot be stored; they are disconnected and will send it again. ${error.message}`;
    if (this.#problem !== problem) this.#house.logger.warn({ broker: this.#config.name }, problem);
    this.#problem = problem;
    for (const held of batch) {
      if (held.acknowledges) this.#inFlight -= 1;
      held.settle(error);
    }
  }

  /** Once per client and sentence: a device that keeps trying does not fill the log. */
  #sayOnce(client: string, sentence: string): void {
    const key = `${client} ${sentence}`;
    if (this.#said.has(key)) return;
    if (this.#said.size > 1000) this.#said.clear();
    this.#said.add(key);
    this.#house.logger.warn({ broker: this.#config.name, client }, `device ${client}: ${sentence}`);
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

function publishProblem(guest: Guest, topic: string): string | undefined {
  const problem = topicProblem(topic);
  if (problem !== undefined) return problem;
  if (guest.grant === undefined) return "not let in yet";
  return mayPublish(guest.grant, topic) ? undefined : `${guest.grant.name} may publish only below ${guest.grant.prefix}`;
}

function refusal(returnCode: 2 | 3 | 4 | 5, sentence: string): AuthenticateError {
  return Object.assign(new Error(sentence), { returnCode: returnCode as AuthErrorCode });
}

function listenError(error: NodeJS.ErrnoException, host: string, port: number): BrokerError {
  if (error.code === "EADDRINUSE") {
    return new BrokerError("port-in-use", `Port ${port} on ${host} is in use; another broker may run there. Choose another port.`, {
      cause: error,
    });
  }
  return new BrokerError("address-not-usable", `Cannot listen on ${host}:${port}: ${error.message}`, { cause: error });
}
