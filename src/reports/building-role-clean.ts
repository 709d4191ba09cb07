import { type CleanColumn, cleanColumn } from "#analytics/clean-column.ts";
import { PLAUSIBLE, sampleRulesOf } from "#analytics/sample-rules.ts";
import { standingMs } from "#analytics/standing.ts";
import type { BuildingPoint } from "#buildings/model.ts";
import type { Role } from "#buildings/role.ts";
import { isChangeOfValue, type Speaking } from "#series/change-of-value.ts";
import type { Column } from "#series/column.ts";
import type { Silence } from "#series/silence.ts";
import type { Range } from "#store/store.ts";
import { before, type ColumnParts, type RoleColumn, readRole, since } from "./building-columns.ts";
import { sameInstants } from "./gathered-reads.ts";

/** A role over a range without what is no reading: the last row before the range, then those up to where it was read. */
export interface CleanRole extends RoleColumn, CleanColumn {
  /** As it was stored, from so long before the range that a sensor standing still is seen, to its end. */
  readonly raw: Column;
  readonly speaking: Speaking;
  /** How long one of its samples stands for at most. */
  readonly standsMs: number;
  readonly silences: readonly Silence[];
}

/** Over which stretch a role is asked for, and how far around it is looked. */
export interface JudgedRange extends Range {
  /** Nothing later is known: the present, in steps. */
  readonly horizonMs: number;
}

/** Reads and cleans roles over one range. */
export interface RoleReader {
  readonly parts: ColumnParts;
  readonly range: JudgedRange;
  /** When the station of a series was silent. */
  readonly silencesOf: (point: BuildingPoint, source: string) => Promise<readonly Silence[]>;
  /** Another text whenever a station was silent at another time. */
  readonly silencePrint: string;
  readonly together: SpokenTogether;
}

const MOST_TOGETHER = 4;

/** Series of one station are polled together: what is found out of the instants of one holds for all of the same instants. */
export class SpokenTogether {
  #known: readonly { readonly tMs: Float64Array; readonly silences: readonly Silence[]; readonly speaking: Speaking }[] = [];

  of({ tMs }: Pick<Column, "tMs">, silences: readonly Silence[]): Speaking {
    const known = this.#known.find((one) => one.silences === silences && sameInstants(one.tMs, tMs));
    if (known !== undefined) return known.speaking;
    const speaking = isChangeOfValue({ tMs }, { silences });
    if (!speaking.changeOfValue) this.#known = [{ tMs, silences, speaking }, ...this.#known].slice(0, MOST_TOGETHER);
    return speaking;
  }
}

/** Who polls what somebody sets does it more often. */
const SELDOM_MS = 30 * 60_000;

/** Missing: undefined where no series of the point can say it. */
export async function readClean(point: BuildingPoint, role: Role, reader: RoleReader): Promise<CleanRole | undefined> {
  const { parts, range } = reader;
  const { flow, flatMs, sentinels } = parts.settings;
  // A sensor that stands still is seen by what it says before the range and after it.
  const aroundMs = PLAUSIBLE[role]?.sensor === true ? flatMs : 0;
  const untilMs = Math.min(range.toMs + Math.max(aroundMs, flow.pairingMs), Math.max(range.toMs, range.horizonMs) + flow.pairingMs);
  const read = await readRole(
    { point, role },
    { fromMs: range.fromMs, toMs: range.toMs, readFromMs: range.fromMs - aroundMs, untilMs, horizonMs: range.horizonMs },
    parts,
  );
  if (read === undefined) return undefined;
  const silences = await reader.silencesOf(point, read.series.source);
  const clean = cleanColumn(read.column, sampleRulesOf(role, read.unit, { sentinels, flatMs }), {
    range,
    ...(aroundMs === 0 ? {} : { speaking: reader.together.of(read.column, silences) }),
  });
  const column = before(since(clean.column, range.fromMs), range.toMs + flow.pairingMs);
  const speaking = speakingOf(role, reader.together.of(column, silences));
  const raw = before(read.column, range.toMs);
  return { ...read, ...clean, column, raw, speaking, standsMs: standingMs(speaking), silences };
}

/** What is set or commanded at regular hours, as by a schedule, is not polled: it holds until it is set again. */
function speakingOf(role: Role, speaking: Speaking): Speaking {
  if (speaking.changeOfValue || PLAUSIBLE[role]?.sensor === true || !(speaking.usualMs > SELDOM_MS)) return speaking;
  const minutes = Math.round(speaking.usualMs / 60_000);
  return { ...speaking, changeOfValue: true, because: `It is set every ${minutes} min or so: each value holds until the next one.` };
}

/** A column whose sentinels and the like are still in it, and whose bad samples are NaN: what faults of sensors are looked for in. */
export function rawOf(column: Column, isBad: (quality: number) => boolean): Float64Array {
  return column.value.map((value, row) => (isBad(column.quality[row] as number) ? Number.NaN : value));
}

/** Whether a role is one of those whose own sensor can be told to be broken. */
export function isSensorRole(role: Role): boolean {
  return PLAUSIBLE[role]?.sensor === true || role === "flow";
}
