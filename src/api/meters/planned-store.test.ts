import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Series, seriesKey } from "#sites/registry.ts";
import type { NewCorrection } from "#store/records.ts";
import { openStore } from "#store/sqlite/sqlite-store.ts";
import type { Store } from "#store/store.ts";
import { plannedStore } from "./planned-store.ts";

const T0 = Date.UTC(2026, 2, 1);
const MINUTE_MS = 60_000;
const PARTS = { site: "house", point: "water", quantity: "water-volume", source: "manual" };
const SERIES: Series = { id: 1, key: seriesKey(PARTS), ...PARTS, kind: "counter", unit: "m³", equalInstant: "last" };
const EVER = { fromMs: -1e14, toMs: 1e14 };

const minute = fc.integer({ min: 0, max: 40 });
const readings = fc.uniqueArray(fc.record({ at: minute, value: fc.integer({ min: 0, max: 500 }), bad: fc.boolean() }), {
  selector: ({ at }) => at,
  maxLength: 25,
});
const correction = fc.record({
  action: fc.constantFrom("set", "delete", "add", "offset") as fc.Arbitrary<NewCorrection["action"]>,
  at: minute,
  length: fc.constantFrom(0, 0, 3, 20),
  value: fc.integer({ min: -50, max: 50 }),
});

const made = ({
  action,
  at,
  length,
  value,
}: {
  action: NewCorrection["action"];
  at: number;
  length: number;
  value: number;
}): NewCorrection => {
  const t0Ms = T0 + at * MINUTE_MS;
  const t1Ms = action === "add" ? t0Ms : t0Ms + length * MINUTE_MS;
  return { seriesId: 1, t0Ms, t1Ms, action, value: action === "delete" ? Number.NaN : value, who: "anna", why: "test", madeMs: T0 };
};

const plain = (columns: object) =>
  Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, typeof column === "number" ? column : Array.from(column)]));
const answers = async (store: Store) => ({
  all: plain(await store.read(1, EVER)),
  raw: plain(await store.read(1, EVER, { corrected: false })),
  first: plain(await store.read(1, EVER, { limit: 3 })),
  last: plain(await store.read(1, EVER, { limit: -2 })),
  part: plain(await store.read(1, { fromMs: T0 + 7 * MINUTE_MS, toMs: T0 + 19 * MINUTE_MS })),
  buckets: plain(await store.readBuckets(1, { fromMs: T0, toMs: T0 + 3_600_000 }, 10 * MINUTE_MS)),
});

async function withStore(work: (store: Store) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "wattkeep-planned-"));
  const store = await openStore({ folder, inProcess: true, nowMs: () => T0 });
  try {
    await store.register({
      sites: [{ id: "house", name: "House", zone: "Europe/Berlin", currency: "EUR" }],
      points: [{ site: "house", id: "water", name: "Water" }],
      series: [SERIES],
    });
    await work(store);
  } finally {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

describe("a store with a planned correction", () => {
  test("answers as the store does once the correction is made, whatever it is", async () => {
    await fc.assert(
      fc.asyncProperty(readings, fc.option(correction), correction, async (rows, before, planned) =>
        withStore(async (store) => {
          const inOrder = rows.toSorted((a, b) => a.at - b.at);
          const column = {
            tMs: Float64Array.from(inOrder, ({ at }) => T0 + at * MINUTE_MS),
            value: Float64Array.from(inOrder, ({ value }) => value),
            quality: Uint16Array.from(inOrder, ({ bad }) => (bad ? 64 : 0)),
          };
          await store.importColumn(1, column, { receivedMs: T0 });
          if (before !== null) await store.correct(made(before));
          const foretold = await answers(plannedStore(store, made(planned)));
          const untouched = await answers(store);
          expect(untouched.raw).toEqual(foretold.raw);
          await store.correct(made(planned));
          expect(foretold).toEqual(await answers(store));
        }),
      ),
      { numRuns: 40 },
    );
  });

  test("keeps what it derives to itself", () =>
    withStore(async (store) => {
      const planned = plannedStore(store, made({ action: "add", at: 1, length: 0, value: 5 }));
      await planned.saveDerived({
        owner: "x",
        rules: "y",
        fromMs: 0,
        toMs: 1,
        data: new Uint8Array(1),
        of: [],
        versions: new Float64Array(),
      });
      expect(await store.derived("x", "y")).toEqual([]);
      expect((await planned.registry()).series).toHaveLength(1);
    }));
});
