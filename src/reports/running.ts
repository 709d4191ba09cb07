import { Decimal } from "decimal.js";
import type { Intervals } from "#analytics/intervals.ts";
import { project } from "#analytics/live-power.ts";
import type { DemandHistory } from "#tariffs/demand-history.ts";
import { type RunningDemand, runningDemands } from "#tariffs/running-demand.ts";
import type { CrossingCost, Level, LivePower, RunningInterval } from "./plant-answers.ts";

const HOUR_MS = 3_600_000;
/** Finer than any coin; what lies below is noise of kilowatts that are no decimals. */
const MONEY_DECIMALS = 4;
/** In the first minute there may be no message yet: nothing has been used then. */
const JUST_BEGUN_MS = 60_000;

/** What is known of the interval that runs. */
export interface RunningFacts {
  readonly startMs: number;
  readonly endMs: number;
  readonly nowMs: number;
  /** The interval as far as it has come; without a row where nothing can be said. */
  readonly interval: Intervals;
  readonly live: LivePower;
  /** kWh of a pulse now; NaN while nobody has said. */
  readonly kwhPerPulse: number;
  readonly pastError: RunningInterval["pastError"];
  /** The plan laid over history; left out without one. */
  readonly demand?: DemandHistory;
}

/** Where the running interval will end, how much is left to the levels that matter, and what crossing them costs. */
export function runningInterval(facts: RunningFacts): RunningInterval {
  const { startMs, endMs, nowMs, interval, live } = facts;
  const energyKwh = interval.energyKwh[0] ?? Number.NaN;
  const pulses = interval.pulses[0] ?? Number.NaN;
  const hours = (endMs - startMs) / HOUR_MS;
  const soFarKwh = Number.isNaN(energyKwh) && nowMs - startMs < JUST_BEGUN_MS ? 0 : energyKwh;
  const projected = project({ startMs, endMs, nowMs, energyKwh: soFarKwh, power: live, kwhPerPulse: facts.kwhPerPulse });
  const demands =
    facts.demand === undefined ? [] : runningDemands(facts.demand, { endMs, energyKwh: Number.isNaN(energyKwh) ? 0 : energyKwh });
  return {
    startMs,
    endMs,
    nowMs,
    energyKwh,
    ...(Number.isNaN(pulses) ? {} : { pulses }),
    coverage: Math.min(1, ((interval.coverage[0] ?? 0) * (endMs - startMs)) / Math.max(1, nowMs - startMs)),
    soFarKw: energyKwh / hours,
    ...projected,
    quality: interval.quality[0] ?? 0,
    levels: levelsOf(demands, facts),
    ...(demands.length === 0 || Number.isNaN(projected.projectedKw) ? {} : { cost: costAt(demands, projected.projectedKw) }),
    pastError: facts.pastError,
    live,
    ...basisOf(demands),
  };
}

function levelsOf(demands: readonly RunningDemand[], facts: RunningFacts): Level[] {
  // The charge whose billing demand rises first is the one to watch.
  const raising = demands.filter((one) => one.raises !== undefined).sort((a, b) => (a.raises?.kw ?? 0) - (b.raises?.kw ?? 0))[0]?.raises;
  const highest = demands.find((one) => one.highest !== undefined)?.highest;
  const found: Level[] = [];
  if (raising !== undefined) found.push({ kind: "billing", ...raising, ...overOf(demands, raising.kw, facts) });
  if (highest !== undefined) found.push({ kind: "highest", ...highest, ...overOf(demands, highest.kw, facts) });
  return found;
}

/** One pulse above a level, and what ending there costs. */
function overOf(
  demands: readonly RunningDemand[],
  kw: number,
  { kwhPerPulse, startMs, endMs }: RunningFacts,
): Pick<Level, "overKw" | "over"> {
  const step = Number.isNaN(kwhPerPulse) ? 1 : (kwhPerPulse * HOUR_MS) / (endMs - startMs);
  return { overKw: kw + step, over: costAt(demands, kw + step) };
}

/** All demand charges of the plan together. */
export function costAt(demands: readonly RunningDemand[], kw: number): CrossingCost {
  const costs = demands.map((one) => one.costAt(kw));
  const total = (pick: (cost: (typeof costs)[number]) => Decimal): Decimal =>
    costs.reduce((sum, cost) => sum.plus(pick(cost)), new Decimal(0)).toDecimalPlaces(MONEY_DECIMALS);
  const isExpected = costs.some((cost) => cost.later.expectedPeriods > 0);
  return {
    now: total((cost) => cost.now),
    laterMost: total((cost) => cost.later.mostEach),
    laterPeriods: Math.max(0, ...costs.map((cost) => cost.later.periods)),
    ...(isExpected ? { laterExpected: total((cost) => cost.later.expected) } : {}),
    billingKw: Math.max(0, ...costs.map((cost) => cost.billedRiseKw)),
  };
}

/** Billing demand of the running period without this interval. */
function basisOf([first]: readonly RunningDemand[]): Pick<RunningInterval, "demand"> {
  if (first === undefined) return {};
  const { charge, metered, ratchetKw, minimumKw, billedKw } = first;
  const costOfRule = new Decimal(charge.rate ?? 0).times(Math.max(0, billedKw - metered.kw));
  const rule =
    billedKw <= 0 ? "none" : metered.kw >= Math.max(ratchetKw, minimumKw) ? "metered" : ratchetKw >= minimumKw ? "ratchet" : "minimum";
  const next = metered.next === undefined ? {} : { next: metered.next };
  return { demand: { rule, billedKw, meteredKw: metered.kw, ratchetKw, minimumKw, peaks: metered.peaks, costOfRule, ...next } };
}
