import { type OnSpans, onSpans, runningSpans } from "#analytics/on-spans.ts";
import { type SwitchRun, switchRuns } from "#analytics/switch-runs.ts";
import type { Equipment } from "#buildings/model.ts";
import type { Role } from "#buildings/role.ts";
import type { Range } from "#store/store.ts";
import { conversion } from "#units/unit.ts";
import { before } from "./building-columns.ts";
import { type CleanRole, type RoleReader, readClean } from "./building-role-clean.ts";

/** What tells whether an air handler runs, the best first, and from which value on it does. */
export const RUNNING_TELLS: readonly { readonly role: Role; readonly above: number; readonly unit?: string }[] = [
  { role: "fan-status", above: 0.5 },
  { role: "fan-command", above: 0.5 },
  { role: "fan-speed", above: 5, unit: "%" },
  { role: "flow", above: 100, unit: "cfm" },
  { role: "duct-pressure", above: 25, unit: "Pa" },
];

/** When an air handler ran. */
export interface Running extends OnSpans {
  /** Ran, or nobody knows whether it did: zones are judged then. */
  readonly judged: readonly Range[];
  readonly by: CleanRole;
  readonly runs: readonly SwitchRun[];
}

/** Missing: undefined where none of its points tells. */
export async function runningOf({ roles }: Equipment, reader: RoleReader): Promise<Running | undefined> {
  const { range } = reader;
  for (const { role, above, unit } of RUNNING_TELLS) {
    const point = roles.get(role);
    const by = point && (await readClean(point, role, reader));
    const least = by && leastIn(by.unit, above, unit);
    if (by === undefined || least === undefined) continue;
    const { standsMs, silences } = by;
    const spans = onSpans(by.column, range, { is: (value) => value > least, standsMs, silences });
    if (spans.known.length === 0) continue;
    const column = before(by.column, range.toMs);
    const samples = { tMs: column.tMs, value: column.value.map((value) => (Number.isNaN(value) ? value : value > least ? 1 : 0)) };
    const runs = switchRuns(samples, range.toMs).filter(({ toMs }) => toMs > range.fromMs);
    return { ...spans, judged: runningSpans(spans, range), by, runs };
  }
  return undefined;
}

/** Missing: undefined for a unit in which nobody can say it. */
function leastIn(unit: string, above: number, wanted: string | undefined): number | undefined {
  return wanted === undefined ? above : conversion(wanted, unit)?.(above);
}
