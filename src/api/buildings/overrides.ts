import { figure, orNull } from "#api/plants/wire.ts";
import type { OverridesAnswer } from "#contract/building-points.ts";
import type { OverrideRow } from "#reports/building-answers.ts";
import { type Reader, whenText } from "#reports/building-when.ts";
import type { Range } from "#store/store.ts";
import type { BuildingDesk } from "./desk.ts";
import { nameOf, namesOf } from "./wire.ts";

/** Points that are held by hand, or were within the range: those that last first, the longest first. */
export async function overridesAnswer(desk: BuildingDesk, range: Range, nowMs: number): Promise<OverridesAnswer> {
  const [rows, { equipment }] = await Promise.all([desk.reports.overrides(range), desk.reports.model()]);
  const names = namesOf(equipment);
  const sorted = rows.toSorted((a, b) => Number(a.untilMs !== undefined) - Number(b.untilMs !== undefined) || a.sinceMs - b.sinceMs);
  return {
    nowMs,
    site: desk.site,
    sentence: sentenceOf(sorted, { nowMs, zone: desk.zone }),
    overrides: sorted.map((row) => ({
      equipment: orNull(row.equipment),
      equipmentName: nameOf(names, row.equipment),
      point: row.point,
      name: row.name,
      sinceMs: row.sinceMs,
      sinceOrBefore: row.sinceOrBefore,
      untilMs: orNull(row.untilMs),
      value: figure(row.value),
      text: row.text,
      unit: row.unit,
      status: row.status,
    })),
  };
}

function sentenceOf(rows: readonly OverrideRow[], reader: Reader): string {
  const lasting = rows.filter(({ untilMs }) => untilMs === undefined);
  const over = rows.length - lasting.length;
  const were = over === 0 ? "" : ` ${points(over)} ${over === 1 ? "was" : "were"} held by hand and ${over === 1 ? "is" : "are"} no longer.`;
  const [longest] = lasting;
  if (longest === undefined) return rows.length === 0 ? "No point is held by hand." : `No point is held by hand now.${were}`;
  const longestFor = `${longest.name} since ${whenText(longest.sinceMs, reader)}${longest.sinceOrBefore ? " or before" : ""}`;
  const count = lasting.length;
  return `${points(count)} ${count === 1 ? "is" : "are"} held by hand: ${count === 1 ? "" : "the longest is "}${longestFor}.${were}`;
}

const points = (count: number): string => (count === 1 ? "1 point" : `${count} points`);
