import type { EquipmentType, Role } from "./role.ts";

/** How names and tags tell a role: data, tried in the order of priority. */
export interface RoleRule {
  /** Unique: evidence names it. */
  readonly name: string;
  readonly role: Role;
  /** The lower wins; among equals the one that stands first. */
  readonly priority: number;
  /**
   * One of them has to be found in the name without its equipment, spelled out in the words of the trade (`SUPFLOSP` is
   * `supply flow sp`); those of a person also in the name as it stands, in lower case. None: the name does not matter.
   */
  readonly patterns: readonly RegExp[];
  /** One of them forbids it. */
  readonly not?: readonly RegExp[];
  readonly tagsAll?: readonly string[];
  readonly tagsAny?: readonly string[];
  /** One of them forbids it. */
  readonly tagsNone?: readonly string[];
  /** Kinds of equipment it may belong to; left out: any, and none. */
  readonly types?: readonly EquipmentType[];
  /** Dimensions its unit may have where it has one: `temperature`, `flow`, `ratio`. */
  readonly dimensions?: readonly string[];
  readonly confidence: number;
  /** Why it is that: "a setpoint names what is wanted, not what is". */
  readonly reason: string;
}
