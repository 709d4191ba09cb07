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
