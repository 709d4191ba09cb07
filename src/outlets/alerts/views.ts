import type { MeterReports } from "#reports/meters.ts";
import type { PlantReports } from "#reports/plant.ts";
import type { Store } from "#store/store.ts";

/** A configured source, as alerts see it. */
export interface WatchedSource {
  readonly name: string;
  readonly title: string;
  /** Files are dropped for it, so that it speaks when one comes. */
  readonly isFolder: boolean;
}

/** A job with its newest run that came to an end. */
export interface WatchedJob {
  readonly name: string;
  readonly title: string;
  readonly last?: { readonly failed: boolean; readonly sentence: string; readonly endedMs: number };
}

/** Where alerts look. */
export interface Views {
  readonly store: Pick<Store, "registry" | "latest" | "read" | "readBuckets" | "extent" | "imports">;
  readonly sources: () => readonly WatchedSource[];
  /** When a message of a source came last, since the program started. */
  readonly heardMs: (source: string) => number | undefined;
  /** Keys are `site/point` of the meter at the grid connection. */
  readonly homes: () => readonly { readonly key: string; readonly title: string }[];
  readonly plants: () => readonly PlantReports[];
  /** Left out where no meters are watched. */
  readonly meters?: () => readonly Pick<MeterReports, "settings" | "list" | "anomalies">[];
  readonly jobs: () => Promise<readonly WatchedJob[]>;
  readonly nowMs: () => number;
  /** When the program began to listen. */
  readonly startedMs: number;
  /** How often rules look; left out where looks come at any time, and none is taken for the first after a sleep. */
  readonly lookEveryMs?: number;
}
