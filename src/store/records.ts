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

/** A file or history that was taken over, or why it was not. */
export interface ImportRecord {
  readonly id: number;
  readonly source: string;
  /** What was read: the absolute path of a file. */
  readonly what: string;
  readonly sha256: string;
  readonly bytes: number;
  /** Last change of the file, whole milliseconds. */
  readonly mtimeMs?: number;
  readonly startedMs: number;
  readonly endedMs?: number;
  readonly status: "running" | "done" | "failed" | "cancelled";
  /** Samples, not rows. */
  readonly stored: number;
  readonly replaced: number;
  readonly duplicate: number;
  readonly refused: number;
  /** Rows of the file, and the instants of the first and the last. */
  readonly rows?: number;
  readonly fromMs?: number;
  readonly toMs?: number;
  readonly report?: ImportReport;
}

export type ImportEnd = Pick<ImportRecord, "status" | "stored" | "duplicate" | "replaced" | "refused"> &
  Partial<Pick<ImportRecord, "endedMs" | "rows" | "fromMs" | "toMs" | "report">>;

export interface ImportFilter {
  readonly source?: string;
  readonly what?: string;
  /** Those with a smaller id than this. */
  readonly beforeId?: number;
  readonly limit?: number;
  /** Of each source and path only the newest. */
  readonly newestOfEach?: boolean;
  readonly withoutReports?: boolean;
}

/** What a file changed, told to people; figures nobody knows are left out or null. Money is exact decimal text. */
export interface ImportReport {
  /** One sentence that says it all. */
  readonly sentence: string;
  /** Why it was refused, or which rows were left out: every bad cell with its line. Those beyond the first thousand are only counted. */
  readonly problems: readonly ImportProblem[];
  readonly problemCount: number;
  /** Rows of the file. The first four add up to its rows without those that a later line of the file repeats. */
  readonly counts?: {
    /** Nobody knew the interval. */
    readonly new: number;
    /** Others said the same, within the rounding of the file. */
    readonly confirmed: number;
    /** Others, or an earlier file, said otherwise: these count now. */
    readonly replaced: number;
    /** The very rows of an earlier file. */
    readonly unchanged: number;
    readonly repeated: number;
  };
  /** Of the range the file covers, by the ladder of sources. */
  readonly energyKwh?: Changed<number | null>;
  readonly peak?: Changed<{ readonly tMs: number; readonly kw: number } | undefined>;
  /** Intervals that count differently now, the largest changes first; at most 200. */
  readonly changed?: readonly {
    readonly endMs: number;
    readonly beforeKwh?: number;
    readonly afterKwh?: number;
    readonly beforeKw?: number;
    readonly afterKw?: number;
    readonly beforeSource?: string;
  }[];
  /** Every billing period whose bill changed, later ones through the ratchet included. */
  readonly bills?: readonly {
    readonly period: string;
    readonly fromMs: number;
    readonly toMs: number;
    readonly currency: string;
    readonly billedKw: Changed<number | null>;
    readonly total: Changed<string>;
  }[];
  /** Where the file lies now, where it was put away. */
  readonly archivedAs?: string;
}

export interface Changed<T> {
  readonly before: T;
  readonly after: T;
}

export interface ImportProblem {
  readonly line?: number;
  readonly column?: string;
  readonly code: string;
  readonly sentence: string;
}

/** Why a job ran: it was due, somebody asked, it was due while the program did not run, or what it watches changed. */
export const JOB_REASONS = ["schedule", "asked", "catch-up", "change"] as const;

/** One run of a job. */
export interface JobRunRecord {
  readonly id: number;
  readonly job: string;
  readonly why: (typeof JOB_REASONS)[number];
  /** When it was due; where somebody asked, when. */
  readonly dueMs: number;
  readonly startedMs: number;
  readonly endedMs?: number;
  /** `cancelled`: the program ended meanwhile, or it was due while the run before it still worked. */
  readonly result: "running" | "done" | "failed" | "cancelled";
  /** What it did, or why it failed. */
  readonly sentence: string;
  readonly counts: Readonly<Record<string, number>>;
}

/** A line of what a run wrote down. */
export interface JobLogLine {
  readonly tMs: number;
  readonly text: string;
}

export type JobRunEnd = Pick<JobRunRecord, "result" | "sentence" | "counts"> & {
  readonly endedMs: number;
  readonly log?: readonly JobLogLine[];
};

export interface JobRunFilter {
  readonly id?: number;
  readonly job?: string;
  readonly result?: JobRunRecord["result"];
  /** Newest first; 100 unless said. */
  readonly limit?: number;
}

