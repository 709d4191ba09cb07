import { checkBill } from "#tariffs/check-bill.ts";
import type { DemandHistory } from "#tariffs/demand-history.ts";
import type { BillCheck, TypedBill } from "./plant-answers.ts";

/** A real bill against ours over the same dates. Missing: undefined where nothing was measured between them. Errors: RangeError. */
export function checked(demand: DemandHistory, typed: TypedBill): BillCheck | undefined {
  const { fromDate, toDate, ...figures } = typed;
  const check = checkBill(demand, { from: fromDate, to: toDate, ...figures });
  if (check === undefined) return undefined;
  const worst = check.compared.filter((one) => !one.agrees).sort((a, b) => (a.difference.abs().gt(b.difference.abs()) ? -1 : 1))[0];
  const [hint] = check.hints;
  return {
    ours: check.ours,
    rows: check.compared.map((one) => ({
      name: one.name,
      unit: one.unit,
      typed: one.theirs.toFixed(),
      ours: one.ours.isNaN() ? "" : one.ours.toFixed(),
      difference: one.difference.isNaN() ? "" : one.difference.toFixed(),
      agrees: one.agrees,
      ...(one === worst && hint !== undefined ? { hint: hint.sentence } : {}),
    })),
    hints: check.hints.map(({ sentence }) => sentence),
  };
}
