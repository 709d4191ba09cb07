import type { Decimal } from "decimal.js";
import { HOUR_MS } from "#calendar/civil.ts";
import type { BillingPeriod } from "#calendar/periods.ts";
import type { DemandBasis, Peak } from "./bill.ts";
import { billedKw, type DemandHistory, hasPeak, type OwnCharge, type PeriodDemand } from "./demand-history.ts";
import { periodMoney, ruleOf } from "./demand-lines.ts";
import type { FrameVersion } from "./frame.ts";
import { type LaterCost, laterCost } from "./later-cost.ts";
import { clean } from "./money.ts";
import { peaksOf, windowRows } from "./peaks.ts";

/** What keeping every interval of a period at or below some demand would have taken and saved. Units: money before rounding. */
export interface Cap {
  readonly charge: string;
  readonly period: BillingPeriod;
  readonly capKw: number;
  /** Intervals above it, the highest first, with the energy that had to be moved elsewhere. */
  readonly above: readonly (Peak & { readonly overKwh: number })[];
  readonly moveKwh: number;
  readonly meteredKw: number;
  readonly meteredKwCapped: number;
  readonly billedKw: number;
  readonly billedKwCapped: number;
  readonly savedNow: Decimal;
  /** Saved in later periods, whose floors would be lower. */
  readonly savedLater: LaterCost;
  /** No lower cap saves anything in this period: here ratchet or minimum hold billing demand. */
  readonly usefulDownToKw: number;
  /** What sets billing demand under the cap. */
  readonly heldBy: DemandBasis["rule"];
}

export interface CapAsk {
  /** Any instant of the period. */
  readonly tMs: number;
  readonly capKw: number;
  /** Name of a demand line; the plan's first unless said. */
  readonly charge?: string;
}

/** Missing: undefined where no interval lies in the period or the plan has no such demand charge. */
export function capAt(history: DemandHistory, { tMs, capKw, charge: name }: CapAsk): Cap | undefined {
  const { frame } = history;
  const k = frame.periods.index(tMs);
  const version = frame.ruling(k);
  const charge = version?.version.components.filter(hasPeak).find((one) => name === undefined || one.name === name);
  const demand = charge && history.of(charge.name, k);
  if (!version || !charge || !demand) return undefined;
  const { above, moveKwh, metered } = keptBelow(history, charge, { k, version, capKw });
  const { minimumKw } = demand;
  // A ratchet that counts the period itself looks at the capped demand of it.
  const current = (name: string): number | undefined => (name === charge.name ? metered.kw : history.of(name, k)?.metered.kw);
  const ratchet = history.floor(charge, k, { current });
  const capped = billedKw(charge, { meteredKw: metered.kw, ratchetKw: ratchet.kw, minimumKw });
  return {
    charge: charge.name,
    period: frame.period(k),
    capKw,
    above,
    moveKwh,
    meteredKw: demand.metered.kw,
    meteredKwCapped: metered.kw,
    billedKw: demand.billedKw,
    billedKwCapped: capped,
    savedNow: periodMoney(history, charge.name, { k, kw: demand.billedKw }).minus(periodMoney(history, charge.name, { k, kw: capped })),
    savedLater: laterCost(history, charge, {
      k,
      lower: { meteredKw: metered.kw, billedKw: capped },
      higher: { meteredKw: demand.metered.kw, billedKw: demand.billedKw },
    }),
    usefulDownToKw: Math.max(ratchet.kw, minimumKw),
    heldBy: ruleOf({ metered, ratchet, minimumKw }),
  };
}

type Kept = Pick<Cap, "above" | "moveKwh"> & Pick<PeriodDemand, "metered">;

function keptBelow(
  { frame }: DemandHistory,
  { peak, seasons }: OwnCharge,
  { k, version, capKw }: { readonly k: number; readonly version: FrameVersion; readonly capKw: number },
): Kept {
  const { intervals } = frame;
  const kw = frame.demand(peak.window).kw.slice();
  const rows = frame.rowsOf(k);
  const mask = version.masks.of(peak.when, seasons);
  // Windows that slide overlap: energy over the cap is counted by the interval they end with.
  const slides = peak.window?.alignment === "sliding";
  const hours = ((slides ? 1 : windowRows(peak.window, intervals.lengthMs)) * intervals.lengthMs) / HOUR_MS;
  const above: (Peak & { overKwh: number })[] = [];
  for (let row = rows.from; row < rows.to; row += 1) {
    const was = kw[row] as number;
    if (!(was > capKw) || (mask !== undefined && mask[row] === 0)) continue;
    above.push({ tMs: intervals.tMs[row] as number, kw: was, overKwh: clean((was - capKw) * hours) });
    kw[row] = capKw;
  }
  above.sort((a, b) => b.kw - a.kw || a.tMs - b.tMs);
  const metered = peaksOf(intervals, kw, { rule: peak, rows, mask, zone: frame.periods.zone });
  return { above, moveKwh: clean(above.reduce((sum, one) => sum + one.overKwh, 0)), metered };
}
