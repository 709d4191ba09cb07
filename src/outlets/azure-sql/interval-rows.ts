import { createHash } from "node:crypto";
import type { Zone } from "#calendar/zone.ts";
import type { IntervalRow } from "#reports/plant-answers.ts";
import { QUALITY } from "#series/quality.ts";
import { clockOf } from "./plant-clock.ts";
import type { SqlValue } from "./tables.ts";

/** A row of `KYZ_Interval`. */
export interface KyzInterval {
  /** The plant's clock at the end of the interval, in milliseconds as if it stood in UTC. */
  readonly clockMs: number;
  readonly pulses: number;
  readonly energyKwh: number;
  readonly powerKw: number;
  /** NaN where no register was sent. */
  readonly totalKwh: number;
  readonly excluded: boolean;
  readonly invalid: boolean;
}

/**
 * Intervals as rows of the table, ascending; those of which nobody knows the energy have none.
 * The table has one row per clock reading: of two intervals that end at the same reading in the repeated hour of autumn,
 * pulses and energy are added, the higher power and the later register stay, and flags count if either has them; so the
 * day's energy and peak are right, and power × time is not the energy of these four rows.
 * An interval that counts as energy and not as demand, because its pulses came back after a silence, is marked like R17:
 * the table has no other word for it.
 */
export function kyzIntervals(rows: readonly IntervalRow[], zone: Zone): KyzInterval[] {
  const byClock = new Map<number, KyzInterval>();
  for (const row of rows) {
    if (Number.isNaN(row.energyKwh) || Number.isNaN(row.powerKw)) continue;
    const one = kyzInterval(row, clockOf(row.endMs, zone).getTime());
    const other = byClock.get(one.clockMs);
    byClock.set(one.clockMs, other === undefined ? one : together(other, one));
  }
  return [...byClock.values()].sort((a, b) => a.clockMs - b.clockMs);
}

function kyzInterval(row: IntervalRow, clockMs: number): KyzInterval {
  const invalid = (row.quality & QUALITY.invalidAlarm) !== 0;
  return {
    clockMs,
    pulses: Number.isNaN(row.pulses) ? 0 : Math.round(row.pulses),
    energyKwh: row.energyKwh,
    powerKw: row.powerKw,
    totalKwh: row.totalKwh,
    excluded: (row.quality & QUALITY.excludedFromDemand) !== 0 || (Number.isNaN(row.demandKw) && !invalid),
    invalid,
  };
}

function together(first: KyzInterval, second: KyzInterval): KyzInterval {
  return {
    clockMs: first.clockMs,
    pulses: first.pulses + second.pulses,
    energyKwh: first.energyKwh + second.energyKwh,
    powerKw: Math.max(first.powerKw, second.powerKw),
    totalKwh: Number.isNaN(second.totalKwh) ? first.totalKwh : second.totalKwh,
    excluded: first.excluded || second.excluded,
    invalid: first.invalid || second.invalid,
  };
}

/** Values in the order of the table. */
export function intervalValues(row: KyzInterval): SqlValue[] {
  return [
    new Date(row.clockMs),
    row.pulses,
    row.energyKwh,
    row.powerKw,
    Number.isNaN(row.totalKwh) ? null : row.totalKwh,
    row.excluded,
    row.invalid,
  ];
}

/** A row as the driver read it. Missing: undefined where a column is not what the table's script says. */
export function readInterval(row: Readonly<Record<string, unknown>>): KyzInterval | undefined {
  const { IntervalEnd: end, PulseCount, kWh, kW, Total_kWh: total } = row;
  if (!(end instanceof Date) || kWh === null || kW === null) return undefined;
  const numbers = { pulses: Number(PulseCount), energyKwh: Number(kWh), powerKw: Number(kW) };
  if (!Object.values(numbers).every(Number.isFinite)) return undefined;
  return {
    clockMs: end.getTime(),
    ...numbers,
    totalKwh: total === null || total === undefined ? Number.NaN : Number(total),
    excluded: Boolean(row["R17Exclude"]),
    invalid: Boolean(row["KyzInvalidAlarm"]),
  };
}

const DECIMALS = 6;
const MARK_LENGTH = 10;

/** Two rows with the same mark are the same row to the table, in which numbers have six decimals. */
export function markOf(row: KyzInterval): string {
  const total = Number.isNaN(row.totalKwh) ? "" : row.totalKwh.toFixed(DECIMALS);
  const flags = `${row.excluded ? "r" : ""}${row.invalid ? "i" : ""}`;
  const text = `${row.pulses};${row.energyKwh.toFixed(DECIMALS)};${row.powerKw.toFixed(DECIMALS)};${total};${flags}`;
  return createHash("sha1").update(text).digest("base64url").slice(0, MARK_LENGTH);
}
