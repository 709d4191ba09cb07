import type { Message } from "#readings/message.ts";
import type { Reject } from "#readings/reject.ts";
import type { Assignment, Device, Point, Series, SeriesCode, Site } from "#sites/registry.ts";

/** Samples in the order they came, of any series; columns of one length. */
export interface SampleColumns {
  readonly seriesId: Int32Array;
  readonly tMs: Float64Array;
  readonly value: Float64Array;
  readonly quality: Uint16Array;
  /** Status text code of the series' own table, 0 for none. */
  readonly code: Uint16Array;
}

/** QoS 1 messages of one session that are committed but perhaps not acknowledged, oldest first: what makes redelivery harmless. */
export interface InboxRun {
  /** Broker name, or `device:<client id>` at the embedded broker. */
  readonly session: string;
  readonly packetIds: Uint16Array;
  /** Of topic and payload, as whole numbers of 53 bits; one per packet id. */
  readonly hashes: Float64Array;
}

/**
 * What is kept of a session's inbox: the newest `least`, and of the `most` that can have been under way whatever is younger
 * than `ms`. No connection lives so long unheard, so what was acknowledged before that has been heard by the broker.
 * Brokers send far more than the window they were given after an absence (Mosquitto 2.0.11 sends all that waited).
 */
export const INBOX = { least: 1_024, most: 65_535, ms: 120_000 } as const;

/** How many messages of a source came in this batch, and what became of them as messages. */
export interface MessageCount {
  readonly source: string;
  readonly withItems: number;
  /** By NothingReason. */
  readonly without: Readonly<Record<string, number>>;
}

/** An original message, packed away for re-decoding. */
export type RawMessage = Message;

/** Everything one commit holds. It is durable as a whole or not at all. */
export interface Batch {
  readonly receivedMs: number;
  readonly samples: SampleColumns;
  /** Registry rows the samples need; ids are the ones `settle` gave. */
  readonly sites?: readonly Site[];
  readonly points?: readonly Point[];
  readonly series?: readonly Series[];
  readonly devices?: readonly Device[];
  readonly assignments?: readonly Assignment[];
  readonly codes?: readonly SeriesCode[];
  readonly rejects: readonly Reject[];
  readonly messages: readonly MessageCount[];
  readonly inbox?: readonly InboxRun[];
  /** Sessions the broker forgot: their inbox rows go. */
  readonly forgetSessions?: readonly string[];
  readonly raw?: readonly RawMessage[];
  /** Decoder memory per source, as JSON, so that a restart does not forget. */
  readonly memory?: Readonly<Record<string, string>>;
  /** Ids of rejects this batch re-drives; they are marked in the same transaction. */
  readonly redriven?: readonly number[];
  /** The import whose samples these are: it is marked as done, with what became of them, in the same transaction. */
  readonly completes?: ImportCompletion;
}

/** An import that a batch completes. */
export interface ImportCompletion {
  readonly importId: number;
  readonly endedMs: number;
  readonly rows: number;
  readonly fromMs?: number;
  readonly toMs?: number;
}

/** What became of each sample, in the order of the batch. */
export const OUTCOME = { stored: 0, replaced: 1, duplicate: 2, refused: 3 } as const;

export interface AppendResult {
  /** One OUTCOME per sample. */
  readonly outcome: Uint8Array;
  /** Log sequence number of the commit. */
  readonly seq: number;
}
