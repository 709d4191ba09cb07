import { MINUTE_MS } from "#calendar/civil.ts";
import { above, below, type FaultBench } from "./fault-bench.ts";
import { type FaultWords, foundBy, middleOf, whole } from "./fault-found.ts";
import type { FaultFound } from "./fault-rule.ts";
import { FAULT, FINE, UNKNOWN } from "./fault-runs.ts";
import { ZONE_RULES } from "./zone-rules.ts";

/** A damper that does not move although it should. */
export function stuckDamper(bench: FaultBench): FaultFound | undefined {
  const rule = ZONE_RULES.stuck;
  const damper = bench.of("damper-position");
  const command = bench.of("damper-command");
  const missed = missedFlow(bench);
  const still = stillSince(bench, damper, bench.limit(rule, "still"));
  const [holdMs, apart] = [bench.limit(rule, "hold") * MINUTE_MS, bench.limit(rule, "command")];
  const state = bench.state((i) => {
    if (Number.isNaN(damper[i])) return UNKNOWN;
    const known = !Number.isNaN(command[i]) || !Number.isNaN(missed[i]);
    if (!known) return UNKNOWN;
    const away = above(Math.abs((damper[i] as number) - (command[i] as number)), apart);
    return (still[i] as number) >= holdMs && (away || missed[i] === 1) ? FAULT : FINE;
  });
  const words = (rows: readonly number[]): FaultWords => {
    const positionPct = middleOf(rows, (i) => damper[i] as number);
    return { sentence: `Damper stuck at ${whole(positionPct)} %`, numbers: { positionPct } };
  };
  return foundBy(bench, { rule, state, words });
}

/** 1 where the airflow misses a setpoint that moving the damper could bring it to, else 0. Missing: NaN where that is unknown. */
function missedFlow(bench: FaultBench): Float64Array {
  const rule = ZONE_RULES.stuck;
  const [damper, flow, wanted] = [bench.of("damper-position"), bench.of("flow"), bench.of("flow-setpoint")];
  const [open, closed] = [bench.limit(rule, "open"), bench.limit(rule, "closed")];
  return flow.map((air, i) => {
    const off = air - (wanted[i] as number);
    if (Number.isNaN(off)) return Number.NaN;
    if (!above(Math.abs(off), bench.flowTolerance(wanted[i] as number))) return 0;
    return off < 0 ? Number(below(damper[i] as number, open)) : Number(above(damper[i] as number, closed));
  });
}

/**
 * How long the values of each row's surroundings have stood still altogether, from when they began to until they moved on.
 * Missing: 0 where a value is unknown; what is unknown in between does not end a stand.
 */
function stillSince({ rows, count }: FaultBench, values: Float64Array, most: number): Float64Array {
  const lasted = new Float64Array(count);
  const tMs = rows.tMs;
  let [from, low, high, last] = [-1, 0, 0, -1];
  const end = (): void => {
    if (from >= 0) lasted.fill((tMs[last] as number) - (tMs[from] as number), from, last + 1);
  };
  for (let i = 0; i < count; i += 1) {
    const value = values[i] as number;
    if (Number.isNaN(value)) continue;
    if (from >= 0 && !above(Math.max(high, value) - Math.min(low, value), most)) {
      [low, high, last] = [Math.min(low, value), Math.max(high, value), i];
      continue;
    }
    end();
    [from, low, high, last] = [i, value, value, i];
  }
  end();
  return lasted;
}
