import { above, below, type FaultBench } from "./fault-bench.ts";
import { type FaultWords, foundBy, middleOf, whole } from "./fault-found.ts";
import type { FaultFound } from "./fault-rule.ts";
import { FAULT, FINE, SPARED, UNKNOWN } from "./fault-runs.ts";
import { ZONE_RULES } from "./zone-rules.ts";

/** A damper that is full open and gets far less air than is asked for. */
export function starvedBox(bench: FaultBench): FaultFound | undefined {
  const rule = ZONE_RULES.starved;
  const flow = bench.of("flow");
  const wanted = bench.of("flow-setpoint");
  const byPosition = bench.has("damper-position");
  const damper = bench.of(byPosition ? "damper-position" : "damper-command");
  const knowsDamper = byPosition || bench.has("damper-command");
  const [low, open, veryLow] = [bench.limit(rule, "low") / 100, bench.limit(rule, "open"), bench.limit(rule, "veryLow") / 100];
  const state = bench.state((i) => {
    const [air, setpoint] = [flow[i] as number, wanted[i] as number];
    if (Number.isNaN(air) || Number.isNaN(setpoint) || (knowsDamper && Number.isNaN(damper[i]))) return UNKNOWN;
    if (!(setpoint > 0)) return SPARED;
    return below(air, low * setpoint) && (!knowsDamper || !below(damper[i] as number, open)) ? FAULT : FINE;
  });
  const words = (rows: readonly number[]): FaultWords => {
    const ratio = middleOf(rows, (i) => (flow[i] as number) / (wanted[i] as number));
    const numbers = { ratio, flow: middleOf(rows, (i) => flow[i] as number), setpoint: middleOf(rows, (i) => wanted[i] as number) };
    const sentence = knowsDamper ? `Damper full open, gets ${shareOfAir(ratio)}` : `Gets ${shareOfAir(ratio)}`;
    return { sentence, numbers, critical: below(ratio, veryLow) };
  };
  return foundBy(bench, { rule, state, words });
}

function shareOfAir(ratio: number): string {
  if (ratio < 0.05) return "next to no air";
  if (ratio >= 0.45 && ratio <= 0.55) return "half its air";
  if (ratio >= 0.3 && ratio <= 0.36) return "a third of its air";
  return `${whole(100 * ratio)} % of its air`;
}

/** An airflow away from its setpoint by more than the tolerance. */
export function poorFlowTracking(bench: FaultBench): FaultFound | undefined {
  const flow = bench.of("flow");
  const wanted = bench.of("flow-setpoint");
  const state = bench.state((i) => {
    const [air, setpoint] = [flow[i] as number, wanted[i] as number];
    if (Number.isNaN(air) || Number.isNaN(setpoint)) return UNKNOWN;
    return above(Math.abs(air - setpoint), bench.flowTolerance(setpoint)) ? FAULT : FINE;
  });
  const words = (rows: readonly number[]): FaultWords => {
    const [air, setpoint] = [middleOf(rows, (i) => flow[i] as number), middleOf(rows, (i) => wanted[i] as number)];
    const unit = bench.rows.flowUnit;
    return { sentence: `Airflow ${whole(air)} of ${whole(setpoint)} ${unit}`, numbers: { flow: air, setpoint } };
  };
  return foundBy(bench, { rule: ZONE_RULES.tracking, state, words });
}

/** Air through a damper that is closed. */
export function leakingDamper(bench: FaultBench): FaultFound | undefined {
  const rule = ZONE_RULES.leak;
  const damper = bench.of("damper-position");
  const flow = bench.of("flow");
  const largest = largestFlow(bench);
  const [closed, share] = [bench.limit(rule, "closed"), bench.limit(rule, "flow") / 100];
  const state = bench.state((i) => {
    if (Number.isNaN(damper[i]) || Number.isNaN(flow[i]) || Number.isNaN(largest)) return UNKNOWN;
    return !above(damper[i] as number, closed) && above(flow[i] as number, share * largest) ? FAULT : FINE;
  });
  const words = (rows: readonly number[]): FaultWords => {
    const air = middleOf(rows, (i) => flow[i] as number);
    return { sentence: `Damper closed, lets ${whole(air)} ${bench.rows.flowUnit} through`, numbers: { flow: air, largest } };
  };
  return foundBy(bench, { rule, state, words });
}

/** The largest airflow of a box: its maximum, else the largest it was ever asked for. */
function largestFlow(bench: FaultBench): number {
  const input = bench.has("max-flow-setpoint") ? "max-flow-setpoint" : "flow-setpoint";
  let largest = Number.NaN;
  for (const value of bench.of(input)) if (value > 0 && !(value <= largest)) largest = value;
  return largest;
}
