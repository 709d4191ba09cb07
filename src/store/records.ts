import type { Reject } from "#readings/reject.ts";

/** Newest sample per series, columns of one length. */
export interface Latest {
  readonly seriesId: Int32Array;
  readonly tMs: Float64Array;
  readonly value: Float64Array;
  readonly quality: Uint16Array;
  readonly code: Uint16Array;
}

/** A person's change to history: laid over columns by `read`, never written into them. */
export interface Correction {
  readonly id: number;
  readonly seriesId: number;
  /** Inclusive; t0 = t1 for one instant. */
  readonly t0Ms: number;
  readonly t1Ms: number;
  /** `add` puts a sample at t0; `shift` is not offered: a constant is added to values by `offset`. */
  readonly action: "set" | "delete" | "add" | "offset";
  readonly value: number;
  readonly who: string;
  readonly why: string;
  readonly madeMs: number;
  readonly undoneMs?: number;
}

export type NewCorrection = Omit<Correction, "id" | "undoneMs">;

/** `late` and `arrived` rows mean the instants were not known before receivedMs; the others carry what lost. */
export interface Revision {
  readonly seriesId: number;
  readonly kind: "replaced" | "refused" | "late" | "arrived";
  readonly t0Ms: number;
  readonly t1Ms: number;
  /** The value that is no longer, or never became, the sample's; NaN for `late` and `arrived`. */
  readonly value: number;
  readonly quality: number;
  readonly receivedMs: number;
}

/** Both sums of a source are zero: messages - withItems - without, and items - stored - ... - spooled. */
export interface LedgerRow {
  readonly source: string;
  readonly messages: number;
  readonly withItems: number;
  readonly without: Readonly<Record<string, number>>;
  readonly items: number;
  readonly stored: number;
  readonly replaced: number;
  readonly duplicate: number;
  readonly refused: number;
  readonly rejected: number;
  readonly spooled: number;
}

export interface StoredReject extends Reject {
  readonly id: number;
  /** The same bytes for the same reason within an hour are folded into one row. */
  readonly count: number;
  readonly lastMs: number;
  /** Set when a re-drive turned it into readings. */
  readonly redrivenMs?: number;
}

export interface RejectFilter {
  readonly ids?: readonly number[];
  readonly source?: string;
  readonly code?: string;
  /** Newest first, those with a smaller id than this. */
  readonly beforeId?: number;
  readonly open?: boolean;
  readonly limit?: number;
}

export interface ImportRecord {
  readonly id: number;
  readonly source: string;
  readonly what: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly startedMs: number;
  readonly status: "running" | "done" | "failed" | "cancelled";
  readonly stored: number;
  readonly replaced: number;
  readonly duplicate: number;
  readonly refused: number;
}

export const ROLES = ["viewer", "operator", "billing", "admin", "ingest"] as const;

export type Role = (typeof ROLES)[number];

/** A token is known by the hash of its secret alone. */
export interface StoredToken {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly sha256: string;
  /** For role `ingest` at the embedded broker: topics it may publish below. */
  readonly publishPrefix?: string;
  readonly createdMs: number;
  readonly expiresMs?: number;
  readonly revokedMs?: number;
}

export interface StoreStats {
  readonly fileBytes: number;
  readonly logBytes: number;
  readonly tailSamples: number;
  readonly tailBytes: number;
  readonly blocks: number;
  readonly samples: number;
  readonly series: number;
  readonly lateRows: number;
  readonly checkpoints: number;
  readonly commits: number;
  /** NaN before the first commit. */
  readonly commitMsP99: number;
}

/** A block whose bytes no longer match their checksum, in words a person can act on. */
export interface Damage {
  readonly seriesKey: string;
  readonly fromMs: number;
  readonly toMs: number;
  readonly what: string;
}

export interface VerifyReport {
  readonly blocks: number;
  readonly samples: number;
  readonly damage: readonly Damage[];
}
