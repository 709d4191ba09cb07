import type { Arrival, Line } from "#intake/door.ts";
import { Batches } from "#intake/mqtt/batches.ts";
import type { DoorHouse } from "#intake/mqtt/config.ts";
import type { Standing } from "#intake/mqtt/standing.ts";
import type { EmbeddedBrokerConfig } from "./config.ts";
import type { Guest } from "./doorkeeper.ts";

/** What a client publishes, of a PUBLISH or of its will. */
export interface Published {
  readonly topic: string;
  readonly body: Buffer;
  readonly qos: 0 | 1 | 2;
  readonly dup: boolean;
  /** 0 where nothing is to be acknowledged. */
  readonly packetId: number;
  /** The length it had, where `body` is only its beginning. */
  readonly oversizedBytes?: number;
}

interface Held {
  readonly arrival: Arrival | undefined;
  readonly bytes: number;
  readonly packetId: number;
  readonly guest: Guest;
  settle(error?: Error): void;
}

const EAGER = 16;
const EAGER_BEHIND = 150;
const MOST = 200;

/** Holds what devices publish until the line has it on disk: one commit for all that came meanwhile. */
export class Holding {
  readonly #config: EmbeddedBrokerConfig;
  readonly #line: Line;
  readonly #house: DoorHouse;
  readonly #standing: Standing;
  readonly #batches: Batches<Held>;
  received = 0;
  qos0 = 0;
  acknowledged = 0;
  inFlight = 0;

  constructor(config: EmbeddedBrokerConfig, line: Line, parts: { house: DoorHouse; standing: Standing }) {
    this.#config = config;
    this.#line = line;
    this.#house = parts.house;
    this.#standing = parts.standing;
    this.#batches = new Batches<Held>({
      nowMs: parts.house.nowMs,
      lingerMs: Math.min(config.lingerMs ?? 5, 20),
      eager: () => EAGER,
      eagerBehind: EAGER_BEHIND,
      most: MOST,
      store: (batch) => this.#store(batch),
      stored: (batch) => this.#stored(batch),
      failed: (batch, error) => this.#failed(batch, error),
      worthwhile: () => false,
    });
  }

  /** `settle` is called once the message is on disk, or with why it is not. */
  hold(from: { clientId: string; guest: Guest }, published: Published, settle: (error?: Error) => void): void {
    const { guest, clientId } = from;
    const { packetId, body } = published;
    this.received += 1;
    if (published.qos === 0) this.qos0 += 1;
    if (packetId > 0) {
      this.inFlight += 1;
      guest.promised += 1;
      guest.pending += 1;
    }
    this.#batches.add({ arrival: this.#arrivalOf(published, clientId, guest), bytes: body.length, packetId, guest, settle });
  }

  /** Resolves when everything held is stored or given back. */
  finish(): Promise<void> {
    return this.#batches.finish();
  }

  #arrivalOf(published: Published, clientId: string, guest: Guest): Arrival | undefined {
    const { topic, body, qos, packetId, dup, oversizedBytes } = published;
    const source = this.#config.sourceOf(topic);
    if (source === undefined) {
      this.#config.unclaimed?.(topic, body, this.#config.name);
      return undefined;
    }
    const mayComeAgain = packetId > 0 && (dup || guest.keepsSession);
    const delivery = { session: sessionOf(clientId), packetId, resumed: mayComeAgain && guest.resumed.first(packetId, dup) };
    return {
      // A retain flag on a live publish is a wish for later subscribers; to us it is an event that just happened.
      message: { source, topic, body, receivedMs: this.#house.nowMs(), qos, retained: false },
      ...(packetId > 0 ? { delivery } : {}),
      ...(oversizedBytes === undefined ? {} : { oversized: { bytes: oversizedBytes } }),
    };
  }

  async #store(batch: readonly Held[]): Promise<void> {
    const arrivals = batch.flatMap((held) => held.arrival ?? []);
    if (arrivals.length > 0) await this.#line.take(arrivals);
  }

  #stored(batch: readonly Held[]): void {
    this.#standing.note("storing", undefined);
    this.#standing.turn(this.#standing.state);
    for (const held of batch) {
      if (held.packetId > 0) this.acknowledged += 1;
      this.#settle(held);
    }
  }

  #failed(batch: readonly Held[], error: Error): undefined {
    this.#standing.note("storing", `What devices send cannot be stored; they are disconnected and send it again. ${error.message}`);
    this.#standing.turn(this.#standing.state);
    for (const held of batch) this.#settle(held, error);
  }

  #settle(held: Held, error?: Error): void {
    if (held.packetId > 0) {
      this.inFlight -= 1;
      held.guest.pending -= 1;
    }
    held.settle(error);
  }
}

/** Where a device's messages would come again from. */
export function sessionOf(clientId: string): string {
  return `device:${clientId}`;
}
