import { dateStart } from "#calendar/local-text.ts";
import type { Frame, FrameVersion } from "./frame.ts";
import { clean } from "./money.ts";
import { type PeakSearch, type PeakSet, peaksOf, type Rows } from "./peaks.ts";
import type { Component, DemandCharge, PeakRule } from "./plan.ts";
import { type LookBack, lookBack } from "./ratchet.ts";

/** Demand of one charge in one period. */
export interface PeriodDemand {
  readonly metered: PeakSet;
  /** Mean of the peaks if every uncertain interval was as high as it can have been. */
  readonly meteredHighKw: number;
  /** With the intervals that R17 leaves out; left out where there are none. */
  readonly withExcluded?: PeakSet;
  readonly ratchet: LookBack;
  readonly ratchetHighKw: number;
  readonly minimumKw: number;
  readonly billedKw: number;
  readonly billedHighKw: number;
}

/** A demand charge with a peak of its own. */
export type OwnCharge = DemandCharge & { readonly peak: PeakRule };

/** Billing demand of every charge in every period, over all history, so that a look-back never begins in the middle. */
export class DemandHistory {
  readonly frame: Frame;
  /** Demand of the version that rules a period: what look-backs see. */
  private readonly ruled = new Map<string, Map<number, PeriodDemand>>();
  private readonly split = new Map<string, PeriodDemand>();
  private readonly typedOf = new Map<DemandCharge, ReadonlyMap<number, number>>();

  constructor(frame: Frame) {
    this.frame = frame;
    for (let k = frame.first; k <= frame.last; k += 1) this.measure(k);
  }

  /** Missing: undefined for a period without intervals, and for a charge that takes its demand from another one. */
  of(name: string, k: number, version?: FrameVersion): PeriodDemand | undefined {
    return (version && this.split.get(key(version, name, k))) ?? this.ruled.get(name)?.get(k);
  }

  /** Demand a look-back sees: typed from an old bill, else as billed or metered. Missing: undefined. */
  seen(charge: DemandCharge, k: number, high = false): number | undefined {
    const { ratchet } = charge;
    if (!ratchet) return undefined;
    const typed = this.typed(charge, k);
    if (typed !== undefined) return typed;
    const past = this.ruled.get(ratchet.demand ?? charge.name)?.get(k);
    if (!past) return undefined;
    if (ratchet.of === "billed") return high ? past.billedHighKw : past.billedKw;
    return high ? past.meteredHighKw : past.metered.kw;
  }

  /** Demand of a period as a person typed it from an old bill. Missing: undefined. */
  typed(charge: DemandCharge, k: number): number | undefined {
    let known = this.typedOf.get(charge);
    if (!known) {
      const { periods } = this.frame;
      const rows = (charge.ratchet?.seedPeaks ?? []).flatMap(({ period, kw }) => {
        const tMs = dateStart(period, periods.zone);
        return tMs === undefined ? [] : [[periods.index(tMs), kw] as const];
      });
      known = new Map(rows);
      this.typedOf.set(charge, known);
    }
    return known.get(k);
  }

  /** Metered demand of a charge over some rows. */
  metered(charge: OwnCharge, version: FrameVersion, rows: Rows): PeakSet {
    const { kw } = this.frame.demand(charge.peak.window);
    return peaksOf(this.frame.intervals, kw, this.search(charge, version, rows));
  }

  private measure(k: number): void {
    const parts = this.frame.parts(k).map((part) => part.of);
    const ruling = this.frame.ruling(k);
    const versions = parts.length > 0 ? parts : ruling ? [ruling] : [];
    for (const version of versions) {
      const charges = version.version.components.filter(hasPeak);
      const rows = this.frame.rowsOf(k);
      const bare = new Map(charges.map((charge) => [charge.name, this.bare(charge, version, rows)]));
      for (const charge of charges)
        this.keep(charge, version, { k, demand: this.settle(charge, k, bare), ruled: version === versions.at(-1) });
    }
  }

  private keep(charge: OwnCharge, version: FrameVersion, { k, demand, ruled }: { k: number; demand: PeriodDemand; ruled: boolean }): void {
    this.split.set(key(version, charge.name, k), demand);
    if (!ruled) return;
    const rows = this.ruled.get(charge.name) ?? new Map<number, PeriodDemand>();
    rows.set(k, demand);
    this.ruled.set(charge.name, rows);
  }

