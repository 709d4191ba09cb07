import type { Intervals } from "#analytics/intervals.ts";
import type { Bill } from "./bill.ts";
import { billOf } from "./bill-of.ts";
import { DemandHistory } from "./demand-history.ts";
import { type BillingOptions, Frame } from "./frame.ts";
import type { Plan } from "./plan.ts";

/**
 * A plan laid over all history: what bills, levels, caps and checks are asked of. Make it once per state of the intervals.
 * Shape:   give all intervals there are, not only those of the bills to be shown: a ratchet looks back.
 */
export function billing(plan: Plan, intervals: Intervals, options: BillingOptions): DemandHistory {
  return new DemandHistory(new Frame(plan, intervals, options));
}

/**
 * The bills of the periods that touch a range, the oldest first; of all history where none is given.
 * Missing: a period without intervals, or before the plan, has no bill.
 */
export function bills(history: DemandHistory, range?: { readonly fromMs: number; readonly toMs: number }): Bill[] {
  const { frame } = history;
  const first = range ? Math.max(frame.first, frame.periods.index(range.fromMs)) : frame.first;
  const last = range ? Math.min(frame.last, frame.periods.index(range.toMs - 1)) : frame.last;
  const found: Bill[] = [];
  for (let k = first; k <= last; k += 1) {
    const bill = billOf(history, k);
    if (bill) found.push(bill);
  }
  return found;
}
