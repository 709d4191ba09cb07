import type { Decimal } from "decimal.js";
import type { Difference as ImportDifference, Judge } from "#intake/folder/judge.ts";
import type { PlantReports } from "#reports/plant.ts";
import type { Difference, IntervalRow } from "#reports/plant-answers.ts";
import type { ImportReport } from "#store/records.ts";

const MOST_CHANGED = 200;

/** Lets intake ask the reports of a point what counted before a file and what counts now. */
export function judgeOf(plants: readonly PlantReports[]): Judge {
  const plantAt = (where: { site: string; point: string }): PlantReports | undefined =>
    plants.find(({ settings }) => settings.site === where.site && settings.point === where.point);
  return async (where, range) => {
    const plant = plantAt(where);
    if (plant === undefined) return undefined;
    const [known, since] = await Promise.all([plant.intervals(range), plant.remember()]);
    return { known, difference: async () => told(await since(range), plant.settings.currency) };
  };
}

function told({ energyKwh, peak, changed, bills }: Difference, currency: string): ImportDifference {
  return {
    energyKwh: figures(energyKwh),
    peak: { before: peak.before, after: peak.after },
    changed: [...changed]
      .sort((a, b) => size(b) - size(a) || a.endMs - b.endMs)
      .slice(0, MOST_CHANGED)
      .map(changeOf),
    bills: bills.map(({ period, billedKw, total }) => ({
      period: period.name,
      fromMs: period.fromMs,
      toMs: period.toMs,
      currency,
      billedKw: figures(billedKw),
      total: { before: money(total.before), after: money(total.after) },
    })),
  };
}

/** Reports are kept as JSON, which has no NaN. */
function figures({ before, after }: { before: number; after: number }): { before: number | null; after: number | null } {
  const orNull = (figure: number): number | null => (Number.isNaN(figure) ? null : figure);
  return { before: orNull(before), after: orNull(after) };
}

/** Two decimals at the least, and all there are. */
function money(amount: Decimal): string {
  return amount.toFixed(Math.max(2, amount.decimalPlaces()));
}

type Change = Difference["changed"][number];

function size({ before, after }: Change): number {
  const kwh = Math.abs(after.energyKwh - before.energyKwh);
  return Number.isNaN(kwh) ? Number.POSITIVE_INFINITY : kwh;
}

function changeOf({ endMs, before, after }: Change): NonNullable<ImportReport["changed"]>[number] {
  const source = before.source === undefined ? {} : { beforeSource: before.source };
  return { endMs, ...known("before", before), ...known("after", after), ...source };
}

/** What is not a number is left out. */
function known(when: "before" | "after", { energyKwh, demandKw }: IntervalRow): Record<string, number> {
  const figures = { [`${when}Kwh`]: energyKwh, [`${when}Kw`]: demandKw };
  return Object.fromEntries(Object.entries(figures).filter(([, figure]) => !Number.isNaN(figure)));
}
