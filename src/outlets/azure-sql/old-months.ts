import type { SqlConnection } from "./connection.ts";
import { SqlProblem } from "./sql-problem.ts";
import { MONTHLY } from "./tables.ts";

/** Billed demand of a month that has no intervals, as a tariff's ratchet wants it. */
export interface OldMonth {
  /** First day of the month. */
  readonly period: string;
  readonly kw: number;
}

/**
 * Months of the old snapshot before the first interval, and that interval's own month where it does not begin with it.
 * Missing: none where the old database has no such table.
 */
export async function readOldMonths(session: SqlConnection, firstClockMs: number | undefined): Promise<OldMonth[]> {
  const rows = await readTable(session);
  return rows.flatMap(({ month_start: month, Billed_kW: kw }) => {
    if (!(month instanceof Date) || typeof kw !== "number" || !Number.isFinite(kw)) return [];
    // The first interval of a whole month ends a quarter of an hour after midnight.
    const whole = firstClockMs !== undefined && month.getTime() + HOUR_MS >= firstClockMs;
    return firstClockMs === undefined || (month.getTime() < firstClockMs && !whole)
      ? [{ period: month.toISOString().slice(0, 10), kw }]
      : [];
  });
}

const HOUR_MS = 3_600_000;

async function readTable(session: SqlConnection): Promise<readonly Readonly<Record<string, unknown>>[]> {
  try {
    const sql = `SELECT month_start, Billed_kW FROM ${MONTHLY.name} WHERE Billed_kW IS NOT NULL ORDER BY month_start;`;
    return (await session.run({ sql, parameters: [] })).rows;
  } catch (error) {
    if (error instanceof SqlProblem && error.code === "no-table") return [];
    throw error;
  }
}
