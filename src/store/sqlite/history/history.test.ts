import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "@photostructure/sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { OUTCOME, type SampleColumns } from "#store/batch.ts";
import type { Database } from "#store/sqlite/statement.ts";
import { History } from "./history.ts";
import { HISTORY_DDL } from "./schema.ts";

const HOUR_MS = 3_600_000;
const START_MS = Date.UTC(2026, 0, 1);
const ALWAYS = { fromMs: Number.NEGATIVE_INFINITY, toMs: Number.POSITIVE_INFINITY };

let folder: string;
let db: Database;
let nowMs: number;
let history: History;

function reopen(): void {
  history = new History(db, { rule: (series) => (series % 2 === 0 ? "last" : "first") }, { nowMs: () => nowMs });
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "history-"));
  db = new DatabaseSync(join(folder, "test.db"));
  db.exec("PRAGMA journal_mode = WAL");
  db.exec(HISTORY_DDL);
  nowMs = START_MS;
  reopen();
});

afterEach(() => {
  db.close();
  rmSync(folder, { recursive: true });
});

function columns(series: number, rows: readonly (readonly [tMs: number, value: number])[]): SampleColumns {
  return {
    seriesId: new Int32Array(rows.length).fill(series),
    tMs: Float64Array.from(rows, ([t]) => t),
    value: Float64Array.from(rows, ([, value]) => value),
    quality: new Uint16Array(rows.length),
    code: new Uint16Array(rows.length),
  };
}

function append(series: number, rows: readonly (readonly [tMs: number, value: number])[], receivedMs = nowMs): number[] {
  db.exec("BEGIN");
  const prepared = history.prepare(columns(series, rows), receivedMs);
  db.exec("COMMIT");
  history.applied(prepared);
  return [...prepared.outcome];
}

function importColumn(series: number, rows: readonly (readonly [tMs: number, value: number])[]): void {
  const { tMs, value, quality } = columns(series, rows);
  db.exec("BEGIN");
  const prepared = history.importColumn(series, { tMs, value, quality }, nowMs);
  db.exec("COMMIT");
  history.applied(prepared);
}

function checkpoint(): void {
  while (history.checkpointStep());
}

function pairs(series: number, options = {}): [number, number][] {
  const { tMs, value } = history.read(series, ALWAYS, options);
  return Array.from(tMs, (t, i) => [t - START_MS, value[i] as number]);
}

function rising(n: number, stepMs = 10_000): [number, number][] {
  return Array.from({ length: n }, (_, i) => [START_MS + i * stepMs, i / 10]);
}

describe("appending", () => {
  it("says what became of each sample, later ones of the same batch included", () => {
    expect(
      append(1, [
        [START_MS, 1],
        [START_MS, 1],
        [START_MS, 2],
      ]),
    ).toEqual([OUTCOME.stored, OUTCOME.duplicate, OUTCOME.refused]);
    expect(
      append(2, [
        [START_MS, 1],
        [START_MS, 1],
        [START_MS, 2],
      ]),
    ).toEqual([OUTCOME.stored, OUTCOME.duplicate, OUTCOME.replaced]);
    expect(pairs(1)).toEqual([[0, 1]]);
    expect(pairs(2)).toEqual([[0, 2]]);
  });

  it("keeps nothing of what was rolled back", () => {
    append(1, [[START_MS, 1]]);
    db.exec("BEGIN");
    const prepared = history.prepare(columns(1, [[START_MS + 1, 2]]), nowMs);
    db.exec("ROLLBACK");
    history.discard(prepared);
    expect(pairs(1)).toEqual([[0, 1]]);
    expect(append(1, [[START_MS + 1, 2]])).toEqual([OUTCOME.stored]);
  });

  it("knows late samples by the blocks they belong to", () => {
    append(2, rising(10_000));
    checkpoint();
    expect(
      append(2, [
        [START_MS + 5, 7],
        [START_MS + 10_000, 0.1],
        [START_MS + 20_000, 9],
      ]),
    ).toEqual([OUTCOME.stored, OUTCOME.duplicate, OUTCOME.replaced]);
    const before = pairs(2);
    expect(before.slice(0, 4)).toEqual([
      [0, 0],
      [5, 7],
      [10_000, 0.1],
      [20_000, 9],
    ]);
    expect(history.stats().lateRows).toBe(2);
    checkpoint();
    expect(history.stats().lateRows).toBe(0);
    expect(pairs(2)).toEqual(before);
    expect(history.extent([2])).toEqual([{ seriesId: 2, firstMs: START_MS, lastMs: START_MS + 99_990_000, count: 10_001 }]);
  });
});

