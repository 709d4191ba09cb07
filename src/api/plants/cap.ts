import { ApiError } from "#api/errors.ts";
import type { CapAnswer, CheckBillAnswer, CheckBillBody } from "#contract/plant-bills.ts";
import type { CapReport, TypedBill } from "#reports/plant-answers.ts";
import type { DemandBasis } from "#tariffs/bill.ts";
import { lineAnswer } from "./bill.ts";
import type { PlantDesk } from "./desk.ts";
import { traced } from "./peaks.ts";
import { periodAnswer } from "./period-parts.ts";
import { cents, figure, money } from "./wire.ts";

/** What staying at or below a demand would have taken and saved. Errors: unknown-period where there is none, or no tariff. */
export async function capAnswer(desk: PlantDesk, kw: number, period?: string): Promise<CapAnswer> {
  const name = period ?? (await desk.reports.period()).name;
  const report = await desk.reports.cap(name, kw);
  if (report === undefined) throw new ApiError("unknown-period", { period: name });
  const demand = (await desk.reports.explain(name))?.row.demand;
  const meteredKwCapped = demand === undefined ? Number.NaN : cappedMean(demand, kw);
  return {
    period: periodAnswer(report.period, desk.zone),
    kw,
    intervals: await Promise.all(
      report.intervals.map(async (one) => ({ ...(await traced({ tMs: one.endMs, kw: one.kw }, desk)), overKwh: one.kwhOver })),
    ),
    moveKwh: report.kwhToMove,
    meteredKw: figure(demand?.meteredKw ?? Number.NaN),
    meteredKwCapped: figure(meteredKwCapped),
    billedKw: figure(report.billedKw),
    billedKwCapped: figure(report.billedKwCapped),
    savedNow: cents(report.savedNow),
    savedLater: cents(report.savedLater),
    usefulDownToKw: demand === undefined ? null : figure(Math.max(demand.ratchetKw || 0, demand.minimumKw || 0)),
    heldBy: demand === undefined ? "none" : heldBy(demand, report, meteredKwCapped),
  };
}

/** Capping every interval keeps their order, so the same ones still set the demand. */
function cappedMean({ peaks }: DemandBasis, kw: number): number {
  return peaks.length === 0 ? Number.NaN : peaks.reduce((sum, peak) => sum + Math.min(peak.kw, kw), 0) / peaks.length;
}

function heldBy(demand: DemandBasis, report: CapReport, meteredKw: number): CapAnswer["heldBy"] {
  if (report.billedKwCapped <= meteredKw + 1e-9) return "metered";
  return (demand.ratchetKw || 0) >= (demand.minimumKw || 0) ? "ratchet" : "minimum";
}

/** A real bill against ours. Errors: no-tariff; bad-request for dates that are none. */
export async function checkAnswer(desk: PlantDesk, body: CheckBillBody): Promise<CheckBillAnswer> {
  const check = await desk.reports.checkBill(typedBill(body)).catch((error: unknown) => {
    if (error instanceof RangeError) throw new ApiError("bad-request", {}, [`field \`from\`: ${error.message}`]);
    throw error;
  });
  if (check === undefined) throw new ApiError("no-tariff", { plant: desk.id });
  const { ours, rows } = check;
  const compared = rows.map((row) => ({
    what: row.name,
    unit: row.unit,
    theirs: row.typed,
    ours: row.ours,
    difference: row.difference,
    agrees: row.agrees,
  }));
  return {
    bill: {
      period: periodAnswer(ours.period, desk.zone),
      currency: ours.currency,
      planName: ours.planName,
      planVersion: ours.planVersion,
      lines: await Promise.all(ours.lines.map((line) => lineAnswer(line, desk))),
      total: money(ours.total),
      energyKwh: figure(ours.energyKwh),
      coverage: ours.coverage,
      remarks: [...ours.remarks],
    },
    compared,
    findings: rows.flatMap((row) => (row.hint === undefined ? [] : [row.hint])),
    agrees: rows.every((row) => row.agrees),
  };
}

function typedBill(body: CheckBillBody): TypedBill {
  const lines = Object.entries(body.lines ?? {}).map(([name, amount]) => ({ name, amount }));
  return {
    fromDate: body.from,
    toDate: body.to,
    ...(body.energyKwh === undefined ? {} : { energyKwh: body.energyKwh }),
    ...(body.billedKw === undefined ? {} : { billedKw: body.billedKw }),
    ...(body.total === undefined ? {} : { total: body.total }),
    ...(lines.length === 0 ? {} : { lines }),
  };
}
