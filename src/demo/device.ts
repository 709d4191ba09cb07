import type { Kind } from "#series/kind.ts";
import type { PointAbout } from "#sites/registry.ts";

/** One value a device says in every message, and the series it becomes. */
export interface Saying {
  readonly point: string;
  readonly pointName: string;
  readonly quantity: string;
  readonly unit: string;
  readonly kind: Kind;
  readonly intervalMs?: number;
  /** What its sender says of the point beside its values. */
  readonly about?: PointAbout;
  /** Its values are words: `say` writes indexes into these. */
  readonly texts?: readonly string[];
}

/** How densely the past is filled: from this long ago on, one message every so often. */
export interface Span {
  readonly agoMs: number;
  readonly everyMs: number;
}

/**
 * A device that publishes like a real one. It is a pure function of time: what it said three years ago, what it says now
 * and what it would have said while the server was off agree.
 */
export interface DemoDevice {
  readonly source: string;
  readonly topic: string;
  /** Hardware id as the dialect names it. */
  readonly device: string;
  /** Serial numbers of the hardware and since when, oldest first. */
  readonly serials?: readonly { readonly serial: string; readonly fromMs: number }[];
  /** Spacing of live messages, and the offset from its multiples. */
  readonly everyMs: number;
  readonly offsetMs?: number;
  /** What the real device would use; 1 unless said. Tasmota publishes at 0. */
  readonly qos?: 0 | 1;
  /** Widest first. */
  readonly past: readonly Span[];
  readonly sayings: readonly Saying[];
  /** Writes the values at tMs in the order of `sayings`; NaN is not said. Returns quality bits; undefined when silent. */
  say(tMs: number, out: Float64Array): number | undefined;
  /** The message said at tMs, as it goes over the wire; undefined when silent. */
  payload(tMs: number): string | undefined;
}
