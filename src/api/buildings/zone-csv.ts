import { csvLine, LINE_END, numberCell, textCell } from "#api/csv.ts";
import { localTimes, utcTimes } from "#api/local-time.ts";
import type { Role } from "#buildings/role.ts";
import { ROLE_LABELS } from "#buildings/role-labels.ts";
import type { ZoneDetail } from "#reports/building-answers.ts";
import type { Column } from "#series/column.ts";
import { inRoleOrder } from "./role-order.ts";

const CHUNK_CHARACTERS = 65_536;

/** One column of the table, and how far it was written. */
interface Written {
  readonly head: string;
  readonly column: Column;
  /** What speaks on change is repeated for as long as it holds. */
  readonly holds: boolean;
  row: number;
}

/**
 * Every sample of a zone as CSV, one line per instant at which any of its points has one, as the zone is judged: what is not good is
 * left out.
 * Missing: an empty cell.
 */
export function* zoneCsv({ columns, range }: Pick<ZoneDetail, "columns" | "range">, zone: string): Generator<string> {
  const all = inRoleOrder(columns).map(
    ([role, { unit, column, changeOfValue }]): Written => ({ head: headOf(role, unit), column, holds: changeOfValue, row: 0 }),
  );
  const [local, utc] = [localTimes(zone), utcTimes()];
  let chunk = csvLine([textCell(`time (${zone})`), "time (UTC)", ...all.map(({ head }) => head)]);
  for (;;) {
    const tMs = Math.min(...all.map(({ column, row }) => column.tMs[row] ?? Number.POSITIVE_INFINITY));
    if (tMs === Number.POSITIVE_INFINITY) break;
    const cells = all.map((one) => cellAt(one, tMs));
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

function cellAt(one: Written, tMs: number): string {
  const { tMs: times, value } = one.column;
  const speaks = times[one.row] === tMs;
  if (speaks) one.row += 1;
  return speaks || one.holds ? numberCell(value[one.row - 1] ?? Number.NaN) : "";
}

function headOf(role: Role, unit: string): string {
  const label = ROLE_LABELS[role];
  return textCell(unit === "" ? label : `${label} [${unit}]`);
}
