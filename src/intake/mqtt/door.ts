import type { Arrival, Door, DoorStatus, Line } from "#intake/door.ts";
import { MAX_REJECT_BYTES } from "#readings/reject.ts";
import { type BackoffBounds, backoffMs } from "./backoff.ts";
import { Batches } from "./batches.ts";
import { DEFAULT_MAX_BYTES, type DoorHouse, type MqttDoorConfig } from "./config.ts";
import { Connection, type Ending } from "./connection.ts";
import { distinctFilters } from "./filters.ts";
import type { Protocol, Publish } from "./publish.ts";
import { ResumedIds } from "./resumed.ts";
import { Standing } from "./standing.ts";
import { endpointOf } from "./wire.ts";
import { grantProblem } from "./words.ts";

/** A batch goes at once when it has half of what the broker has under way at its busiest: fewer commits, and it never waits for us. */
const EAGER = { least: 16, most: 100 };
const EAGER_BEHIND = 150;
const MOST = 4096;
const MOST_WAITING_BYTES = 8 * 1024 * 1024;
const STEADY_AFTER_MS = 10_000;

/** One message on its way to the store. */
interface Carried {
  /** Number of the connection it came on: only that one may acknowledge it. */
  readonly epoch: number;
  /** 0 when the sender does not wait. */
  readonly packetId: number;
  /** Undefined when no source claims the topic. */
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
  readonly #address: string;
  readonly #filters: readonly string[];
  readonly #window: number;
  readonly #bounds: BackoffBounds;
  readonly #batches: Batches<Carried>;
  readonly #standing: Standing;
  #connection: Connection | undefined;
  #timer: NodeJS.Timeout | undefined;
  #closing = false;
  #attempt = 0;
  #storeAttempt = 0;
  /** To try next, and what worked. */
  #protocol: Protocol;
  #spoken: Protocol | undefined;
  /** Connections that were accepted so far; the first of them that belongs to the broker's present session of ours. */
  #epoch = 0;
  #sessionEpoch = 0;
  #upMs = 0;
  #resumed = new ResumedIds(0);
  #received = 0;
  #qos0 = 0;
  #acknowledged = 0;
  #inFlight = 0;
  /** Most in flight since the connection stands. */
  #busiest = 0;

