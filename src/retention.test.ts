import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { KINDS } from "#series/kind.ts";
import { type Series, seriesKey } from "#sites/registry.ts";
import { openStore } from "#store/sqlite/sqlite-store.ts";
import type { Store } from "#store/store.ts";
import { choicesOf, expireHistories, isExpirable, RETENTION_JOB, retentionJobs, sparedBy } from "./retention.ts";

const HOUR_MS = 3_600_000;
const NOW_MS = Date.UTC(2026, 2, 10, 12, 30);
const RETENTION_MS = 240 * HOUR_MS;
const EVER = { fromMs: 0, toMs: NOW_MS * 2 };

let folder: string;
let store: Store;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "wattkeep-retention-"));
  store = await openStore({ folder, inProcess: true, nowMs: () => NOW_MS });
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

const series = (id: number, more: Partial<Series>): Series => {
  const parts = { site: "tower", point: `p${id}`, quantity: "temperature", source: "niagara", ...more };
  return { id, key: seriesKey(parts), kind: "gauge", unit: "°F", equalInstant: "last", ...parts };
};

/** One sample an hour for twenty days. */
async function fill(...all: Series[]): Promise<void> {
  await store.register({ sites: [{ id: "tower", name: "Tower", zone: "America/Phoenix", currency: "USD" }], series: all });
  const tMs = Float64Array.from({ length: 480 }, (_, i) => NOW_MS - (480 - i) * HOUR_MS);
  const column = { tMs, value: new Float64Array(480), quality: new Uint16Array(480) };
  for (const { id } of all) await store.importColumn(id, column, { receivedMs: NOW_MS });
}

const counts = async (): Promise<Record<number, number>> =>
  Object.fromEntries((await store.extent([1, 2, 3, 4, 5, 6, 7, 8])).map(({ seriesId, count }) => [seriesId, count]));
const run = (choices: Parameters<typeof expireHistories>[0]) =>
  expireHistories(choices, { store, nowMs: () => NOW_MS }, new AbortController().signal);

describe("what goes by age", () => {
  it("is nothing where nobody chose it", () => {
    const logger = { info: () => expect.unreachable(), warn() {}, error() {} };
    const config = { sites: [], buildings: [{ site: "tower" }, { site: "annexe", retentionHours: 0 }] } as never;
    expect(retentionJobs({ config, store, nowMs: () => NOW_MS, logger })).toEqual([]);
  });

  it("is said at the start, and is a job of every hour", () => {
    const said: string[] = [];
    const logger = { info: (_: object, text: string) => said.push(text), warn() {}, error() {} };
    const config = { sites: [], buildings: [{ site: "tower", retentionHours: 720 }] } as never;
    expect(choicesOf(config)).toEqual([{ site: "tower", retentionMs: 720 * HOUR_MS }]);
    const [job] = retentionJobs({ config, store, nowMs: () => NOW_MS, logger });
    expect(job).toMatchObject({ name: RETENTION_JOB, schedule: "35 * * * *" });
    expect(said).toEqual(["Histories of tower are kept for 30 days, as the configuration says; older ones go. 0 keeps all."]);
  });

  it("is never what bills and balances are made of", async () => {
    for (const kind of KINDS) expect(isExpirable({ kind, quantity: "temperature" }), kind).toBe(kind === "gauge" || kind === "state");
    for (const quantity of ["power", "power-l1", "demand", "energy-import", "pulses", "gas-volume", "heat-energy", "volume", "spot-price"])
      expect(isExpirable({ kind: "gauge", quantity }), quantity).toBe(false);
    await fill(series(1, {}), series(2, { quantity: "power" }), series(3, { kind: "interval" }), series(4, { kind: "counter" }));
    const outcome = await run([{ site: "tower", retentionMs: RETENTION_MS }]);
    expect(outcome.sentence).toBe("228 samples of 1 series were older than what is kept, and are gone.");
    expect(await counts()).toEqual({ 1: 252, 2: 480, 3: 480, 4: 480 });
    expect((await run([{ site: "tower", retentionMs: RETENTION_MS }])).sentence).toBe("Nothing is older than what is kept.");
  });

  it("is of the chosen site or source alone, and by the longer of two choices", async () => {
    await fill(series(1, {}), series(2, { site: "annexe" }), series(3, { source: "obix" }));
    await run([
      { source: "niagara", site: "tower", retentionMs: 24 * HOUR_MS },
      { site: "tower", retentionMs: 48 * HOUR_MS },
    ]);
    expect(await counts()).toEqual({ 1: 48, 2: 480, 3: 48 });
  });

  it("is not what an import has just brought, until it is as old itself", async () => {
    await fill(series(1, {}), series(2, { source: "obix" }));
    const fromMs = NOW_MS - 400 * HOUR_MS;
    const record = { source: "niagara", what: "old.sqlite", sha256: "", bytes: 1, status: "done", stored: 1, replaced: 0 } as const;
    const ended = { ...record, duplicate: 0, refused: 0, startedMs: NOW_MS - HOUR_MS, endedMs: NOW_MS - HOUR_MS };
    await store.beginImport({ ...ended, fromMs, toMs: fromMs + 99 * HOUR_MS });
    await run([{ site: "tower", retentionMs: RETENTION_MS }]);
    expect(await counts()).toEqual({ 1: 352, 2: 252 });
    const [had] = await store.imports();
    expect(sparedBy(had ? [had] : [], NOW_MS - RETENTION_MS)).toEqual([{ fromMs, toMs: fromMs + 99 * HOUR_MS + 1 }]);
    expect(sparedBy(had ? [had] : [], NOW_MS)).toEqual([]);
    await store.beginImport({ ...ended, status: "running" });
    expect((await run([{ site: "tower", retentionMs: 2 * HOUR_MS }])).counts).toEqual({ series: 1, samples: 250 });
    expect((await store.read(1, EVER)).tMs).toHaveLength(352);
  });
});
