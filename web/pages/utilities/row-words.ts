import type { MeterConsumptionAnswer } from "#contract/meter-history.ts";
import type { MeterFigureAnswer } from "#contract/meters.ts";
import { clockWords, dayWords, monthWord, yearOf } from "#web/charts/time-words.ts";
import type { ZoneClock } from "#web/charts/zone-clock.ts";
import { moneyText } from "#web/parts/money-text.ts";
import { untilRemoved } from "./compare.ts";
import type { Grid } from "./meter-page-queries.ts";
import { amountText, flagWords, missingText, shareText } from "./words.ts";

/** One row of consumption, taken out of its columns. */
export interface ConsumptionRow {
  readonly fromMs: number;
  readonly toMs: number;
  readonly amount: number | null;
  readonly measured: number | null;
  readonly missingMs: number;
  readonly flags: MeterFigureAnswer["flags"];
  readonly register: number | null;
  readonly cost: string | null;
}

/** Columns as rows; of the time after a meter ended nothing is missing. */
export function rowsOf(answer: MeterConsumptionAnswer, endMs = Number.POSITIVE_INFINITY): ConsumptionRow[] {
  const rows = answer.fromMs.map((fromMs, index) => ({
    fromMs,
    toMs: answer.toMs[index] ?? fromMs,
    amount: answer.amount[index] ?? null,
    measured: answer.measured[index] ?? null,
    missingMs: answer.missingMs[index] ?? 0,
    flags: answer.flags[index] ?? [],
    register: answer.register[index] ?? null,
    cost: answer.cost[index] ?? null,
  }));
  return rows.map((row) => {
    const known = untilRemoved(row, endMs);
    return known.missingMs > 0 ? known : { ...known, flags: known.flags.filter((flag) => flag !== "incomplete") };
  });
}

/** "Nov 2025", "Thu 5 Mar 2026", "Thu 5 Mar 2026, 14:00 to 15:00". */
export function rowName({ fromMs, toMs }: Pick<ConsumptionRow, "fromMs" | "toMs">, by: Grid, clock: ZoneClock): string {
  const wall = clock.wallMs(fromMs);
  if (by === "year") return String(yearOf(wall));
  if (by === "month") return `${monthWord(wall)} ${yearOf(wall)}`;
  const day = `${dayWords(wall, true)} ${yearOf(wall)}`;
  if (by === "day") return day;
  return `${day}, ${clockWords(wall)} to ${clockWords(clock.wallMs(toMs))}`;
}

/** What is to be said of a row beside how much it was. */
export function rowRemarks(row: ConsumptionRow, nowMs: number): string[] {
  const rest = flagWords(row.flags.filter((flag) => flag !== "filled" && flag !== "incomplete"));
  return [shareText(row), missingText(row), ...(row.toMs > nowMs - 120_000 && row.fromMs <= nowMs ? ["so far"] : []), ...rest].filter(
    (part) => part !== undefined,
  );
}

/** A row in one line, for the cursor and for those who hear it. */
export function rowWords(
  row: ConsumptionRow,
  { unit, currency, by, clock, nowMs }: { unit: string; currency: string; by: Grid; clock: ZoneClock; nowMs: number },
): string {
  const amount = row.amount === null ? (row.missingMs > 0 ? "nobody knows" : "it had ended") : amountText(row.amount, unit);
  const cost = row.cost === null ? [] : [moneyText(row.cost, currency)];
  return `${rowName(row, by, clock)}: ${[amount, ...rowRemarks(row, nowMs), ...cost].join(", ")}`;
}
