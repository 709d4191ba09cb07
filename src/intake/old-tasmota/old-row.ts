import { instantOf, plainClockMs, readTime } from "#calendar/time-text.ts";
import { numberOf } from "#dialects/number.ts";
import { quoted } from "#dialects/text.ts";
import { type MeterRow, SAID } from "#intake/meter-past/row.ts";
import type { StoredRow } from "./old-file.ts";

const CLOCK_LENGTH = 19;
const LEAST_MS = 1e11;
const SECOND_MS = 1_000;

/** Errors: a sentence that says what of the row cannot be read. */
export function readRow(row: StoredRow): MeterRow | string {
  const written = String(row.timestamp);
  const time = timeOf(row.timestamp);
  if (time === undefined) return `${quoted(written)} is no time`;
  const values = new Float64Array(SAID.length);
  const raw = [row.power, row.bought, row.sold, row.l1, row.l2, row.l3];
  for (const [i, { quantity }] of SAID.entries()) {
    const value = figureOf(raw[i], quantity);
    if (typeof value === "string") return `${written}: ${value}`;
    values[i] = value;
  }
  return { seq: row.seq, meter: meterOf(row.meter), ...time, values, written };
}

function timeOf(raw: unknown): Pick<MeterRow, "localMs" | "tMs"> | undefined {
  if (typeof raw === "number" || typeof raw === "bigint") return epoch(Number(raw));
  if (typeof raw !== "string") return undefined;
  const common = commonTime(raw);
  if (common !== undefined) return { localMs: common };
  const time = readTime(raw.trim());
  const tMs = time && instantOf(time);
  return time && { localMs: time.localMs, ...(tMs === undefined ? {} : { tMs }) };
}

/** `2025-10-26 02:00:03.123456`, as every row of the old monitor has it; finer than a millisecond is cut. */
function commonTime(text: string): number | undefined {
  const clockMs = plainClockMs(text.length === CLOCK_LENGTH ? text : text.slice(0, CLOCK_LENGTH));
  if (clockMs === undefined || text.length === CLOCK_LENGTH) return clockMs;
  if (text.charCodeAt(CLOCK_LENGTH) !== 46 || text.length > CLOCK_LENGTH + 10) return undefined;
  const digits = text.slice(CLOCK_LENGTH + 1);
  return /^\d+$/.test(digits) ? clockMs + Number(digits.slice(0, 3).padEnd(3, "0")) : undefined;
}

function epoch(value: number): Pick<MeterRow, "localMs" | "tMs"> | undefined {
  if (!Number.isFinite(value) || value <= 0) return undefined;
  const tMs = Math.floor(value < LEAST_MS ? value * SECOND_MS : value);
  return { localMs: tMs, tMs };
}

function figureOf(raw: unknown, where: string): number | string {
  if (typeof raw === "number") return Number.isFinite(raw) ? raw : `${where} is too large to be a number`;
  if (raw === null || raw === undefined) return Number.NaN;
  const value = numberOf(typeof raw === "bigint" ? String(raw) : raw, where);
  return typeof value === "number" ? value : value.sentence.replace(/\.$/, "");
}

function meterOf(raw: unknown): string {
  return raw === null || raw === undefined ? "" : String(raw).trim();
}
