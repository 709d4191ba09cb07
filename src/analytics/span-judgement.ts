import { NOT_A_DAY, type ReadSpans } from "./read-spans.ts";
import { judgeRows } from "./row-judge.ts";
import { judgeSparse } from "./sparse-rows.ts";
import { DAILY_HABITS, type RowJudgement } from "./usual-rows.ts";

/** What is known of each stretch: days by the habits of days, longer ones by others as long. `usual`: ids nobody wonders about. */
export function judgedSpans(spans: ReadSpans, usual: ReadonlySet<string> = new Set()): RowJudgement {
  const rows = spans.fromMs.length;
  const column = (): Float64Array => new Float64Array(rows).fill(Number.NaN);
  const judgement = { side: new Int8Array(rows), score: column(), limit: column(), expected: column(), low: column(), high: column() };
  const days = daysOf(spans);
  const tMs = Float64Array.from(days, (row) => ((spans.fromMs[row] as number) + (spans.toMs[row] as number)) / 2);
  const rate = Float64Array.from(days, (row) => (spans.amount[row] as number) / (spans.weight[row] as number));
  const kind = Uint8Array.from(days, (row) => spans.weekday[row] as number);
  const isUsual = (day: number): boolean => usual.has(unusualId(spans, days[day] as number));
  const judged = judgeRows({ tMs, rate, kind }, DAILY_HABITS, isUsual);
  for (const [day, row] of days.entries()) {
    judgement.side[row] = judged.side[day] as number;
    for (const name of ["score", "limit", "expected", "low", "high"] as const) judgement[name][row] = judged[name][day] as number;
  }
  judgeSparse(spans, judgement);
  return judgement;
}

/** The name of what begins with a row: the same as long as its first reading is. */
export function unusualId({ fromMs }: ReadSpans, row: number): string {
  return `unusual:${fromMs[row]}`;
}

function daysOf({ weekday }: ReadSpans): Uint32Array {
  const days = new Uint32Array(weekday.length);
  let n = 0;
  for (let row = 0; row < weekday.length; row += 1) if (weekday[row] !== NOT_A_DAY) days[n++] = row;
  return days.subarray(0, n);
}
