import type { PeriodRule } from "#calendar/periods.ts";
import type { Rank } from "#series/ladder.ts";
import type { Fact, Registry } from "#sites/registry.ts";
import type { Plan } from "#tariffs/plan.ts";

/** A source that can say something about the plant's main meter. */
export interface PlantSource {
  readonly name: string;
  readonly title: string;
  readonly rank: Rank;
  /** How long after an interval its messages still count to it; left out, it is found out from how often they come. */
  readonly graceSeconds?: number;
}

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
  /** The register that counts its energy, beside pulses and stated intervals; left out for none. */
  readonly counter?: CounterChoice;
  /** The plan it is billed by; left out where there is none: energy and demand are told all the same. */
  readonly plan?: Plan;
  /** A plan that depends on what people said on pages: where it answers one, that is the plan. The same registry gives the same object. */
  readonly planFrom?: (registry: Registry) => Plan | undefined;
  /** How periods of basis `billing` are cut. */
  readonly billing: PeriodRule;
  readonly demo: boolean;
}

/** Which register counts the energy of a point. */
export interface CounterChoice {
  /** `energy-import`: a series of kind `counter` in a unit of energy. */
  readonly quantity: string;
  /** Most the connection can deliver: a step above it is no consumption. Infinity where nobody knows. */
  readonly connectionKw: number;
  /** Counts what is given rather than taken: its power is the negative part of the point's. */
  readonly given?: true;
}
