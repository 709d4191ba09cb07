import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { expect, it } from "vitest";
import { batchOf, columnOf, type SampleRow, SERIES, START_MS } from "./contract/world.ts";
import { keepLatest } from "./kept-latest.ts";
import { openStore } from "./sqlite/sqlite-store.ts";
import type { Store } from "./store.ts";

async function withStore(work: (store: Store) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "wattkeep-latest-"));
  const store = await openStore({ folder, inProcess: true });
  try {
    await work(store);
  } finally {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

const id = fc.integer({ min: 1, max: 3 });
const tMs = fc.integer({ min: 0, max: 12 }).map((step) => START_MS + step * 1000);
const value = fc.constantFrom(0, 1, 2.5, -3, Number.NaN);
const row = fc.tuple(id, tMs, value, fc.integer({ min: 0, max: 3 }), fc.constant(0)) as fc.Arbitrary<SampleRow>;
const span = { seriesId: id, t0Ms: tMs, lengthMs: fc.constantFrom(0, 2000, 60_000), value: fc.constantFrom(7, 8) };
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant("append" as const), rows: fc.array(row, { minLength: 1, maxLength: 5 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("import" as const), seriesId: id, tMs, value: fc.constantFrom(4, 5) }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant("correct" as const), action: fc.constantFrom("set", "delete", "add", "offset"), ...span }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("undo" as const), nth: fc.nat(5) }) },
  { weight: 1, arbitrary: fc.constant({ kind: "checkpoint" as const }) },
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

async function take(store: Store, made: number[], step: Step): Promise<void> {
  if (step.kind === "append") await store.append(batchOf(step.rows));
  else if (step.kind === "import") await store.importColumn(step.seriesId, columnOf([[step.tMs, step.value]]), { receivedMs: START_MS });
  else if (step.kind === "checkpoint") await store.checkpoint();
  else if (step.kind === "undo") {
    const [gone] = made.splice(step.nth % Math.max(made.length, 1), 1);
    if (gone !== undefined) await store.undoCorrection(gone, { who: "ben", atMs: START_MS });
  } else {
    const { seriesId, t0Ms, lengthMs, action, value } = step;
    const t1Ms = action === "add" ? t0Ms : t0Ms + lengthMs;
    made.push(await store.correct({ seriesId, t0Ms, t1Ms, action, value, who: "anna", why: "a test", madeMs: START_MS }));
  }
}

it("answers what the store would, whatever changed before and whoever asks meanwhile", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(step, fc.boolean()), { maxLength: 12 }), async (steps) => {
      await withStore(async (store) => {
        const kept = keepLatest(store);
        const made: number[] = [];
        await kept.append(batchOf([]));
        for (const [step, asksMeanwhile] of steps) {
          const before = asksMeanwhile ? kept.latest() : undefined;
          const taken = take(kept, made, step);
          const meanwhile = asksMeanwhile ? kept.latest() : undefined;
          await Promise.all([before, taken, meanwhile]);
          expect(await kept.latest()).toEqual(await store.latest([1, 2, 3]));
          expect(await kept.latest([3, 1])).toEqual(await store.latest([3, 1]));
        }
      });
    }),
    { numRuns: 60 },
  );
}, 60_000);

it("asks the store for a series once, and for one with a correction each time", async () => {
  await withStore(async (store) => {
    let asked: number[] = [];
    const kept = keepLatest({
      ...store,
      latest: (ids = []) => {
        asked.push(...ids);
        return store.latest(ids);
      },
    });
    const asksFor = async () => {
      asked = [];
      await kept.latest(SERIES.map((series) => series.id));
      return asked;
    };
    await kept.append(batchOf([[1, START_MS, 1]]));
    expect(await asksFor()).toEqual([1, 2, 3]);
    await kept.append(batchOf([[2, START_MS, 1]]));
    expect(await asksFor()).toEqual([]);
    const about = { seriesId: 2, t0Ms: START_MS, t1Ms: START_MS + 9000, action: "set" as const, value: 5 };
    await kept.correct({ ...about, who: "anna", why: "a test", madeMs: START_MS });
    await asksFor();
    expect(await asksFor()).toEqual([2]);
  });
});