/** Something people are told of: it began, it lasts or it is over. */
export interface AlertRecord {
  readonly id: number;
  /** Id and name of its rule, as they were. */
  readonly rule: string;
  readonly ruleName: string;
  readonly subject: string;
  readonly subjectTitle: string;
  readonly severity: string;
  readonly title: string;
  readonly text: string;
  /** NaN where there is none. */
  readonly value: number;
  readonly unit: string;
  readonly firedMs: number;
  /** Left out while it lasts. */
  readonly clearedMs?: number;
  readonly acknowledged?: { readonly who: string; readonly atMs: number };
  /** Address of the page that shows what it is about, below the program's own. */
  readonly link?: string;
  readonly deliveries: readonly AlertDelivery[];
}

/** One message to one channel: written down with what it tells of, before it is sent. */
export interface AlertDelivery {
  readonly id: number;
  readonly alertId: number;
  readonly channel: string;
  /** The message as it was made: JSON, and only for those who send it. */
  readonly message: string;
  readonly result: "waiting" | "sent" | "failed" | "muted";
  readonly madeMs: number;
  /** When it came to that result, or was tried last. */
  readonly atMs: number;
  readonly tries: number;
  readonly problem?: string;
}

export type NewAlertDelivery = Pick<AlertDelivery, "channel" | "message"> & { readonly result?: "waiting" | "muted" };

/** Changes of the alerts, in one durable transaction: what is remembered, what is told and to whom go together or not at all. */
export interface AlertChange {
  readonly atMs: number;
  /** JSON of each; null forgets it. */
  readonly states?: readonly { readonly rule: string; readonly subject: string; readonly state: string | null }[];
  readonly fired?: readonly (Omit<AlertRecord, "id" | "clearedMs" | "acknowledged" | "deliveries"> & {
    readonly deliveries: readonly NewAlertDelivery[];
  })[];
  /** Of alerts that are known. */
  readonly told?: readonly { readonly alertId: number; readonly deliveries: readonly NewAlertDelivery[] }[];
  readonly cleared?: readonly number[];
  /** Without `who`, it is taken back. Alerts that are not there are passed over. */
  readonly acknowledged?: { readonly alertId: number; readonly who?: string };
  readonly delivered?: readonly (Pick<AlertDelivery, "id" | "result" | "tries"> & { readonly problem?: string })[];
  /** Null ends it. */
  readonly mutes?: readonly { readonly rule: string; readonly untilMs: number | null }[];
  /** JSON of rules that pages made; null takes one away. */
  readonly rules?: readonly { readonly id: string; readonly rule: string | null; readonly who: string }[];
  /** Alerts that were over before this go, with their deliveries. */
  readonly forgetBeforeMs?: number;
}

/** What the alerts remember between two looks. */
export interface AlertMemory {
  readonly states: readonly { readonly rule: string; readonly subject: string; readonly state: string }[];
  readonly mutes: readonly { readonly rule: string; readonly untilMs: number }[];
  readonly rules: readonly { readonly id: string; readonly rule: string; readonly who: string; readonly madeMs: number }[];
}

export interface AlertFilter {
  readonly ids?: readonly number[];
  /** True for those that last, false for those that are over. */
  readonly active?: boolean;
  /** Newest first, those with a smaller id than this. */
  readonly beforeId?: number;
  /** 100 unless said. */
  readonly limit?: number;
}

export interface AlertDeliveryFilter {
  readonly result?: AlertDelivery["result"];
  readonly channel?: string;
  /** Oldest first; the newest first where it is true. */
  readonly newestFirst?: boolean;
  /** 100 unless said. */
  readonly limit?: number;
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

/** Something derived of series that is slow to derive again. It is gone as soon as what it was made of changes. */
export interface DerivedRow {
  readonly fromMs: number;
  readonly toMs: number;
  readonly data: Uint8Array;
  /** Every series it was made of, and until when: a change from there on alters nothing of it. */
  readonly of: readonly { readonly seriesId: number; readonly untilMs: number }[];
}

export interface NewDerivedRow extends DerivedRow {
  /** Whose it is, and by which rules: rows of the owner by other rules go. */
  readonly owner: string;
  readonly rules: string;
  /** Version of each series of `of` when it was read, in their order. */
  readonly versions: Float64Array;
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

/** A copy of the store as it was read back after it was made. */
export interface BackupReport extends VerifyReport {
  readonly bytes: number;
  /** Of the file, in hex. */
  readonly sha256: string;
  /** Format of the store's tables. */
  readonly format: number;
  /** What `changeMark` said of the moment that was copied. */
  readonly mark: string;
}
