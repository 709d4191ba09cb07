import type { Decimal } from "decimal.js";
import { billedKw, type DemandHistory, hasPeak, type OwnCharge } from "./demand-history.ts";
import { demandMoney } from "./demand-lines.ts";
import { clean, decimal, sumOf, ZERO } from "./money.ts";
import type { DemandCharge, Ratchet } from "./plan.ts";
import { earliest, lookBack } from "./ratchet.ts";

/** Demand of one charge in one period. */
export interface Demand {
  readonly meteredKw: number;
  readonly billedKw: number;
}

/** What another demand in one period does to later bills, through ratchets. */
export interface LaterCost {
  /** The most it can be in each later period; the least is 0, for those periods may need no floor. */
  readonly mostEach: Decimal;
  /** Later periods that look back at it. */
  readonly periods: number;
  /** In later periods that are over and measured, and how many of them there are. */
  readonly known: Decimal;
  readonly knownPeriods: number;
  /** In those to come, if they are metered like the same ones a year earlier, and for how many that is known. */
  readonly expected: Decimal;
  readonly expectedPeriods: number;
}

export interface Compared {
  readonly k: number;
  readonly lower: Demand;
  readonly higher: Demand;
}

/** A year has so many billing periods. */
const YEAR_PERIODS = 12;

/** What the higher demand costs later compared to the lower one. Units: money before rounding. */
export function laterCost(history: DemandHistory, charge: OwnCharge, compared: Compared): LaterCost {
  const version = history.frame.ruling(compared.k);
  const lookers = (version?.version.components ?? [])
    .filter(hasPeak)
    .filter(({ name, ratchet }) => (ratchet?.demand ?? name) === charge.name);
  const costs = lookers.flatMap((looker) =>
    looker.ratchet ? [costOf(history, looker, { ...compared, charge, ratchet: looker.ratchet })] : [],
  );
  return {
    mostEach: sumOf(costs.map((cost) => cost.mostEach)),
    periods: Math.max(0, ...costs.map((cost) => cost.periods)),
    known: sumOf(costs.map((cost) => cost.known)),
    knownPeriods: Math.max(0, ...costs.map((cost) => cost.knownPeriods)),
    expected: sumOf(costs.map((cost) => cost.expected)),
    expectedPeriods: Math.max(0, ...costs.map((cost) => cost.expectedPeriods)),
  };
}

interface Looking extends Compared {
  /** Whose demand it is. */
  readonly charge: OwnCharge;
  readonly ratchet: Ratchet;
}

function costOf(history: DemandHistory, looker: OwnCharge, looking: Looking): LaterCost {
  const { k, ratchet, lower, higher } = looking;
  const { periods } = history.frame;
  const floorOf = (demand: Demand): number =>
    clean(((ratchet.of === "billed" ? demand.billedKw : demand.meteredKw) * Number(ratchet.percent)) / 100);
  const counts = ratchet.countMonths === undefined || ratchet.countMonths.includes((periods.monthIndex(k) % 12) + 1);
  const mostEach = counts ? moneyBetween(looker, floorOf(lower), floorOf(higher)) : ZERO;
  const without = new Future(history, looker, { ...looking, demand: lower });
  const withIt = new Future(history, looker, { ...looking, demand: higher });
  const cost = { known: ZERO, knownPeriods: 0, expected: ZERO, expectedPeriods: 0 };
  let remembered = 0;
  for (let m = k + 1; counts && earliest(ratchet, m, periods) <= k; m += 1) {
    if (ratchet.applyMonths !== undefined && !ratchet.applyMonths.includes((periods.monthIndex(m) % 12) + 1)) continue;
    remembered += 1;
    const [least, most] = [without.billedKw(m), withIt.billedKw(m)];
    if (least === undefined || most === undefined) continue;
    const which = isOver(history, m) ? "known" : "expected";
    cost[which] = cost[which].plus(moneyBetween(looker, least, most));
    cost[`${which}Periods`] += 1;
  }
  return { ...cost, mostEach, periods: remembered };
}

function moneyBetween(charge: DemandCharge, fromKw: number, toKw: number): Decimal {
  const whole = decimal("1");
  return demandMoney(charge, toKw, whole).minus(demandMoney(charge, fromKw, whole));
}

function isOver({ frame }: DemandHistory, k: number): boolean {
  return frame.period(k).toMs <= frame.options.nowMs;
}

/** Later periods of a charge if the demand of period k was another one. */
class Future {
  private readonly history: DemandHistory;
  private readonly looker: OwnCharge;
  private readonly of: Looking & { readonly demand: Demand };
  private readonly billed = new Map<number, number | undefined>();

  constructor(history: DemandHistory, looker: OwnCharge, of: Looking & { readonly demand: Demand }) {
    this.history = history;
    this.looker = looker;
    this.of = of;
  }

  /** Missing: undefined where neither that period nor the same one a year earlier was measured. */
  billedKw(m: number): number | undefined {
    if (this.billed.has(m)) return this.billed.get(m);
    const meteredKw = this.meteredKw(this.looker.name, m);
    const ratchetKw = lookBack(this.of.ratchet, m, { periods: this.history.frame.periods, demandOf: (j) => this.seen(j) }).kw;
    const kw = meteredKw === undefined ? undefined : billedKw(this.looker, { meteredKw, ratchetKw, minimumKw: this.looker.minimumKw ?? 0 });
    this.billed.set(m, kw);
    return kw;
  }

  private seen(j: number): number | undefined {
    const { k, demand, ratchet, charge } = this.of;
    if (j < k) return this.history.seen(this.looker, j);
    if (j === k) return ratchet.of === "billed" ? demand.billedKw : demand.meteredKw;
    return ratchet.of === "billed" && charge === this.looker ? this.billedKw(j) : this.meteredKw(charge.name, j);
  }

  private meteredKw(name: string, m: number): number | undefined {
    const { history } = this;
    const now = history.of(name, m)?.metered.kw;
    if (now !== undefined && isOver(history, m)) return now;
    const yearBefore = history.of(name, m - YEAR_PERIODS)?.metered.kw;
    return yearBefore === undefined ? undefined : Math.max(yearBefore, now ?? 0);
  }
}
