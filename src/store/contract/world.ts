import { expect } from "vitest";
import type { Column } from "#series/column.ts";
import type { Series } from "#sites/registry.ts";
import { seriesKey } from "#sites/registry.ts";
import type { Batch, InboxRun, SampleColumns } from "#store/batch.ts";
import type { Store } from "#store/store.ts";

/** A store under test with what is needed to look at it again: each is empty when given, and gone after `end`. */
export interface Home {
  readonly store: Store;
  /** A folder for files of the test. */
  readonly scratch: string;
  /** The same data, opened again; `store` is closed first. */
  reopen(): Promise<Store>;
  /** A file that `backup` made, opened as a store. */
  openBackup(file: string): Promise<Store>;
  end(): Promise<void>;
}

export type OpenHome = () => Promise<Home>;

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;
/** A Monday in UTC. */
export const START_MS = Date.UTC(2026, 0, 5);
export const EVER = { fromMs: -1e14, toMs: 1e14 };

export type SampleRow = readonly [seriesId: number, tMs: number, value: number, quality?: number, code?: number];

/** Three series of two sources: 1 keeps the last at an equal instant, 2 the first, 3 is of another source. */
export const SERIES: readonly Series[] = [
  series(1, "power", "last"),
  series(2, "energy-import", "first"),
  { ...series(3, "temperature", "last", "air"), unit: "°C" },
];

function series(id: number, quantity: string, equalInstant: "first" | "last", source = "meter"): Series {
  const parts = { site: "home", point: "main", quantity, source };
  return { id, key: seriesKey(parts), ...parts, kind: "gauge", unit: "W", equalInstant };
}

export function samplesOf(rows: readonly SampleRow[]): SampleColumns {
  return {
    seriesId: Int32Array.from(rows, (row) => row[0]),
    tMs: Float64Array.from(rows, (row) => row[1]),
    value: Float64Array.from(rows, (row) => row[2]),
    quality: Uint16Array.from(rows, (row) => row[3] ?? 0),
    code: Uint16Array.from(rows, (row) => row[4] ?? 0),
  };
}

export function batchOf(rows: readonly SampleRow[], more: Partial<Batch> = {}): Batch {
  return { receivedMs: START_MS, samples: samplesOf(rows), series: SERIES, rejects: [], messages: [], ...more };
}

/** Deliveries of one session. */
export function runOf(session: string, rows: readonly (readonly [packetId: number, hash: number])[]): InboxRun {
  return { session, packetIds: Uint16Array.from(rows, (row) => row[0]), hashes: Float64Array.from(rows, (row) => row[1]) };
}

export function columnOf(rows: readonly (readonly [tMs: number, value: number])[]): Column {
  return {
    tMs: Float64Array.from(rows, (row) => row[0]),
    value: Float64Array.from(rows, (row) => row[1]),
    quality: new Uint16Array(rows.length),
  };
}

/** A column as pairs, for comparing. */
export function pairs(column: Column): [tMs: number, value: number][] {
  return Array.from(column.tMs, (tMs, i) => [tMs, column.value[i] as number]);
}

export function rejectOf(more: Partial<Batch["rejects"][number]> = {}): Batch["rejects"][number] {
  const body = more.body ?? new TextEncoder().encode("{broken");
  const what = {
    source: "meter",
    topic: "tele/meter/SENSOR",
    code: "not-json",
    sentence: "The payload is not JSON.",
    decoder: "tasmota-sml 1",
  };
  return { ...what, body, bodyBytes: body.byteLength, receivedMs: START_MS, ...more };
}

/** Both sums of every source are zero. */
export async function expectBalanced(store: Store): Promise<void> {
  for (const row of await store.ledger()) {
    const without = Object.values(row.without).reduce((sum, n) => sum + n, 0);
    expect(row.messages - row.withItems - without, `messages of ${row.source}`).toBe(0);
    const became = row.stored + row.replaced + row.duplicate + row.refused + row.rejected + row.spooled;
    expect(row.items - became, `items of ${row.source}`).toBe(0);
  }
}

export async function ledgerOf(store: Store, source: string) {
  return (await store.ledger()).find((row) => row.source === source);
}
