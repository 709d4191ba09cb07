import { civilMs } from "#calendar/civil.ts";
import type { Zone } from "#calendar/zone.ts";
import type { MeterCostsAnswer } from "#contract/meter-history.ts";
import type { ConsumptionAnswer, MeterFigure } from "#reports/meter-answers.ts";
import type { MeterSettings } from "#reports/meter-settings.ts";
import type { Range } from "#store/store.ts";
import type { SiteDesk } from "./desk.ts";
import { meterFigure } from "./wire.ts";

/** What every meter cost in a calendar year of its site, month by month; one without a price has its amounts. */
export async function costsAnswer(desks: readonly SiteDesk[], year: number): Promise<MeterCostsAnswer> {
  const sites = await Promise.all(
    desks.map(async (desk) => ({
      site: desk.site.site,
      currency: desk.site.currency,
      rows: (await Promise.all(desk.site.meters.map((meter) => costRow(desk, meter, year)))).flat(),
    })),
  );
  return { year, sites };
}

type CostRow = MeterCostsAnswer["sites"][number]["rows"][number];

async function costRow({ reports, zone }: SiteDesk, meter: MeterSettings, year: number): Promise<CostRow[]> {
  const answer = await reports.consumption(meter.id, { ...yearOf(year, zone), by: "month" });
  if (answer === undefined) return [];
  const { name, medium, group } = meter;
  const months = figuresOf(answer).map((month) => meterFigure(month, zone));
  return [{ meter: meter.id, name, unit: answer.unit, medium, group, months, year: meterFigure(answer.total, zone) }];
}

function yearOf(year: number, zone: Zone): Range {
  const start = (of: number) =>
    zone.instantOf(civilMs({ year: of, month: 1, day: 1, hour: 0, minute: 0, second: 0, millisecond: 0 }), "earlier");
  return { fromMs: start(year), toMs: start(year + 1) };
}

/** Rows of consumption one by one. */
export function figuresOf({ rows, cost }: ConsumptionAnswer): MeterFigure[] {
  return Array.from(rows.amount, (amount, i) => ({
    fromMs: rows.edgesMs[i] as number,
    toMs: rows.edgesMs[i + 1] as number,
    amount,
    measured: rows.measured[i] as number,
    missingMs: rows.missingMs[i] as number,
    flags: rows.flags[i] as number,
    ...(cost[i] === undefined ? {} : { cost: cost[i] }),
  }));
}
