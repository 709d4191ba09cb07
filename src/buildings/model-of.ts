import type { BuildingModel, BuildingPoint, Decision, EquipmentDecision } from "./model.ts";
import type { RoleRule } from "./role-rule.ts";

/** What people said of a building. */
export interface Said {
  /** Rules of the file, tried before those of the house. */
  readonly rules?: readonly RoleRule[];
  readonly decisions?: readonly Decision[];
  readonly equipment?: readonly EquipmentDecision[];
}

/** Equipment, zones and roles of the points of one site; the order of the points does not matter. */
export function modelOf(points: readonly BuildingPoint[], _said: Said = {}): BuildingModel {
  return { points: points.map((point) => ({ point, others: [], collidesWith: [] })), equipment: [] };
}
