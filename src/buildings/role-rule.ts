import type { Role } from "./role.ts";

/** How names and tags tell a role: data, tried in the order of priority. */
export interface RoleRule {
  /** Unique: evidence names it. */
  readonly name: string;
  readonly role: Role;
  /** The lower wins; among equals the one that stands first. */
  readonly priority: number;
  /** One of them has to be found in the decoded name without its equipment, in lower case; none: the name does not matter. */
  readonly patterns: readonly RegExp[];
  /** One of them forbids it. */
  readonly not?: readonly RegExp[];
  readonly tagsAll?: readonly string[];
  readonly tagsAny?: readonly string[];
  /** Dimensions its unit may have where it has one: `temperature`, `flow`, `ratio`. */
  readonly dimensions?: readonly string[];
  readonly confidence: number;
  /** Why it is that: "a setpoint names what is wanted, not what is". */
  readonly reason: string;
}
