import type { EquipmentType, Role } from "./role.ts";
import type { RoleRule } from "./role-rule.ts";

/** A rule about words alone, written short: `[name, role, words, reason]`. */
export type NameRuleRow = readonly [
  name: string,
  role: Role,
  words: RegExp,
  reason: string,
  more?: {
    readonly priority?: number;
    readonly confidence?: number;
    readonly not?: readonly RegExp[];
    readonly types?: readonly EquipmentType[];
    readonly dimensions?: readonly string[];
  },
];

const PRIORITY = 50;
const CONFIDENCE = 0.9;

/** Rules of one family; `shared` holds for each of them, beside what the row says. */
export function nameRules(
  shared: { readonly not?: readonly RegExp[]; readonly dimensions?: readonly string[] },
  rows: readonly NameRuleRow[],
): RoleRule[] {
  return rows.map(([name, role, words, reason, more = {}]) => {
    const dimensions = more.dimensions ?? shared.dimensions;
    return {
      name,
      role,
      priority: more.priority ?? PRIORITY,
      patterns: [words],
      not: [...(shared.not ?? []), ...(more.not ?? [])],
      ...(more.types && { types: more.types }),
      ...(dimensions && { dimensions }),
      confidence: more.confidence ?? CONFIDENCE,
      reason,
    };
  });
}
