import { hash as hashOf } from "node:crypto";
import type { InboxEntry } from "#store/batch.ts";
import type { Arrival } from "./door.ts";

/** More than a broker may have in flight to one session; the store keeps as many. */
const PER_SESSION = 1_024;

/** What one session has sent, with the ids in the order they came: the one PER_SESSION before the newest is let go. */
interface Held {
  readonly packets: Map<number, { readonly hash: string; readonly seq: number }>;
  readonly ring: number[];
  next: number;
}

/**
 * QoS 1 messages that are committed but perhaps not acknowledged, by session and packet id. A broker that did not see our
 * acknowledgement sends them once more, with the same id; then they are duplicates, whatever their DUP flag says.
 */
export class Inbox {
  readonly #sessions = new Map<string, Held>();

  constructor(entries: readonly InboxEntry[]) {
    for (const entry of entries) this.record(entry);
  }

  /** Whether this arrival is a redelivery of what was recorded under its packet id. */
  knows(arrival: Arrival, hash: string): boolean {
    const { delivery } = arrival;
    return delivery?.resumed === true && this.#sessions.get(delivery.session)?.packets.get(delivery.packetId)?.hash === hash;
  }

  /** A broker uses an id again only when it has seen our acknowledgement: what it stood for will not come again. */
  reused({ session, packetId }: Pick<InboxEntry, "session" | "packetId">): void {
    this.#sessions.get(session)?.packets.delete(packetId);
  }

  /** Records what the id now stands for; the function takes it back. What it stood for before stays forgotten. */
  record({ session, packetId, hash }: InboxEntry): () => void {
    const held = this.#session(session);
    const { packets, ring } = held;
    const seq = held.next++;
    const slot = seq % PER_SESSION;
    const pushedOut = ring[slot] ?? 0;
    if (packets.get(pushedOut)?.seq === seq - PER_SESSION) packets.delete(pushedOut);
    ring[slot] = packetId;
    packets.set(packetId, { hash, seq });
    return () => packets.delete(packetId);
  }

  /** Forgets a session; the function takes it back. */
  forget(session: string): () => void {
    const former = this.#sessions.get(session);
    this.#sessions.delete(session);
    return () => {
      if (former) this.#sessions.set(session, former);
    };
  }

  #session(session: string): Held {
    const known = this.#sessions.get(session);
    if (known) return known;
    const held: Held = { packets: new Map(), ring: [], next: 0 };
    this.#sessions.set(session, held);
    return held;
  }
}

/** Topic and payload in one piece, so that hashing most messages costs one call and no new memory. */
const scratch = Buffer.alloc(8 * 1024);
/** Of one character in UTF-8, measured in the units of a text's length. */
const MOST_BYTES = 3;

/** First 16 bytes of the SHA-256 of topic and payload, in hex. */
export function messageHash(topic: string, body: Uint8Array): string {
  const fits = topic.length * MOST_BYTES + body.length <= scratch.length;
  const whole = fits ? scratch.subarray(0, fill(topic, body)) : Buffer.concat([Buffer.from(topic), body]);
  return hashOf("sha256", whole, "hex").slice(0, 32);
}

function fill(topic: string, body: Uint8Array): number {
  const start = scratch.write(topic);
  scratch.set(body, start);
  return start + body.length;
}
