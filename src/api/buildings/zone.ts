import { span } from "#api/plants/wire.ts";
import type { ZoneDetailAnswer } from "#contract/building.ts";
import type { ZoneDetail } from "#reports/building-answers.ts";
import type { Range } from "#store/store.ts";
import { boundedColumn } from "./bounded.ts";
import { type BuildingDesk, unknownEquipment } from "./desk.ts";
import { methodSentences } from "./method.ts";
import { zoneRow } from "./overview.ts";
import { inRoleOrder } from "./role-order.ts";
import { namesOf, occupancyInfo, pairingInfo, plainSpan } from "./wire.ts";

/** One zone with its columns, its judgement and how it was judged. Errors: unknown-equipment. */
export async function zoneAnswer(desk: BuildingDesk, id: string, asked: { range: Range; nowMs: number }): Promise<ZoneDetailAnswer> {
  const { settings } = desk.reports;
  const [detail, { equipment }] = await Promise.all([zoneOf(desk, id, asked.range), desk.reports.model()]);
  const ran = detail.airHandlerRan;
  return {
    ...zoneRow(detail, namesOf(equipment)),
    nowMs: asked.nowMs,
    site: settings.site,
    timeZone: settings.zone,
    range: span(detail.range, desk.zone),
    columns: inRoleOrder(detail.columns).map(([role, drawn]) => boundedColumn(role, drawn, detail.range)),
    occupied: detail.occupied.map(plainSpan),
    warmUp: detail.warmUp.map(plainSpan),
    airHandlerRan: ran === undefined ? null : ran.map(plainSpan),
    pairings: detail.pairings.map(pairingInfo),
    occupancy: occupancyInfo(settings),
    method: methodSentences(detail, settings),
  };
}

/** Errors: unknown-equipment. */
export async function zoneOf(desk: BuildingDesk, id: string, range: Range): Promise<ZoneDetail> {
  const detail = await desk.reports.zone(id, range);
  if (detail === undefined) throw unknownEquipment(desk, id);
  return detail;
}
