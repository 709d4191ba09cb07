import type { Arrival, Door, DoorState, DoorStatus, Line } from "#intake/door.ts";
import { MAX_REJECT_BYTES } from "#readings/reject.ts";
import { type BackoffBounds, backoffMs } from "./backoff.ts";
import { Batches } from "./batches.ts";
import { Connection, type Ending } from "./connection.ts";
import { distinctFilters } from "./filters.ts";
import type { Protocol, Publish } from "./publish.ts";
import { ResumedIds } from "./resumed.ts";
import { endpointOf, type TlsConfig } from "./wire.ts";
import { grantProblem } from "./words.ts";

/** Clock, chance and log as the composition root has them. */
export interface DoorHouse {
  readonly nowMs: () => number;
  readonly random: () => number;
  readonly logger: {
    info(o: object, msg: string): void;
    warn(o: object, msg: string): void;
    error(o: object, msg: string): void;
  };
}

export interface MqttDoorConfig {
  /** Name of the broker in the configuration; the session of its messages. */
  readonly name: string;
  readonly url: string;
  readonly tls?: TlsConfig;
  readonly username?: string;
  readonly password?: string;
  /** Fixed, and of this installation alone: the broker keeps our session under it. */
  readonly clientId: string;
  readonly filters: readonly string[];
  /** Name of the source that claims a topic. */
  sourceOf(topic: string): string | undefined;
  /** Told of a message no source claims; it is acknowledged and not stored. */
  unclaimed?(topic: string, body: Uint8Array, broker: string): void;
  /** Largest body of a topic; 256 KiB unless said. */
  maxBytes?(topic: string): number;
  /** QoS 1 messages that may be under way at once; 200 unless said. */
  readonly window?: number;
  readonly keepaliveSeconds?: number;
  /** How long the broker keeps our session while we are away (MQTT 5); 7 days unless said. */
  readonly sessionExpirySeconds?: number;
  /** A batch of few messages waits until this long after the last one; 5 ms unless said, never more than 20. */
  readonly lingerMs?: number;
  /** Between attempts to connect, and to store what could not be stored; 1 s to 60 s unless said. */
  readonly backoff?: BackoffBounds;
  readonly connectTimeoutMs?: number;
}

/** Largest body unless a topic's dialect declares more. */
export const DEFAULT_MAX_BYTES = 256 * 1024;

const EAGER = 16;
const MOST = 4096;
const MOST_WAITING_BYTES = 8 * 1024 * 1024;
const STEADY_AFTER_MS = 10_000;

/** One message on its way to the store, and the connection that may acknowledge it. */
interface Carried {
  readonly connection: Connection;
  /** 0 when the sender does not wait. */
  readonly packetId: number;
  readonly arrival: Arrival | undefined;
  readonly bytes: number;
}

/**
 * A broker's messages, handed to the line and acknowledged only when it has them on disk.
 * Errors: throws when the URL is no broker's address; everything else becomes the status.
 */
export function openMqttDoor(config: MqttDoorConfig, line: Line, house: DoorHouse): Door {
  return new MqttDoor(config, line, house);
}

class MqttDoor implements Door {
  readonly #config: MqttDoorConfig;
  readonly #line: Line;
  readonly #house: DoorHouse;
  readonly #filters: readonly string[];
  readonly #window: number;
  readonly #bounds: BackoffBounds;
  readonly #batches: Batches<Carried>;
  #connection: Connection | undefined;
  #protocol: Protocol = 5;
  #spoken: Protocol | undefined;
  #resumed = new ResumedIds(0);
  #timer: NodeJS.Timeout | undefined;
  #attempt = 0;
  #storeAttempt = 0;
  #upMs = 0;
  #closing = false;

  #state: DoorState = "starting";
  #sinceMs: number;
  #connectProblem: string | undefined;
  #grantProblem: string | undefined;
  #storeProblem: string | undefined;
  #received = 0;
  #qos0 = 0;
  #acknowledged = 0;
  #inFlight = 0;
  #reconnects = 0;

