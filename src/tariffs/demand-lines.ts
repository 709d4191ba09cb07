import type { Decimal } from "decimal.js";
import type { BillLine, DemandBasis } from "./bill.ts";
import { billedKw, type DemandHistory, hasPeak, type OwnCharge, type PeriodDemand } from "./demand-history.ts";
import type { Frame, FrameVersion, Part } from "./frame.ts";
import { decimal, ROUNDING, ratio, roundLine, sumOf } from "./money.ts";
import type { DemandCharge } from "./plan.ts";
import { forgottenIn } from "./ratchet.ts";
import { tierParts } from "./tiers.ts";

/** Money of a demand charge at some billing demand, before rounding. `share` is the part of the period it is charged for. */
export function demandMoney(charge: DemandCharge, kw: number, share: Decimal): Decimal {
  if (charge.rate !== undefined) return decimal(kw).times(share).times(decimal(charge.rate));
  return sumOf(tierParts(charge.tiers ?? [], decimal(kw), decimal("1")).map((part) => part.quantity.times(part.rate))).times(share);
}

/** Part of the period's days for which a charge of one version is due. */
export function demandShare({ periods }: Frame, { of, fromMs, toMs, days, daysOfPeriod }: Part, { seasons }: DemandCharge): Decimal {
  if (seasons === undefined) return ratio(days, daysOfPeriod);
  return ratio(of.masks.daysIn(seasons, periods.zone.dayStart(fromMs), toMs), daysOfPeriod);
}

/** Money of the charge of that name in a period at some billing demand; where versions share the period, each charges its part. */
export function periodMoney({ frame }: DemandHistory, name: string, { k, kw }: { readonly k: number; readonly kw: number }): Decimal {
  return sumOf(
    frame.parts(k).flatMap((part) => {
      const charge = part.of.version.components.find((component) => component.name === name);
      return charge?.kind === "demand" ? [demandMoney(charge, kw, demandShare(frame, part, charge))] : [];
    }),
  );
}

export interface DemandPlace {
  readonly version: FrameVersion;
  readonly k: number;
  /** Part of the period that is billed by this version and in the charge's seasons. */
  readonly share: Decimal;
  readonly coverage: number;
  /** As if the intervals that R17 leaves out counted. */
  readonly withExcluded?: boolean;
}

/** Billing demand of the charge of that name, whether it has a peak of its own or refers to another's. */
export function billedIn(
  history: DemandHistory,
  name: string,
  { k, version, withExcluded }: Pick<DemandPlace, "k" | "version" | "withExcluded">,
): number {
  const named = version.version.components.find((component) => component.kind === "demand" && component.name === name);
  const charge =
    named?.kind === "demand" ? version.version.components.find((component) => component.name === (named.demand ?? name)) : undefined;
  const demand = history.of(charge?.name ?? name, k, version);
  if (!demand || charge?.kind !== "demand") return 0;
  if (!withExcluded || !demand.withExcluded) return demand.billedKw;
  return billedKw(charge, { meteredKw: demand.withExcluded.kw, ratchetKw: demand.ratchet.kw, minimumKw: demand.minimumKw });
}

type Line = Omit<BillLine, "name" | "kind" | "clause" | "part">;

/** The lines of a demand charge: one, or one per tier, the first of which says why billing demand is what it is. */
export function demandLines(history: DemandHistory, charge: DemandCharge, place: DemandPlace): Line[] {
  const demand = history.of(charge.demand ?? charge.name, place.k, place.version);
  const kw = billedIn(history, charge.name, place);
  const rounding = place.version.version.rounding ?? ROUNDING;
  // The bill as it would be with R17 is asked for its money alone.
  const basis = demand && hasPeak(charge) && !place.withExcluded ? basisOf(history, charge, { ...place, demand }) : undefined;
  const parts = charge.tiers
    ? tierParts(charge.tiers, decimal(kw), decimal("1"))
    : [{ quantity: decimal(kw), rate: decimal(charge.rate ?? "0") }];
  return parts.map((part, i) => {
    const quantity = part.quantity.times(place.share);
    const unrounded = quantity.times(part.rate);
    return {
      quantity,
      unit: "kW",
      rate: part.rate,
      unrounded,
      amount: roundLine(unrounded, rounding),
      coverage: place.coverage,
      ...(i === 0 && basis ? { demand: basis, intervalsMs: basis.peaks.map((peak) => peak.tMs) } : {}),
      ...(charge.peak?.when ? { bands: charge.peak.when.bands } : {}),
    };
  });
}

