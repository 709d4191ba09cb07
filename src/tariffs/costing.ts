import type { Decimal } from "decimal.js";
import { partCharges } from "./bill-lines.ts";
import { Cumulative } from "./cumulative.ts";
import { daysOf, monthsOf } from "./day-count.ts";
import type { DemandHistory } from "./demand-history.ts";
import { billedIn } from "./demand-lines.ts";
import type { Part } from "./frame.ts";
import { decimal, ratio, sumOf, ZERO } from "./money.ts";
import type { Component, ComponentOf, When } from "./plan.ts";
import { tierParts } from "./tiers.ts";

/** What a stretch of time costs, before any rounding. */
export interface Cost {
  /** Bought kWh by their prices. */
  readonly energy: Decimal;
  /** Charges by the month or the day, by the days of the stretch. */
  readonly baseFee: Decimal;
  /** Demand, reactive and minimum charges of billing periods, by the days of them that lie in the stretch. */
  readonly other: Decimal;
  /** What is paid for sold kWh; above 0 is money for the house. */
  readonly earned: Decimal;
  /** Energy, base fee and the others; what is earned is not taken off. */
  readonly cost: Decimal;
  /** Energy that was priced: what is missing counts nothing. */
  readonly boughtKwh: number;
  readonly soldKwh: number;
}

export interface Stretch {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Part of a period, and the stretch of it that is asked for. */
interface Slice extends Stretch {
  readonly k: number;
  readonly part: Part;
}

const KINDS = ["energy", "baseFee", "other", "earned"] as const;
type Money = Record<(typeof KINDS)[number], Decimal>;
const NOTHING: Money = { energy: ZERO, baseFee: ZERO, other: ZERO, earned: ZERO };

/**
 * What any stretch of time costs by a plan, whether it is a billing period or a minute of one. Costs of stretches that tile a stretch
 * add up to its own. Make it once per state of the intervals: sums are kept, and a year is then a few look-ups.
 */
export class Costing {
  private readonly history: DemandHistory;
  private readonly sums = new Map<string, Cumulative>();
  private readonly charges = new Map<string, ReadonlyMap<string, Decimal>>();

  constructor(history: DemandHistory) {
    this.history = history;
  }

  /** Missing: undefined where no part of the stretch is reached by the plan. */
  of(stretch: Stretch): Cost | undefined {
    const slices = this.slices(stretch);
    if (slices.length === 0) return undefined;
    const money = slices.map((slice) => this.moneyOf(slice)).reduce(plus, NOTHING);
    const kwh = (sold: boolean): number => sumOf(slices.map((slice) => this.kwhIn(slice, undefined, sold))).toNumber();
    return {
      energy: money.energy,
      baseFee: money.baseFee,
      other: money.other,
      earned: money.earned.negated(),
      cost: money.energy.plus(money.baseFee).plus(money.other),
      boughtKwh: kwh(false),
      soldKwh: kwh(true),
    };
  }

  private slices({ fromMs, toMs }: Stretch): Slice[] {
    const { frame } = this.history;
    const found: Slice[] = [];
    if (!(fromMs < toMs)) return found;
    for (let k = frame.periods.index(fromMs); frame.period(k).fromMs < toMs; k += 1) {
      for (const part of frame.parts(k)) {
        const from = Math.max(fromMs, part.fromMs);
        const to = Math.min(toMs, part.toMs);
        if (from < to) found.push({ k, part, fromMs: from, toMs: to });
      }
    }
    return found;
  }

  private moneyOf(slice: Slice): Money {
    const byName = new Map<string, Money>();
    for (const component of slice.part.of.version.components) byName.set(component.name, this.chargeOf(slice, component, byName));
    return [...byName.values()].reduce(plus, NOTHING);
  }

  private chargeOf(slice: Slice, component: Component, above: ReadonlyMap<string, Money>): Money {
    switch (component.kind) {
      case "energy":
        return { ...NOTHING, energy: this.energyMoney(slice, component) };
      case "feed-in":
        return { ...NOTHING, earned: this.bandMoney(slice, component, true).negated() };
      case "fixed":
        return { ...NOTHING, baseFee: this.fixedQuantity(slice, component).times(component.rate) };
      case "credit":
        return this.credit(slice, component);
      case "percent": {
        const base = component.of === "above" ? [...above.values()] : component.of.map((name) => above.get(name) ?? NOTHING);
        return times(base.reduce(plus, NOTHING), decimal(component.percent).div(100));
      }
      default:
        return { ...NOTHING, other: this.periodMoney(slice, component) };
    }
  }

