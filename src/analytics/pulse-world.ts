import type { Column } from "#series/column.ts";
import type { PulseColumns } from "./pulse-messages.ts";

/** What a message of a test says: amount, register, flags. */
export interface Said {
  readonly d?: number;
  readonly c?: number;
  readonly q?: number;
}

/** Messages as they are stored: two columns stamped by arrival. */
export function publishes(messages: readonly (Said & { readonly tMs: number })[]): PulseColumns {
  return { deltas: column(messages, "d"), totals: column(messages, "c") };
}

function column(messages: readonly (Said & { readonly tMs: number })[], what: "d" | "c"): Column {
  const rows = messages.filter((message) => message[what] !== undefined);
  return {
    tMs: Float64Array.from(rows, ({ tMs }) => tMs),
    value: Float64Array.from(rows, (message) => message[what] as number),
    quality: Uint16Array.from(rows, ({ q = 0 }) => q),
  };
}
