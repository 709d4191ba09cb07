import { span } from "#api/plants/wire.ts";
import type { Equipment } from "#buildings/model.ts";
import type { Role } from "#buildings/role.ts";
import type { EquipmentListAnswer, FindingsAnswer } from "#contract/building.ts";
import type { BuildingNow, Finding, PointNow } from "#reports/building-answers.ts";
import type { Range } from "#store/store.ts";
import { type BuildingDesk, unknownEquipment } from "./desk.ts";
import { equipmentInfo, findingInfos, namesOf, pointsNow } from "./wire.ts";

type Values = (equipment: Equipment) => ReadonlyMap<Role, PointNow>;

/** What equipment answers are made of. */
export interface EquipmentWish {
  readonly range: Range;
  readonly nowMs: number;
  /** Values of equipment that is neither zone nor air handler. */
  readonly others: (equipment: readonly Equipment[]) => Promise<Values>;
  /** One of them alone. */
  readonly id?: string;
}

/** Equipment with what it serves, its values now and what was found about it. Errors: unknown-equipment. */
export async function equipmentAnswer(desk: BuildingDesk, { range, nowMs, others, id }: EquipmentWish): Promise<EquipmentListAnswer> {
  const { equipment } = await desk.reports.model();
  const wanted = id === undefined ? equipment : equipment.filter((one) => one.id === id);
  if (id !== undefined && wanted.length === 0) throw unknownEquipment(desk, id);
  const [now, findings] = await Promise.all([desk.reports.overview(range), desk.reports.findings(range)]);
  const known = valuesOf(now);
  const rest = await others(wanted.filter((one) => !known.has(one.id)));
  const names = namesOf(equipment);
  return {
    nowMs,
    site: desk.site,
    equipment: wanted.map((one) => ({
      equipment: equipmentInfo(one),
      zones: equipment.filter(({ servedBy }) => servedBy === one.id).map((zone) => zone.id),
      now: pointsNow(known.get(one.id) ?? rest(one)),
      findings: findingInfos(of(findings, one.id), names),
    })),
  };
}

const of = (findings: readonly Finding[], id: string): Finding[] => findings.filter(({ equipment }) => equipment === id);

function valuesOf({ zones, airHandlers }: BuildingNow): Map<string, ReadonlyMap<Role, PointNow>> {
  return new Map([
    ...zones.map(({ zone, now }) => [zone.id, now] as const),
    ...airHandlers.map(({ equipment, now }) => [equipment.id, now] as const),
  ]);
}

/** What is worth a look, the gravest first. */
export async function findingsAnswer({ reports, zone }: BuildingDesk, range: Range, nowMs: number): Promise<FindingsAnswer> {
  const [findings, { equipment }] = await Promise.all([reports.findings(range), reports.model()]);
  return { nowMs, range: span(range, zone), findings: findingInfos(findings, namesOf(equipment)) };
}
