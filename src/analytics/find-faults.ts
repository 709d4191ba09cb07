import type { EquipmentRows } from "./equipment-rows.ts";
import { dischargeOff, fanDisagrees, fanOff, simultaneousAirHandler } from "./fault-air-handler.ts";
import { leakingDamper, poorFlowTracking, starvedBox } from "./fault-airflow.ts";
import { FaultBench, type FaultSettings } from "./fault-bench.ts";
import { stuckDamper } from "./fault-damper.ts";
import { coldReheat, leakingReheat, reheatWaste, simultaneousZone } from "./fault-reheat.ts";
import type { FaultFound, FindingRule, FindingSeverity } from "./fault-rule.ts";
import { coldZone, hotZone, keptWarm, lowDischargeAir, noSetpoint } from "./fault-zone.ts";

type Judge = (bench: FaultBench) => FaultFound | undefined;

const ZONE: readonly Judge[] = [
  starvedBox,
  stuckDamper,
  leakingDamper,
  coldReheat,
  simultaneousZone,
  leakingReheat,
  reheatWaste,
  lowDischargeAir,
  hotZone,
  coldZone,
  poorFlowTracking,
  (bench) => keptWarm(bench),
  noSetpoint,
];
const AIR_HANDLER: readonly Judge[] = [fanDisagrees, fanOff, simultaneousAirHandler, dischargeOff];

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

function judged(judges: readonly Judge[], bench: FaultBench): FaultFound[] {
  const found = judges.map((judge) => judge(bench)).filter((one) => one !== undefined);
  return found.sort((a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity));
}