describe("a kill", () => {
  it("loses nothing and brings nothing twice, wherever the checkpoint was", () => {
    append(1, rising(5_000));
    append(3, rising(70_000));
    history.checkpointStep();
    append(1, [[START_MS + 5 * 24 * HOUR_MS, 5]]);
    const before = [pairs(1), pairs(3)];
    reopen();
    expect([pairs(1), pairs(3)]).toEqual(before);
    checkpoint();
    reopen();
    expect([pairs(1), pairs(3)]).toEqual(before);
  });

  it("never gives out a log number twice", () => {
    append(1, [[START_MS, 1]]);
    checkpoint();
    const [version] = history.version([1]);
    reopen();
    append(1, [[START_MS + 1, 1]]);
    expect(history.version([1])[0]).toBeGreaterThan(version as number);
    expect(pairs(1)).toHaveLength(2);
  });

  it("loses nothing after a commit that failed, whose log number is given again", () => {
    append(1, [[START_MS, 1]]);
    db.exec("BEGIN");
    const failed = history.prepare(columns(1, [[START_MS + 1, 2]]), nowMs);
    db.exec("ROLLBACK");
    history.discard(failed);
    checkpoint();
    reopen();
    append(1, [[START_MS + 2, 3]]);
    reopen();
    expect(pairs(1)).toEqual([
      [0, 1],
      [2, 3],
    ]);
  });

  it("keeps what an import brought for the time between blocks and tail", () => {
    append(1, [[START_MS, 0]]);
    checkpoint();
    append(1, [[START_MS + 10_000, 1]]);
    importColumn(1, [[START_MS + 5_000, 7], ...rising(3_000).slice(2)]);
    const before = pairs(1);
    expect(before.slice(0, 4)).toEqual([
      [0, 0],
      [5_000, 7],
      [10_000, 1],
      [20_000, 0.2],
    ]);
    expect(before).toHaveLength(3_001);
    reopen();
    expect(pairs(1)).toEqual(before);
  });
});

describe("a number the driver cannot bind", () => {
  const TINY = [0, 1e-17, -1e-17, 5e-324, -5e-324, -0.9999999999999999, 0.9999999999999999, 1e308, -1e308, Number.POSITIVE_INFINITY];

  it("leaves its block readable, also as least, greatest, first, last or sum", () => {
    for (const [series, value] of TINY.entries()) append(series, [[START_MS, value]]);
    append(20, [
      [START_MS, 0.1],
      [START_MS + 1, 0.2],
      [START_MS + 2, -0.3],
      [START_MS + 3, -0],
    ]);
    checkpoint();
    expect([...history.verify()]).toEqual([]);
    expect(TINY.map((_, i) => pairs(i)[0]?.[1])).toEqual(TINY);
    const kept = db.prepare("SELECT min, max, sum, first, last FROM block WHERE series < 20 ORDER BY series").all();
    expect(kept).toEqual(TINY.map((value) => ({ min: value, max: value, sum: value, first: value, last: value })));
  });

  it("is corrected to as it was said", () => {
    append(1, [[START_MS, 5]]);
    for (const value of TINY) {
      history.correct({ seriesId: 1, t0Ms: START_MS, t1Ms: START_MS, action: "set", value, who: "me", why: "test", madeMs: nowMs });
      expect(pairs(1)).toEqual([[0, value]]);
    }
  });
});

describe("as of a date", () => {
  it("takes back what came later, with one revision for a backlog", () => {
    append(1, rising(100), START_MS + 20 * 60_000);
    const backlog = START_MS + 50 * HOUR_MS;
    append(1, rising(500).slice(100), backlog);
    expect(pairs(1, { asOfMs: backlog - 1 })).toHaveLength(100);
    expect(pairs(1, { asOfMs: backlog })).toHaveLength(500);
    expect(history.revisions(1, ALWAYS)).toMatchObject([{ kind: "arrived", t0Ms: START_MS + 1_000_000, receivedMs: backlog }]);
  });

  it("puts back what was replaced, and keeps what was refused", () => {
    append(2, [[START_MS, 1]]);
    append(2, [[START_MS, 2]], START_MS + 60_000);
    expect(pairs(2, { asOfMs: START_MS + 59_999 })).toEqual([[0, 1]]);
    expect(pairs(2, { asOfMs: START_MS + 60_000 })).toEqual([[0, 2]]);
    append(1, [[START_MS, 1]]);
    append(1, [[START_MS, 2]], START_MS + 60_000);
    expect(history.revisions(1, ALWAYS)).toMatchObject([{ kind: "refused", value: 2, receivedMs: START_MS + 60_000 }]);
  });
});

