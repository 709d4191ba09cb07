import type { Dialect } from "#dialects/dialect.ts";
import type { CommittedBatch } from "#intake/committed.ts";
import type { IntakeLine } from "#intake/line.ts";
import type { Logger, Source } from "#intake/source.ts";
import type { ImportRecord } from "#store/records.ts";
import type { Progress, Store } from "#store/store.ts";
import type { Judge } from "./judge.ts";

/** A folder that files of one source are dropped into. */
export interface Folder {
  readonly source: Source;
  /** Absolute. */
  readonly path: string;
  /** File names with `*` and `?`. */
  readonly glob: string;
  /** A file changed less long ago is not touched yet. */
  readonly minAgeMs: number;
  /** Absolute folder that files go to when they are done; left out, they stay. */
  readonly archive?: string;
}

/** What taking files needs. */
export interface FolderParts {
  readonly store: Store;
  readonly line: Pick<IntakeLine, "within">;
  readonly dialects: readonly Dialect[];
  readonly nowMs: () => number;
  readonly logger: Logger;
  /** Says what counted before and counts now; left out, a file is compared with earlier files of its source alone. */
  readonly judge?: Judge;
  /** Told when a file has changed history. */
  readonly announce?: (committed: CommittedBatch) => void;
}

/** What a look at a folder came to. */
export interface Look {
  /** Files that were read now, taken or refused, in the order of their names. */
  readonly files: readonly ImportRecord[];
  /** Files that are known already. */
  readonly known: number;
  /** Files that are too young or still being written. */
  readonly waiting: readonly { readonly name: string; readonly readyMs: number }[];
  /** Why the folder itself could not be read. */
  readonly problem?: string;
}

export interface LookChoice {
  /** Compare the bytes of files whose size and time are known, and try again what was refused. */
  readonly thorough: boolean;
  /** Answer false to stop before the next file. */
  readonly progress?: Progress;
}

/** Bytes seen so far of all bytes there are. */
export type Bytes = (bytes: number, what: string) => void;
