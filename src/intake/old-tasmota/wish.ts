import type { IntakeLine } from "#intake/line.ts";
import type { Progress, Store } from "#store/store.ts";
import type { Wish } from "./destination.ts";

export interface OldTasmotaWish extends Wish {
  /** Absolute. */
  readonly file: string;
  /** Zone of the clock the old monitor wrote. */
  readonly zone: string;
  /** Only rows of this meter. */
  readonly meter?: string;
  readonly dryRun: boolean;
}

export interface OldTasmotaHouse {
  readonly store: Store;
  readonly line: Pick<IntakeLine, "within">;
  readonly nowMs: () => number;
  readonly progress: Progress;
}
