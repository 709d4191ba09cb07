import { NOT_A_DAY, type ReadSpans } from "./read-spans.ts";
import { judgeRows } from "./row-judge.ts";
import { judgeSparse } from "./sparse-rows.ts";
import { DAILY_HABITS, type RateRows, type RowJudgement } from "./usual-rows.ts";

/** What is known of each stretch: days by the habits of days, longer ones by others as long. `usual`: ids nobody wonders about. */
export function judgedSpans(spans: ReadSpans, usual: ReadonlySet<string> = new Set()): RowJudgement {
  const rows = spans.fromMs.length;
  const column = (): Float64Array => new Float64Array(rows).fill(Number.NaN);
  const judgement = { side: new Int8Array(rows), score: column(), limit: column(), expected: column(), low: column(), high: column() };
  const days = daysOf(spans);
  const isUsual = (day: number): boolean => usual.size > 0 && usual.has(unusualId(spans, days[day] as number));
  const judged = judgeRows(ratesOf(spans, days), DAILY_HABITS, isUsual);
  place(judged.side, days, judgement.side);
  for (const name of ["score", "limit", "expected", "low", "high"] as const) place(judged[name], days, judgement[name]);
  judgeSparse(spans, judgement);
  return judgement;
}

/** Puts what was found of each day into its row. */
function place<Numbers extends Float64Array | Int8Array>(found: Numbers, rows: Uint32Array, into: Numbers): void {
  for (let day = 0; day < rows.length; day += 1) into[rows[day] as number] = found[day] as number;
}

/** The name of what begins with a row: the same as long as its first reading is. */
export function unusualId({ fromMs }: ReadSpans, row: number): string {
  return `unusual:${fromMs[row]}`;
}

function ratesOf({ fromMs, toMs, amount, weight, weekday }: ReadSpans, days: Uint32Array): RateRows {
  const n = days.length;
  const rows = { tMs: new Float64Array(n), rate: new Float64Array(n), kind: new Uint8Array(n) };
  for (let day = 0; day < n; day += 1) {
    const row = days[day] as number;
    rows.tMs[day] = ((fromMs[row] as number) + (toMs[row] as number)) / 2;
    rows.rate[day] = (amount[row] as number) / (weight[row] as number);
    rows.kind[day] = weekday[row] as number;
  }
  return rows;
}

function daysOf({ weekday }: ReadSpans): Uint32Array {
  const days = new Uint32Array(weekday.length);
  let n = 0;
  for (let row = 0; row < weekday.length; row += 1) if (weekday[row] !== NOT_A_DAY) days[n++] = row;
  return days.subarray(0, n);
}
