import type { Equipment } from "#buildings/model.ts";
import type { Role } from "#buildings/role.ts";
import { lowerBound } from "#series/column.ts";
import type { Range } from "#store/store.ts";
import type { ZoneDetail } from "./building-answers.ts";
import { before, since } from "./building-columns.ts";
import { type CleanRole, type RoleReader, readClean } from "./building-role-clean.ts";
import { judgedRange } from "./building-scene.ts";
import { type RowParts, rowOf } from "./building-zone-rows.ts";

/** One zone with everything its page draws. */
export async function zoneDetail(zone: Equipment, range: Range, parts: RowParts): Promise<ZoneDetail> {
  const { scene } = parts;
  const reader = await scene.reader(judgedRange(range, scene.parts.nowMs));
  const { judged, roles, times, handler } = await scene.zoneParts(zone, reader);
  const [row, all] = await Promise.all([rowOf(zone, judged, parts), withOthers(zone, roles, reader)]);
  const ran = handler?.running?.on;
  return {
    ...row,
    range,
    columns: new Map([...all].map(([role, clean]) => [role, drawn(clean, reader.range)])),
    occupied: times.occupied,
    warmUp: times.warmUp,
    ...(ran === undefined ? {} : { airHandlerRan: ran }),
    pairings: judged.pairings,
    points: scene.parts.page.model.points.filter(({ equipment }) => equipment === zone.id),
  };
}

/** Roles that are drawn and not judged, too. */
async function withOthers(zone: Equipment, roles: ReadonlyMap<Role, CleanRole>, reader: RoleReader): Promise<Map<Role, CleanRole>> {
  const more = await Promise.all(
    [...zone.roles].map(async ([role, point]) => [role, roles.get(role) ?? (await readClean(point, role, reader))] as const),
  );
  return new Map(more.flatMap(([role, clean]) => (clean === undefined ? [] : [[role, clean] as const])));
}

/** The rows of the range; of what holds until it changes with the one before, which is where its line begins. */
function drawn({ series, unit, column, speaking }: CleanRole, range: Range) {
  const { changeOfValue } = speaking;
  const rows = before(since(column, range.fromMs), range.toMs);
  const first = changeOfValue ? 0 : lowerBound(rows.tMs, range.fromMs);
  const own = {
    tMs: rows.tMs.subarray(first),
    value: rows.value.subarray(first),
    quality: rows.quality.subarray(first),
  };
  return { series: series.key, unit, column: own, changeOfValue };
}
