import { nameRules } from "./name-rule.ts";
import type { RoleRule } from "./role-rule.ts";

const NOT_AIR = /\b(?:hw|chw|water|gas|steam|gpm|btu|condenser|power)\b/;
const NOT_A_VALUE =
  /\b(?:alarm|status|switch|loss|limit|offset|coefficient|factor|mode|calibration|k|enable|high|low|error|percent|total|avg)\b/;
const NOT_THE_BOX = /\b(?:return|exhaust|outdoor|mixed|relief|ventilation|vent|fan)\b/;

/** Air that flows and what should flow. */
export const AIRFLOW_RULES: readonly RoleRule[] = [
  ...nameRules({ not: [NOT_AIR, NOT_A_VALUE, NOT_THE_BOX], dimensions: ["flow"] }, [
    [
      "minimum-flow-setpoint",
      "min-flow-setpoint",
      /(?=.*\bmin\b)(?=.*\bflow\b)/,
      "the least air the box may give is a setpoint, not what flows",
      { priority: 30, not: [/\b(?:max|unocc|standby|heating)\b/] },
    ],
    [
      "minimum-flow-setpoint-heating",
      "min-flow-setpoint",
      /(?=.*\bmin\b)(?=.*\bflow\b)/,
      "the least air the box may give at certain times is a setpoint, not what flows",
      { priority: 31, confidence: 0.7, not: [/\bmax\b/] },
    ],
    [
      "maximum-flow-setpoint",
      "max-flow-setpoint",
      /(?=.*\bmax\b)(?=.*\bflow\b)/,
      "the most air the box may give is a setpoint, not what flows",
      { priority: 30, not: [/\b(?:min|unocc|standby|heating)\b/] },
    ],
    [
      "maximum-flow-setpoint-heating",
      "max-flow-setpoint",
      /(?=.*\bmax\b)(?=.*\bflow\b)/,
      "the most air the box may give at certain times is a setpoint, not what flows",
      { priority: 31, confidence: 0.7, not: [/\bmin\b/] },
    ],
    [
      "flow-setpoint",
      "flow-setpoint",
      /\bflow(?: \p{L}+)? sp\b|\bsp(?: \p{L}+)? flow\b/u,
      "a setpoint names the air that is wanted, not what flows",
      { priority: 32, not: [/\b(?:heating|cooling|occ|unocc|standby)\b/] },
    ],
    [
      "flow-setpoint-of-hours",
      "flow-setpoint",
      /\bflow(?: \p{L}+)? sp\b|\bsp(?: \p{L}+)? flow\b|\b(?:heating|cooling|occ|unocc|standby)(?: \p{L}+)? flow sp\b/u,
      "a flow setpoint of certain times",
      { priority: 33, confidence: 0.6 },
    ],
    [
      "flow",
      "flow",
      /\b(?:supply|discharge(?: air)?|effective|primary(?: air)?|inlet|space) flow\b|\bflow (?:effective|sensor|space)\b/,
      "the air that flows into the zone",
      { priority: 34, not: [/\b(?:sp|min|max|command|demand)\b/] },
    ],
    [
      "flow-plain",
      "flow",
      /^(?:\p{L}+ )?flow(?: \p{L}+)?$/u,
      "an airflow that is not said to be any other",
      { priority: 36, confidence: 0.8, not: [/\b(?:sp|min|max|command|demand|heating|cooling|occ|unocc|standby|supply|discharge)\b/] },
    ],
  ]),
];

const NOT_DUCT =
  /\b(?:building|bldg|hw|chw|water|differential|space|filter|return|exhaust|alarm|limit|status|high|low|switch|offset|reset|condenser|suction|gas|steam|velocity|opt|optimization|min|max|position|command|demand)\b/;

/** Pressure in the duct. */
export const PRESSURE_RULES: readonly RoleRule[] = nameRules({ not: [NOT_DUCT], dimensions: ["pressure"] }, [
  [
    "duct-pressure-setpoint",
    "duct-pressure-setpoint",
    /\b(?:duct|discharge(?: air)?|supply(?: air)?)(?: duct)? (?:static )?(?:pressure|static)(?: \p{L}+)? sp\b|\bduct sp\b|\bstatic(?: pressure)? sp\b/u,
    "a setpoint names the pressure that is wanted",
    { priority: 30 },
  ],
  [
    "duct-pressure",
    "duct-pressure",
    /\b(?:duct|discharge(?: air)?|supply(?: air)?)(?: duct)? (?:static )?(?:pressure|static)\b|\bstatic pressure\b/,
    "the pressure in the supply duct",
    { priority: 34, not: [/\bsp\b/] },
  ],
]);
