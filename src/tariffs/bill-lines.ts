import type { Decimal } from "decimal.js";
import { civilOf, daysInMonth } from "#calendar/civil.ts";
import type { BillLine } from "./bill.ts";
import type { DemandHistory } from "./demand-history.ts";
import { billedIn, demandLines, demandShare } from "./demand-lines.ts";
import { columnSum, type Energy } from "./energy.ts";
import type { Frame, Part } from "./frame.ts";
import type { Mask } from "./masks.ts";
import { decimal, ROUNDING, ratio, roundLine, sumOf, ZERO } from "./money.ts";
import type { Component, ComponentOf, Rounding, When } from "./plan.ts";
import { tierParts, tierText } from "./tiers.ts";

/** What the lines of one part of a period are made from. */
interface Desk {
  readonly history: DemandHistory;
  readonly frame: Frame;
  readonly k: number;
  readonly part: Part;
  /** End of the days that are charged by the day: of a period that runs, those begun. */
  readonly chargedToMs: number;
  /** Part of the period's days, 1 for all of it. */
  readonly share: Decimal;
  readonly rounding: Rounding;
  /** Share of the part's time that was measured. */
  readonly coverage: number;
  readonly withExcluded?: boolean;
  /** Money of the components so far, by name and in order. */
  readonly amounts: Map<string, Decimal>;
}

type Line = Omit<BillLine, "kind" | "clause" | "part" | "name"> & { readonly name?: string };

export interface LinePlace {
  readonly k: number;
  readonly part: Part;
  /** Share of the part's time that was measured. */
  readonly coverage: number;
  /** As if the intervals that R17 leaves out counted as demand in this period. */
  readonly withExcluded?: boolean;
}

/** The lines of one part of a period, in the order of the plan. */
export function partLines(history: DemandHistory, place: LinePlace): BillLine[] {
  return partCharges(history, place).flatMap(({ lines }) => lines);
}

/** The lines of one part of a period, by the component that makes them. */
export function partCharges(history: DemandHistory, place: LinePlace): { readonly component: Component; readonly lines: BillLine[] }[] {
  const { part } = place;
  const desk: Desk = {
    ...place,
    history,
    frame: history.frame,
    chargedToMs: chargedTo(history.frame, part),
    share: ratio(part.days, part.daysOfPeriod),
    rounding: part.of.version.rounding ?? ROUNDING,
    amounts: new Map(),
  };
  const whole = part.days === part.daysOfPeriod;
  return part.of.version.components.map((component) => {
    const lines = linesOf(desk, component).map((line) => ({
      kind: component.kind,
      ...line,
      name: line.name ?? component.name,
      ...(component.clause === undefined ? {} : { clause: component.clause }),
      ...(whole ? {} : { part: { fromMs: part.fromMs, toMs: part.toMs } }),
    }));
    desk.amounts.set(component.name, sumOf(lines.map((line) => line.amount)));
    return { component, lines };
  });
}

function linesOf(desk: Desk, component: Component): Line[] {
  switch (component.kind) {
    case "fixed":
      return [fixedLine(desk, component)];
    case "energy":
      return energyLines(desk, component);
    case "feed-in":
      return feedInLines(desk, component);
    case "demand":
      return demandLines(desk.history, component, {
        ...placeOf(desk),
        share: demandShare(desk.frame, desk.part, component),
        coverage: desk.coverage,
      });
    case "reactive":
      return reactiveLines(desk, component);
    case "percent":
      return [line(desk, { quantity: baseOf(desk, component.of), unit: "%", rate: decimal(component.percent), per: 100 })];
    case "minimum":
      return [minimumLine(desk, component)];
    case "credit":
      return [creditLine(desk, component)];
  }
}

interface Charge {
  readonly quantity: Decimal;
  readonly unit: string;
  readonly rate: Decimal;
  /** What the rate is for so many of. */
  readonly per?: number;
  readonly coverage?: number;
}

