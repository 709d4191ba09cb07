import type { Progress, Store } from "#store/store.ts";
import type { IntakeLine } from "./line.ts";

/** What an import needs of the house it fills. */
export interface ImportHouse {
  readonly store: Store;
  readonly line: Pick<IntakeLine, "within">;
  readonly nowMs: () => number;
  readonly progress: Progress;
}
