import type { CorrectionMadeAnswer } from "#contract/corrections.ts";
import { monthOf } from "./meter-answer.ts";
import { amountText } from "./words.ts";

const MOST = 8;

/** "Gas, November 2026: 212 → 198 m³": what a correction changes, month by month; the rest is counted. */
export function changeLines(changes: CorrectionMadeAnswer["changes"]): string[] {
  const lines = changes.flatMap(({ name, unit, before, after }) => {
    const month = `${monthOf(before.fromLocal)} ${before.fromLocal.slice(0, 4)}`;
    const now = amountText(before.amount, unit);
    const then = after === null ? undefined : amountText(after.amount, unit);
    // A change too small to be seen would read like none.
    return then === now ? [] : [`${name}, ${month}: ${then === undefined ? now : `${now} → ${then}`}`];
  });
  return lines.length <= MOST ? lines : [...lines.slice(0, MOST), `and ${lines.length - MOST} more`];
}
