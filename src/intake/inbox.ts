import { hash as hashOf } from "node:crypto";
import { INBOX, type InboxRun } from "#store/batch.ts";
import type { Arrival } from "./door.ts";

type Delivery = NonNullable<Arrival["delivery"]>;
type Packet = Pick<Delivery, "session" | "packetId">;

/** What one session has sent: the newest message of each packet id, and the ids in the order they came. */
interface Held {
  readonly packets: Map<number, { readonly hash: number; readonly seq: number }>;
  /** The id of message `first + i` at place i. */
  readonly ids: number[];
  first: number;
  /** When which message came, once per batch. */
  readonly marks: { readonly seq: number; readonly atMs: number }[];
}

/**
 * QoS 1 messages that are committed but perhaps not acknowledged, by session and packet id, as many as INBOX says. A broker
 * that did not see our acknowledgement sends them once more, with the same id; then they are duplicates, whatever their DUP
 * flag says.
 */
export class Inbox {
  readonly #sessions = new Map<string, Held>();

  constructor(runs: readonly InboxRun[]) {
    for (const { session, packetIds, hashes } of runs) {
      for (const [i, packetId] of packetIds.entries()) this.record({ session, packetId }, hashes[i] as number);
    }
  }

  /** Whether this arrival is a redelivery of what was recorded under its packet id. */
  knows({ session, packetId, resumed }: Delivery, hash: number): boolean {
    return resumed && this.#sessions.get(session)?.packets.get(packetId)?.hash === hash;
  }

  /** A broker uses an id again only when it has seen our acknowledgement: what it stood for will not come again. */
  reused({ session, packetId }: Packet): void {
    this.#sessions.get(session)?.packets.delete(packetId);
  }

  /** Records what the id stands for from now on. */
  record({ session, packetId }: Packet, hash: number): void {
    const held = this.#session(session);
    held.packets.set(packetId, { hash, seq: held.first + held.ids.length });
    held.ids.push(packetId);
  }

  /** The messages of a batch were not stored. What their ids stood for before stays forgotten. */
  takeBack({ session, packetIds }: { readonly session: string; readonly packetIds: Iterable<number> }): void {
    for (const packetId of packetIds) this.reused({ session, packetId });
  }

  /** A batch of these sessions is durable: lets go of what is no longer needed. */
  committed(sessions: Iterable<string>, nowMs: number): void {
    for (const session of sessions) {
      const held = this.#session(session);
      held.marks.push({ seq: held.first + held.ids.length, atMs: nowMs });
      letGo(held, nowMs);
    }
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
    const held: Held = { packets: new Map(), ids: [], first: 0, marks: [] };
    this.#sessions.set(session, held);
    return held;
  }
}

function letGo(held: Held, nowMs: number): void {
  const { packets, ids, marks } = held;
  let old = held.first;
  for (let mark = marks[0]; mark !== undefined && nowMs - mark.atMs > INBOX.ms; mark = marks[0]) {
    old = mark.seq;
    marks.shift();
  }
  const end = held.first + ids.length;
  const until = Math.max(Math.min(old, end - INBOX.least), end - INBOX.most);
  if (until <= held.first) return;
  for (const packetId of ids.splice(0, until - held.first)) {
    const packet = packets.get(packetId);
    if (packet !== undefined && packet.seq < until) packets.delete(packetId);
  }
  held.first = until;
}

/** Topic and payload in one piece, so that hashing most messages costs one call and no new memory. */
const scratch = Buffer.alloc(8 * 1024);
/** Of one character in UTF-8, measured in the units of a text's length. */
const MOST_BYTES = 3;
/** No topic holds it, so topic and payload cannot change places. */
const SEPARATOR = Uint8Array.of(0);

/** 53 bits of the SHA-256 of topic and payload. */
export function messageHash(topic: string, body: Uint8Array): number {
  const fits = topic.length * MOST_BYTES + body.length < scratch.length;
  const whole = fits ? scratch.subarray(0, fill(topic, body)) : Buffer.concat([Buffer.from(topic), SEPARATOR, body]);
  const digest = hashOf("sha256", whole, "binary");
  let hash = digest.charCodeAt(0) & 0x1f;
  for (let i = 1; i < 7; i++) hash = hash * 256 + digest.charCodeAt(i);
  return hash;
}

function fill(topic: string, body: Uint8Array): number {
  const end = scratch.write(topic);
  scratch[end] = 0;
  const start = end + 1;
  scratch.set(body, start);
  return start + body.length;
}
