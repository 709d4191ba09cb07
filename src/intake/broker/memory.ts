import type { Aedes } from "aedes";

export interface MemoryLimits {
  /** Messages kept for one subscriber that is away. */
  readonly mostOffline: number;
  /** Topics with a retained message. */
  readonly mostRetained: number;
}

interface Kept {
  readonly topic: string;
  readonly payload: Uint8Array | string;
}

/** The part of aedes' store in memory that grows with what clients send. */
interface Memory {
  outgoingEnqueue(subscriber: { clientId: string }, packet: Kept): Promise<void>;
  outgoingEnqueueCombi(subscribers: readonly { clientId: string }[], packet: Kept): Promise<void>;
  outgoingClearMessageId(client: { id: string }, packet: Kept): Promise<unknown>;
  storeRetained(packet: Kept): Promise<void>;
}

/**
 * Bounds what the broker keeps in memory for others: messages of subscribers that never come back, and retained ones.
 * What a device sent for us is on disk before it gets here, so nothing of ours depends on it.
 */
export function boundMemory(aedes: Aedes, limits: MemoryLimits): void {
  const memory = (aedes as unknown as { persistence: Memory }).persistence;
  boundOffline(memory, limits.mostOffline);
  boundRetained(memory, limits.mostRetained);
}

function boundOffline(memory: Memory, most: number): void {
  const waiting = new Map<string, number>();
  const hasRoom = (clientId: string): boolean => (waiting.get(clientId) ?? 0) < most;
  const count = (clientId: string, by: number): void => {
    const now = (waiting.get(clientId) ?? 0) + by;
    if (now > 0) waiting.set(clientId, now);
    else waiting.delete(clientId);
  };
  const { outgoingEnqueue, outgoingEnqueueCombi, outgoingClearMessageId } = memory;
  memory.outgoingEnqueue = async (subscriber, packet) => {
    if (!hasRoom(subscriber.clientId)) return;
    count(subscriber.clientId, 1);
    await outgoingEnqueue.call(memory, subscriber, packet);
  };
  memory.outgoingEnqueueCombi = async (subscribers, packet) => {
    const within = subscribers.filter(({ clientId }) => hasRoom(clientId));
    for (const { clientId } of within) count(clientId, 1);
    await outgoingEnqueueCombi.call(memory, within, packet);
  };
  memory.outgoingClearMessageId = async (client, packet) => {
    const cleared = await outgoingClearMessageId.call(memory, client, packet);
    if (cleared !== undefined) count(client.id, -1);
    return cleared;
  };
}

function boundRetained(memory: Memory, most: number): void {
  const topics = new Set<string>();
  const { storeRetained } = memory;
  memory.storeRetained = async (packet) => {
    if (packet.payload.length === 0) topics.delete(packet.topic);
    else if (topics.size >= most && !topics.has(packet.topic)) return;
    else topics.add(packet.topic);
    await storeRetained.call(memory, packet);
  };
}
