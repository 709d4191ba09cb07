import type { Fact } from "#sites/registry.ts";

/** Ranks of sources, the one that counts least first. */
export const LADDER = ["derived", "live", "device", "file", "utility"] as const;
export type Rank = (typeof LADDER)[number];

/** A source that can say something about the plant's main meter. */
export interface PlantSource {
  readonly name: string;
  readonly title: string;
  readonly rank: Rank;
  /** How long after an interval its messages still count to it; left out, it is found out from how often they come. */
  readonly graceSeconds?: number;
}

/** How the bill cuts time. Dates are local, `2025-01-17`. */
export type PeriodRule =
  | { readonly kind: "calendar" }
  | { readonly kind: "anchored"; readonly anchor: string }
  /** The first days of the periods, ascending. */
  | { readonly kind: "read-dates"; readonly dates: readonly string[] };

/** Everything that is said about one metered point, apart from what was measured. */
export interface PlantSettings {
  readonly site: string;
  readonly point: string;
  readonly name: string;
  readonly siteName: string;
  /** IANA zone. */
  readonly zone: string;
  readonly currency: string;
  readonly holidays: readonly string[];
  readonly sources: readonly PlantSource[];
  /** Dated facts of the configuration; those of the registry come on top when numbers are read. */
  readonly facts: readonly Pick<Fact, "name" | "value" | "fromMs">[];
  readonly intervalMinutes: number;
  /** Bills are cut by it; left out where there is no tariff or it has no billing date. */
  readonly billing: PeriodRule;
  readonly demo: boolean;
}
