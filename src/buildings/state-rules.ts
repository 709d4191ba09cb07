import { nameRules } from "./name-rule.ts";
import type { RoleRule } from "./role-rule.ts";

const NOT_A_STATE =
  /\b(?:alarm|limit|offset|sp|delay|runtime|run time|hours|temp|pressure|flow|mode|override|lockout|minimum|maintenance|reset)\b/;
const SECOND_FAN = /\b(?:return|exhaust|relief|condenser|booster)\b/;
const STATE = ["ratio"];

/** Fans, compressors, occupancy, and what else the room tells. */
export const STATE_RULES: readonly RoleRule[] = [
  ...nameRules({ not: [NOT_A_STATE], dimensions: ["ratio", "frequency", "rotation", "voltage"] }, [
    [
      "fan-speed",
      "fan-speed",
      /\bfan(?: \p{L}+){0,2} speed\b|\bfan vfd(?: speed)?(?: command)?$/u,
      "how fast the fan turns",
      { priority: 40, not: [SECOND_FAN] },
    ],
    [
      "second-fan-speed",
      "fan-speed",
      /\bfan(?: \p{L}+){0,2} speed\b|\bfan vfd$/u,
      "how fast another fan of the unit turns",
      { priority: 41, confidence: 0.6 },
    ],
  ]),
  ...nameRules({ not: [NOT_A_STATE], dimensions: STATE }, [
    [
      "fan-status",
      "fan-status",
      /\bfan(?: \p{L}+){0,2} (?:status|feedback|run|running)\b/u,
      "that the fan runs, not that it is told to",
      { not: [SECOND_FAN, /\bcommand\b/] },
    ],
    [
      "second-fan-status",
      "fan-status",
      /\bfan(?: \p{L}+){0,2} (?:status|feedback|run|running)\b/u,
      "that another fan of the unit runs",
      { priority: 51, confidence: 0.6, not: [/\bcommand\b/] },
    ],
    [
      "fan-command",
      "fan-command",
      /\bfan(?: \p{L}+){0,2} command\b/u,
      "that the fan is told to run",
      { priority: 52, not: [SECOND_FAN, /\bspeed\b/] },
    ],
    [
      "second-fan-command",
      "fan-command",
      /\bfan(?: \p{L}+){0,2} command\b/u,
      "that another fan of the unit is told to run",
      { priority: 53, confidence: 0.6, not: [/\bspeed\b/] },
    ],
    [
      "fan-plain",
      "fan-status",
      /^(?:supply )?fan$/,
      "a fan, and nothing says whether it is told or measured",
      { priority: 60, confidence: 0.5 },
    ],
    [
      "compressor-status",
      "compressor-status",
      /\bcompressor(?: stage)?(?: \p{L}+)? status\b|\b(?:dx|cooling)(?: stage)? status\b|^stage status$/u,
      "that the compressor runs",
      { not: [/\bheating\b/] },
    ],
    [
      "compressor-command",
      "compressor-command",
      /\bcompressor(?: stage)?(?: \p{L}+)? command\b|\b(?:dx|cooling) stage(?: command)?\b|\bdx(?: cooling)?(?: stage)? command\b|^stage command$|^compressor stage$/u,
      "that the compressor is told to run",
      { priority: 52, not: [/\b(?:heating|status)\b/] },
    ],
    [
      "compressor-plain",
      "compressor-status",
      /^(?:compressor|dx cooling)$/,
      "a compressor, and nothing says whether it is told or measured",
      { priority: 60, confidence: 0.5 },
    ],
  ]),
  ...nameRules(
    {
      not: [/\b(?:sp|heating|cooling|flow|temp|offset|delay|time|differential|difference|fan|min|max|command unocc|damper|humidity|co2)\b/],
      dimensions: STATE,
    },
    [
      [
        "occupancy",
        "occupancy",
        /\bocc(?: \p{L}+)? (?:status|command|mode|sensor|schedule)\b|\b(?:space|effective) occ\b|\bocc effective\b/u,
        "whether somebody is expected to be there",
      ],
      [
        "occupancy-plain",
        "occupancy",
        /^(?:\p{L}+ )?occ(?: \p{L}+){0,3}$/u,
        "whether somebody is expected to be there",
        { priority: 58, confidence: 0.8, not: [/\b(?:alarm|standby|override)\b/] },
      ],
    ],
  ),
];

const NOT_ROOM_AIR =
  /\b(?:return|discharge|supply|mixed|outdoor|exhaust|sp|limit|alarm|offset|high|low|differential|status|valve|command|min|max|reset)\b/;

/** Air of the room beside its temperature, and electric power. */
export const ROOM_RULES: readonly RoleRule[] = [
  ...nameRules({ not: [NOT_ROOM_AIR], dimensions: ["ratio"] }, [
    [
      "space-humidity",
      "space-humidity",
      /\bspace(?: \p{L}+)? (?:humidity|rh)\b|\bhumidity(?: \p{L}+)? space\b/u,
      "the humidity of the room itself",
    ],
    [
      "humidity-of-a-zone",
      "space-humidity",
      /^(?:humidity|rh)$/,
      "equipment of one zone whose humidity is not said to be that of any air stream",
      { priority: 58, confidence: 0.6, types: ["vav", "fpb", "fcu", "zone", "other"] },
    ],
  ]),
  ...nameRules({ not: [NOT_ROOM_AIR], dimensions: ["concentration"] }, [
    ["space-co2", "space-co2", /\bspace(?: \p{L}+)? co2\b|\bco2(?: \p{L}+)? space\b/u, "the carbon dioxide in the room itself"],
    [
      "co2-of-a-zone",
      "space-co2",
      /^co2(?: \p{L}+)?$/u,
      "equipment of one zone whose CO₂ is not said to be that of any air stream",
      { priority: 58, confidence: 0.7, types: ["vav", "fpb", "fcu", "zone", "other"] },
    ],
  ]),
  ...nameRules(
    { not: [/\b(?:factor|alarm|loss|limit|sp|reset|emergency|status|supply|command|high|low|apparent|reactive)\b/], dimensions: ["power"] },
    [["power", "power", /\bpower\b/, "electric power", { priority: 60, confidence: 0.8 }]],
  ),
];
