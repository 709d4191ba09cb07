import type { Bill, DemandBasis } from "./bill.ts";
import type { DemandHistory } from "./demand-history.ts";
import { billBetween } from "./rebill.ts";
import type { Comparison, Hint, TypedBill } from "./typed-bill.ts";

export interface Differing {
  readonly ours: Bill;
  readonly typed: TypedBill;
  readonly compared: readonly Comparison[];
}

/** Likely reasons why a real bill differs from ours, those that explain a figure exactly first. */
export function hintsFor(history: DemandHistory, of: Differing): Hint[] {
  const factor = factorHint(of);
  const exact = [
    ...factor,
    ...(factor.length > 0 ? [] : [...dateHint(history, of), ...demandHints(of), ...energyHints(history, of)]),
    ...moneyHints(of),
  ];
  return [...exact, ...measuredHint(of.ours)];
}

const SHIFTS = [
  [-1, -1],
  [1, 1],
  [0, 1],
  [0, -1],
  [1, 0],
  [-1, 0],
] as const;

/** The day a bill ends on may or may not belong to it, and a reader may come a day early. */
function dateHint(history: DemandHistory, { typed, compared }: Differing): Hint[] {
  const energy = differing(compared, "energy");
  if (!energy) return [];
  const tries = SHIFTS.flatMap((shiftDays) => {
    const bill = billBetween(history, { from: typed.from, to: typed.to, shiftDays });
    return bill ? [{ shiftDays, bill, offKwh: Math.abs(bill.energyKwh - energy.theirs.toNumber()) }] : [];
  }).sort((a, b) => a.offKwh - b.offKwh);
  const best = tries[0];
  if (!best || best.offKwh > closeTo(energy)) return [];
  return [
    {
      code: "dates-shifted",
      sentence: `The kWh are those of our bill with the ${shiftText(best.shiftDays)}: ${number(best.bill.energyKwh)} kWh. The dates seem to mean other days.`,
    },
  ];
}

function shiftText([from, to]: readonly [from: number, to: number]): string {
  const words = (days: number): string => (days < 0 ? "a day earlier" : "a day later");
  if (from === to) return `period ${words(from)}`;
  return from === 0 ? `end ${words(to)}` : `beginning ${words(from)}`;
}

const FACTOR = { noticeable: 0.02, alike: 0.003 } as const;

function factorHint({ compared }: Differing): Hint[] {
  const ratios = compared.flatMap(({ what, theirs, ours }) =>
    (what === "energy" || what === "metered-demand" || what === "billed-demand") && ours.greaterThan(0)
      ? [{ what, ratio: theirs.div(ours).toNumber() }]
      : [],
  );
  const energy = ratios.find(({ what }) => what === "energy")?.ratio;
  const others = ratios.filter(({ what }) => what !== "energy");
  if (energy === undefined || Math.abs(energy - 1) < FACTOR.noticeable || others.length === 0) return [];
  if (!others.some(({ ratio }) => Math.abs(ratio / energy - 1) < FACTOR.alike)) return [];
  const reason =
    Math.abs(energy - 2) < FACTOR.noticeable || Math.abs(energy - 0.5) < FACTOR.noticeable / 2
      ? "Pulses are counted on one edge instead of both, or on both instead of one (Form A or C)."
      : "Look at the pulses per kWh and at the multiplier (CT × PT).";
  return [{ code: "factor", sentence: `kWh and kW of the bill are both ${number(energy, 4)} times ours. ${reason}` }];
}

function demandHints({ ours, compared }: Differing): Hint[] {
  const differs = differing(compared, "billed-demand") ?? differing(compared, "metered-demand");
  const demand = ours.lines.find((line) => line.demand)?.demand;
  if (!differs || !demand) return [];
  return candidates(demand).filter(({ kw, highKw }) => {
    const theirs = differs.theirs.toNumber();
    const slack = differs.tolerance.toNumber();
    return theirs >= kw - slack && theirs <= (highKw ?? kw) + slack;
  });
}

