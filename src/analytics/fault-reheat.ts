import { MINUTE_MS } from "#calendar/civil.ts";
import { above, below, type FaultBench } from "./fault-bench.ts";
import { type FaultWords, foundBy, middleOf, tenth, whole } from "./fault-found.ts";
import type { FaultFound } from "./fault-rule.ts";
import { FAULT, FINE, SPARED, UNKNOWN } from "./fault-runs.ts";
import { ZONE_RULES } from "./zone-rules.ts";

/** Reheat on in a zone that is warm already. */
export function reheatWaste(bench: FaultBench): FaultFound | undefined {
  const rule = ZONE_RULES.reheatWaste;
  const [temp, wanted, reheat] = [bench.of("space-temp"), bench.of("heating-setpoint"), bench.of("reheat")];
  const [on, warm] = [bench.limit(rule, "on"), bench.limit(rule, "warm")];
  if (!reheat.some((value) => above(value, on))) return undefined;
  const settling = afterMoves(bench, wanted, bench.limit(rule, "settle") * MINUTE_MS);
  const state = bench.state((i) => {
    const excess = (temp[i] as number) - (wanted[i] as number);
    if (Number.isNaN(excess) || Number.isNaN(reheat[i])) return UNKNOWN;
    if (settling[i] === 1) return SPARED;
    return above(reheat[i] as number, on) && above(excess, warm) ? FAULT : FINE;
  });
  const words = (rows: readonly number[]): FaultWords => {
    const numbers = {
      reheatPct: middleOf(rows, (i) => reheat[i] as number),
      excess: middleOf(rows, (i) => (temp[i] as number) - (wanted[i] as number)),
    };
    const sentence = `Reheat at ${whole(numbers.reheatPct)} % in a zone ${tenth(numbers.excess)} ${bench.rows.temperatureUnit} above its heating setpoint`;
    return { sentence, numbers };
  };
  return foundBy(bench, { rule, state, words });
}

/** Warm air out of a box whose reheat valve is closed. */
export function leakingReheat(bench: FaultBench): FaultFound | undefined {
  if (!bench.knowsAir()) return undefined;
  const rule = ZONE_RULES.reheatLeak;
  const [reheat, discharge, supply] = [bench.of("reheat"), bench.of("discharge-air-temp"), bench.of("air-handler-supply-temp")];
  const [closedMs, warmer] = [bench.limit(rule, "closed") * MINUTE_MS, bench.limit(rule, "warmer")];
  const [tMs, fan, spared] = [bench.rows.tMs, ownFan(bench), withoutAir(bench)];
  let closedSince = Number.NaN;
  const closed = reheat.map((value, i) => {
    if (Number.isNaN(value)) return 0;
    if (above(value, 0)) closedSince = Number.NaN;
    else if (Number.isNaN(closedSince)) closedSince = tMs[i] as number;
    return (tMs[i] as number) - closedSince >= closedMs ? 1 : 0;
  });
  const state = bench.state((i) => {
    const rise = (discharge[i] as number) - (supply[i] as number);
    if (Number.isNaN(rise) || Number.isNaN(reheat[i])) return UNKNOWN;
    if (closed[i] !== 1 || above(fan[i] as number, 0) || spared(i)) return SPARED;
    return above(rise, warmer) ? FAULT : FINE;
  });
  const words = (rows: readonly number[]): FaultWords => {
    const rise = middleOf(rows, (i) => (discharge[i] as number) - (supply[i] as number));
    return { sentence: `Reheat closed, air still ${tenth(rise)} ${bench.rows.temperatureUnit} warmer than supplied`, numbers: { rise } };
  };
  return foundBy(bench, { rule, state, words });
}

