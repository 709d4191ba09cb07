import type { PointSaid } from "./decided.ts";
import type { EquipmentRef } from "./equipment-index.ts";
import type { Named } from "./equipment-named.ts";
import type { BuildingPoint } from "./model.ts";
import type { RoleRead } from "./point-role.ts";
import type { Role } from "./role.ts";

/** A point on its way to what it is taken for. */
export interface Drafted {
  readonly point: BuildingPoint;
  readonly named: Named;
  readonly said: PointSaid;
  readonly ref: EquipmentRef | undefined;
}

/** A point whose role is read. */
export interface Read extends Drafted {
  readonly role: Role | undefined;
  readonly read: RoleRead;
}

/** Points of one piece of equipment. */
export interface Group {
  readonly ref: EquipmentRef;
  readonly points: Read[];
}
