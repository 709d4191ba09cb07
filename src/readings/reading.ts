import type { Kind } from "#series/kind.ts";

/** What a sender says of a point beside its readings, as it says it. */
export interface About {
  /** The station the point belongs to: "AmsShop". */
  readonly station?: string;
  /** Its history within the station, escapes expanded, parts joined with "/": "Vav1-01 Space Temp". Identity within the station. */
  readonly path?: string;
  /** The equipment it is part of: "AHU-1". */
  readonly equipment?: string;
  readonly floor?: string;
  /** Tags without their namespace: markers alone ("temp"), others with their value ("floorNum=3"). A set. */
  readonly tags?: readonly string[];
}

/** One value as its sender said it: the sender's unit, the sender's time, the sender's names. */
export interface Reading {
  /** Hardware as the sender names it: a meter id, a topic part, a station. Identity across messages. */
  readonly device: string;
  /** Proposed point id within the site, already kebab-case; a source's `points` setting may map it elsewhere. */
  readonly point: string;
  /** What people call that point. */
  readonly pointName: string;
  /** kebab-case, from the vocabulary in `units/quantity.ts`: `power`, `energy-import`, `power-l1`. */
  readonly quantity: string;
  readonly unit: string;
  readonly kind: Kind;
  /** Text values become codes of the series' own table. NaN is a stated absence and is stored as such. */
  readonly value: number | string;
  /** The sender's own credible instant; absent, the reading is stamped by arrival. An interval is at its end. */
  readonly tMs?: number;
  /** Length of the interval that ends at tMs. */
  readonly intervalMs?: number;
  readonly quality?: number;
  /** The sender's status text, kept verbatim. */
  readonly status?: string;
  /** Serial number of the hardware where the message tells it. */
  readonly serial?: string;
  /** What the sender says of the point; readings of one point in one message share the very same object. */
  readonly about?: About;
}

/** A part of a message that cannot become a reading. */
export interface RejectItem {
  readonly code: string;
  /** One sentence for a person: what is wrong and where. */
  readonly sentence: string;
}

/** What a decoder found. `nothing` is a message that rightly carries no reading: a status, an announcement. */
export type Item =
  | { readonly type: "reading"; readonly reading: Reading }
  | { readonly type: "reject"; readonly reject: RejectItem }
  | { readonly type: "nothing"; readonly reason: NothingReason; readonly detail?: string };

/** Why a message has no items; the ledger counts each. */
export const NOTHING_REASONS = ["status", "retained", "foreign", "redelivered", "empty"] as const;

export type NothingReason = (typeof NOTHING_REASONS)[number];
