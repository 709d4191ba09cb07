import { HOUR_MS } from "#calendar/civil.ts";
import { above, type FaultBench } from "./fault-bench.ts";
import { type FaultWords, foundBy, middleOf, tenth, whole } from "./fault-found.ts";
import type { FaultFound } from "./fault-rule.ts";
import { FAULT, FINE, SPARED, UNKNOWN } from "./fault-runs.ts";
import { ZONE_RULES } from "./zone-rules.ts";

/** A zone far beyond its cooling setpoint while occupied. */
export function hotZone(bench: FaultBench): FaultFound | undefined {
  return farZone(bench, "hot");
}

/** A zone far below its heating setpoint while occupied. */
export function coldZone(bench: FaultBench): FaultFound | undefined {
  return farZone(bench, "cold");
}

function farZone(bench: FaultBench, way: "hot" | "cold"): FaultFound | undefined {
  const rule = ZONE_RULES[way];
  const kind = way === "hot" ? "cooling" : "heating";
  const [temp, wanted, occupied] = [bench.of("space-temp"), bench.of(`${kind}-setpoint`), bench.rows.columns.get("occupied")];
  const [far, veryFar] = [bench.limit(rule, "far"), bench.limit(rule, "veryFar")];
  const excess = (i: number): number => (way === "hot" ? 1 : -1) * ((temp[i] as number) - (wanted[i] as number));
  const state = bench.state((i) => {
    if (Number.isNaN(excess(i)) || Number.isNaN(occupied?.[i])) return UNKNOWN;
    if (occupied?.[i] === 0) return SPARED;
    return above(excess(i), far) ? FAULT : FINE;
  });
  const words = (rows: readonly number[]): FaultWords => {
    const degrees = middleOf(rows, excess);
    const sentence = `${tenth(degrees)} ${bench.rows.temperatureUnit} ${way === "hot" ? "above" : "below"} its ${kind} setpoint`;
    return { sentence, numbers: { degrees }, critical: above(degrees, veryFar) };
  };
  return foundBy(bench, { rule, state, words });
}

/** Air of a box that is far colder than its setpoint, unless its reheat is known to be off. */
export function lowDischargeAir(bench: FaultBench): FaultFound | undefined {
  const rule = ZONE_RULES.lowDischarge;
  const [discharge, wanted, reheat] = [bench.of("discharge-air-temp"), bench.of("discharge-air-setpoint"), bench.of("reheat")];
  const [low, veryLow] = [bench.limit(rule, "low"), bench.limit(rule, "veryLow")];
  const state = bench.state((i) => {
    const short = (wanted[i] as number) - (discharge[i] as number);
    if (Number.isNaN(short)) return UNKNOWN;
    if (reheat[i] === 0) return SPARED;
    return above(short, low) ? FAULT : FINE;
  });
  const words = (rows: readonly number[]): FaultWords => {
    const short = middleOf(rows, (i) => (wanted[i] as number) - (discharge[i] as number));
    const { temperatureUnit } = bench.rows;
    return {
      sentence: `Air of the box ${tenth(short)} ${temperatureUnit} below its setpoint`,
      numbers: { short },
      critical: above(short, veryLow),
    };
  };
  return foundBy(bench, { rule, state, words });
}

/**
 * An empty zone that is kept warm: reheat on while unoccupied and warmer than an empty zone has to be. With `byTemperatureAlone` a
 * warm empty zone is enough, as rules of others have it that know no reheat; a summer's day is such a fault then.
 */
export function keptWarm(bench: FaultBench, { byTemperatureAlone = false } = {}): FaultFound | undefined {
  const rule = ZONE_RULES.keptWarm;
  const [temp, occupied, reheat] = [bench.of("space-temp"), bench.of("occupied"), bench.of("reheat")];
  const [warm, on] = [bench.limit(rule, "warm"), bench.limit(rule, "on")];
  const near = nearOccupied(bench, { beforeMs: bench.limit(rule, "warmUp") * HOUR_MS, afterMs: bench.limit(rule, "after") * HOUR_MS });
  const state = new Uint8Array(bench.count);
  for (let i = 0; i < bench.count; i += 1) {
    const unknown = Number.isNaN(temp[i]) || Number.isNaN(occupied[i]) || (!byTemperatureAlone && Number.isNaN(reheat[i]));
    const heated = byTemperatureAlone || above(reheat[i] as number, on);
    state[i] = unknown ? UNKNOWN : occupied[i] !== 0 || near[i] === 1 ? SPARED : heated && above(temp[i] as number, warm) ? FAULT : FINE;
  }
  const words = (rows: readonly number[]): FaultWords => {
    const degrees = middleOf(rows, (i) => temp[i] as number);
    return { sentence: `Kept at ${whole(degrees)} ${bench.rows.temperatureUnit} while nobody is there`, numbers: { degrees } };
  };
  return foundBy(bench, { rule, state, words });
}

/** 1 for rows that lie near occupied ones: so long before them, or so long after them. */
function nearOccupied(bench: FaultBench, { beforeMs, afterMs }: { beforeMs: number; afterMs: number }): Uint8Array {
  const [tMs, occupied] = [bench.rows.tMs, bench.of("occupied")];
  const near = new Uint8Array(bench.count);
  let lastMs = -Infinity;
  for (let i = 0; i < bench.count; i += 1) {
    if ((occupied[i] as number) > 0) lastMs = tMs[i] as number;
    else near[i] = Number((tMs[i] as number) - lastMs <= afterMs);
  }
  let nextMs = Infinity;
  for (let i = bench.count - 1; i >= 0; i -= 1) {
    if ((occupied[i] as number) > 0) nextMs = tMs[i] as number;
    else if (nextMs - (tMs[i] as number) <= beforeMs) near[i] = 1;
  }
  return near;
}

/** A temperature that nothing says a setpoint of. */
export function noSetpoint(bench: FaultBench): FaultFound | undefined {
  if (!bench.has("space-temp") || bench.has("heating-setpoint") || bench.has("cooling-setpoint")) return undefined;
  const { key, rule, source } = ZONE_RULES.noSetpoint;
  return {
    key,
    rule,
    severity: "note",
    sinceMs: Number.NaN,
    sharePct: Number.NaN,
    judgedMs: 0,
    faultMs: 0,
    longestMs: 0,
    sentence: "Temperature known, no setpoint: comfort cannot be judged",
    numbers: {},
    source,
  };
}