/** Demands that a bill may show instead of ours, each with what it would mean. */
function candidates(demand: DemandBasis): (Hint & { readonly kw: number; readonly highKw?: number })[] {
  const { withExcluded, uncertain, peaks } = demand;
  const highest = peaks[0]?.kw;
  const found: (Hint & { readonly kw: number; readonly highKw?: number })[] = [];
  if (withExcluded && withExcluded.billedKw !== demand.billedKw)
    found.push({
      code: "excluded-counted",
      kw: withExcluded.billedKw,
      sentence: `With what R17 leaves out (${withExcluded.count === 1 ? "1 interval" : `${withExcluded.count} intervals`}), demand is ${number(withExcluded.billedKw)} kW: it seems to have been counted.`,
    });
  if (demand.rule !== "metered")
    found.push({
      code: "ratchet-left-out",
      kw: demand.meteredKw,
      sentence: `The bill's demand is the metered one, ${number(demand.meteredKw)} kW; ours is held at ${number(demand.billedKw)} kW by the ${demand.rule}.`,
    });
  if (highest !== undefined && peaks.length > 1)
    found.push({
      code: "highest-interval",
      kw: highest,
      sentence: `The bill's demand is our highest interval, ${number(highest)} kW, and not the mean of ${peaks.length}.`,
    });
  if (uncertain)
    found.push({
      code: "not-certain",
      kw: uncertain.lowKw,
      highKw: uncertain.highKw,
      sentence: `Our metered demand is not certain, between ${number(uncertain.lowKw)} and ${number(uncertain.highKw)} kW: the bill's is among these.`,
    });
  return found;
}

function energyHints(history: DemandHistory, { typed, compared }: Differing): Hint[] {
  const energy = differing(compared, "energy");
  if (!energy) return [];
  const without = billBetween(history, { from: typed.from, to: typed.to, excluded: "no-energy" });
  if (!without || Math.abs(without.energyKwh - energy.theirs.toNumber()) > closeTo(energy)) return [];
  return [
    {
      code: "excluded-not-energy",
      sentence: `Without the energy of the intervals with R17 it is ${number(without.energyKwh)} kWh, as the bill says.`,
    },
  ];
}

/** Where quantities agree and money does not. */
function moneyHints({ ours, typed, compared }: Differing): Hint[] {
  const quantities = compared.filter(({ what }) => what === "energy" || what === "billed-demand");
  const total = differing(compared, "total");
  const lines = compared.filter(({ what, agrees }) => what === "line" && !agrees);
  if (quantities.length < 2 || quantities.some(({ agrees }) => !agrees)) return [];
  if (lines.length > 0)
    return lines.map(({ name, theirs, ours: amount }) => ({
      code: "rate-or-line" as const,
      sentence: amount.isNaN()
        ? `Our plan has no line named ${name}; the bill charges ${theirs.toFixed(2)} for it.`
        : `kWh and kW agree, and ${name} is ${theirs.toFixed(2)} instead of ${amount.toFixed(2)} ${ours.currency}: its rate differs.`,
    }));
  if (!total) return [];
  const percent = ours.total.isZero() ? "" : `, ${number(total.difference.div(ours.total).times(100).toNumber(), 3)} % of ours`;
  const ask = typed.lines ? "" : " Type the amounts of its lines to see which.";
  return [
    {
      code: "rate-or-line",
      sentence: `kWh and kW agree and the total differs by ${total.difference.toFixed(2)} ${ours.currency}${percent}: a rate, rider or tax of the bill is another one, or not in the plan.${ask}`,
    },
  ];
}

const MEASURED = 0.9995;

function measuredHint(ours: Bill): Hint[] {
  if (ours.coverage >= MEASURED) return [];
  return [
    {
      code: "not-measured",
      sentence: `Only ${number(ours.coverage * 100)} % of the time was measured: what is missing is missing in our bill.`,
    },
  ];
}

function differing(compared: readonly Comparison[], what: Comparison["what"]): Comparison | undefined {
  return compared.find((one) => one.what === what && !one.agrees && !one.ours.isNaN());
}

/** Meter and utility never agree to the last kWh: a twentieth of a percent is close. */
function closeTo({ theirs, tolerance }: Comparison): number {
  return Math.max(tolerance.toNumber(), theirs.toNumber() * 0.0005);
}

function number(value: number, digits = 1): string {
  return String(Number(value.toFixed(digits)));
}
