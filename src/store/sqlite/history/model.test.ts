import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "@photostructure/sqlite";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Buckets } from "#series/column.ts";
import { inForce } from "./corrections.ts";
import { History } from "./history.ts";
import { HistoryModel, type ModelSample, roughly, toColumns } from "./history-model.ts";
import { HISTORY_DDL } from "./schema.ts";

const MINUTE_MS = 60_000;
const START_MS = Date.UTC(2026, 2, 1);
const RULES = { rule: (series: number) => (series % 2 === 0 ? ("last" as const) : ("first" as const)) };

/** The real history and what it ought to be. */
class Pair {
  readonly folder = mkdtempSync(join(tmpdir(), "history-model-"));
  readonly db = new DatabaseSync(join(this.folder, "test.db"));
  readonly model = new HistoryModel(RULES);
  nowMs = START_MS;
  history: History;

  constructor() {
    this.db.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF");
    this.db.exec(HISTORY_DDL);
    this.history = this.open();
  }

  open(): History {
    return new History(this.db, RULES, { nowMs: () => this.nowMs });
  }

  close(): void {
    this.db.close();
    rmSync(this.folder, { recursive: true });
  }
}

interface Step {
  run(pair: Pair): void;
}

const value = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: -50, max: 50 }).map((n) => n / 4) },
  { weight: 1, arbitrary: fc.constantFrom(Number.NaN, -0, 0, 1e308, Number.POSITIVE_INFINITY, 1 / 3) },
);
const series = fc.integer({ min: 1, max: 3 });
const quality = fc.constantFrom(0, 0, 0, 1, 32, 72);
/** Few distinct instants, so that they meet; spread over hours, so that cells differ. */
const instant = fc.integer({ min: -40, max: 400 }).map((n) => START_MS + n * MINUTE_MS * 5);
const sample: fc.Arbitrary<ModelSample> = fc.record({
  series,
  tMs: instant,
  value,
  quality,
  code: fc.constantFrom(0, 0, 3),
});

/** Samples that follow each other, as a live source sends them. */
const rising = fc
  .record({
    series,
    tMs: instant,
    count: fc.integer({ min: 1, max: 40 }),
    stepMs: fc.constantFrom(10_000, MINUTE_MS, 7 * MINUTE_MS),
    value,
  })
  .map(({ series: id, tMs, count, stepMs, value: first }) =>
    Array.from({ length: count }, (_, i) => ({ series: id, tMs: tMs + i * stepMs, value: first + i / 4, quality: 0, code: 0 })),
  );
const batch = fc.oneof(fc.array(sample, { minLength: 1, maxLength: 12 }), rising);

const append: fc.Arbitrary<Step> = fc.record({ batch, delayMs: fc.integer({ min: 0, max: 90 }) }).map(({ batch: samples, delayMs }) => ({
  run(pair) {
    pair.nowMs += delayMs * MINUTE_MS;
    pair.db.exec("BEGIN");
    const prepared = pair.history.prepare(toColumns(samples), pair.nowMs);
    pair.db.exec("COMMIT");
    pair.history.applied(prepared);
    expect([...prepared.outcome]).toEqual(pair.model.append(samples, pair.nowMs));
  },
  toString: () => `append +${delayMs}min ${JSON.stringify(samples)}`,
}));

const rolledBack: fc.Arbitrary<Step> = batch.map((samples) => ({
  run(pair) {
    pair.db.exec("BEGIN");
    const prepared = pair.history.prepare(toColumns(samples), pair.nowMs);
    pair.db.exec("ROLLBACK");
    pair.history.discard(prepared);
  },
  toString: () => `roll back ${samples.length}`,
}));

const bulk: fc.Arbitrary<Step> = fc
  .record({ series, tMs: instant, count: fc.constantFrom(3, 1_500, 5_000), stepMs: fc.constantFrom(1_000, 15_000, MINUTE_MS) })
  .map(({ series: id, tMs, count, stepMs }) => ({
    run(pair) {
      pair.nowMs += MINUTE_MS;
      const samples = Array.from({ length: count }, (_, i) => ({ series: id, tMs: tMs + i * stepMs, value: i % 97, quality: 0, code: 0 }));
      pair.db.exec("BEGIN");
      const prepared = pair.history.importColumn(id, toColumns(samples), pair.nowMs);
      pair.db.exec("COMMIT");
      pair.history.applied(prepared);
      const outcomes = pair.model.append(samples, pair.nowMs);
      const { stored, replaced, duplicate, refused } = prepared;
      expect([stored, replaced, duplicate, refused]).toEqual([0, 1, 2, 3].map((what) => outcomes.filter((o) => o === what).length));
    },
    toString: () => `import ${id} ${count} x ${stepMs} from ${tMs}`,
  }));

const correct: fc.Arbitrary<Step> = fc
  .record({
    series,
    tMs: instant,
    lengthMs: fc.constantFrom(0, 0, MINUTE_MS * 5, MINUTE_MS * 90),
    action: fc.constantFrom("set", "delete", "add", "offset") as fc.Arbitrary<"set" | "delete" | "add" | "offset">,
    value: fc.integer({ min: -20, max: 20 }),
  })
  .map(({ series: seriesId, tMs, lengthMs, action, value: to }) => ({
    run(pair) {
      pair.nowMs += MINUTE_MS;
      const made = { seriesId, t0Ms: tMs, t1Ms: tMs + lengthMs, action, value: to, who: "me", why: "test", madeMs: pair.nowMs };
      pair.model.corrections.push({ ...made, id: pair.history.correct(made) });
    },
    toString: () => `correct ${seriesId} ${action} ${tMs} +${lengthMs} ${to}`,
  }));

