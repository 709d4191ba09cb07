import { nameRules } from "./name-rule.ts";
import type { RoleRule } from "./role-rule.ts";

const BOXES = ["vav", "fpb", "fcu", "zone", "other"] as const;
const NOT_A_POSITION =
  /\b(?:alarm|limit|offset|min|max|high|low|override|close|mode|time|lockout|flow|temp|pressure|isolation|fire|smoke|bypass)\b/;
const OTHER_AIR = /\b(?:return|exhaust|relief|outdoor|mixed|economizer|vent)\b/;
const POSITION = ["ratio", "voltage", "angle"];

/** Dampers and what heats or cools through a valve or stages. */
export const OUTPUT_RULES: readonly RoleRule[] = nameRules({ not: [NOT_A_POSITION], dimensions: POSITION }, [
  [
    "outdoor-air-damper",
    "outdoor-air-damper",
    /\b(?:outdoor(?: air)?|mixed(?: air)?|economizer)(?: \p{L}+)? damper\b/u,
    "the damper that lets outdoor air in is not that of a box",
    { not: [/\b(?:return|exhaust|relief)\b/] },
  ],
  [
    "damper-command",
    "damper-command",
    /\bdamper(?: \p{L}+)? (?:command|sp|demand|pid|control)\b|\bcommand damper\b/u,
    "where the damper is told to go, not where it is",
    { not: [OTHER_AIR] },
  ],
  [
    "damper-position",
    "damper-position",
    /\bdamper(?: \p{L}+)? (?:position|feedback|status)\b|\bposition damper\b/u,
    "where the damper is",
    { not: [OTHER_AIR, /\b(?:command|sp)\b/] },
  ],
  [
    "damper-plain",
    "damper-position",
    /\bdamper$|^damper\b/,
    "a damper, and nothing says whether it is told or measured",
    { priority: 60, confidence: 0.7, not: [OTHER_AIR, /\b(?:command|sp|demand|pid|control)\b/] },
  ],
  [
    "reheat-stage",
    "reheat-stage",
    /\b(?:reheat|rh)(?: \p{L}+)? stage\b|\bstage(?: \p{L}+)? reheat\b/u,
    "one stage of a reheat coil",
    { priority: 44 },
  ],
  [
    "electric-heat-stage",
    "reheat-stage",
    /\bheating(?: \p{L}+)? stage\b|\bstage heating\b|\belectric heating\b/u,
    "a stage of heat in a box is its reheat",
    { priority: 45, confidence: 0.8, types: BOXES, not: [/\bsp\b/] },
  ],
  [
    "reheat-command",
    "reheat-command",
    /\b(?:reheat|rh)(?: coil| valve)? (?:command|demand|pid)\b|\breheat(?: \p{L}+)? (?:command|demand|pid)\b/u,
    "what the reheat is told to give",
    { priority: 48, confidence: 0.85, not: [/\bhumidity\b/, /\brh valve\b/] },
  ],
  ["reheat", "reheat", /\breheat\b|\brh (?:valve|coil|position)\b/, "the reheat of a box", { priority: 52, not: [/\b(?:sp|stage)\b/] }],
  [
    "heating-valve",
    "heating-valve",
    /\b(?:heating|preheat|hw|boiler|radiation)(?: \p{L}+)? valve\b|\bvalve(?: \p{L}+)? (?:heating|hw)\b/u,
    "a valve that heats; it is reheat only where the name says so",
    { priority: 53, not: [/\b(?:sp|cooling|chw)\b/] },
  ],
  [
    "cooling-valve",
    "cooling-valve",
    /\b(?:cooling|chw|cw)(?: \p{L}+)? valve\b|\bvalve(?: \p{L}+)? (?:cooling|chw)\b/u,
    "a valve that cools",
    { priority: 53, not: [/\b(?:sp|heating|hw)\b/] },
  ],
  [
    "radiation",
    "heating-valve",
    /\bradiation(?: command| position)?$/,
    "the heat along the wall, which a valve gives",
    { priority: 54, confidence: 0.7 },
  ],
  [
    "heating-command",
    "heating-command",
    /\bheating(?: effective)?(?: pid)?(?: \p{L}+)? (?:command|demand|pid|percent)\b|\bheating (?:stage|pid|command)\b/u,
    "how much heat is called for",
    { priority: 55, not: [/\b(?:sp|avg|hw|request|fan)\b/] },
  ],
  [
    "cooling-command",
    "cooling-command",
    /\bcooling(?: effective)?(?: pid)?(?: \p{L}+)? (?:command|demand|pid|percent)\b|\bcooling (?:pid|command)\b/u,
    "how much cold is called for",
    { priority: 55, not: [/\b(?:sp|avg|chw|request|stage|fan)\b/] },
  ],
  [
    "heating-plain",
    "heating-command",
    /^(?:space )?heating$/,
    "heat, and nothing says whether it is called for or given",
    { priority: 60, confidence: 0.6, types: BOXES },
  ],
  [
    "cooling-plain",
    "cooling-command",
    /^(?:space )?cooling$/,
    "cold, and nothing says whether it is called for or given",
    { priority: 60, confidence: 0.6, types: BOXES },
  ],
]);
