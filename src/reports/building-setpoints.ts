import type { BuildingPoint } from "#buildings/model.ts";
import type { Role } from "#buildings/role.ts";

/** Points that say what a zone should be: two of them, or one. */
export interface Setpoints {
  readonly heating?: Role;
  readonly cooling?: Role;
  /** Counts where not both others are known. */
  readonly single?: Role;
}

const PAIRS: readonly (readonly [heating: Role, cooling: Role])[] = [
  ["effective-heating-setpoint", "effective-cooling-setpoint"],
  ["occupied-heating-setpoint", "occupied-cooling-setpoint"],
];

/** Setpoints a zone is judged by in occupied hours: those in effect, else those for occupied hours, else the one there is. */
export function judgedSetpoints(roles: ReadonlyMap<Role, BuildingPoint>): Setpoints {
  const pair = PAIRS.find(([heating, cooling]) => roles.has(heating) && roles.has(cooling));
  const alone = PAIRS.flat().find((role) => roles.has(role));
  const single = roles.has("effective-setpoint") ? "effective-setpoint" : pair === undefined ? alone : undefined;
  return {
    ...(pair === undefined ? {} : { heating: pair[0], cooling: pair[1] }),
    ...(single === undefined ? {} : { single }),
  };
}

/** Setpoints a zone is compared with now: those in effect hold at any hour, others by whether it is occupied. */
export function setpointsNow(roles: ReadonlyMap<Role, BuildingPoint>, occupied: boolean): Setpoints {
  const [heating, cooling] = ["unoccupied-heating-setpoint", "unoccupied-cooling-setpoint"] as const;
  const judged = judgedSetpoints(roles);
  if (occupied || judged.single === "effective-setpoint" || judged.heating === "effective-heating-setpoint") return judged;
  return roles.has(heating) && roles.has(cooling) ? { heating, cooling } : judged;
}
