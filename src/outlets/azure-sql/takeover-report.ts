import type { Place, Taken } from "./foreign-rows.ts";
import type { KyzInterval } from "./interval-rows.ts";
import type { OldMonth } from "./old-months.ts";
import { loginText, type SqlLogin } from "./settings.ts";

const SHOWN = 10;

export interface TakeoverWish {
  readonly login: SqlLogin;
  readonly place: Place;
  /** Clock readings as if in UTC, half-open; left out, everything. */
  readonly fromClockMs?: number;
  readonly toClockMs?: number;
  /** Look and count, keep nothing. */
  readonly dryRun: boolean;
  /** Tell the billed demand of months before the first interval. */
  readonly seedPeaks: boolean;
}

/** What a takeover found, and what it kept. Sums are of valid and invalid rows alike. NaN-free: what is missing is left out. */
export interface TakeoverReport {
  readonly target: string;
  readonly dryRun: boolean;
  readonly rows: number;
  readonly intervals: number;
  /** Rows of an interval that another row stands above. */
  readonly doubled: number;
  /** Rows that stand for no interval, and the first of them as text. */
  readonly unusable: number;
  readonly unusableRows: readonly string[];
  readonly first?: string;
  readonly last?: string;
  readonly excluded: number;
  readonly invalid: number;
  /** Readings of a repeated hour, taken as its first occurrence. */
  readonly uncertain: number;
  /** The same three sums counted by the server, of the rows as they were read, and of the intervals they became. */
  readonly sums: readonly Sum[];
  readonly peak?: { readonly at: string; readonly kw: number };
  /** What became of the samples; left out in a dry run. */
  readonly kept?: { readonly stored: number; readonly duplicate: number; readonly replaced: number; readonly refused: number };
  readonly seedPeaks?: readonly OldMonth[];
}

export interface Sum {
  readonly of: "server" | "read" | "taken" | "kept";
  readonly rows: number;
  readonly energyKwh: number;
  readonly pulses: number;
}

export interface Found {
  readonly server: Omit<Sum, "of">;
  readonly rows: readonly KyzInterval[];
  readonly taken: Taken;
}

/** What was found, before anything is kept. */

export function reportOf(wish: Pick<TakeoverWish, "login" | "place" | "dryRun">, { server, rows, taken }: Found): TakeoverReport {
  const intervals = taken.intervals.map(({ row }) => row);
  const demanded = intervals.filter(({ excluded, invalid }) => !excluded && !invalid);
  const peak = demanded.reduce<KyzInterval | undefined>(
    (best, row) => (best === undefined || row.powerKw > best.powerKw ? row : best),
    undefined,
  );
  const [first, last] = [rows[0], rows.at(-1)];
  return {
    target: loginText(wish.login),
    dryRun: wish.dryRun,
    rows: rows.length,
    intervals: intervals.length,
    doubled: taken.doubled,
    unusable: taken.unusable.length,
    unusableRows: taken.unusable.slice(0, SHOWN).map(({ clockMs }) => clockText(clockMs)),
    ...(first === undefined ? {} : { first: clockText(first.clockMs) }),
    ...(last === undefined ? {} : { last: clockText(last.clockMs) }),
    excluded: intervals.filter(({ excluded }) => excluded).length,
    invalid: intervals.filter(({ invalid }) => invalid).length,
    uncertain: taken.intervals.filter(({ tMs }) => wish.place.zone.instantsOf(wish.place.zone.localOf(tMs)).length > 1).length,
    sums: [
      { of: "server", rows: server.rows, energyKwh: server.energyKwh, pulses: server.pulses },
      sumOfRows("read", rows),
      sumOfRows("taken", intervals),
    ],
    ...(peak === undefined ? {} : { peak: { at: clockText(peak.clockMs), kw: peak.powerKw } }),
  };
}

function sumOfRows(of: Sum["of"], rows: readonly KyzInterval[]): Sum {
  const total = (pick: (row: KyzInterval) => number): number => rows.reduce((sum, row) => sum + pick(row), 0);
  return { of, rows: rows.length, energyKwh: total((row) => row.energyKwh), pulses: total((row) => row.pulses) };
}

/** `2026-01-31 14:30:00`, as the table has it. */
function clockText(clockMs: number): string {
  return new Date(clockMs).toISOString().slice(0, 19).replace("T", " ");
}