const undo: fc.Arbitrary<Step> = fc.nat().map((which) => ({
  run(pair) {
    const open = inForce(pair.model.corrections);
    const chosen = open[which % Math.max(open.length, 1)];
    if (chosen === undefined) return;
    pair.nowMs += MINUTE_MS;
    expect(pair.history.undoCorrection(chosen.id, { who: "me", atMs: pair.nowMs })).toBe(true);
    pair.model.undo(chosen.id, pair.nowMs);
  },
  toString: () => `undo ${which}`,
}));

const checkpoint: fc.Arbitrary<Step> = fc.record({ steps: fc.constantFrom(1, 2, 50), due: fc.boolean() }).map(({ steps, due }) => ({
  run(pair) {
    for (let i = 0; i < steps && pair.history.checkpointStep(due ? "due" : "all"); i++);
  },
  toString: () => `checkpoint ${steps} ${due}`,
}));

const expire: fc.Arbitrary<Step> = fc
  .record({ series, beforeMs: instant, spare: fc.array(fc.tuple(instant, fc.integer({ min: 0, max: 60 })), { maxLength: 2 }) })
  .map(({ series: seriesId, beforeMs, spare: kept }) => ({
    run(pair) {
      pair.nowMs += MINUTE_MS;
      const spare = kept.map(([fromMs, n]) => ({ fromMs, toMs: fromMs + n * MINUTE_MS * 5 }));
      const expected = pair.model.expire(seriesId, beforeMs, spare);
      let fromMs: number | undefined;
      let samples = 0;
      do {
        const done = pair.history.expireStep({ seriesId, beforeMs, spare, fromMs });
        samples += done.samples;
        fromMs = done.nextMs;
      } while (fromMs !== undefined);
      expect(samples).toBe(expected);
    },
    toString: () => `expire ${seriesId} before ${beforeMs} but ${JSON.stringify(kept)}`,
  }));

const kill: fc.Arbitrary<Step> = fc.constant({
  run(pair: Pair) {
    pair.history = pair.open();
  },
  toString: () => "kill",
});

const look: fc.Arbitrary<Step> = fc
  .record({
    series,
    fromMs: instant,
    lengthMs: fc.integer({ min: 0, max: 300 }),
    ago: fc.integer({ min: 0, max: 400 }),
    corrected: fc.boolean(),
  })
  .map(({ series: id, fromMs, lengthMs, ago, corrected }) => ({
    run(pair) {
      const range = { fromMs, toMs: fromMs + lengthMs * 5 * MINUTE_MS };
      const asOfMs = pair.nowMs - ago * MINUTE_MS;
      for (const options of [{ corrected }, { corrected, asOfMs }, { corrected, limit: 5 }, { corrected, limit: -5 }]) {
        expect(rowsOf(pair.history.read(id, range, options))).toEqual(pair.model.read(id, range, options));
      }
      for (const bucketMs of [5 * MINUTE_MS, 15 * MINUTE_MS, 60 * MINUTE_MS, 24 * 60 * MINUTE_MS]) {
        for (const options of [{ corrected }, { corrected, asOfMs }]) {
          const found = bucketRows(pair.history.readBuckets(id, range, bucketMs, options));
          expect(found).toEqual(pair.model.buckets(id, range, { ...options, bucketMs }));
        }
      }
    },
    toString: () => `look ${id} ${fromMs} +${lengthMs} as of -${ago} ${corrected}`,
  }));

const lookAtEnds: fc.Arbitrary<Step> = fc.constant({
  run(pair: Pair) {
    const { history, model } = pair;
    const latest = history.latest();
    expect(rowsOf(latest).map((row, i) => [latest.seriesId[i], ...row])).toEqual(model.latest());
    expect(history.extent([1, 2, 3])).toEqual(model.extent([1, 2, 3]));
    const { samples } = history.stats();
    expect(samples).toBe(model.extent([1, 2, 3]).reduce((sum, extent) => sum + extent.count, 0));
  },
  toString: () => "look at ends",
});

function rowsOf(column: { tMs: Float64Array; value: Float64Array; quality: Uint16Array; code?: Uint16Array }): number[][] {
  return Array.from(column.tMs, (t, i) => [t, column.value[i] as number, column.quality[i] as number, column.code?.[i] ?? 0]);
}

function bucketRows(buckets: Buckets): unknown[] {
  const { tMs, first, last, min, max, sum, n, nBad, qualityOr } = buckets;
  return Array.from(tMs, (start, i) => ({
    start,
    first: first[i],
    last: last[i],
    min: (min[i] as number) + 0,
    max: (max[i] as number) + 0,
    sum: roughly(sum[i] as number),
    n: n[i],
    nBad: nBad[i],
    qualityOr: qualityOr[i],
  }));
}

const step = fc.oneof(
  { weight: 6, arbitrary: append },
  { weight: 1, arbitrary: rolledBack },
  { weight: 1, arbitrary: bulk },
  { weight: 1, arbitrary: correct },
  { weight: 1, arbitrary: undo },
  { weight: 4, arbitrary: checkpoint },
  { weight: 1, arbitrary: expire },
  { weight: 2, arbitrary: kill },
  { weight: 4, arbitrary: look },
  { weight: 2, arbitrary: lookAtEnds },
);

describe("the history", () => {
  it("answers as a plain map of every sample would, whatever happens to it", () => {
    const property = fc.property(fc.array(step, { minLength: 1, maxLength: 40, size: "max" }), (steps) => {
      const pair = new Pair();
      try {
        for (const one of steps) one.run(pair);
      } finally {
        pair.close();
      }
    });
    fc.assert(property, { numRuns: Number(process.env["MODEL_RUNS"] ?? 60) });
  });
});
