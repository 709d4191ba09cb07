import type { Decimal } from "decimal.js";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "#calendar/civil.ts";
import type { Peak } from "./bill.ts";
import { billedKw, type DemandHistory, hasPeak, type OwnCharge } from "./demand-history.ts";
import { periodMoney } from "./demand-lines.ts";
import { columnSum } from "./energy.ts";
import type { FrameVersion } from "./frame.ts";
import { type Demand, type LaterCost, laterCost } from "./later-cost.ts";
import { clean } from "./money.ts";
import { countOf, isBlockEnd, type PeakSet, windowRows } from "./peaks.ts";

/** The interval that runs now. */
export interface Running {
  readonly endMs: number;
  /** Energy so far. */
  readonly energyKwh: number;
}

/** A demand of the running interval from which on something changes. */
export interface RunningLevel {
  readonly kw: number;
  /** Energy left until it is reached; negative where it is passed. */
  readonly kwhLeft: number;
}

/** What it costs that the running interval ends at some demand. Units: money before rounding. */
export interface CrossingCost {
  /** Metered demand and billing demand with the interval, and how far it raises them. */
  readonly meteredKw: number;
  readonly billedKw: number;
  readonly meteredRiseKw: number;
  readonly billedRiseKw: number;
  /** On this period's bill: the charge with the interval less the charge without it. */
  readonly now: Decimal;
  readonly later: LaterCost;
}

/** What the running interval can do to one demand charge. */
export class RunningDemand {
  readonly charge: OwnCharge;
  /** Whether the charge counts an interval of this time at all. */
  readonly counts: boolean;
  /** The period without this interval. */
  readonly metered: PeakSet;
  readonly ratchetKw: number;
  readonly minimumKw: number;
  readonly billedKw: number;
  /** The demand is a mean of this time: the interval, or the longer window of the charge. */
  readonly windowFromMs: number;
  readonly windowToMs: number;
  private readonly history: DemandHistory;
  private readonly k: number;
  private readonly running: Running;
  private readonly sameDay: Peak | undefined;

  constructor(history: DemandHistory, running: Running, { charge, version }: { charge: OwnCharge; version: FrameVersion }) {
    const { frame } = history;
    const { lengthMs } = frame.intervals;
    const startMs = running.endMs - lengthMs;
    this.history = history;
    this.running = running;
    this.charge = charge;
    this.k = frame.periods.index(startMs);
    this.counts = version.masks.holds(startMs, charge.peak.when, charge.seasons);
    this.metered = history.metered(charge, version, frame.rows(frame.period(this.k).fromMs, startMs));
    this.minimumKw = charge.minimumKw ?? 0;
    this.ratchetKw = this.floorWith(this.metered.kw);
    this.billedKw = this.billedAt(this.metered.kw);
    [this.windowFromMs, this.windowToMs] = this.window();
    const day = (tMs: number): number => Math.floor(frame.periods.zone.localOf(tMs - lengthMs) / DAY_MS);
    this.sameDay = charge.peak.distinctDays ? this.metered.peaks.find((peak) => day(peak.tMs) === day(running.endMs)) : undefined;
  }

  /** Above it, this interval raises billing demand. Missing: undefined where the charge does not count this time. */
  get raises(): RunningLevel | undefined {
    const { peaks, kw } = this.metered;
    const replaced = this.replaced;
    const floor = Math.max(this.ratchetKw, this.minimumKw);
    if (kw >= floor) return this.level(replaced?.kw ?? kw);
    // The mean must come above the floor: (sum of the others + x) ÷ n > floor.
    const others = peaks.reduce((total, peak) => total + peak.kw, 0) - (replaced?.kw ?? 0);
    return this.level(floor * (peaks.length + (replaced ? 0 : 1)) - others);
  }

  /** Above it, this interval is the highest of the period. Missing: as `raises`. */
  get highest(): RunningLevel | undefined {
    return this.level(this.metered.peaks[0]?.kw ?? 0);
  }

