import type { Bill } from "./bill.ts";
import { hintsFor } from "./bill-hints.ts";
import type { DemandHistory } from "./demand-history.ts";
import { decimal } from "./money.ts";
import { billBetween } from "./rebill.ts";
import type { Comparison, Hint, TypedBill } from "./typed-bill.ts";

export interface BillCheck {
  readonly ours: Bill;
  readonly compared: readonly Comparison[];
  readonly agrees: boolean;
  /** Likely reasons, the best first; none where everything agrees. */
  readonly hints: readonly Hint[];
}

export interface CheckOptions {
  /** How far two counts of the same energy may be apart: a register's digit, a pulse per boundary. */
  readonly toleranceKwh?: number;
}

/**
 * A bill of the plan over the dates of a real one, compared to it.
 * Missing: undefined where no interval lies between the dates, or the plan does not reach them.
 * Errors: RangeError for dates that are none, or do not follow one another; an error of decimal.js for money that is none.
 */
export function checkBill(history: DemandHistory, typed: TypedBill, { toleranceKwh = 0 }: CheckOptions = {}): BillCheck | undefined {
  const ours = billBetween(history, { from: typed.from, to: typed.to });
  if (!ours) return undefined;
  const compared = comparisons(ours, typed, toleranceKwh);
  const agrees = compared.every((one) => one.agrees);
  return { ours, compared, agrees, hints: agrees ? [] : hintsFor(history, { ours, typed, compared }) };
}

function comparisons(ours: Bill, typed: TypedBill, toleranceKwh: number): Comparison[] {
  const demand = ours.lines.find((line) => line.demand)?.demand;
  const cent = "0.01";
  const rows: (Comparison | undefined)[] = [
    figure({ what: "energy", name: "Energy", unit: "kWh" }, { theirs: typed.energyKwh, ours: ours.energyKwh, least: toleranceKwh }),
    figure({ what: "billed-demand", name: "Billing demand", unit: "kW" }, { theirs: typed.billedKw, ours: demand?.billedKw }),
    figure({ what: "metered-demand", name: "Metered demand", unit: "kW" }, { theirs: typed.meteredKw, ours: demand?.meteredKw }),
    ...(typed.lines ?? []).map(({ name, amount }) => {
      const amounts = ours.lines.filter((line) => line.name === name).map((line) => line.amount);
      const sum = amounts.length === 0 ? decimal("0").div(0) : amounts.reduce((a, b) => a.plus(b));
      return compare({ what: "line", name, unit: ours.currency }, { theirs: decimal(amount), ours: sum, tolerance: decimal(cent) });
    }),
    typed.total === undefined
      ? undefined
      : compare(
          { what: "total", name: "Total", unit: ours.currency },
          { theirs: decimal(typed.total), ours: ours.total, tolerance: decimal(cent) },
        ),
  ];
  return rows.flatMap((row) => row ?? []);
}

type Named = Pick<Comparison, "what" | "name" | "unit">;

/** A printed figure is rounded: half of its last digit, or half a unit where it has no decimals, is no difference. */
function figure(
  named: Named,
  { theirs, ours, least = 0 }: { readonly theirs: number | undefined; readonly ours: number | undefined; readonly least?: number },
): Comparison | undefined {
  if (theirs === undefined || ours === undefined) return undefined;
  const printed = decimal(theirs);
  const digit = decimal("0.5").div(decimal(10).pow(printed.decimalPlaces())).times("1.000001");
  const tolerance = digit.greaterThan(least) ? digit : decimal(least);
  return compare(named, { theirs: printed, ours: Number.isNaN(ours) ? decimal("0").div(0) : decimal(ours), tolerance });
}

function compare(named: Named, { theirs, ours, tolerance }: Pick<Comparison, "theirs" | "ours" | "tolerance">): Comparison {
  const difference = theirs.minus(ours);
  return { ...named, theirs, ours, difference, tolerance, agrees: difference.abs().lessThanOrEqualTo(tolerance) };
}
