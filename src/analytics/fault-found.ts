import { MINUTE_MS } from "#calendar/civil.ts";
import type { FaultBench } from "./fault-bench.ts";
import type { FaultFound, FaultRule } from "./fault-rule.ts";
import { FAULT, graver, type Runs, runsOf, severityOf } from "./fault-runs.ts";

/** What is said of the rows that tell a fault. */
export interface FaultWords {
  readonly sentence: string;
  readonly numbers: Readonly<Record<string, number>>;
  /** True where the rows are so bad that the finding is critical however short it was. */
  readonly critical?: boolean;
}

export interface FaultState {
  readonly rule: FaultRule;
  /** FINE, FAULT, SPARED or UNKNOWN per row. */
  readonly state: Uint8Array;
  /** In words, of the rows at fault that are named. */
  readonly words: (rowsAtFault: readonly number[]) => FaultWords;
}

/** The finding of a rule, out of the state of its rows. Missing: undefined where there is nothing worth a word. */
export function foundBy(bench: FaultBench, { rule, state, words }: FaultState): FaultFound | undefined {
  if (!state.includes(FAULT)) return undefined;
  const runs = runsOf(bench.rows, state, rule.afterMinutes * MINUTE_MS);
  const severity = severityOf(rule, runs);
  if (severity === undefined) return undefined;
  const { sentence, numbers, critical } = words(atFault(state, runs));
  const { sinceMs, sharePct, judgedMs, faultMs, longestMs } = runs;
  return {
    key: rule.key,
    rule: rule.rule,
    severity: critical === true ? graver(severity, "critical") : severity,
    sinceMs,
    ...(runs.fromFirst ? { sinceOrBefore: true } : {}),
    sharePct,
    judgedMs,
    faultMs,
    longestMs,
    sentence,
    numbers,
    source: rule.source,
  };
}

function atFault(state: Uint8Array, { from, to }: Runs): number[] {
  const rows: number[] = [];
  for (let i = from; i <= to; i += 1) if (state[i] === FAULT) rows.push(i);
  return rows;
}

/** The middle of what a function says of rows. Missing: NaN where it says nothing of any. */
export function middleOf(rows: readonly number[], of: (i: number) => number): number {
  const values = Float64Array.from(rows, of)
    .filter((value) => !Number.isNaN(value))
    .sort();
  const middle = values.length >> 1;
  if (values.length % 2 === 1) return values[middle] as number;
  return ((values[middle - 1] ?? Number.NaN) + (values[middle] ?? Number.NaN)) / 2;
}

/** A whole number as it is said: `22`, never `-0`. */
export function whole(value: number): string {
  return String(Math.round(value) + 0);
}

/** One place behind the point: `4.1`. */
export function tenth(value: number): string {
  return (Math.round(value * 10) / 10 + 0).toFixed(1);
}
