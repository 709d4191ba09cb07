import type { Series } from "#sites/registry.ts";
import type { EquipmentType, Role } from "./role.ts";

/** A point of a building with everything its sender said of it. */
export interface BuildingPoint {
  readonly site: string;
  readonly point: string;
  /** As people read it: "Vav 1-01 Space Temp". */
  readonly name: string;
  /** The station as it names itself; empty where nobody said. */
  readonly station: string;
  /** The history's own name as its station writes it, escapes expanded: "Vav1-01 Space Temp". Empty where nobody said. */
  readonly path: string;
  /** What the sender itself calls the equipment; empty for none. */
  readonly equipment: string;
  /** Haystack-style marker tags: `zone`, `temp`, `sp`; and those with a value as `floor=2`. */
  readonly tags: readonly string[];
  /** Series of the point, one per quantity and source. */
  readonly series: readonly Series[];
}

/** Why something is believed, in one sentence a person can check: which words or tags matched which rule. */
export interface Evidence {
  /** Name of the rule; `page` or `file` where a person said so. */
  readonly rule: string;
  readonly sentence: string;
  /** 0..1; 1 where a person said so. */
  readonly confidence: number;
}

/** What a point is taken for. */
export interface PointGuess {
  readonly point: BuildingPoint;
  /** Id of its equipment within the site; left out where none is named. */
  readonly equipment?: string;
  readonly equipmentEvidence?: Evidence;
  /** Left out where nothing fits. */
  readonly role?: Role;
  readonly roleEvidence?: Evidence;
  /** Other roles that fitted, best first, each with why it lost. */
  readonly others: readonly { readonly role: Role; readonly evidence: Evidence }[];
  /** Points of the same equipment that claim the same role and lost; why in words. */
  readonly shadowedBy?: string;
  /** Ids of points whose names differ and give the same key. */
  readonly collidesWith: readonly string[];
}

/** A piece of equipment with the points that were found for it. */
export interface Equipment {
  /** `vav-1-01`: type and numbers, with the station in front where a site has several. Stable, API. */
  readonly id: string;
  /** "VAV 1-01". */
  readonly name: string;
  readonly type: EquipmentType;
  /** Spelling of the older system: `vav-1-01`. */
  readonly root: string;
  readonly station: string;
  /** Empty where nobody said. */
  readonly floor: string;
  /** The point of each role. */
  readonly roles: ReadonlyMap<Role, BuildingPoint>;
  /** Id of the air handler that serves it; left out where nobody knows. */
  readonly servedBy?: string;
  readonly servedEvidence?: Evidence;
  readonly demo: boolean;
}

/** Equipment, zones and names of one site, as they can be told from what its senders said and what people decided. */
export interface BuildingModel {
  readonly points: readonly PointGuess[];
  /** Ordered by name as people count: VAV 2 before VAV 10. */
  readonly equipment: readonly Equipment[];
}

/** What a person decided on the page or in the file, which no rule overrules. */
export interface Decision {
  readonly point: string;
  /** A role; `none` where it has none; left out: as guessed. */
  readonly role?: Role | "none";
  /** Equipment id or name; left out: as guessed. */
  readonly equipment?: string;
  readonly from: "file" | "page";
  readonly factId?: number;
}

/** Which air handler serves a zone, and other facts of equipment. */
export interface EquipmentDecision {
  readonly equipment: string;
  readonly servedBy?: string;
  readonly name?: string;
  readonly floor?: string;
  readonly from: "file" | "page";
  readonly factId?: number;
}
