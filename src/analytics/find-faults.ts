import { AIR_HANDLER_RULES } from "./air-handler-rules.ts";
import type { EquipmentRows } from "./equipment-rows.ts";
import { dischargeOff, fanDisagrees, fanOff, simultaneousAirHandler } from "./fault-air-handler.ts";
import { leakingDamper, poorFlowTracking, starvedBox } from "./fault-airflow.ts";
import { FaultBench, type FaultSettings } from "./fault-bench.ts";
import { stuckDamper } from "./fault-damper.ts";
import { coldReheat, leakingReheat, reheatWaste, simultaneousZone } from "./fault-reheat.ts";
import type { FaultFound, FaultRule, FindingRule, FindingSeverity } from "./fault-rule.ts";
import { coldZone, hotZone, keptWarm, lowDischargeAir, noSetpoint } from "./fault-zone.ts";
import { ZONE_RULES } from "./zone-rules.ts";

type Judge = (bench: FaultBench) => FaultFound | undefined;

const ZONE: readonly (readonly [FaultRule, Judge])[] = [
  [ZONE_RULES.starved, starvedBox],
  [ZONE_RULES.stuck, stuckDamper],
  [ZONE_RULES.leak, leakingDamper],
  [ZONE_RULES.coldReheat, coldReheat],
  [ZONE_RULES.simultaneous, simultaneousZone],
  [ZONE_RULES.reheatLeak, leakingReheat],
  [ZONE_RULES.reheatWaste, reheatWaste],
  [ZONE_RULES.lowDischarge, lowDischargeAir],
  [ZONE_RULES.hot, hotZone],
  [ZONE_RULES.cold, coldZone],
  [ZONE_RULES.tracking, poorFlowTracking],
  [ZONE_RULES.keptWarm, (bench) => keptWarm(bench)],
  [ZONE_RULES.noSetpoint, noSetpoint],
];
const AIR_HANDLER: readonly (readonly [FaultRule, Judge])[] = [
  [AIR_HANDLER_RULES.fanDisagrees, fanDisagrees],
  [AIR_HANDLER_RULES.fanOff, fanOff],
  [AIR_HANDLER_RULES.simultaneous, simultaneousAirHandler],
  [AIR_HANDLER_RULES.discharge, dischargeOff],
];

/** Findings that say why the airflow is off: beside one of them that it is off needs no saying. */
const SAY_WHY: readonly FindingRule[] = ["starved-box", "damper-stuck", "damper-leak"];
const ORDER: readonly FindingSeverity[] = ["critical", "warning", "note"];

/** What is wrong with a zone and its box, the gravest first. Nothing known, nothing found. */
export function zoneFaults(rows: EquipmentRows, settings: FaultSettings = {}): FaultFound[] {
  const found = judged(ZONE, new FaultBench(rows, settings));
  const explained = found.some(({ rule }) => SAY_WHY.includes(rule));
  return explained ? found.filter(({ rule }) => rule !== "poor-flow-tracking") : found;
}

/** What is wrong with an air handler or a roof-top unit, the gravest first; see also `shortCycling`. */
export function airHandlerFaults(rows: EquipmentRows, settings: FaultSettings = {}): FaultFound[] {
  return judged(AIR_HANDLER, new FaultBench(rows, settings));
}

function judged(judges: readonly (readonly [FaultRule, Judge])[], bench: FaultBench): FaultFound[] {
  const found = judges
    .filter(([rule]) => rule.needs.every((input) => bench.has(input)))
    .map(([, judge]) => judge(bench))
    .filter((one) => one !== undefined);
  return found.sort((a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity));
}
