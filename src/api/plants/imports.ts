import { basename } from "node:path";
import { offsetText } from "#calendar/local-text.ts";
import type { PlantImport } from "#contract/plant-quality.ts";
import type { ImportRecord, ImportReport } from "#store/records.ts";
import type { Store } from "#store/store.ts";
import type { PlantDesk } from "./desk.ts";
import { figure, orNull } from "./wire.ts";

/** What files of the plant's sources changed, newest first. */
export async function importsAnswer(desk: PlantDesk, store: Store, limit: number): Promise<PlantImport[]> {
  const sources = desk.reports.settings.sources.map((source) => source.name);
  const lists = await Promise.all(sources.map((source) => store.imports({ source, limit })));
  return lists
    .flat()
    .toSorted((a, b) => b.id - a.id)
    .slice(0, limit)
    .map((record) => importAnswer(record, desk));
}

function importAnswer(record: ImportRecord, desk: PlantDesk): PlantImport {
  const { report } = record;
  const bill = report?.bills?.[0];
  return {
    id: record.id,
    source: record.source,
    // Folders of this computer are nobody's business on a page.
    file: basename(record.what.replaceAll("\\", "/")),
    bytes: record.bytes,
    sha256: record.sha256,
    status: record.status,
    startedMs: record.startedMs,
    endedMs: orNull(record.endedMs),
    rows: orNull(record.rows),
    fromMs: orNull(record.fromMs),
    toMs: orNull(record.toMs),
    new: report?.counts?.new ?? 0,
    confirmed: report?.counts?.confirmed ?? 0,
    replaced: report?.counts?.replaced ?? 0,
    unchanged: report?.counts?.unchanged ?? 0,
    energyBeforeKwh: figure(report?.energyKwh?.before ?? Number.NaN),
    energyAfterKwh: figure(report?.energyKwh?.after ?? Number.NaN),
    peakBeforeKw: figure(report?.peak?.before?.kw ?? Number.NaN),
    peakAfterKw: figure(report?.peak?.after?.kw ?? Number.NaN),
    billedBeforeKw: figure(bill?.billedKw.before ?? Number.NaN),
    billedAfterKw: figure(bill?.billedKw.after ?? Number.NaN),
    billBefore: orNull(bill?.total.before),
    billAfter: orNull(bill?.total.after),
    currency: bill?.currency ?? desk.reports.settings.currency,
    sentence: report?.sentence ?? "",
    bills: billsOf(report),
    changed: changedOf(report, desk),
    problems: (report?.problems ?? []).map(({ line, column, code, sentence }) => ({
      line: orNull(line),
      column: orNull(column),
      code,
      sentence,
    })),
    problemCount: report?.problemCount ?? 0,
    archivedAs: report?.archivedAs === undefined ? null : basename(report.archivedAs.replaceAll("\\", "/")),
  };
}

function billsOf(report: ImportReport | undefined): PlantImport["bills"] {
  return (report?.bills ?? []).map(({ period, billedKw, total, currency }) => ({
    period,
    billedBeforeKw: figure(billedKw.before ?? Number.NaN),
    billedAfterKw: figure(billedKw.after ?? Number.NaN),
    totalBefore: total.before,
    totalAfter: total.after,
    currency,
  }));
}

function changedOf(report: ImportReport | undefined, desk: PlantDesk): PlantImport["changed"] {
  return (report?.changed ?? []).map((one) => ({
    endMs: one.endMs,
    endLocal: offsetText(one.endMs, desk.zone),
    beforeKwh: orNull(one.beforeKwh),
    afterKwh: orNull(one.afterKwh),
    beforeKw: orNull(one.beforeKw),
    afterKw: orNull(one.afterKw),
    beforeSource: orNull(one.beforeSource),
  }));
}
