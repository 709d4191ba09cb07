import type { Bill, BillLine, Period } from "./bill.ts";
import { partLines } from "./bill-lines.ts";
import type { DemandHistory } from "./demand-history.ts";
import type { Energy } from "./energy.ts";
import type { Frame } from "./frame.ts";
import { ROUNDING, roundTotal, sumOf } from "./money.ts";
import { remarksOf } from "./remarks.ts";

/** The bill of one period. Missing: undefined where the plan does not reach, or no interval lies. */
export function billOf(history: DemandHistory, k: number): Bill | undefined {
  const { frame } = history;
  const parts = frame.parts(k);
  const last = parts.at(-1);
  if (!last || k < frame.first || k > frame.last) return undefined;
  const energy = frame.energy(frame.rowsOf(k));
  const lines = parts.flatMap((part) => partLines(history, { k, part, coverage: coverageOf(frame, part) }));
  const rounding = last.of.version.rounding ?? ROUNDING;
  const period = periodOf(frame, k);
  const coverage = coverageOf(frame, period);
  return {
    period,
    planName: frame.plan.name,
    planVersion: parts.map((part) => part.of.version.validFrom).join(", "),
    currency: frame.plan.currency,
    lines,
    total: roundTotal(sumOf(lines.map((line) => line.amount)), rounding),
    energyKwh: energy.known > 0 ? energy.kwh : Number.NaN,
    coverage,
    estimated: estimatedShare(energy),
    ...withExcluded(history, k, lines),
    remarks: remarksOf(history, { k, period, parts, lines, energy, coverage }),
  };
}

function periodOf(frame: Frame, k: number): Period {
  const period = frame.period(k);
  return frame.options.nowMs < period.toMs ? { ...period, open: true } : period;
}

/** Share of the time that is over. */
function coverageOf(frame: Frame, span: { readonly fromMs: number; readonly toMs: number }): number {
  const { lengthMs } = frame.intervals;
  const overMs = Math.min(span.toMs, frame.options.nowMs) - span.fromMs;
  if (overMs < lengthMs) return 0;
  const { covered } = frame.energy(frame.rows(span.fromMs, span.toMs));
  return Math.min(1, covered / Math.floor(overMs / lengthMs));
}

function estimatedShare({ kwh, estimatedKwh }: Energy): number {
  return kwh > 0 ? Math.min(1, Math.max(0, estimatedKwh / kwh)) : 0;
}

/** Everything above a demand line that depends on it follows, percentages too. */
function withExcluded(history: DemandHistory, k: number, lines: readonly BillLine[]): Pick<Bill, "totalWithExcluded"> {
  if (!lines.some((line) => line.demand?.withExcluded)) return {};
  const parts = history.frame.parts(k);
  const others = parts.flatMap((part) => partLines(history, { k, part, coverage: 0, withExcluded: true }));
  return { totalWithExcluded: roundTotal(sumOf(others.map((line) => line.amount)), parts.at(-1)?.of.version.rounding ?? ROUNDING) };
}