function basisOf(history: DemandHistory, charge: OwnCharge, place: DemandPlace & { readonly demand: PeriodDemand }): DemandBasis {
  const { demand, version, share } = place;
  const rounding = version.version.rounding ?? ROUNDING;
  const meteredOnly = billedKw(charge, { meteredKw: demand.metered.kw, ratchetKw: 0, minimumKw: 0 });
  const uncertain = demand.meteredHighKw > demand.metered.kw;
  const excluded = withExcluded(history.frame, charge, place);
  return {
    rule: ruleOf(demand),
    billedKw: demand.billedKw,
    meteredKw: demand.metered.kw,
    ratchetKw: demand.ratchet.kw,
    minimumKw: demand.minimumKw,
    peaks: demand.metered.peaks,
    ...(demand.metered.next ? { next: demand.metered.next } : {}),
    ...ratchetSpan(history, charge, demand),
    ...(uncertain ? { uncertain: { lowKw: demand.metered.kw, highKw: demand.meteredHighKw } } : {}),
    ...(demand.billedHighKw > demand.billedKw ? { billedHighKw: demand.billedHighKw } : {}),
    ...(excluded ? { withExcluded: excluded } : {}),
    costOfRule: roundLine(demandMoney(charge, demand.billedKw, share).minus(demandMoney(charge, meteredOnly, share)), rounding),
  };
}

/** Which rule set billing demand: the meter where the floors only reach what was metered. */
export function ruleOf({ metered, ratchet, minimumKw }: Pick<PeriodDemand, "metered" | "ratchet" | "minimumKw">): DemandBasis["rule"] {
  if (metered.kw >= ratchet.kw && metered.kw >= minimumKw) return metered.kw > 0 ? "metered" : "none";
  return ratchet.kw >= minimumKw ? "ratchet" : "minimum";
}

function ratchetSpan(history: DemandHistory, { ratchet }: DemandCharge, { ratchet: found }: PeriodDemand): Partial<DemandBasis> {
  if (!ratchet || found.from === undefined) return {};
  const { frame } = history;
  const until = forgottenIn(ratchet, found.from, frame.periods);
  return { ratchetFromMs: frame.period(found.from).fromMs, ratchetUntilMs: frame.period(until).fromMs };
}

type Excluded = NonNullable<DemandBasis["withExcluded"]>;

function withExcluded(
  frame: Frame,
  charge: OwnCharge,
  { demand, k, share, version }: DemandPlace & { readonly demand: PeriodDemand },
): Excluded | undefined {
  if (!demand.withExcluded) return undefined;
  const { ratchet, minimumKw } = demand;
  const meteredKw = demand.withExcluded.kw;
  const kw = billedKw(charge, { meteredKw, ratchetKw: ratchet.kw, minimumKw });
  const amount = roundLine(demandMoney(charge, kw, share), version.version.rounding ?? ROUNDING);
  return { ...excludedOf(frame, charge, { k, version }), meteredKw, billedKw: kw, amount };
}

function excludedOf(
  frame: Frame,
  { peak, seasons }: OwnCharge,
  { k, version }: Pick<DemandPlace, "k" | "version">,
): Pick<Excluded, "count" | "highestKw"> {
  const mask = version.masks.of(peak.when, seasons);
  let count = 0;
  let highestKw = Number.NaN;
  for (const row of frame.excludedIn(frame.rowsOf(k))) {
    if (mask !== undefined && mask[row] === 0) continue;
    count += 1;
    const kw = frame.intervals.powerKw[row] as number;
    if (!(kw <= highestKw) && !Number.isNaN(kw)) highestKw = kw;
  }
  return { count, highestKw };
}