  /** Cost of ending at that demand. */
  costAt(kw: number): CrossingCost {
    const meteredKw = this.meteredWith(kw);
    const higher: Demand = { meteredKw, billedKw: this.billedAt(meteredKw) };
    const lower: Demand = { meteredKw: this.metered.kw, billedKw: this.billedKw };
    const money = (billed: number): Decimal => periodMoney(this.history, this.charge.name, { k: this.k, kw: billed });
    return {
      ...higher,
      meteredRiseKw: clean(higher.meteredKw - lower.meteredKw),
      billedRiseKw: clean(higher.billedKw - lower.billedKw),
      now: money(higher.billedKw).minus(money(lower.billedKw)),
      later: laterCost(this.history, this.charge, { k: this.k, lower, higher }),
    };
  }

  private meteredWith(kw: number): number {
    const { peaks } = this.metered;
    const replaced = this.replaced;
    if (!this.counts || (replaced !== undefined && kw <= replaced.kw)) return this.metered.kw;
    const sum = peaks.reduce((total, peak) => total + peak.kw, 0);
    if (replaced) return clean((sum - replaced.kw + kw) / peaks.length);
    // With fewer peaks than the mean is of, a low interval lowers it until more have come: that is nothing saved.
    return Math.max(this.metered.kw, clean((sum + kw) / (peaks.length + 1)));
  }

  /** The peak that a higher interval puts out. Missing: undefined while there are fewer peaks than the mean is of. */
  private get replaced(): Peak | undefined {
    const { peaks } = this.metered;
    return this.sameDay ?? (peaks.length < countOf(this.charge.peak) ? undefined : peaks.at(-1));
  }

  private level(kw: number): RunningLevel | undefined {
    if (!this.counts) return undefined;
    const hours = (this.windowToMs - this.windowFromMs) / HOUR_MS;
    return { kw: clean(kw), kwhLeft: clean(kw * hours - this.energyBefore() - this.running.energyKwh) };
  }

  /** Energy of the window before the running interval. */
  private energyBefore(): number {
    const { frame } = this.history;
    const startMs = this.running.endMs - frame.intervals.lengthMs;
    if (this.windowFromMs >= startMs) return 0;
    return columnSum(frame.intervals.energyKwh, frame.rows(this.windowFromMs, startMs)) || 0;
  }

  private window(): [fromMs: number, toMs: number] {
    const { lengthMs } = this.history.frame.intervals;
    const { endMs } = this.running;
    const { window } = this.charge.peak;
    const spanMs = windowRows(window, lengthMs) * lengthMs;
    if (window === undefined || window.alignment === "sliding" || spanMs === lengthMs) return [endMs - spanMs, endMs];
    let toMs = endMs;
    while (!isBlockEnd(toMs, spanMs / MINUTE_MS, this.history.frame.periods.zone)) toMs += lengthMs;
    return [toMs - spanMs, toMs];
  }

  private floorWith(meteredKw: number): number {
    const current = (name: string): number | undefined =>
      name === this.charge.name ? meteredKw : this.history.of(name, this.k)?.metered.kw;
    return this.history.floor(this.charge, this.k, { current }).kw;
  }

  private billedAt(meteredKw: number): number {
    return billedKw(this.charge, { meteredKw, ratchetKw: this.floorWith(meteredKw), minimumKw: this.minimumKw });
  }
}

/** What the running interval can do to each demand charge of the plan, in the plan's order. */
export function runningDemands(history: DemandHistory, running: Running): RunningDemand[] {
  const { frame } = history;
  const startMs = running.endMs - frame.intervals.lengthMs;
  const parts = frame.parts(frame.periods.index(startMs));
  const version = (parts.findLast((part) => part.fromMs <= startMs) ?? parts[0])?.of;
  return version
    ? version.version.components.filter(hasPeak).map((charge) => new RunningDemand(history, running, { charge, version }))
    : [];
}
