import { nameRules } from "./name-rule.ts";
import { ZONE_TYPES } from "./role.ts";
import type { RoleRule } from "./role-rule.ts";

const NOT_A_VALUE =
  /\b(?:offset|deadband|limit|high|low|min|max|alarm|differential|difference|lockout|reset|override|status|command|mode|enable|pid|span|delay|time)\b/;
const NOT_THE_ROOM =
  /\b(?:hw|chw|water|flow|pressure|static|humidity|co2|speed|fan|damper|valve|discharge|supply|return|mixed|outdoor|exhaust|preheat|duct|economizer|power|demand|coil|tank|dew|enthalpy|frequency)\b/;
const DIRECT = "(?:(?:effective|base|common|space|temp|user|local|bas|current) )*";

/** What the temperature of a room should be. */
export const SETPOINT_RULES: readonly RoleRule[] = nameRules({ not: [NOT_A_VALUE, NOT_THE_ROOM], dimensions: ["temperature"] }, [
  [
    "unoccupied-heating-setpoint",
    "unoccupied-heating-setpoint",
    /(?=.*\b(?:unocc|night)\b)(?=.*\bheating\b)(?=.*\bsp\b)/,
    "the heating setpoint of hours in which nobody is there",
    { priority: 40 },
  ],
  [
    "unoccupied-cooling-setpoint",
    "unoccupied-cooling-setpoint",
    /(?=.*\b(?:unocc|night)\b)(?=.*\bcooling\b)(?=.*\bsp\b)/,
    "the cooling setpoint of hours in which nobody is there",
    { priority: 40 },
  ],
  [
    "occupied-heating-setpoint",
    "occupied-heating-setpoint",
    /(?=.*\b(?:occ|day)\b)(?=.*\bheating\b)(?=.*\bsp\b)/,
    "the heating setpoint of hours in which somebody is there",
    { priority: 42, not: [/\b(?:unocc|night|standby)\b/] },
  ],
  [
    "occupied-cooling-setpoint",
    "occupied-cooling-setpoint",
    /(?=.*\b(?:occ|day)\b)(?=.*\bcooling\b)(?=.*\bsp\b)/,
    "the cooling setpoint of hours in which somebody is there",
    { priority: 42, not: [/\b(?:unocc|night|standby)\b/] },
  ],
  [
    "effective-heating-setpoint",
    "effective-heating-setpoint",
    /(?=.*\beffective\b)(?=.*\bheating\b)(?=.*\bsp\b)/,
    "the heating setpoint in effect",
    { priority: 44, not: [/\b(?:occ|unocc|night|day|standby|cooling)\b/] },
  ],
  [
    "effective-cooling-setpoint",
    "effective-cooling-setpoint",
    /(?=.*\beffective\b)(?=.*\bcooling\b)(?=.*\bsp\b)/,
    "the cooling setpoint in effect",
    { priority: 44, not: [/\b(?:occ|unocc|night|day|standby|heating)\b/] },
  ],
  [
    "heating-setpoint",
    "effective-heating-setpoint",
    /\bheating(?: temp| space| space temp)? sp\b|\bsp heating\b/,
    "a heating setpoint that is not said to be of certain hours",
    { priority: 46, confidence: 0.75, not: [/\b(?:occ|unocc|night|day|standby|stage|cooling)\b/] },
  ],
  [
    "cooling-setpoint",
    "effective-cooling-setpoint",
    /\bcooling(?: temp| space| space temp)? sp\b|\bsp cooling\b/,
    "a cooling setpoint that is not said to be of certain hours",
    { priority: 46, confidence: 0.75, not: [/\b(?:occ|unocc|night|day|standby|stage|heating)\b/] },
  ],
  [
    "effective-setpoint",
    "effective-setpoint",
    new RegExp(`\\beffective ${DIRECT}sp\\b|\\bsp effective\\b`),
    "the setpoint in effect",
    { priority: 47, not: [/\b(?:heating|cooling|occ|unocc|night|day|standby|stage)\b/] },
  ],
  [
    "space-setpoint",
    "effective-setpoint",
    new RegExp(`\\bspace ${DIRECT}sp\\b|\\bspace(?: \\p{L}+){0,2} temp(?: \\p{L}+)? sp\\b|\\bsp space(?: temp)?\\b`, "u"),
    "a setpoint names what is wanted, not what is",
    { priority: 48, confidence: 0.85, not: [/\b(?:heating|cooling|occ|unocc|night|day|standby|stage)\b/] },
  ],
  [
    "plain-setpoint",
    "effective-setpoint",
    new RegExp(`^${DIRECT}sp$|\\btemp sp\\b|\\b(?:thumbwheel|tstat|common|base)(?: temp)? sp\\b`),
    "equipment of one zone with a setpoint that is not said to be of anything else",
    { priority: 49, confidence: 0.65, types: [...ZONE_TYPES, "other"], not: [/\b(?:heating|cooling|occ|unocc|night|day|standby|stage)\b/] },
  ],
]);