/** Reheat against cold air that nobody asks for. */
export function simultaneousZone(bench: FaultBench): FaultFound | undefined {
  const rule = ZONE_RULES.simultaneous;
  const [reheat, cooling, flow] = [bench.of("reheat"), bench.of("cooling-command"), bench.of("flow")];
  const on = bench.limit(rule, "on");
  if (!reheat.some((value) => above(value, on))) return undefined;
  const most = mostWhileHeating(bench);
  const state = bench.state((i) => {
    if (Number.isNaN(reheat[i])) return UNKNOWN;
    const tooMuch = (flow[i] as number) - (most[i] as number);
    if (Number.isNaN(cooling[i]) && Number.isNaN(tooMuch)) return UNKNOWN;
    return above(reheat[i] as number, on) && (above(cooling[i] as number, on) || above(tooMuch, 0)) ? FAULT : FINE;
  });
  const words = (rows: readonly number[]): FaultWords => {
    const numbers = { reheatPct: middleOf(rows, (i) => reheat[i] as number), flow: middleOf(rows, (i) => flow[i] as number) };
    const air = Number.isNaN(numbers.flow) ? "" : ` of ${whole(numbers.flow)} ${bench.rows.flowUnit}`;
    return { sentence: `Cooling and reheat at once: reheat at ${whole(numbers.reheatPct)} %${air}`, numbers };
  };
  return foundBy(bench, { rule, state, words });
}

/**
 * The most air a box has a reason for while it heats, tolerance included: its minimum. While the zone may be colder than its
 * heating setpoint, what is asked for, since some boxes heat with more air; and that too where nobody knows the minimum.
 */
function mostWhileHeating(bench: FaultBench): Float64Array {
  const [least, wanted] = [bench.of("min-flow-setpoint"), bench.of("flow-setpoint")];
  const [temp, heating] = [bench.of("space-temp"), bench.of("heating-setpoint")];
  return least.map((minimum, i) => {
    const asked = wanted[i] as number;
    const isWarm = !below(temp[i] as number, heating[i] as number) && !Number.isNaN(temp[i]) && !Number.isNaN(heating[i]);
    const reason = Number.isNaN(minimum) ? asked : isWarm ? minimum : Math.max(minimum, asked);
    return reason + bench.flowTolerance(reason);
  });
}

/** Reheat that calls for all it can give and gives nothing. */
export function coldReheat(bench: FaultBench): FaultFound | undefined {
  if (!bench.knowsAir()) return undefined;
  const rule = ZONE_RULES.coldReheat;
  const [reheat, discharge] = [bench.of("reheat"), bench.of("discharge-air-temp")];
  const [supply, room] = [bench.of("air-handler-supply-temp"), bench.of("space-temp")];
  const [full, rise, spared] = [bench.limit(rule, "full"), bench.limit(rule, "rise"), withoutAir(bench)];
  const state = bench.state((i) => {
    const bySupply = !Number.isNaN(supply[i]);
    const least = bySupply ? (supply[i] as number) + rise : (room[i] as number) - rise;
    if (Number.isNaN(reheat[i]) || Number.isNaN(discharge[i]) || Number.isNaN(least)) return UNKNOWN;
    if (spared(i)) return SPARED;
    return !below(reheat[i] as number, full) && below(discharge[i] as number, least) ? FAULT : FINE;
  });
  const words = (rows: readonly number[]): FaultWords => {
    const numbers = { reheatPct: middleOf(rows, (i) => reheat[i] as number), discharge: middleOf(rows, (i) => discharge[i] as number) };
    const sentence = `Reheat calls ${whole(numbers.reheatPct)} %, air stays at ${whole(numbers.discharge)} ${bench.rows.temperatureUnit}`;
    return { sentence, numbers };
  };
  return foundBy(bench, { rule, state, words });
}

/** 1 for rows no longer than this after a setpoint moved. */
function afterMoves(bench: FaultBench, setpoint: Float64Array, longestMs: number): Uint8Array {
  const tMs = bench.rows.tMs;
  let [before, movedMs] = [Number.NaN, -Infinity];
  return new Uint8Array(bench.count).map((_, i) => {
    const value = setpoint[i] as number;
    if (!Number.isNaN(value)) {
      if (above(Math.abs(value - before), 0)) movedMs = tMs[i] as number;
      before = value;
    }
    return Number((tMs[i] as number) - movedMs <= longestMs);
  });
}

/** 1 while the box's own fan runs, as far as its status or its command says so. */
function ownFan(bench: FaultBench): Float64Array {
  return bench.of(bench.has("fan-status") ? "fan-status" : "fan-command");
}

/** True for rows of which it is known that no air to speak of flows. */
function withoutAir(bench: FaultBench): (i: number) => boolean {
  const flow = bench.of("flow");
  const little = bench.flowTolerance(0);
  return (i) => !Number.isNaN(flow[i]) && !above(flow[i] as number, little);
}
