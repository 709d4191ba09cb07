import type { Decimal } from "decimal.js";
import type { Zone } from "#calendar/zone.ts";
import { billing } from "./billing.ts";
import { type Cost, Costing, type Stretch } from "./costing.ts";
import { daysOf } from "./day-count.ts";
import type { DemandHistory } from "./demand-history.ts";
import { decimal, ZERO } from "./money.ts";
import { madeIntervals } from "./synthetic.ts";

/** Energy that a stretch to come is expected to use and to sell, spread evenly over it. */
export interface ExpectedEnergy extends Stretch {
  readonly boughtKwh: number;
  readonly soldKwh: number;
}

/** How a year of settlement is expected to end. */
export interface YearEnd {
  /** All of the year: what it has cost until now, and what the rest is expected to. What is earned is taken off. */
  readonly cost: Decimal;
  /** Paid in advance less cost; above 0 is money back. */
  readonly balance: Decimal;
  /** Half the width of what it can be. */
  readonly plusMinus: Decimal;
}

/** What the end of a year is told from. */
export interface YearSoFar {
  readonly year: Stretch;
  readonly nowMs: number;
  /** All that is paid in advance in the year, what is still to come included. */
  readonly yearPaid: Decimal;
  /** What is expected from now to the end of the year, in stretches that follow one another. */
  readonly rest: readonly ExpectedEnergy[];
  /** By how much the bought energy of what is expected can be more or less. */
  readonly plusMinusKwh: number;
}

const HOUR_MS = 3_600_000;

/**
 * The end of a year of settlement by a plan: prices and fees that are in force later are those of the plan's later versions.
 * Missing: undefined where the plan does not reach the year.
 */
export function yearEnd(history: DemandHistory, { year, nowMs, yearPaid, rest, plusMinusKwh }: YearSoFar): YearEnd | undefined {
  const soFar = new Costing(history).of({ fromMs: year.fromMs, toMs: nowMs });
  const toCome = new Costing(expected(history, rest, { fromMs: nowMs, toMs: year.toMs })).of({ fromMs: nowMs, toMs: year.toMs });
  if (soFar === undefined && toCome === undefined) return undefined;
  const other = otherToCome(history, soFar?.other ?? ZERO, { year, nowMs });
  const cost = netOf(soFar)
    .plus(netOf(toCome))
    .minus(toCome?.other ?? ZERO)
    .plus(other);
  const priced = toCome !== undefined && toCome.boughtKwh > 0 ? toCome : soFar;
  const perKwh = priced === undefined || priced.boughtKwh <= 0 ? ZERO : priced.energy.div(decimal(priced.boughtKwh));
  return { cost, balance: yearPaid.minus(cost), plusMinus: perKwh.times(decimal(plusMinusKwh)).abs() };
}

/** What a stretch that nobody metered is taken to have cost, its fees included; what is earned is taken off. Demand is not in it. */
export function expectedCost(history: DemandHistory, stretch: ExpectedEnergy): Decimal {
  const cost = new Costing(expected(history, [stretch], stretch)).of(stretch);
  return netOf(cost).minus(cost?.other ?? ZERO);
}

function netOf(cost: Cost | undefined): Decimal {
  return cost === undefined ? ZERO : cost.cost.minus(cost.earned);
}

/** Demand cannot be told from expected energy: those charges go on as they did in the days so far. */
function otherToCome({ frame }: DemandHistory, other: Decimal, { year, nowMs }: Pick<YearSoFar, "year" | "nowMs">): Decimal {
  const { zone } = frame.periods;
  const days = daysOf(zone, year.fromMs, nowMs);
  return days.greaterThan(ZERO) ? other.div(days).times(daysOf(zone, nowMs, year.toMs)) : ZERO;
}

/** The plan over hours that have not been yet. */
function expected({ frame }: DemandHistory, rest: readonly ExpectedEnergy[], { fromMs, toMs }: Stretch): DemandHistory {
  const hours = (key: "boughtKwh" | "soldKwh") => {
    const upTo = runningSum(rest, key);
    return madeIntervals({ fromMs, toMs: toMs + HOUR_MS - 1, lengthMs: HOUR_MS }, (startMs) => {
      const before = upTo(startMs);
      return { kw: upTo(startMs + HOUR_MS) - before, noDemand: true };
    });
  };
  const options = { ...frame.options, nowMs: toMs, exported: hours("soldKwh") };
  return billing(frame.plan, hours("boughtKwh"), options);
}

/**
 * Cuts what is expected into local months, so that a price that changes later meets the energy of its time.
 * `upTo` answers what is expected from the beginning of the stretch until an instant of it.
 */
export function expectedByMonth(
  { fromMs, toMs }: Stretch,
  zone: Zone,
  upTo: (tMs: number) => { readonly boughtKwh: number; readonly soldKwh: number },
): ExpectedEnergy[] {
  let before = { boughtKwh: 0, soldKwh: 0 };
  return zone.starts("month", fromMs, toMs).map((start) => {
    const endMs = Math.min(zone.nextStart("month", start), toMs);
    const until = upTo(endMs);
    const [boughtKwh, soldKwh] = [until.boughtKwh - before.boughtKwh, until.soldKwh - before.soldKwh];
    before = until;
    return { fromMs: Math.max(start, fromMs), toMs: endMs, boughtKwh, soldKwh };
  });
}

/** Energy from the first stretch up to an instant; to be asked in the order of time. */
function runningSum(rest: readonly ExpectedEnergy[], key: "boughtKwh" | "soldKwh"): (tMs: number) => number {
  const before = [0];
  for (const one of rest) before.push((before.at(-1) as number) + (Number.isNaN(one[key]) ? 0 : one[key]));
  let i = 0;
  return (tMs) => {
    while (i + 1 < rest.length && (rest[i + 1] as ExpectedEnergy).fromMs <= tMs) i += 1;
    const one = rest[i];
    if (one === undefined || tMs <= one.fromMs) return before[i] as number;
    const share = Math.min(1, (tMs - one.fromMs) / (one.toMs - one.fromMs));
    return (before[i] as number) + ((before[i + 1] as number) - (before[i] as number)) * share;
  };
}
