import type { Dialect } from "#dialects/dialect.ts";
import type { Message } from "#readings/message.ts";
import type { RejectItem } from "#readings/reading.ts";
import { MAX_REJECT_BYTES } from "#readings/reject.ts";
import type { Arrival } from "./door.ts";
import { type Inbox, messageHash } from "./inbox.ts";
import type { OpenBatch } from "./open-batch.ts";
import { type Settled, settle } from "./settle.ts";
import type { Logger, Source } from "./source.ts";
import type { SettleLimits } from "./telling.ts";

export interface ReaderLimits extends SettleLimits {
  /** Payload limit where the dialect declares no other. */
  readonly payloadBytes: number;
}

export interface ReaderParts {
  readonly sources: readonly Source[];
  readonly dialects: readonly Dialect[];
  readonly limits: ReaderLimits;
  readonly inbox: Inbox;
  /** Decoder memory per source, as JSON. */
  readonly memory: Readonly<Record<string, string>>;
  readonly logger: Logger;
}

interface Claimant {
  readonly source: Source;
  readonly dialect: Dialect;
  memory: unknown;
}

/** Reads messages into an open batch: known deliveries are counted, all others decoded and settled. Never throws for what was sent. */
export class Reader {
  readonly #parts: ReaderParts;
  readonly #claimants = new Map<string, Claimant>();

  /** Errors: throws where a source names a dialect that is not among those given; the configuration has refused that before. */
  constructor(parts: ReaderParts) {
    this.#parts = parts;
    const dialects = new Map(parts.dialects.map((dialect) => [dialect.name, dialect]));
    for (const source of parts.sources) {
      const dialect = dialects.get(source.dialect);
      if (!dialect) throw new Error(`Source ${source.name} speaks ${source.dialect}, which is not a dialect.`);
      this.#claimants.set(source.name, { source, dialect, memory: remembered(parts.memory, source.name) });
    }
  }

  /** An arrival that is not trusted is not decoded; `fault` says why, where it is not that doing so has ended the process. */
  read(batch: OpenBatch, arrival: Arrival, trusted = true, fault = UNREAD): void {
    const { message } = arrival;
    batch.messages++;
    if (this.#redelivered(batch, arrival)) batch.count(message.source, "redelivered");
    else this.#readNew(batch, arrival, trusted ? undefined : fault);
  }

  /** A stored message once more; `undefined` where its source is no longer configured. */
  readAgain(batch: OpenBatch, message: Message): Settled | undefined {
    const claimant = this.#claimants.get(message.source);
    return claimant && this.#understand(batch, claimant, { message, past: true });
  }

  #redelivered(batch: OpenBatch, arrival: Arrival): boolean {
    const { delivery, message } = arrival;
    if (!delivery) return false;
    const hash = messageHash(message.topic, message.body);
    if (this.#parts.inbox.knows(delivery, hash)) return true;
    batch.record(delivery, hash);
    return false;
  }

  #readNew(batch: OpenBatch, arrival: Arrival, fault: string | undefined): void {
    const { message } = arrival;
    const claimant = this.#claimants.get(message.source);
    const settled =
      fault === undefined
        ? (refusal(claimant, arrival, this.#parts.limits) ?? this.#understand(batch, claimant as Claimant, { message }))
        : refused("decoder-fault", fault);
    batch.count(message.source, settled.without);
    if (settled.rejects.length > 0) batch.reject(originOf(message, claimant, arrival.oversized?.bytes), settled.rejects);
    if (claimant && claimant.source.keepRawMs > 0 && !arrival.oversized) batch.keepRaw({ ...message, body: Uint8Array.from(message.body) });
  }

  #understand(batch: OpenBatch, claimant: Claimant, { message, past }: { message: Message; past?: boolean }): Settled {
    const { source, dialect } = claimant;
    const first = batch.samples.length;
    try {
      const decoded = dialect.decode(message, source.options, past ? undefined : claimant.memory);
      const { limits } = this.#parts;
      const telling = { source, message, equalInstant: dialect.equalInstant, limits, past: past === true };
      const settled = settle(batch, telling, decoded.items);
      for (const collision of settled.collisions ?? []) this.#parts.logger.warn({ source: source.name }, collision);
      if (!past && decoded.memory !== undefined && decoded.memory !== claimant.memory) remember(batch, claimant, decoded.memory);
      return settled;
    } catch (error) {
      batch.samples.cut(first);
      this.#parts.logger.error(
        { err: error, source: source.name, dialect: dialect.name },
        "A decoder failed; the message is kept as a reject",
      );
      return refused(
        "decoder-fault",
        `The decoder ${decoderOf(dialect)} failed on this message; that is a fault of Wattkeep, not of the sender.`,
      );
    }
  }
}

const UNREAD =
  "Reading this message has ended the process again and again, so it is kept unread; that is a fault of Wattkeep, not of the sender.";

function refusal(claimant: Claimant | undefined, { message, oversized }: Arrival, limits: ReaderLimits): Settled | undefined {
  if (!claimant) return refused("source-unknown", `Source "${message.source}" is not in the configuration.`);
  const bytes = oversized?.bytes ?? message.body.length;
  const limit = claimant.dialect.maxBytes ?? limits.payloadBytes;
  if (!oversized && bytes <= limit) return undefined;
  return refused("payload-too-large", `The message has ${bytes} bytes; ${claimant.dialect.name} takes ${limit} at the most.`);
}

function refused(code: string, sentence: string): Settled {
  const reject: RejectItem = { code, sentence };
  return { samples: 0, rejects: [reject] };
}

function originOf(message: Message, claimant: Claimant | undefined, oversizedBytes?: number) {
  return {
    source: message.source,
    topic: message.topic,
    body: Uint8Array.from(message.body.subarray(0, MAX_REJECT_BYTES)),
    bodyBytes: oversizedBytes ?? message.body.length,
    receivedMs: message.receivedMs,
    decoder: claimant ? decoderOf(claimant.dialect) : "none",
  };
}

function decoderOf(dialect: Dialect): string {
  return `${dialect.name} ${dialect.version}`;
}

function remember(batch: OpenBatch, claimant: Claimant, memory: unknown): void {
  const former = claimant.memory;
  batch.remember(claimant.source.name, JSON.stringify(memory));
  batch.onWithdraw(() => {
    claimant.memory = former;
  });
  claimant.memory = memory;
}

function remembered(memory: Readonly<Record<string, string>>, source: string): unknown {
  const json = Object.hasOwn(memory, source) ? memory[source] : undefined;
  return json === undefined ? undefined : JSON.parse(json);
}
