import { describe, expect, it } from "vitest";
import { olderRole } from "#bench/older-roles.ts";
import { buildingPoint } from "./building-point-made.ts";
import { modelOf } from "./model-of.ts";
import type { Role } from "./role.ts";

type Told = Role | "none";

/** Where Niagara Copilot Edge was wrong: what it said, what is right, and why. */
const WRONG: readonly (readonly [name: string, older: Told, ours: Told, why: string])[] = [
  ["VAV 1-01 Box Flow Setpoint", "flow", "flow-setpoint", "its pattern of a flow came before that of a setpoint"],
  ["VAV 1-01 Airflow Setpoint", "flow", "flow-setpoint", "the same"],
  ["VAV 1-01 Max CFM", "flow", "max-flow-setpoint", "what a box may give at most does not flow"],
  ["VAV 1-01 Min CFM", "flow", "min-flow-setpoint", "the same"],
  ["VAV 1-01 Space Temp SP", "space-temp", "effective-setpoint", "a setpoint was compared with itself"],
  ["VAV 1-01 Space Temp Setpoint", "space-temp", "effective-setpoint", "the same"],
  ["VAV 1-01 Space Temp Alarm", "space-temp", "none", "an alarm is no temperature"],
  ["VAV 1-01 Heating Valve", "reheat", "heating-valve", "its heating valve could not be reached"],
  ["VAV 1-01 Hot Water Valve", "reheat", "heating-valve", "the same"],
  ["VAV 1-01 Reheat Stage 1", "reheat", "reheat-stage", "a stage is on or off, not a share"],
  ["VAV 1-01 Discharge Air Temp", "space-temp", "discharge-air-temp", "air in a duct is not the room's"],
  ["AHU 1 Supply Air Temp", "space-temp", "discharge-air-temp", "the same"],
  ["AHU 1 Mixed Air Temp", "space-temp", "mixed-air-temp", "the same"],
  ["AHU 1 Return Air Temp", "space-temp", "return-air-temp", "the same"],
  ["AHU 1 Supply Air Temp SP", "space-temp", "discharge-air-setpoint", "no room is meant to have it"],
  ["AHU 1 RAT SP", "effective-setpoint", "none", "what the return air should be is not what the room should be"],
  ["AHU 1 MAT SP", "effective-setpoint", "none", "the same of mixed air"],
  ["AHU 1 Return CFM", "flow", "none", "air that leaves the building flows into no zone"],
  ["AHU 1 Exhaust CFM", "flow", "none", "the same"],
  ["AHU 1 OA Damper", "damper-position", "outdoor-air-damper", "outdoor air is not the air of a box"],
  ["AHU 1 RA Damper", "damper-position", "none", "return air neither"],
  ["VAV 1-01 Damper Cmd", "damper-position", "damper-command", "told is not where it stands"],
  ["Boiler 1 Boiler Valve", "reheat", "heating-valve", "a boiler reheats no zone"],
  ["VAV 1-01 CLGMAXFLO", "none", "max-flow-setpoint", "it read no word of a controller"],
  ["VAV 1-01 ACTCLGSP", "none", "effective-cooling-setpoint", "the same"],
  ["VAV 1-01 SUPFLOSP", "none", "flow-setpoint", "the same"],
];

/** Where it was right, and still is. */
const RIGHT: readonly (readonly [name: string, role: Role])[] = [
  ["VAV 1-01 Space Temp", "space-temp"],
  ["VAV 1-01 Effective Space Temp", "space-temp"],
  ["VAV 1-01 Zn T", "space-temp"],
  ["VAV 1-01 Effective Setpoint", "effective-setpoint"],
  ["VAV 1-01 Zone Setpoint", "effective-setpoint"],
  ["VAV 1-01 Box Flow", "flow"],
  ["VAV 1-01 CFM SP", "flow-setpoint"],
  ["VAV 1-01 Damper Position", "damper-position"],
  ["VAV 1-01 Reheat", "reheat"],
  ["VAV 1-01 RH Valve", "reheat"],
  ["VAV 1-01 Fan Enable Output", "fan-command"],
  ["AHU 1 Supply Fan Status", "fan-status"],
  ["AHU 1 Cooling Valve", "cooling-valve"],
  ["RTU 1 Compressor 1 Cmd", "compressor-command"],
  ["RTU 1 Compressor 1 Status", "compressor-status"],
];

const ourRole = (name: string): Told => modelOf([buildingPoint(name)]).points[0]?.role ?? "none";

describe("a role", () => {
  it.each(WRONG)("of %s, which was %s, is %s: %s", (name, older, ours) => {
    expect(olderRole(name)).toBe(older);
    expect(ourRole(name)).toBe(ours);
  });

  it.each(RIGHT)("of %s is %s as before", (name, role) => {
    expect([olderRole(name), ourRole(name)]).toEqual([role, role]);
  });
});
