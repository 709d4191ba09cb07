import type { Zone } from "#calendar/zone.ts";
import type { Column } from "#series/column.ts";
import { QUALITY } from "#series/quality.ts";
import { type Series, seriesKey } from "#sites/registry.ts";
import type { AppendCounts, Store } from "#store/store.ts";
import type { KyzInterval } from "./interval-rows.ts";
import { instantOf } from "./plant-clock.ts";
import { AZURE_SOURCE } from "./settings.ts";

/** Where rows of the table belong in our store. */
export interface Place {
  readonly site: string;
  readonly point: string;
  readonly zone: Zone;
  readonly intervalMs: number;
}

/** A row as an interval of ours. */
export interface TakenInterval {
  readonly tMs: number;
  readonly quality: number;
  readonly row: KyzInterval;
}

export interface Taken {
  /** Ascending, one per interval. */
  readonly intervals: readonly TakenInterval[];
  /** Rows that stand for no interval: off the grid, or at a reading that the plant's clock never showed. */
  readonly unusable: readonly KyzInterval[];
  /** Rows that another row of the same interval stands above. */
  readonly doubled: number;
}

/** The old CSV reader cut fractions of a second off, so 15:44:59.9 became 15:44:59: such rows belong to the boundary. */
const SNAP_MS = 60_000;

/**
 * Rows of the table as intervals. A reading within a minute of the grid is taken to it; where a row stands on the boundary
 * as well, the one beside it wins, because only the PLC's file wrote beside the grid, and that file was the authority.
 * A reading of the repeated hour is its first occurrence, marked as uncertain.
 */
export function takenIntervals(rows: readonly KyzInterval[], { zone, intervalMs }: Place): Taken {
  const byInstant = new Map<number, TakenInterval>();
  const unusable: KyzInterval[] = [];
  for (const row of rows) {
    const snapped = Math.round(row.clockMs / intervalMs) * intervalMs;
    const found = Math.abs(snapped - row.clockMs) > SNAP_MS ? undefined : instantOf(new Date(snapped), zone);
    if (found === undefined) {
      unusable.push(row);
      continue;
    }
    const present = byInstant.get(found.tMs);
    const beside = row.clockMs !== snapped;
    if (present === undefined || beside) byInstant.set(found.tMs, { tMs: found.tMs, quality: qualityOf(row, found.uncertain), row });
  }
  const intervals = [...byInstant.values()].sort((a, b) => a.tMs - b.tMs);
  return { intervals, unusable, doubled: rows.length - unusable.length - intervals.length };
}

function qualityOf(row: KyzInterval, uncertain: boolean): number {
  return (
    (row.excluded ? QUALITY.excludedFromDemand : 0) | (row.invalid ? QUALITY.invalidAlarm : 0) | (uncertain ? QUALITY.clockUncertain : 0)
  );
}

/** Gives a series its row in the registry where it has none yet. */
export type EnsureSeries = (draft: Omit<Series, "id">) => Promise<Series>;

/** The quantities of an interval, as a device that sends whole intervals would say them. */
const SAID = [
  { quantity: "energy", kind: "interval", unit: "kWh", of: (row: KyzInterval) => row.energyKwh },
  { quantity: "demand", kind: "interval", unit: "kW", of: (row: KyzInterval) => row.powerKw },
  { quantity: "interval-pulses", kind: "interval", unit: "pulse", of: (row: KyzInterval) => row.pulses },
  { quantity: "energy-total", kind: "counter", unit: "kWh", of: (row: KyzInterval) => row.totalKwh },
] as const;

/** Puts intervals of the table into our store, as a source of its own. A later row of the same interval replaces and is told. */
export async function keepTaken(
  intervals: readonly TakenInterval[],
  place: Place,
  to: { store: Store; ensureSeries: EnsureSeries; receivedMs: number; importId?: number },
): Promise<{ counts: AppendCounts; series: Series[] }> {
  let counts: AppendCounts = { stored: 0, replaced: 0, duplicate: 0, refused: 0 };
  const series: Series[] = [];
  for (const { quantity, kind, unit, of } of SAID) {
    const column = columnOf(intervals, of);
    if (column.tMs.length === 0) continue;
    const parts = { site: place.site, point: place.point, quantity, source: AZURE_SOURCE };
    const length = kind === "interval" ? { intervalMs: place.intervalMs } : {};
    const one = await to.ensureSeries({ key: seriesKey(parts), ...parts, kind, unit, ...length, equalInstant: "last" });
    const info = { receivedMs: to.receivedMs, ...(to.importId === undefined ? {} : { importId: to.importId }) };
    counts = added(counts, await to.store.importColumn(one.id, column, info));
    series.push(one);
  }
  return { counts, series };
}

function columnOf(intervals: readonly TakenInterval[], of: (row: KyzInterval) => number): Column {
  const said = intervals.filter(({ row }) => !Number.isNaN(of(row)));
  return {
    tMs: Float64Array.from(said, ({ tMs }) => tMs),
    value: Float64Array.from(said, ({ row }) => of(row)),
    quality: Uint16Array.from(said, ({ quality }) => quality),
  };
}

function added(a: AppendCounts, b: AppendCounts): AppendCounts {
  return {
    stored: a.stored + b.stored,
    replaced: a.replaced + b.replaced,
    duplicate: a.duplicate + b.duplicate,
    refused: a.refused + b.refused,
  };
}
