import { ROLES, type Role } from "#buildings/role.ts";

/** What is told by role, in the order in which people ask: the temperature first. */
export function inRoleOrder<T>(told: ReadonlyMap<Role, T>): readonly (readonly [role: Role, what: T])[] {
  return ROLES.flatMap((role) => {
    const what = told.get(role);
    return what === undefined ? [] : [[role, what] as const];
  });
}
