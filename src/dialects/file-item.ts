import type { Reading, RejectItem } from "#readings/reading.ts";

/** One thing a file or a service said: a reading, or why it is none. `said` is what is kept with a reject; it is asked for only then. */
export interface FileItem {
  readonly item: { readonly reading: Reading } | { readonly reject: RejectItem };
  readonly said: () => string;
}