function line(desk: Desk, { quantity, unit, rate, per = 1, coverage = desk.coverage }: Charge): Line {
  const unrounded = quantity.times(rate).div(per);
  return { quantity, unit, rate, unrounded, amount: roundLine(unrounded, desk.rounding), coverage };
}

function fixedLine(desk: Desk, { per, rate, proration }: ComponentOf<"fixed">): Line {
  const quantity = per === "day" ? decimal(chargedDays(desk)) : monthsOf(desk, proration ?? "none");
  return line(desk, { quantity, unit: per, rate: decimal(rate), coverage: 1 });
}

function monthsOf(desk: Desk, proration: NonNullable<ComponentOf<"fixed">["proration"]>): Decimal {
  if (proration === "none") return desk.share;
  if (proration === "30-days") return ratio(chargedDays(desk), 30);
  const { zone } = desk.frame.periods;
  const { fromMs } = desk.part;
  return sumOf(
    zone.starts("month", fromMs, desk.chargedToMs).map((start) => {
      const { year, month } = civilOf(zone.localOf(start));
      const days = zone.daysBetween(Math.max(start, fromMs), Math.min(zone.nextStart("month", start), desk.chargedToMs));
      return ratio(days, daysInMonth(year, month));
    }),
  );
}

function chargedDays({ frame, part, chargedToMs }: Desk): number {
  return frame.periods.zone.daysBetween(part.fromMs, chargedToMs);
}

function chargedTo(frame: Frame, { fromMs, toMs }: Part): number {
  const { nowMs } = frame.options;
  if (nowMs >= toMs) return toMs;
  return nowMs <= fromMs ? fromMs : Math.min(toMs, frame.periods.zone.nextStart("day", nowMs));
}

function energyLines(desk: Desk, energy: ComponentOf<"energy">): Line[] {
  if (energy.rates !== undefined) {
    const { schedule, bands } = energy.rates;
    return Object.entries(bands).map(([band, rate]) => ({
      ...plainEnergy(desk, { when: { schedule, bands: [band] }, rate, decimals: energy.quantityDecimals }),
      name: `${energy.name}, ${band}`,
      bands: [band],
    }));
  }
  const { when, quantityDecimals: decimals } = energy;
  const marked = when ? { bands: when.bands } : {};
  if (energy.tiers === undefined) return [{ ...plainEnergy(desk, { when, rate: energy.rate ?? "0", decimals }), ...marked }];
  const measured = energyIn(desk, desk.part.of.masks.of(when, undefined));
  const parts = tierParts(energy.tiers, kwhOf(measured, decimals), tierScale(desk, energy));
  return parts.map((part) => ({
    ...line(desk, { quantity: part.quantity, unit: "kWh", rate: part.rate, coverage: coverageOf(desk, measured) }),
    name: `${energy.name}, ${tierText(part, "kWh")}`,
    ...marked,
  }));
}

/** Missing: no line where nobody counts what is sold. */
function feedInLines(desk: Desk, { name, rate, rates, when, quantityDecimals }: ComponentOf<"feed-in">): Line[] {
  const sold = (meant: When | undefined, paid: string): Line[] => {
    const energy = desk.frame.sold(desk.part, meant);
    if (energy === undefined) return [];
    const coverage = energy.count === 0 ? 0 : Math.min(1, energy.covered / energy.count);
    return [line(desk, { quantity: kwhOf(energy, quantityDecimals), unit: "kWh", rate: decimal(paid).negated(), coverage })];
  };
  if (rates === undefined) return sold(when, rate ?? "0").map((one) => (when ? { ...one, bands: when.bands } : one));
  return Object.entries(rates.bands).flatMap(([band, paid]) =>
    sold({ schedule: rates.schedule, bands: [band] }, paid).map((one) => ({ ...one, name: `${name}, ${band}`, bands: [band] })),
  );
}

interface PlainEnergy {
  readonly when: ComponentOf<"energy">["when"];
  readonly rate: string;
  readonly decimals: number | undefined;
}

