import { AIR_HANDLER_RULES } from "./air-handler-rules.ts";
import type { FaultRule } from "./fault-rule.ts";
import { SENSOR_RULES } from "./sensor-rules.ts";
import { ZONE_RULES } from "./zone-rules.ts";

/** Every rule, in the order of the guide. */
export const FAULT_RULES: readonly FaultRule[] = [
  ...Object.values(ZONE_RULES),
  ...Object.values(AIR_HANDLER_RULES),
  ...Object.values(SENSOR_RULES),
];