describe("a checkpoint", () => {
  it("is due by the clock when there is enough to move, and leaves little ones to the log for some hours", () => {
    append(1, rising(100));
    append(3, rising(2));
    expect(history.needsCheckpoint()).toBe(false);
    nowMs += 15 * 60_000;
    expect(history.needsCheckpoint()).toBe(true);
    while (history.checkpointStep("due"));
    expect(history.stats()).toMatchObject({ tailSamples: 2, blocks: 1, checkpoints: 1 });
    nowMs += 4 * HOUR_MS;
    expect(history.needsCheckpoint()).toBe(true);
    while (history.checkpointStep("due"));
    expect(history.stats()).toMatchObject({ tailSamples: 0, blocks: 2 });
    expect(history.needsCheckpoint()).toBe(false);
  });

  it("waits while late samples keep coming, and builds them in when it is quiet", () => {
    importColumn(1, rising(1_500));
    for (let i = 0; i < 40; i++) {
      append(1, [[START_MS + i * 10_000 + 1, i]]);
      nowMs += 1_900;
      expect(history.needsCheckpoint()).toBe(false);
    }
    nowMs += 2_000;
    expect(history.needsCheckpoint()).toBe(true);
    while (history.checkpointStep("due"));
    expect(history.stats()).toMatchObject({ lateRows: 0, samples: 1_540, blocks: 1 });
  });

  it("keeps a full block one block when a few late samples come, and cuts it in two when there are many", () => {
    importColumn(1, rising(4_096));
    append(
      1,
      rising(2_048).map(([tMs, value]) => [tMs + 1, value]),
    );
    checkpoint();
    expect(history.stats()).toMatchObject({ lateRows: 0, samples: 6_144, blocks: 1 });
    append(1, [[START_MS + 2, 1]]);
    checkpoint();
    expect(history.stats()).toMatchObject({ lateRows: 0, samples: 6_145, blocks: 2 });
    expect(pairs(1).length).toBe(6_145);
  });

  it("that is asked for everything also moves what one that is under way would leave", () => {
    append(1, rising(100));
    append(3, rising(2));
    history.checkpointStep("due");
    checkpoint();
    expect(history.stats()).toMatchObject({ tailSamples: 0, blocks: 2 });
  });

  it("extends the open block instead of adding small ones", () => {
    for (let i = 0; i < 50; i++) {
      append(1, rising(5_000).slice(i * 100, (i + 1) * 100));
      checkpoint();
    }
    expect(history.stats()).toMatchObject({ blocks: 2, samples: 5_000 });
  });

  it("sets all bytes of the tails free, so that many series do not call for the next one at once", () => {
    append(1, rising(200));
    expect(history.stats().tailBytes).toBe(200 * 20);
    checkpoint();
    expect(history.stats()).toMatchObject({ tailSamples: 0, tailBytes: 0 });
  });

  it("drops the log but for its newest record", () => {
    for (let i = 0; i < 20; i++) append(1, [[START_MS + i, i]]);
    checkpoint();
    expect(db.prepare("SELECT count(*) AS n FROM log").get()).toEqual({ n: 1 });
  });
});

describe("a stray instant", () => {
  it("far in the past or the future costs neither time nor space", () => {
    append(1, [[0, 1], ...rising(200), [8.64e15, 2]]);
    checkpoint();
    const { tMs, n } = history.readBuckets(1, ALWAYS, HOUR_MS);
    expect([tMs.length, n[0], n[1]]).toEqual([3, 1, 200]);
    expect(history.read(1, ALWAYS, { limit: -1 }).tMs[0]).toBe(8.64e15);
  });

  it("that is no whole millisecond is our own mistake", () => {
    expect(() => append(1, [[START_MS + 0.5, 1]])).toThrow(RangeError);
  });
});

describe("forgetting samples", () => {
  const hourly = (n: number): [number, number][] => Array.from({ length: n }, (_, i) => [START_MS + i * HOUR_MS, i]);

  it("that fails in the middle has changed nothing, in the file or in memory", () => {
    append(1, hourly(100));
    const before = history.read(1, ALWAYS);
    const version = history.version([1]);
    const fail = () => {
      throw new Error("no room");
    };
    expect(() => history.expireStep({ seriesId: 1, beforeMs: START_MS + 50 * HOUR_MS, spare: [] }, fail)).toThrow("no room");
    expect(history.read(1, ALWAYS)).toEqual(before);
    expect(history.version([1])).toEqual(version);
    reopen();
    expect(history.read(1, ALWAYS)).toEqual(before);
    expect(history.expireStep({ seriesId: 1, beforeMs: START_MS + 50 * HOUR_MS, spare: [] }).samples).toBe(50);
  });

  it("goes on where a step has ended, however many blocks keep something", () => {
    for (let block = 0; block < 300; block++) {
      db.exec("BEGIN");
      const rows = Array.from({ length: 2_048 }, (_, i) => [START_MS + (block * 2_048 + i) * 1_000, i] as const);
      const { tMs, value, quality } = columns(1, rows);
      const prepared = history.importColumn(1, { tMs, value, quality }, nowMs);
      db.exec("COMMIT");
      history.applied(prepared);
    }
    const count = 300 * 2_048;
    const spare = Array.from({ length: 150 }, (_, i) => ({ fromMs: START_MS + i * 4_096_000, toMs: START_MS + i * 4_096_000 + 1_000 }));
    let steps = 0;
    let samples = 0;
    for (let fromMs: number | undefined = Number.NEGATIVE_INFINITY; fromMs !== undefined; steps++) {
      const done = history.expireStep({ seriesId: 1, beforeMs: START_MS + (count + 1) * 1_000, spare, fromMs });
      samples += done.samples;
      fromMs = done.nextMs;
    }
    expect(steps).toBeLessThan(4);
    expect(samples).toBe(count - 150 - 1);
    expect(history.read(1, ALWAYS).tMs).toHaveLength(151);
  });
});