  /** Metered demand alone, before any look-back. */
  private bare(charge: OwnCharge, version: FrameVersion, rows: Rows): Bare {
    const { intervals } = this.frame;
    const columns = this.frame.demand(charge.peak.window);
    const search = this.search(charge, version, rows);
    const metered = peaksOf(intervals, columns.kw, search);
    const { withExcludedKw: withR17, possibleKw } = columns;
    return {
      metered,
      highKw:
        possibleKw && differs(columns.kw, possibleKw, rows) ? Math.max(metered.kw, peaksOf(intervals, possibleKw, search).kw) : metered.kw,
      ...(withR17 && this.frame.excludedIn(rows).length > 0 ? { withExcluded: peaksOf(intervals, withR17, search) } : {}),
    };
  }

  private settle(charge: OwnCharge, k: number, bare: ReadonlyMap<string, Bare>): PeriodDemand {
    const { metered, highKw, withExcluded } = bare.get(charge.name) as Bare;
    const ratchet = this.floor(charge, k, { current: (name) => bare.get(name)?.metered.kw });
    const ratchetHigh = this.floor(charge, k, { current: (name) => bare.get(name)?.highKw, high: true });
    const minimumKw = charge.minimumKw ?? 0;
    const billed = (meteredKw: number, ratchetKw: number): number => billedKw(charge, { meteredKw, ratchetKw, minimumKw });
    return {
      metered,
      meteredHighKw: highKw,
      ...(withExcluded ? { withExcluded } : {}),
      ratchet,
      ratchetHighKw: ratchetHigh.kw,
      minimumKw,
      billedKw: billed(metered.kw, ratchet.kw),
      billedHighKw: billed(highKw, ratchetHigh.kw),
    };
  }

  /** The floor a ratchet puts under a period; the period itself, where it counts, is asked of `current`. */
  floor(charge: DemandCharge, k: number, { current, high = false }: FloorOptions): LookBack {
    const { ratchet } = charge;
    if (!ratchet) return { kw: 0 };
    const demandOf = (j: number): number | undefined =>
      j === k ? (this.typed(charge, k) ?? current(ratchet.demand ?? charge.name)) : this.seen(charge, j, high);
    return lookBack(ratchet, k, { periods: this.frame.periods, demandOf });
  }

  private search({ peak, seasons }: OwnCharge, version: FrameVersion, rows: Rows): PeakSearch {
    return { rule: peak, rows, mask: version.masks.of(peak.when, seasons), zone: this.frame.periods.zone };
  }
}

interface FloorOptions {
  /** Metered demand of the period itself, by the name of a charge, where the ratchet counts it. */
  readonly current: (name: string) => number | undefined;
  /** As high as uncertain intervals can have been. */
  readonly high?: boolean;
}

interface Bare {
  readonly metered: PeakSet;
  readonly highKw: number;
  readonly withExcluded?: PeakSet;
}

/** The greatest of the three, in the resolution that the charge bills. */
export function billedKw(
  charge: DemandCharge,
  { meteredKw, ratchetKw, minimumKw }: { readonly meteredKw: number; readonly ratchetKw: number; readonly minimumKw: number },
): number {
  const kw = Math.max(meteredKw, ratchetKw, minimumKw);
  return charge.quantityDecimals === undefined ? kw : clean(Math.round(kw * 10 ** charge.quantityDecimals) / 10 ** charge.quantityDecimals);
}

export function hasPeak(component: Component): component is OwnCharge {
  return component.kind === "demand" && component.peak !== undefined;
}

/** Whether two columns differ; a missing number is the same as a missing number. */
function differs(a: Float64Array, b: Float64Array, { from, to }: Rows): boolean {
  for (let row = from; row < to; row += 1) {
    const one = a[row] as number;
    const other = b[row] as number;
    if (one !== other && !(Number.isNaN(one) && Number.isNaN(other))) return true;
  }
  return false;
}

function key(version: FrameVersion, name: string, k: number): string {
  return `${version.version.validFrom}/${k}/${name}`;
}
