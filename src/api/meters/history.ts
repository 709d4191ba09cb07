import { figure } from "#api/plants/wire.ts";
import type { MeterLineageAnswer, MeterProfileAnswer, MeterReadingsAnswer } from "#contract/meter-history.ts";
import type { Lineage } from "#reports/meter-answers.ts";
import type { AsKnown } from "#reports/meters.ts";
import type { Registry } from "#sites/registry.ts";
import type { Range } from "#store/store.ts";
import { answered, type MeterDesk } from "./desk.ts";
import { notesOf, type ReadingNotes } from "./reading-notes.ts";
import { meterFigure, meterReading } from "./wire.ts";

/** Readings of a meter with what was noted beside them, newest first. Errors: unknown-meter. */
export async function readingsAnswer(
  desk: MeterDesk,
  asked: Range & AsKnown & { readonly limit: number },
  registry: Registry,
): Promise<MeterReadingsAnswer> {
  const rows = answered(await desk.reports.readings(desk.id, asked), desk);
  const notes = notesOf(registry, desk.place);
  return {
    meter: desk.id,
    unit: desk.settings.unit,
    zone: desk.site.zone,
    readings: rows.map((row) => meterReading(row, desk.zone, notes)),
  };
}

/** How a number was made, down to the readings of every part. Errors: unknown-meter. */
export async function lineageAnswer(desk: MeterDesk, asked: Range & AsKnown, registry: Registry): Promise<MeterLineageAnswer> {
  const lineage = answered(await desk.reports.lineage(desk.id, asked), desk);
  const names = new Map(desk.site.meters.map(({ id, site, meter }) => [id, { site, point: meter }]));
  const notesFor = (id: string): ReadingNotes => notesOf(registry, names.get(id) ?? { site: desk.site.site, point: id });
  const told = (one: Lineage): MeterLineageAnswer => {
    const notes = notesFor(one.meter);
    return {
      meter: one.meter,
      name: one.name,
      unit: one.unit,
      figure: meterFigure(one.figure, desk.zone),
      rules: [...one.rules],
      readings: one.readings.map((row) => meterReading(row, desk.zone, notes)),
      readingCount: one.readingCount,
      parts: one.parts.map((part) => ({ factor: part.factor, lineage: told(part.lineage) })),
    };
  };
  return told(lineage);
}

/** Habits of a meter over a stretch. Errors: unknown-meter. */
export async function profileAnswer(desk: MeterDesk, range: Range): Promise<MeterProfileAnswer> {
  const { heat, hours, years, baseLoadPerHour } = answered(await desk.reports.profile(desk.id, range), desk);
  return {
    meter: desk.id,
    unit: desk.settings.unit,
    zone: desk.site.zone,
    heat: { dayMs: [...heat.dayMs], slots: heat.slots, amount: Array.from(heat.amount, figure) },
    hours: {
      workday: hours.workday.map(figure),
      saturday: hours.saturday.map(figure),
      sunday: hours.sunday.map(figure),
    },
    years: years.map(({ year, months }) => ({ year, months: months.map((month) => meterFigure(month, desk.zone)) })),
    baseLoadPerHour: figure(baseLoadPerHour),
  };
}
