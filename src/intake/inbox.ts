import { hash as hashOf } from "node:crypto";
import { INBOX, type InboxRun } from "#store/batch.ts";
import type { Arrival } from "./door.ts";
import { Packets } from "./packets.ts";

type Delivery = NonNullable<Arrival["delivery"]>;
type Packet = Pick<Delivery, "session" | "packetId">;

interface Held {
  readonly packets: Packets;
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
    return resumed && this.#sessions.get(session)?.packets.hash(packetId) === hash;
  }

  /** A broker uses an id again only when it has seen our acknowledgement: what it stood for will not come again. */
  reused({ session, packetId }: Packet): void {
    this.#sessions.get(session)?.packets.delete(packetId);
  }

  /** Records what the id stands for from now on. */
  record({ session, packetId }: Packet, hash: number): void {
    this.#session(session).packets.set(packetId, hash);
  }

  /** The messages of a batch were not stored. What their ids stood for before stays forgotten. */
  takeBack({ session, packetIds }: { readonly session: string; readonly packetIds: Iterable<number> }): void {
    for (const packetId of packetIds) this.reused({ session, packetId });
  }

  /** A batch of these sessions is durable: lets go of what is no longer needed. */
  committed(sessions: Iterable<string>, nowMs: number): void {
    for (const session of sessions) {
      const held = this.#session(session);
      held.marks.push({ seq: held.packets.next, atMs: nowMs });
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
    const held: Held = { packets: new Packets(), marks: [] };
    this.#sessions.set(session, held);
    return held;
  }
}

function letGo({ packets, marks }: Held, nowMs: number): void {
  let old = packets.first;
  for (let mark = marks[0]; mark !== undefined && nowMs - mark.atMs > INBOX.ms; mark = marks[0]) {
    old = mark.seq;
    marks.shift();
  }
  packets.letGo(Math.min(old, packets.next - INBOX.least));
}

/** 53 bits of the SHA-256 of the payload, moved on by the topic. */
export function messageHash(topic: string, body: Uint8Array): number {
  const digest = hashOf("sha256", body, "binary");
  let hash = digest.charCodeAt(0) & 0x1f;
  for (let i = 1; i < 7; i++) hash = hash * 256 + digest.charCodeAt(i);
  return (hash + topicHash(topic)) % 2 ** 53;
}

function topicHash(topic: string): number {
  let hash = 0;
  for (let i = 0; i < topic.length; i++) hash = (Math.imul(hash, 31) + topic.charCodeAt(i)) | 0;
  return hash >>> 0;
}
