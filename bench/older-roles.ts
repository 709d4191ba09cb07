import type { Role } from "#buildings/role.ts";

/** How Niagara Copilot Edge told roles: the first pattern that fits anywhere in the label. Kept to measure against, never to answer. */
const OLDER: readonly (readonly [Role, RegExp])[] = [
  ["space-temp", /(?:space|zone|room|effective space|discharge air|mixed air|return air|supply air)\s*temp|zn\s*t\b/],
  ["effective-setpoint", /effective\s*setpoint|space\s*temp\s*sp|zone\s*setpoint|zn\s*sp|supply\s*air\s*temp\s*sp|rat\s*sp|mat\s*sp/],
  ["flow", /box\s*flow|air\s*flow|cfm(?!\s*sp)|(?:supply|return|exhaust)\s*cfm/],
  ["flow-setpoint", /flow\s*setpoint|cfm\s*sp|airflow\s*sp|(?:min|max)\s*cfm/],
  ["damper-position", /damper/],
  ["reheat", /reheat|rh\s*valve|heating\s*valve|hot\s*water\s*valve|boiler\s*valve/],
  ["fan-command", /fan\s*(?:command|cmd|enable)/],
  ["fan-status", /fan\s*(?:status|proof)/],
  ["cooling-valve", /(?:cooling|chilled\s*water|cw)\s*valve/],
  ["heating-valve", /(?:heating|hw|boiler)\s*valve/],
  ["compressor-command", /(?:compressor|stage)\s*\d*\s*cmd/],
  ["compressor-status", /(?:compressor|stage)\s*\d*\s*status/],
];

/** The role the older system gave a label; `none` where nothing fitted. */
export function olderRole(name: string): Role | "none" {
  const label = name
    .replace(/_/g, "-")
    .replace(/(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Za-z])(?=\d)|(?<=\d)(?=[A-Za-z])/g, " ")
    .toLowerCase();
  return OLDER.find(([, pattern]) => pattern.test(label))?.[0] ?? "none";
}
