/** What a point of a building does. Names are API: added, never renamed. */
export const ROLES = [
  "space-temp",
  "effective-setpoint",
  "effective-heating-setpoint",
  "effective-cooling-setpoint",
  "occupied-heating-setpoint",
  "occupied-cooling-setpoint",
  "unoccupied-heating-setpoint",
  "unoccupied-cooling-setpoint",
  "space-humidity",
  "space-co2",
  "flow",
  "flow-setpoint",
  "min-flow-setpoint",
  "max-flow-setpoint",
  "damper-position",
  "damper-command",
  "reheat",
  "reheat-stage",
  "reheat-command",
  "heating-command",
  "cooling-command",
  "heating-valve",
  "cooling-valve",
  "discharge-air-temp",
  "discharge-air-setpoint",
  "mixed-air-temp",
  "return-air-temp",
  "outdoor-air-temp",
  "outdoor-air-damper",
  "duct-pressure",
  "duct-pressure-setpoint",
  "fan-command",
  "fan-status",
  "fan-speed",
  "compressor-command",
  "compressor-status",
  "occupancy",
  "power",
] as const;
export type Role = (typeof ROLES)[number];

/** Kinds of equipment that names tell. */
export const EQUIPMENT_TYPES = ["vav", "fpb", "fcu", "zone", "rtu", "ahu", "ef", "efu", "boiler", "chiller", "pump", "other"] as const;
export type EquipmentType = (typeof EQUIPMENT_TYPES)[number];

/** Equipment that conditions one zone: it has a space temperature of its own. */
export const ZONE_TYPES: readonly EquipmentType[] = ["vav", "fpb", "fcu", "zone"];
/** Equipment that serves zones with air. */
export const AIR_HANDLER_TYPES: readonly EquipmentType[] = ["ahu", "rtu"];
