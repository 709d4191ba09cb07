import { AIR_HANDLER_RULES } from "./air-handler-rules.ts";
import { above, type FaultBench } from "./fault-bench.ts";
import { type FaultWords, foundBy, middleOf, tenth, whole } from "./fault-found.ts";
import type { FaultFound } from "./fault-rule.ts";
import { FAULT, FINE, SPARED, UNKNOWN } from "./fault-runs.ts";

/** Heating and cooling valve open at once. */
export function simultaneousAirHandler(bench: FaultBench): FaultFound | undefined {
  const rule = AIR_HANDLER_RULES.simultaneous;
  const [heating, cooling, open] = [bench.of("heating-valve"), bench.of("cooling-valve"), bench.limit(rule, "open")];
  const state = bench.state((i) => {
    if (Number.isNaN(heating[i]) || Number.isNaN(cooling[i])) return UNKNOWN;
    return above(heating[i] as number, open) && above(cooling[i] as number, open) ? FAULT : FINE;
  });
  const words = (rows: readonly number[]): FaultWords => {
    const numbers = { heatingPct: middleOf(rows, (i) => heating[i] as number), coolingPct: middleOf(rows, (i) => cooling[i] as number) };
    return { sentence: `Heats at ${whole(numbers.heatingPct)} % and cools at ${whole(numbers.coolingPct)} % at once`, numbers };
  };
  return foundBy(bench, { rule, state, words });
}

/** Discharge air away from its setpoint while the fan runs. */
export function dischargeOff(bench: FaultBench): FaultFound | undefined {
  const rule = AIR_HANDLER_RULES.discharge;
  const [discharge, wanted, band] = [bench.of("discharge-air-temp"), bench.of("discharge-air-setpoint"), bench.limit(rule, "band")];
  const off = (i: number): number => (discharge[i] as number) - (wanted[i] as number);
  const state = bench.state((i) => (Number.isNaN(off(i)) ? UNKNOWN : above(Math.abs(off(i)), band) ? FAULT : FINE));
  const words = (rows: readonly number[]): FaultWords => {
    const degrees = middleOf(rows, off);
    const way = degrees < 0 ? "below" : "above";
    return {
      sentence: `Discharge air ${tenth(Math.abs(degrees))} ${bench.rows.temperatureUnit} ${way} its setpoint`,
      numbers: { degrees },
    };
  };
  return foundBy(bench, { rule, state, words });
}

/** A fan that is not as its command says. Off or on by hand at the motor is one as well. */
export function fanDisagrees(bench: FaultBench): FaultFound | undefined {
  const [command, status] = [bench.of("fan-command"), bench.of("fan-status")];
  const state = new Uint8Array(bench.count).map((_, i) => {
    if (Number.isNaN(command[i]) || Number.isNaN(status[i])) return UNKNOWN;
    return (command[i] as number) > 0 === (status[i] as number) > 0 ? FINE : FAULT;
  });
  const words = (rows: readonly number[]): FaultWords => {
    const still = rows.filter((i) => (command[i] as number) > 0).length * 2 >= rows.length;
    const sentence = still ? "Fan commanded on, does not run" : "Fan runs although commanded off";
    return { sentence, numbers: { commanded: still ? 1 : 0 }, critical: still };
  };
  return foundBy(bench, { rule: AIR_HANDLER_RULES.fanDisagrees, state, words });
}

/** A fan that stands still while the building is occupied; spared where it never ran in all that is known. */
export function fanOff(bench: FaultBench): FaultFound | undefined {
  const known = (["fan-status", "air-handler-running", "fan-command"] as const).find((input) => bench.has(input));
  if (known === undefined) return undefined;
  const [fan, occupied] = [bench.of(known), bench.of("occupied")];
  if (!fan.some((value) => value > 0)) return undefined;
  const state = new Uint8Array(bench.count).map((_, i) => {
    if (Number.isNaN(fan[i]) || Number.isNaN(occupied[i])) return UNKNOWN;
    return occupied[i] === 0 ? SPARED : (fan[i] as number) > 0 ? FINE : FAULT;
  });
  const words = (): FaultWords => ({ sentence: "Fan off in occupied hours", numbers: {} });
  return foundBy(bench, { rule: AIR_HANDLER_RULES.fanOff, state, words });
}
