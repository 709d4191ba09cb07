import { csvLine, LINE_END, numberCell, textCell } from "#api/csv.ts";
import { localTimes, utcTimes } from "#api/local-time.ts";
import type { Role } from "#buildings/role.ts";
import { ROLE_LABELS } from "#buildings/role-labels.ts";
import type { ZoneDetail } from "#reports/building-answers.ts";
import type { Column } from "#series/column.ts";
import { inRoleOrder } from "./role-order.ts";

const CHUNK_CHARACTERS = 65_536;

/**
 * Every sample of a zone as CSV, one line per instant at which any of its points has one, as the zone is judged: what is not good is
 * left out.
 * Missing: an empty cell.
 */
export function* zoneCsv({ columns, range }: Pick<ZoneDetail, "columns" | "range">, zone: string): Generator<string> {
  const all = inRoleOrder(columns).map(([role, { unit, column }]) => ({ head: headOf(role, unit), column, row: 0 }));
  const [local, utc] = [localTimes(zone), utcTimes()];
  let chunk = csvLine([textCell(`time (${zone})`), "time (UTC)", ...all.map(({ head }) => head)]);
  for (;;) {
    const tMs = Math.min(...all.map(({ column, row }) => column.tMs[row] ?? Number.POSITIVE_INFINITY));
    if (tMs === Number.POSITIVE_INFINITY) break;
    const cells = all.map((one) => {
      if (one.column.tMs[one.row] !== tMs) return "";
      one.row += 1;
      return numberCell(sampleAt(one.column, one.row - 1));
    });
    // The value a range begins with was said before it.
    if (tMs < range.fromMs || tMs >= range.toMs) continue;
    chunk += `${local(tMs)},${utc(tMs)},${cells.join(",")}${LINE_END}`;
    if (chunk.length > CHUNK_CHARACTERS) {
      yield chunk;
      chunk = "";
    }
  }
  yield chunk;
}

const sampleAt = (column: Column, row: number): number => column.value[row] as number;

function headOf(role: Role, unit: string): string {
  const label = ROLE_LABELS[role];
  return textCell(unit === "" ? label : `${label} [${unit}]`);
}
