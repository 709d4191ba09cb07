import { readTime } from "#calendar/time-text.ts";
import { numberOf } from "#dialects/number.ts";
import { quoted } from "#dialects/text.ts";
import type { OldRow } from "./old-file.ts";

export interface ReadRow {
  readonly tMs: number;
  /** NaN where the row states none. */
  readonly value: number;
  /** Empty where there is none. */
  readonly status: string;
}

const MINUTE_MS = 60_000;

/** Errors: a sentence that says what of the row cannot be read. */
export function readRow({ ts, status, value }: OldRow): ReadRow | string {
  const time = typeof ts === "string" ? readTime(ts.trim()) : undefined;
  if (time === undefined) return `${quoted(ts)} is no time`;
  const figure = value === null ? Number.NaN : numberOf(typeof value === "bigint" ? Number(value) : value, "value");
  if (typeof figure !== "number") return `${ts}: ${figure.sentence}`;
  // The old program wrote UTC; a text without an offset is UTC, too.
  const tMs = time.localMs - (time.offsetMinutes ?? 0) * MINUTE_MS;
  return { tMs, value: figure + 0, status: typeof status === "string" ? status : "" };
}
