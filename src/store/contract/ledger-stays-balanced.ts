import fc from "fast-check";
import { expect, test } from "vitest";
import { OUTCOME } from "#store/batch.ts";
import type { Store } from "#store/store.ts";
import { batchOf, columnOf, EVER, expectBalanced, type OpenHome, pairs, rejectOf, type SampleRow, SERIES, START_MS } from "./world.ts";

type Deed =
  | { readonly do: "append"; readonly rows: SampleRow[]; readonly rejects: number[]; readonly redriven: number[]; readonly without: number }
  | { readonly do: "import"; readonly rows: (readonly [number, number])[] }
  | { readonly do: "fail" }
  | { readonly do: "checkpoint" };

const tMs = fc.integer({ min: 0, max: 40 }).map((i) => START_MS + i * 60_000);
const value = fc.constantFrom(1, 2, 3, Number.NaN);
const row = fc.tuple(fc.integer({ min: 1, max: 3 }), tMs, value) as fc.Arbitrary<SampleRow>;
const few = fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 3 });

const deed: fc.Arbitrary<Deed> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant("append" as const),
      rows: fc.array(row, { maxLength: 12 }),
      rejects: few,
      redriven: few,
      without: fc.nat(2),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("import" as const), rows: fc.array(fc.tuple(tMs, value), { maxLength: 12 }) }) },
  { weight: 1, arbitrary: fc.constantFrom({ do: "fail" as const }, { do: "checkpoint" as const }) },
);

/** Whatever happens in whatever order: both sums are zero, outcomes are what the ledger says, and the last word is what is read. */
export function ledgerStaysBalanced(open: OpenHome): void {
  test("is balanced after anything, and history is what the rules say", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(deed, { minLength: 1, maxLength: 14 }), async (deeds) => {
        const home = await open();
        const model = new Model();
        try {
          for (const one of deeds) {
            await perform(home.store, one, model);
            await expectBalanced(home.store);
          }
          await model.expectRead(home.store);
          await model.expectRead(await home.reopen());
        } finally {
          await home.end();
        }
      }),
      { numRuns: 25 },
    );
  });
}

async function perform(store: Store, deed: Deed, model: Model): Promise<void> {
  if (deed.do === "checkpoint") return store.checkpoint();
  if (deed.do === "fail") {
    await expect(
      store.append(
        batchOf(
          [
            [1, START_MS, 9],
            [99, START_MS, 9],
          ],
          { rejects: [rejectOf()] },
        ),
      ),
    ).rejects.toThrow();
    return;
  }
  if (deed.do === "import") {
    const rows = [...new Map(deed.rows).entries()].sort((a, b) => a[0] - b[0]);
    await store.register({ series: SERIES });
    const counts = await store.importColumn(2, columnOf(rows), { receivedMs: START_MS });
    expect(counts.stored + counts.replaced + counts.duplicate + counts.refused).toBe(rows.length);
    for (const [tMs, value] of rows) model.put([2, tMs, value]);
    return;
  }
  const rejects = deed.rejects.map((i) => rejectOf({ source: i % 2 === 0 ? "meter" : "air", body: new Uint8Array(i) }));
  const messages = [{ source: "meter", withItems: deed.rows.length, without: { status: deed.without } }];
  const { outcome } = await store.append(batchOf(deed.rows, { rejects, redriven: deed.redriven, messages }));
  expect([...outcome]).toEqual(deed.rows.map((row) => model.put(row)));
}

/** The rules, said slowly. */
class Model {
  readonly #byInstant = new Map<string, SampleRow>();

  put(row: SampleRow): number {
    const key = `${row[0]} ${row[1]}`;
    const old = this.#byInstant.get(key);
    if (old === undefined) this.#byInstant.set(key, row);
    if (old === undefined) return OUTCOME.stored;
    if (Object.is(old[2], row[2])) return OUTCOME.duplicate;
    if (row[0] === 2) return OUTCOME.refused;
    this.#byInstant.set(key, row);
    return OUTCOME.replaced;
  }

  async expectRead(store: Store): Promise<void> {
    for (const { id } of (await store.registry()).series) {
      const rows = [...this.#byInstant.values()].filter((row) => row[0] === id).sort((a, b) => a[1] - b[1]);
      expect(pairs(await store.read(id, EVER))).toEqual(rows.map((row) => [row[1], row[2]]));
    }
  }
}
