import { nameRules } from "./name-rule.ts";
import { AIR_HANDLER_TYPES, ZONE_TYPES } from "./role.ts";
import type { RoleRule } from "./role-rule.ts";

const NOT_A_SENSOR =
  /\b(?:sp|alarm|limit|status|command|offset|deadband|reset|high|low|differential|difference|delta|enable|mode|demand|pid|lockout|shutdown|switch|override)\b/;
const NOT_AIR =
  /\b(?:hw|chw|water|coil|tank|pipe|slab|glycol|condenser|refrigerant|suction|regen|dew|bulb|motor|oil|battery|device|board)\b/;
const NOT_THE_ROOM = /\b(?:discharge|supply|return|mixed|outdoor|exhaust|entering|duct|preheat)\b/;
const EXTREME = /\b(?:min|max)\b/;
const AIR_EQUIPMENT = [...AIR_HANDLER_TYPES, "vav" as const, "fpb" as const, "fcu" as const, "other" as const];
const BOXES_AND_ROOMS = [...ZONE_TYPES, "other" as const];

/** Temperatures that are measured. */
export const TEMPERATURE_RULES: readonly RoleRule[] = nameRules({ not: [NOT_A_SENSOR, NOT_AIR, EXTREME], dimensions: ["temperature"] }, [
  [
    "discharge-air-temperature",
    "discharge-air-temp",
    /\bdischarge(?: air)?(?: fan)? temp\b|\btemp discharge(?: air)?\b/,
    "air that leaves a unit is not the air of the room",
    { not: [/\breturn\b/] },
  ],
  ["mixed-air-temperature", "mixed-air-temp", /\bmixed(?: air)? temp\b|\btemp mixed(?: air)?\b/, "mixed air is not the air of the room"],
  ["return-air-temperature", "return-air-temp", /\breturn air temp\b|\btemp return air\b/, "return air comes from many rooms"],
  [
    "outdoor-air-temperature",
    "outdoor-air-temp",
    /\boutdoor(?: air)?(?: effective)?(?: dry bulb)? temp\b|\btemp outdoor(?: air)?\b/,
    "the air outside",
    { not: [/\bdischarge\b/] },
  ],
  [
    "space-temperature",
    "space-temp",
    /\bspace(?: \p{L}+)? temp\b|\btemp(?: \p{L}+)? space\b/u,
    "a temperature of the room itself",
    { priority: 52, not: [NOT_THE_ROOM, /\bavg\b/] },
  ],
  [
    "average-space-temperature",
    "space-temp",
    /\bavg space temp\b|\bspace(?: temp)? avg(?: temp)?\b/,
    "a mean of the room's sensors stands for the room",
    { priority: 56, confidence: 0.7, not: [NOT_THE_ROOM] },
  ],
  [
    "thermostat-temperature",
    "space-temp",
    /\btstat temp\b|\bctl temp\b|\bcontrol temp\b|\bwall temp\b/,
    "what the thermostat on the wall measures",
    { priority: 57, confidence: 0.8, not: [NOT_THE_ROOM] },
  ],
  [
    "space-sensor",
    "space-temp",
    /\bspace sensor\b|\btstat sensor\b/,
    "a sensor of the room, and nothing else is said of it",
    { priority: 58, confidence: 0.5, not: [NOT_THE_ROOM, /\b(?:occ|humidity|co2|flow|motion|light)\b/] },
  ],
  [
    "temperature-of-a-zone",
    "space-temp",
    /^(?:space )?(?:effective )?(?:temp)$/,
    "equipment of one zone whose temperature is not said to be that of any air stream",
    { priority: 59, confidence: 0.6, types: BOXES_AND_ROOMS },
  ],
  [
    "supply-temperature",
    "discharge-air-temp",
    /\bsupply(?: fan)? temp\b/,
    "equipment that gives air, whose supply is not said to be water",
    { priority: 51, confidence: 0.8, types: AIR_EQUIPMENT, not: [/\breturn\b/] },
  ],
  [
    "return-temperature",
    "return-air-temp",
    /\breturn(?: fan)? temp\b/,
    "equipment that gives air, whose return is not said to be water",
    { priority: 51, confidence: 0.8, types: AIR_EQUIPMENT, not: [/\bsupply\b/] },
  ],
  [
    "supply-temperature-short",
    "discharge-air-temp",
    /^(?:unit )?(?:off coil|lvg|fan) temp$/,
    "air behind the coil of an air handler",
    { priority: 60, confidence: 0.6, types: AIR_HANDLER_TYPES },
  ],
]);