  private credit(slice: Slice, { rate, per }: ComponentOf<"credit">): Money {
    const each = decimal(rate).negated();
    if (per === "kWh") return { ...NOTHING, energy: each.times(this.kwhIn(slice, undefined, false)) };
    return { ...NOTHING, baseFee: this.fixedQuantity(slice, { per, proration: "none" }).times(each) };
  }

  /** Days or months of a slice. */
  private fixedQuantity(
    { part, fromMs, toMs }: Slice,
    { per, proration = "none" }: Pick<ComponentOf<"fixed">, "per" | "proration">,
  ): Decimal {
    const { zone } = this.history.frame.periods;
    if (per === "month" && proration === "calendar-days") return monthsOf(zone, fromMs, toMs);
    const days = daysOf(zone, fromMs, toMs);
    if (per === "day") return days;
    return days.div(proration === "30-days" ? 30 : part.daysOfPeriod);
  }

  private energyMoney(slice: Slice, energy: ComponentOf<"energy">): Decimal {
    const { tiers, when } = energy;
    if (tiers === undefined) return this.bandMoney(slice, energy, false);
    // What a kWh costs depends on how many came before it in its period.
    const scale = this.tierScale(slice, energy);
    const upTo = (toMs: number): Decimal => {
      const kwh = this.kwhIn({ ...slice, fromMs: slice.part.fromMs, toMs }, when, false);
      return sumOf(tierParts(tiers, kwh, scale).map(({ rate, quantity }) => rate.times(quantity)));
    };
    return upTo(slice.toMs).minus(upTo(slice.fromMs));
  }

  private tierScale({ part, k }: Slice, { tierBasis, demand }: ComponentOf<"energy">): Decimal {
    if (tierBasis === "day") return decimal(part.days);
    const share = ratio(part.days, part.daysOfPeriod);
    if (tierBasis !== "kwh-per-kw") return share;
    return decimal(billedIn(this.history, demand ?? "", { version: part.of, k, withExcluded: false })).times(share);
  }

  private bandMoney(slice: Slice, { rate, rates, when }: Pick<ComponentOf<"energy">, "rate" | "rates" | "when">, sold: boolean): Decimal {
    if (rates === undefined) return decimal(rate ?? "0").times(this.kwhIn(slice, when, sold));
    const { schedule, bands } = rates;
    return sumOf(Object.entries(bands).map(([band, each]) => decimal(each).times(this.kwhIn(slice, { schedule, bands: [band] }, sold))));
  }

  private kwhIn({ part, fromMs, toMs }: Slice, when: When | undefined, sold: boolean): Decimal {
    const { frame } = this.history;
    const intervals = sold ? frame.options.exported : frame.intervals;
    if (intervals === undefined) return ZERO;
    const key = when === undefined ? `${sold}` : `${sold}${frame.versions.indexOf(part.of)}${JSON.stringify(when)}`;
    let sums = this.sums.get(key);
    if (sums === undefined) {
      const masks = sold ? part.of.exportMasks : part.of.masks;
      sums = new Cumulative(intervals, masks?.of(when, undefined));
      this.sums.set(key, sums);
    }
    return sums.between(fromMs, toMs);
  }

  /** Its share of what a charge of the whole period comes to; a minimum is known when the period is over. */
  private periodMoney({ k, part, fromMs, toMs }: Slice, component: Component): Decimal {
    const { frame } = this.history;
    if (k < frame.first || k > frame.last) return ZERO;
    if (component.kind === "minimum" && frame.period(k).toMs > frame.options.nowMs) return ZERO;
    const whole = this.chargesOf(k, part).get(component.name) ?? ZERO;
    return whole.times(daysOf(frame.periods.zone, fromMs, toMs)).div(daysOf(frame.periods.zone, part.fromMs, part.toMs));
  }

  private chargesOf(k: number, part: Part): ReadonlyMap<string, Decimal> {
    const key = `${k}/${part.fromMs}`;
    const known = this.charges.get(key);
    if (known) return known;
    const made = partCharges(this.history, { k, part, coverage: 1 });
    const charges = new Map(made.map(({ component, lines }) => [component.name, sumOf(lines.map((line) => line.unrounded))]));
    this.charges.set(key, charges);
    return charges;
  }
}

function plus(a: Money, b: Money): Money {
  return {
    energy: a.energy.plus(b.energy),
    baseFee: a.baseFee.plus(b.baseFee),
    other: a.other.plus(b.other),
    earned: a.earned.plus(b.earned),
  };
}

function times(money: Money, by: Decimal): Money {
  return { energy: money.energy.times(by), baseFee: money.baseFee.times(by), other: money.other.times(by), earned: money.earned.times(by) };
}
