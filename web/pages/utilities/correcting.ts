import type { MeterReading } from "#contract/meter-history.ts";

/** A reading somebody wants to change, delete or add; none for one that is not there yet. */
export type Correcting =
  | { readonly action: "set" | "delete"; readonly reading: MeterReading }
  | { readonly action: "add"; readonly reading?: undefined };
