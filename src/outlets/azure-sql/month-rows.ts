import type { PeriodRow } from "#reports/plant-answers.ts";
import type { Store } from "#store/store.ts";
import type { SqlConnection } from "./connection.ts";
import { mergeOf, rowsPerMerge } from "./merge.ts";
import { firstKnownMs, type MirroredPlant, zoneOf } from "./plant.ts";
import { MONTHLY, type SqlValue } from "./tables.ts";

/** Months before a month that its `HighestPrev11_Billed_kW` looks at. */
const LOOK_BACK = 11;
const MONTH_MS = 30 * 86_400_000;

/** Writes every calendar month into `KYZ_MonthlyDemand`. Answers how many. Errors: SqlProblem. */
export async function refreshMonths(plant: MirroredPlant, on: { writer: SqlConnection; store: Store; nowMs: number }): Promise<number> {
  const firstMs = (await firstKnownMs(plant, on.store)) ?? on.nowMs;
  const months = Math.ceil((on.nowMs - firstMs) / MONTH_MS) + 1;
  const zone = zoneOf(plant);
  const rows = monthValues(await plant.periods(months, "calendar"), (fromMs) => zone.localOf(fromMs));
  const most = rowsPerMerge(MONTHLY);
  // Readers see all months of one computation or all of the one before.
  await on.writer.transaction(async () => {
    for (let at = 0; at < rows.length; at += most) await on.writer.run(mergeOf(MONTHLY, rows.slice(at, at + most)));
  });
  return rows.length;
}

/**
 * Calendar months as rows. Demand is that of the tariff: its own percent, its own minimum, its own number of peaks; months
 * without a tariff have peak and energy alone. The floor is without the minimum, as the table has always held it.
 */
export function monthValues(periods: readonly PeriodRow[], clockOf: (fromMs: number) => number): SqlValue[][] {
  const months = periods.map((row) => ({ row, at: new Date(clockOf(row.period.fromMs)) }));
  const billed = new Map(
    months.flatMap(({ row, at }) => (row.demand === undefined ? [] : [[monthNumber(at), row.demand.billedKw] as const])),
  );
  return months
    .filter(({ row }) => !Number.isNaN(row.energyKwh))
    .map(({ row, at }) => {
      const { demand } = row;
      const earlier = Array.from({ length: LOOK_BACK }, (_, back) => billed.get(monthNumber(at) - back - 1) ?? Number.NaN);
      const known = earlier.filter((kw) => !Number.isNaN(kw));
      const highest = known.length === 0 ? null : Math.max(...known);
      const figures = demand === undefined ? [null, null, null] : [demand.meteredKw, demand.ratchetKw, demand.billedKw].map(orNull);
      return [at, figures[0] ?? null, orNull(row.peakKw), orNull(row.energyKwh), highest, figures[1] ?? null, figures[2] ?? null];
    });
}

const monthNumber = (at: Date): number => at.getUTCFullYear() * 12 + at.getUTCMonth();
const orNull = (value: number): number | null => (Number.isNaN(value) ? null : value);
