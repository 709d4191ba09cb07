import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "@photostructure/sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Database } from "#store/sqlite/statement.ts";
import { History } from "./history.ts";
import { toColumns } from "./history-model.ts";
import { HISTORY_DDL } from "./schema.ts";

const START_MS = Date.UTC(2026, 0, 1);
const DAY_MS = 86_400_000;
const SERIES = 7;

let folder: string;
let db: Database;
let history: History;

function reopen(): void {
  history = new History(db, { rule: () => "last" }, { nowMs: () => START_MS });
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "history-damage-"));
  db = new DatabaseSync(join(folder, "test.db"));
  db.exec(HISTORY_DDL);
  reopen();
});

afterEach(() => {
  db.close();
  rmSync(folder, { recursive: true });
});

function append(fromMs: number, n: number): void {
  const samples = Array.from({ length: n }, (_, i) => ({ series: SERIES, tMs: fromMs + i * 60_000, value: i, quality: 0, code: 0 }));
  db.exec("BEGIN");
  const prepared = history.prepare(toColumns(samples), fromMs);
  db.exec("COMMIT");
  history.applied(prepared);
}

function checkpoint(): void {
  while (history.checkpointStep());
}

/** Flips one bit in the middle of a packed column. */
function flip(table: string, key: string, value: number): void {
  const row = db.prepare(`SELECT data FROM ${table} WHERE ${key} = ?`).get(value) as { data: Uint8Array };
  const at = row.data.length >> 1;
  row.data[at] = (row.data[at] as number) ^ 4;
  db.prepare(`UPDATE ${table} SET data = ? WHERE ${key} = ?`).run(row.data, value);
}

function count(fromMs: number, toMs: number): number {
  return history.read(SERIES, { fromMs, toMs }).tMs.length;
}

describe("a damaged block", () => {
  beforeEach(() => {
    append(START_MS, 4096);
    append(START_MS + 10 * DAY_MS, 100);
    checkpoint();
  });

  it("is named with its series and days, and leaves the others readable", () => {
    flip("block", "t0", START_MS);
    const [damage, ...others] = [...history.verify()];
    expect(others).toEqual([]);
    expect(damage).toMatchObject({ seriesId: SERIES, fromMs: START_MS, toMs: START_MS + 4095 * 60_000 });
    expect(damage?.what).toContain("2026-01-01 to 2026-01-03");
    reopen();
    expect(() => count(START_MS, START_MS + DAY_MS)).toThrow("is damaged (2026-01-01 to 2026-01-03)");
    expect(count(START_MS + 9 * DAY_MS, START_MS + 12 * DAY_MS)).toBe(100);
  });

  it("is found when a summary changed, not only its samples", () => {
    db.exec(`UPDATE block SET max = max + 1 WHERE t0 = ${START_MS}`);
    expect([...history.verify()]).toHaveLength(1);
  });

  it("does not stop what is newer or late from being stored", () => {
    flip("block", "t0", START_MS + 10 * DAY_MS);
    append(START_MS + 11 * DAY_MS, 10);
    append(START_MS + 10 * DAY_MS + 30_000, 5);
    checkpoint();
    checkpoint();
    expect([...history.verify()]).toHaveLength(1);
    expect(count(START_MS + 11 * DAY_MS, START_MS + 12 * DAY_MS)).toBe(10);
    expect(history.stats().lateRows).toBe(5);
  });
});

describe("a damaged rollup", () => {
  it("is named, and passed over when reading", () => {
    const samples = Array.from({ length: 5000 }, (_, i) => ({ series: SERIES, tMs: START_MS + i * 10_000, value: i, quality: 0, code: 0 }));
    db.exec("BEGIN");
    const prepared = history.importColumn(SERIES, toColumns(samples), START_MS);
    db.exec("COMMIT");
    history.applied(prepared);
    const range = { fromMs: START_MS, toMs: START_MS + DAY_MS };
    const before = history.readBuckets(SERIES, range, 3_600_000);
    flip("rollup", "level", 3_600_000);
    expect([...history.verify()]).toMatchObject([{ seriesId: SERIES }]);
    expect(history.readBuckets(SERIES, range, 3_600_000)).toEqual(before);
  });
});

describe("a damaged log record", () => {
  it("is passed over at the start and stays to be named", () => {
    append(START_MS, 10);
    append(START_MS + DAY_MS, 10);
    flip("log", "seq", 1);
    reopen();
    expect(count(START_MS, START_MS + 2 * DAY_MS)).toBe(10);
    checkpoint();
    append(START_MS + 2 * DAY_MS, 1);
    checkpoint();
    expect([...history.verify()]).toMatchObject([{ what: "Commit 1 of the log does not match its checksum; its samples cannot be read" }]);
  });
});