function plainEnergy(desk: Desk, { when, rate, decimals }: PlainEnergy): Line {
  const measured = energyIn(desk, desk.part.of.masks.of(when, undefined));
  return line(desk, { quantity: kwhOf(measured, decimals), unit: "kWh", rate: decimal(rate), coverage: coverageOf(desk, measured) });
}

function tierScale(desk: Desk, { tierBasis, demand }: ComponentOf<"energy">): Decimal {
  if (tierBasis === "day") return decimal(chargedDays(desk));
  if (tierBasis !== "kwh-per-kw") return desk.share;
  return decimal(billedIn(desk.history, demand ?? "", placeOf(desk))).times(desk.share);
}

function placeOf({ part, k, withExcluded }: Desk): { version: Part["of"]; k: number; withExcluded: boolean } {
  return { version: part.of, k, withExcluded: withExcluded ?? false };
}

function energyIn({ frame, part }: Desk, mask: Mask | undefined): Energy {
  return frame.energy(frame.rows(part.fromMs, part.toMs), mask);
}

function kwhOf({ kwh }: Energy, decimals: number | undefined): Decimal {
  return decimals === undefined ? decimal(kwh) : decimal(kwh).toDecimalPlaces(decimals);
}

/** Of the intervals a line is about; those before the first that anybody knows count as not measured, as in the whole part. */
function coverageOf(desk: Desk, { covered, count }: Energy): number {
  const all = energyIn(desk, undefined);
  if (count === 0 || all.covered === 0) return desk.coverage;
  return Math.min(1, (covered / count) * (desk.coverage / (all.covered / all.count)));
}

/** Missing: no line where reactive energy is not known. */
function reactiveLines(desk: Desk, reactive: ComponentOf<"reactive">): Line[] {
  const { reactiveKvarh } = desk.frame.options;
  const kvarh = reactiveKvarh ? columnSum(reactiveKvarh, desk.frame.rows(desk.part.fromMs, desk.part.toMs)) : Number.NaN;
  if (Number.isNaN(kvarh)) return [];
  const { kwh } = energyIn(desk, undefined);
  const rate = decimal(reactive.rate);
  if (reactive.kvarh) {
    const free = decimal(kwh).times(decimal(reactive.kvarh.freePercent)).div(100);
    return [line(desk, { quantity: positive(decimal(kvarh).minus(free)), unit: "kvarh", rate })];
  }
  const { target, demand } = reactive.powerFactor ?? { target: "1", demand: "" };
  const apparent = Math.hypot(kwh, kvarh);
  const billed = decimal(billedIn(desk.history, demand, placeOf(desk)));
  // kW × (target ÷ actual − 1), where actual = kWh ÷ kVAh; a better factor than the target earns nothing.
  const added = kwh > 0 ? positive(billed.times(decimal(target).times(decimal(apparent)).div(decimal(kwh)).minus(1))) : ZERO;
  return [line(desk, { quantity: added.times(desk.share), unit: "kW", rate })];
}

function positive(amount: Decimal): Decimal {
  return amount.isNegative() ? ZERO : amount;
}

function baseOf({ amounts }: Desk, base: "above" | readonly string[]): Decimal {
  return sumOf(base === "above" ? [...amounts.values()] : base.map((name) => amounts.get(name) ?? ZERO));
}

function minimumLine(desk: Desk, { amount, of }: ComponentOf<"minimum">): Line {
  const missing = positive(decimal(amount).times(desk.share).minus(baseOf(desk, of)));
  return line(desk, { quantity: decimal("1"), unit: "month", rate: missing });
}

function creditLine(desk: Desk, { per, rate }: ComponentOf<"credit">): Line {
  const quantity = per === "kWh" ? decimal(energyIn(desk, undefined).kwh) : per === "day" ? decimal(chargedDays(desk)) : desk.share;
  return line(desk, { quantity, unit: per, rate: decimal(rate).negated() });
}