  constructor(config: MqttDoorConfig, line: Line, house: DoorHouse) {
    this.#config = config;
    this.#line = line;
    this.#house = house;
    this.#filters = distinctFilters(config.filters);
    this.#window = config.window ?? 200;
    this.#bounds = config.backoff ?? { minMs: 1000, maxMs: 60_000 };
    this.#sinceMs = house.nowMs();
    this.#batches = new Batches<Carried>({
      nowMs: house.nowMs,
      lingerMs: Math.min(config.lingerMs ?? 5, 20),
      eager: Math.min(EAGER, this.#window),
      most: MOST,
      store: (batch) => this.#store(batch),
      stored: (batch) => this.#stored(batch),
      failed: (_, error) => this.#failed(error),
      worthwhile: (item) => item.connection.open,
    });
    endpointOf(config);
    this.#connect();
  }

  status(): DoorStatus {
    const problem = this.#connectProblem ?? this.#storeProblem ?? this.#grantProblem;
    return {
      name: this.#config.name,
      kind: "mqtt",
      address: endpointOf(this.#config).address,
      state: this.#state,
      sinceMs: this.#sinceMs,
      ...(problem === undefined ? {} : { problem }),
      ...(this.#spoken === undefined ? {} : { protocol: this.#spoken === 5 ? "MQTT 5" : "MQTT 3.1.1" }),
      received: this.#received,
      qos0: this.#qos0,
      acknowledged: this.#acknowledged,
      inFlight: this.#inFlight,
      reconnects: this.#reconnects,
    };
  }

  async close(): Promise<void> {
    this.#closing = true;
    clearTimeout(this.#timer);
    this.#connection?.pause();
    await this.#batches.finish();
    this.#connection?.close();
    this.#turn("closed");
  }

  #connect(): void {
    try {
      this.#connection = this.#newConnection();
    } catch (error) {
      // A certificate file that cannot be read: somebody mends it, and the next attempt finds it.
      this.#ended({ kind: "refused", sentence: error instanceof Error ? error.message : String(error) });
    }
  }

  #newConnection(): Connection {
    const config = this.#config;
    const connection: Connection = new Connection(
      {
        ...config,
        protocol: this.#protocol,
        filters: this.#filters,
        window: this.#window,
        keepaliveSeconds: config.keepaliveSeconds ?? 30,
        sessionExpirySeconds: config.sessionExpirySeconds ?? 7 * 86_400,
        connectTimeoutMs: config.connectTimeoutMs ?? 10_000,
        maxBytes: (topic) => config.maxBytes?.(topic) ?? DEFAULT_MAX_BYTES,
        smallBytes: MAX_REJECT_BYTES,
      },
      {
        up: (sessionPresent) => this.#up(sessionPresent),
        granted: (codes) => this.#granted(codes),
        publish: (publish) => this.#carry(connection, publish, false),
        oversized: (publish) => this.#carry(connection, publish, true),
        ended: (ending) => this.#ended(ending),
      },
    );
    return connection;
  }

  #up(sessionPresent: boolean): void {
    if (this.#spoken !== undefined) this.#reconnects += 1;
    this.#spoken = this.#protocol;
    this.#upMs = this.#house.nowMs();
    this.#inFlight = 0;
    // MQTT 5 bounds what can come again by our own window; 3.1.1 leaves it to the broker.
    this.#resumed = new ResumedIds(sessionPresent ? (this.#protocol === 5 ? this.#window : 65_535) : 0);
    if (!sessionPresent) this.#line.sessionLost?.(this.#config.name);
    this.#connectProblem = undefined;
    this.#turn("connected");
  }

  #granted(codes: readonly number[]): void {
    this.#grantProblem = grantProblem(this.#filters, codes);
    this.#turn("connected");
  }

  #carry(connection: Connection, publish: Publish, oversized: boolean): void {
    this.#received += 1;
    if (publish.qos === 0) this.#qos0 += 1;
    else this.#inFlight += 1;
    const resumed = publish.qos > 0 && this.#resumed.first(publish.packetId);
    const arrival = this.#arrivalOf(publish, { oversized, resumed });
    this.#batches.add({ connection, packetId: publish.packetId, arrival, bytes: publish.body.length });
    if (this.#isFull()) connection.pause();
  }

  #arrivalOf(publish: Publish, how: { oversized: boolean; resumed: boolean }): Arrival | undefined {
    const { topic, body, qos, retain, packetId, bytes } = publish;
    const source = this.#config.sourceOf(topic);
    if (source === undefined) {
      this.#config.unclaimed?.(topic, body, this.#config.name);
      return undefined;
    }
    return {
      message: { source, topic, body, receivedMs: this.#house.nowMs(), qos, retained: retain },
      ...(qos === 0 ? {} : { delivery: { session: this.#config.name, packetId, resumed: how.resumed } }),
      ...(how.oversized ? { oversized: { bytes } } : {}),
    };
  }

  #isFull(): boolean {
    const { count, bytes } = this.#batches;
    return this.#inFlight >= this.#window || count >= MOST || bytes >= MOST_WAITING_BYTES;
  }

  async #store(batch: readonly Carried[]): Promise<void> {
    const arrivals = batch.flatMap((item) => item.arrival ?? []);
    if (arrivals.length > 0) await this.#line.take(arrivals);
  }

  #stored(batch: readonly Carried[]): void {
    this.#storeAttempt = 0;
    if (this.#storeProblem !== undefined) {
      this.#storeProblem = undefined;
      this.#turn(this.#state);
    }
    const connection = this.#connection;
    if (connection === undefined || !connection.open) return;
    // An acknowledgement of an earlier connection could hit another message that has the same id now.
    const ids = batch.filter((item) => item.packetId > 0 && item.connection === connection).map((item) => item.packetId);
    connection.acknowledge(ids);
    this.#acknowledged += ids.length;
    this.#inFlight -= ids.length;
    if (!this.#isFull() && !this.#closing) connection.resume();
  }

  #failed(error: Error): number {
    this.#storeProblem = `What arrives cannot be stored and is not acknowledged; it is tried again. ${error.message}`;
    this.#turn(this.#state);
    const afterMs = backoffMs(this.#storeAttempt, this.#bounds, this.#house.random);
    this.#storeAttempt += 1;
    return afterMs;
  }

  #ended(ending: Ending): void {
    this.#connection = undefined;
    this.#inFlight = 0;
    this.#batches.wake();
    if (this.#closing) return;
    this.#connectProblem = ending.sentence;
    if (this.#upMs > 0 && this.#house.nowMs() - this.#upMs > STEADY_AFTER_MS) this.#attempt = 0;
    this.#upMs = 0;
    const waitMs = this.#otherProtocol(ending) ? 0 : backoffMs(this.#attempt++, this.#bounds, this.#house.random);
    if (waitMs > 0) this.#turn(ending.kind === "refused" ? "refused" : "waiting");
    this.#timer = setTimeout(() => this.#connect(), waitMs);
  }

  /** Whether to try the other MQTT version at once: only before any version has worked, and once per round. */
  #otherProtocol(ending: Ending): boolean {
    if (ending.kind !== "version" || this.#spoken !== undefined) return false;
    const tryOther = this.#protocol === 5;
    this.#protocol = tryOther ? 4 : 5;
    return tryOther;
  }

  /** Said once per change of state or problem, however often it is tried. */
  #turn(state: DoorState): void {
    const before = this.#told;
    if (state !== this.#state) this.#sinceMs = this.#house.nowMs();
    this.#state = state;
    const { name, address, problem, protocol } = this.status();
    this.#told = `${state} ${problem ?? ""}`;
    if (this.#told === before) return;
    const facts = { broker: name, address, protocol, problem };
    if (problem === undefined) this.#house.logger.info(facts, `broker ${name}: ${state}`);
    else this.#house.logger.warn(facts, `broker ${name}: ${state}. ${problem}`);
  }

  #told = "";
}
