import type { Role } from "./role.ts";
import type { RoleRule } from "./role-rule.ts";

const TEMPERATURE = ["temperature"];
const FLOW = ["flow"];
const POSITION = ["ratio", "voltage", "angle"];
const PRESSURE = ["pressure"];
const AIR_STREAMS = ["discharge", "supply", "return", "mixed", "outside", "exhaust"];

/** Tags that are all there, those that must not be, and the unit that goes with them. */
type TagRow = readonly [role: Role, all: string, more?: { readonly none?: readonly string[]; readonly dimensions?: readonly string[] }];

const temperature = { dimensions: TEMPERATURE };
const sensed = { none: ["sp", "cmd"], dimensions: TEMPERATURE };
const room = { none: ["sp", "cmd", "delta", ...AIR_STREAMS], dimensions: TEMPERATURE };

/** The more tags a row names, the sooner it is tried: among equals the first. */
const ROWS: readonly TagRow[] = [
  ["unoccupied-heating-setpoint", "zone unocc heating sp", temperature],
  ["unoccupied-cooling-setpoint", "zone unocc cooling sp", temperature],
  ["occupied-heating-setpoint", "zone occ heating sp", temperature],
  ["occupied-cooling-setpoint", "zone occ cooling sp", temperature],
  ["effective-heating-setpoint", "zone effective heating sp", temperature],
  ["effective-cooling-setpoint", "zone effective cooling sp", temperature],
  ["effective-heating-setpoint", "zone temp heating sp", temperature],
  ["effective-cooling-setpoint", "zone temp cooling sp", temperature],
  ["effective-setpoint", "zone temp effective sp", temperature],
  ["effective-setpoint", "zone temp sp", temperature],
  ["space-temp", "zone air temp sensor", room],
  ["space-temp", "zone temp sensor", room],
  ["space-temp", "zone temp", room],
  ["space-humidity", "zone humidity", { none: ["sp", "cmd", ...AIR_STREAMS], dimensions: ["ratio"] }],
  ["space-co2", "zone co2", { none: ["sp", "cmd", ...AIR_STREAMS], dimensions: ["concentration"] }],
  ["min-flow-setpoint", "air flow min sp", { dimensions: FLOW }],
  ["max-flow-setpoint", "air flow max sp", { dimensions: FLOW }],
  ["flow-setpoint", "air flow sp", { dimensions: FLOW }],
  ["flow", "discharge air flow sensor", { dimensions: FLOW }],
  ["flow", "air flow", { none: ["sp", "cmd", "return", "outside", "exhaust"], dimensions: FLOW }],
  ["outdoor-air-damper", "outside damper", { dimensions: POSITION }],
  ["damper-command", "damper cmd", { none: ["outside", "return", "exhaust"], dimensions: POSITION }],
  ["damper-position", "damper sensor", { none: ["outside", "return", "exhaust", "cmd"], dimensions: POSITION }],
  ["damper-position", "damper", { none: ["outside", "return", "exhaust", "cmd", "sp"], dimensions: POSITION }],
  ["reheat-stage", "reheat stage"],
  ["reheat-command", "reheat cmd", { none: ["valve"], dimensions: POSITION }],
  ["reheat", "reheat", { none: ["sp", "stage"], dimensions: POSITION }],
  ["heating-valve", "heating valve", { none: ["sp"], dimensions: POSITION }],
  ["heating-valve", "hot water valve", { none: ["sp"], dimensions: POSITION }],
  ["cooling-valve", "cooling valve", { none: ["sp"], dimensions: POSITION }],
  ["cooling-valve", "chilled water valve", { none: ["sp"], dimensions: POSITION }],
  ["discharge-air-setpoint", "discharge air temp sp", temperature],
  ["discharge-air-temp", "discharge air temp", sensed],
  ["discharge-air-temp", "supply air temp", sensed],
  ["return-air-temp", "return air temp", sensed],
  ["mixed-air-temp", "mixed air temp", sensed],
  ["outdoor-air-temp", "outside air temp", sensed],
  ["duct-pressure-setpoint", "discharge air pressure sp", { dimensions: PRESSURE }],
  ["duct-pressure-setpoint", "duct pressure sp", { dimensions: PRESSURE }],
  ["duct-pressure", "discharge air pressure", { none: ["sp", "cmd"], dimensions: PRESSURE }],
  ["duct-pressure", "duct pressure", { none: ["sp", "cmd"], dimensions: PRESSURE }],
  ["fan-speed", "fan speed", { none: ["sp"] }],
  ["fan-status", "fan run sensor"],
  ["fan-command", "fan run cmd"],
  ["fan-command", "fan enable cmd"],
  ["fan-status", "fan sensor", { none: ["speed", "cmd"] }],
  ["fan-command", "fan cmd", { none: ["speed"] }],
  ["compressor-status", "compressor sensor"],
  ["compressor-command", "compressor cmd"],
  ["heating-command", "heating cmd", { none: ["valve", "reheat", "sp"] }],
  ["cooling-command", "cooling cmd", { none: ["valve", "sp"] }],
  ["occupancy", "occ", { none: ["temp", "heating", "cooling", "flow", "humidity", "co2", "standby"] }],
  ["power", "elec power", { none: ["sp"], dimensions: ["power"] }],
];

const PRIORITY = 10;
const CONFIDENCE = 0.95;

/** Rules about markers of the Haystack vocabulary: what its owner tagged says more than what it is called. */
export const TAG_RULES: readonly RoleRule[] = ROWS.map(([role, all, more]) => {
  const tagsAll = all.split(" ");
  return {
    name: `tags-${tagsAll.join("-")}`,
    role,
    priority: PRIORITY - tagsAll.length,
    patterns: [],
    tagsAll,
    ...(more?.none && { tagsNone: more.none }),
    ...(more?.dimensions && { dimensions: more.dimensions }),
    confidence: CONFIDENCE,
    reason: "who tagged a point knows what it is",
  };
});
