import type { FileItem } from "#dialects/file-item.ts";
import type { IntakeLine } from "#intake/line.ts";
import type { Store } from "#store/store.ts";

/** What fetching readings from a service needs of the house. */
export interface PullHouse {
  readonly store: Pick<Store, "read" | "registry" | "extent" | "setting" | "saveSetting">;
  readonly line: Pick<IntakeLine, "within">;
  readonly nowMs: () => number;
}

/** A run under way, as a pull sees it. */
export interface Pulling {
  readonly signal: AbortSignal;
  /** Look at everything again, not only at what is new. */
  readonly thorough: boolean;
  readonly progress: (done: number, total: number, what: string) => void;
  /** For the log of the run. */
  readonly note: (text: string) => void;
}

/** What came of a run. */
export interface PullOutcome {
  readonly sentence: string;
  readonly counts: Readonly<Record<string, number>>;
  /** It worked to its end, but part of it could not be taken. */
  readonly failed?: boolean;
}

/** One thing a service said: a reading, or why it is none. */
export type PulledItem = FileItem;

/** What became of what was said. */
export interface PullCounts {
  fresh: number;
  /** Known with another value, which is kept as a revision. */
  changed: number;
  same: number;
  rejected: number;
}

export const noCounts = (): PullCounts => ({ fresh: 0, changed: 0, same: 0, rejected: 0 });
