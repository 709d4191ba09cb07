import { AIRFLOW_RULES, PRESSURE_RULES } from "./airflow-rules.ts";
import { nameRules } from "./name-rule.ts";
import { OUTPUT_RULES } from "./output-rules.ts";
import type { RoleRule } from "./role-rule.ts";
import { SETPOINT_RULES } from "./setpoint-rules.ts";
import { ROOM_RULES, STATE_RULES } from "./state-rules.ts";
import { TAG_RULES } from "./tag-rules.ts";
import { TEMPERATURE_RULES } from "./temperature-rules.ts";

const DISCHARGE_SETPOINT: readonly RoleRule[] = nameRules(
  {
    not: [/\b(?:limit|high|low|min|max|offset|alarm|reset|pressure|static|flow|hw|chw|water|deadband|heating|cooling)\b/],
    dimensions: ["temperature"],
  },
  [
    [
      "discharge-air-setpoint",
      "discharge-air-setpoint",
      /\b(?:discharge|supply)(?: air)?(?: temp)?(?: \p{L}+)? sp\b|\beffective discharge air(?: temp)? sp\b/u,
      "what the air that leaves the unit should be, not what the room should be",
      { priority: 38 },
    ],
  ],
);

/** How the house tells roles from tags and names, in the order they are tried. */
export const ROLE_RULES: readonly RoleRule[] = [
  ...TAG_RULES,
  ...AIRFLOW_RULES,
  ...PRESSURE_RULES,
  ...DISCHARGE_SETPOINT,
  ...SETPOINT_RULES,
  ...TEMPERATURE_RULES,
  ...OUTPUT_RULES,
  ...STATE_RULES,
  ...ROOM_RULES,
].sort((a, b) => a.priority - b.priority);
