import type { RoleRule } from "./role-rule.ts";

/** How the house tells roles from names. */
export const ROLE_RULES: readonly RoleRule[] = [
  {
    name: "space-temperature",
    role: "space-temp",
    priority: 50,
    patterns: [/\b(?:space|zone|room) temp\b/],
    not: [/\bsp\b/],
    dimensions: ["temperature"],
    confidence: 0.9,
    reason: "a temperature of the room itself",
  },
];