  constructor(config: MqttDoorConfig, line: Line, house: DoorHouse) {
    this.#config = config;
    this.#line = line;
    this.#house = house;
    this.#address = endpointOf(config).address;
    this.#filters = distinctFilters(config.filters);
    this.#window = config.window ?? 1_000;
    this.#bounds = config.backoff ?? { minMs: 1000, maxMs: 60_000 };
    this.#protocol = config.protocol ?? 5;
    this.#standing = new Standing(house, { broker: config.name, address: this.#address });
    this.#batches = new Batches<Carried>({
      nowMs: house.nowMs,
      lingerMs: Math.min(config.lingerMs ?? 5, 20),
      eager: () => this.#eager(),
      eagerBehind: EAGER_BEHIND,
      most: MOST,
      store: (batch) => this.#store(batch),
      stored: (batch) => this.#stored(batch),
      failed: (_, error) => this.#failed(error),
      worthwhile: (item) => !this.#comesAgain(item),
    });
    this.#connect();
  }

  status(): DoorStatus {
    const { state, sinceMs, problem } = this.#standing;
    return {
      name: this.#config.name,
      kind: "mqtt",
      address: this.#address,
      state,
      sinceMs,
      ...(problem === undefined ? {} : { problem }),
      ...(this.#spoken === undefined ? {} : { protocol: this.#spoken === 5 ? "MQTT 5" : "MQTT 3.1.1" }),
      received: this.#received,
      qos0: this.#qos0,
      acknowledged: this.#acknowledged,
      inFlight: this.#inFlight,
      reconnects: Math.max(0, this.#epoch - 1),
    };
  }

  async close(): Promise<void> {
    this.#closing = true;
    clearTimeout(this.#timer);
    this.#connection?.pause();
    await this.#batches.finish();
    await this.#connection?.close();
    this.#standing.turn("closed");
  }

  #connect(): void {
    try {
      this.#connection = this.#newConnection();
    } catch (error) {
      // A certificate file that cannot be read: somebody mends it, and a later attempt finds it.
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
        publish: (publish) => this.#carry(publish, false),
        oversized: (publish) => this.#carry(publish, true),
        ended: (ending) => this.#ended(ending),
      },
    );
    return connection;
  }

  #up(sessionPresent: boolean): void {
    this.#epoch += 1;
    this.#spoken = this.#protocol;
    this.#upMs = this.#house.nowMs();
    this.#busiest = 0;
    // MQTT 5 bounds what can come again by our own window; 3.1.1 leaves it to the broker.
    this.#resumed = new ResumedIds(sessionPresent ? (this.#protocol === 5 ? this.#window : 65_535) : 0);
    if (!sessionPresent) {
      this.#sessionEpoch = this.#epoch;
      this.#line.sessionLost?.(this.#config.name);
    }
    this.#batches.wake();
    this.#standing.note("connection", undefined);
    this.#standing.turn("connected");
  }

  #granted(codes: readonly number[]): void {
    this.#standing.note("subscription", grantProblem(this.#filters, codes));
    this.#standing.turn("connected");
  }

  #carry(publish: Publish, oversized: boolean): void {
    this.#received += 1;
    if (publish.qos === 0) this.#qos0 += 1;
    else this.#inFlight += 1;
    this.#busiest = Math.max(this.#busiest, this.#inFlight);
    const resumed = publish.qos > 0 && this.#resumed.first(publish.packetId, publish.dup);
    const arrival = this.#arrivalOf(publish, { oversized, resumed });
    this.#batches.add({ epoch: this.#epoch, packetId: publish.packetId, arrival, bytes: publish.body.length });
    if (this.#isFull()) this.#connection?.pause();
  }

  #arrivalOf(publish: Publish, how: { oversized: boolean; resumed: boolean }): Arrival | undefined {
    const { topic, body, qos, retain, packetId, bytes } = publish;
    const source = this.#config.sourceOf(topic);
    if (source === undefined) {
      this.#config.unclaimed?.(topic, body, this.#config.name);
      return undefined;
    }
    const message = { source, topic, body, receivedMs: this.#house.nowMs(), qos, retained: retain };
    const large = how.oversized ? { oversized: { bytes } } : undefined;
    if (qos === 0) return { message, ...large };
    const delivery = { session: this.#config.name, packetId, resumed: how.resumed };
    return large ? { message, delivery, ...large } : { message, delivery };
  }

  #eager(): number {
    return Math.min(Math.max(EAGER.least, this.#busiest / 2), EAGER.most, this.#window);
  }

  #isFull(): boolean {
    const { count, bytes } = this.#batches;
    return this.#inFlight >= this.#window || count >= MOST || bytes >= MOST_WAITING_BYTES;
  }

  async #store(batch: readonly Carried[]): Promise<void> {
    const arrivals: Arrival[] = [];
    for (const { arrival } of batch) if (arrival !== undefined) arrivals.push(arrival);
    if (arrivals.length > 0) await this.#line.take(arrivals);
  }

  #stored(batch: readonly Carried[]): void {
    this.#storeAttempt = 0;
    if (this.#standing.problem !== undefined) {
      this.#standing.note("storing", undefined);
      this.#standing.turn(this.#standing.state);
    }
    if (this.#connection?.ready !== true) return;
    // An acknowledgement of an earlier connection could hit another message that has the same id now.
    const ids = batch.filter((item) => item.packetId > 0 && item.epoch === this.#epoch).map((item) => item.packetId);
    this.#connection.acknowledge(ids);
    this.#acknowledged += ids.length;
    this.#inFlight -= ids.length;
    if (!this.#isFull() && !this.#closing) this.#connection.resume();
  }

  #failed(error: Error): number {
    this.#standing.note("storing", `What arrives cannot be stored and is not acknowledged; it is tried again. ${error.message}`);
    this.#standing.turn(this.#standing.state);
    const afterMs = backoffMs(this.#storeAttempt, this.#bounds, this.#house.random);
    this.#storeAttempt += 1;
    return afterMs;
  }

  /** Whether the broker sends it again on the present connection, because it never saw an acknowledgement and kept the session. */
  #comesAgain(item: Carried): boolean {
    return item.packetId > 0 && item.epoch < this.#epoch && item.epoch >= this.#sessionEpoch;
  }

  #ended(ending: Ending): void {
    this.#connection = undefined;
    this.#inFlight = 0;
    if (this.#closing) return;
    if (this.#upMs > 0 && this.#house.nowMs() - this.#upMs > STEADY_AFTER_MS) this.#attempt = 0;
    this.#upMs = 0;
    this.#standing.note("connection", ending.sentence);
    if (this.#fallsBack(ending)) {
      this.#timer = setTimeout(() => this.#connect(), 0);
      return;
    }
    this.#standing.turn(ending.kind === "refused" ? "refused" : "waiting");
    this.#timer = setTimeout(() => this.#connect(), backoffMs(this.#attempt, this.#bounds, this.#house.random));
    this.#attempt += 1;
  }

  /** Whether to try MQTT 3.1.1 at once; after that has failed too, 5 has its turn again. Never once a version has worked. */
  #fallsBack(ending: Ending): boolean {
    if (ending.kind !== "version" || this.#spoken !== undefined || this.#config.protocol !== undefined) return false;
    this.#protocol = this.#protocol === 5 ? 4 : 5;
    return this.#protocol === 4;
  }
}
