import { expect, test } from "vitest";
import { OUTCOME } from "#store/batch.ts";
import { batchOf, columnOf, EVER, expectBalanced, HOUR_MS, type Home, ledgerOf, pairs, START_MS, samplesOf } from "./world.ts";

const { stored, replaced, duplicate, refused } = OUTCOME;

export function appending(home: () => Home): void {
  test("says what it did to every sample, in the order of the batch", async () => {
    const { store } = home();
    const first = await store.append(
      batchOf([
        [1, START_MS, 10],
        [2, START_MS, 20],
        [1, START_MS, 10],
      ]),
    );
    expect([...first.outcome]).toEqual([stored, stored, duplicate]);
    const again = [
      [1, START_MS, 11],
      [2, START_MS, 21],
      [2, START_MS, 20],
      [3, START_MS, 5],
    ] as const;
    const second = await store.append(batchOf(again));
    expect([...second.outcome]).toEqual([replaced, refused, duplicate, stored]);
    expect(second.seq).toBeGreaterThan(first.seq);
    expect(pairs(await store.read(1, EVER))).toEqual([[START_MS, 11]]);
    expect(pairs(await store.read(2, EVER))).toEqual([[START_MS, 20]]);
    await expectBalanced(store);
  });

  test("knows the outcome of late samples too", async () => {
    const { store } = home();
    await store.append(
      batchOf([
        [1, START_MS, 1],
        [1, START_MS + 2 * HOUR_MS, 3],
      ]),
    );
    await store.checkpoint();
    const late = await store.append(
      batchOf([
        [1, START_MS + HOUR_MS, 2],
        [1, START_MS, 1],
        [1, START_MS - HOUR_MS, 0],
        [1, START_MS, 9],
      ]),
    );
    expect([...late.outcome]).toEqual([stored, duplicate, stored, replaced]);
    const all = [
      [START_MS - HOUR_MS, 0],
      [START_MS, 9],
      [START_MS + HOUR_MS, 2],
      [START_MS + 2 * HOUR_MS, 3],
    ];
    expect(pairs(await store.read(1, EVER))).toEqual(all);
    await store.checkpoint();
    expect(pairs(await store.read(1, EVER))).toEqual(all);
  });

  test("keeps value, quality and text code to the bit, NaN and -0 too", async () => {
    const { store } = home();
    const values = [Number.NaN, -0, 0.1, Number.MAX_VALUE, 5e-324, -1234567.891, Number.POSITIVE_INFINITY, 42];
    await store.append(batchOf(values.map((value, i) => [1, START_MS + i, value, i === 3 ? 64 : 0, i % 3] as const)));
    for (let round = 0; round < 2; round++) {
      const column = await store.read(1, EVER);
      expect([...column.value]).toEqual(values);
      expect([...column.quality]).toEqual([0, 0, 0, 64, 0, 0, 0, 0]);
      expect([...(column.code ?? [])]).toEqual(values.map((_, i) => i % 3));
      await store.checkpoint();
    }
  });

  test("stores nothing of a batch that has a bug in it", async () => {
    const { store } = home();
    await store.append(batchOf([[1, START_MS, 1]]));
    const before = await store.ledger();
    const wrong = batchOf(
      [
        [1, START_MS + 1, 2],
        [77, START_MS, 3],
      ],
      { messages: [{ source: "meter", withItems: 1, without: {} }], memory: { meter: "1" } },
    );
    await expect(store.append(wrong)).rejects.toThrow("77");
    expect(await store.ledger()).toEqual(before);
    expect(await store.memory()).toEqual({});
    expect(pairs(await store.read(1, EVER))).toEqual([[START_MS, 1]]);
    expect([...(await store.append(batchOf([[1, START_MS + 1, 2]]))).outcome]).toEqual([stored]);
  });

  test("leaves the arrays of the caller usable", async () => {
    const { store } = home();
    const samples = samplesOf([[1, START_MS, 7]]);
    await store.append(batchOf([], { samples }));
    expect(samples.value[0]).toBe(7);
    samples.value[0] = 8;
    expect(pairs(await store.read(1, EVER))).toEqual([[START_MS, 7]]);
  });

  test("answers commits in the order they were asked for", async () => {
    const { store } = home();
    const asked = Array.from({ length: 20 }, (_, i) => store.append(batchOf([[1, START_MS + i, i]])));
    const seqs = (await Promise.all(asked)).map((result) => result.seq);
    expect(seqs).toEqual([...seqs].sort((a, b) => a - b));
    expect(new Set(seqs).size).toBe(20);
  });

  test("takes a whole column by the same rules and books it under the source of the series", async () => {
    const { store } = home();
    await store.append(
      batchOf([
        [1, START_MS, 1],
        [1, START_MS + 1, 2],
      ]),
    );
    const column = columnOf([
      [START_MS - 5, 0],
      [START_MS, 1],
      [START_MS + 1, 9],
      [START_MS + 7, 4],
    ]);
    const counts = await store.importColumn(1, column, { receivedMs: START_MS + HOUR_MS });
    expect(counts).toEqual({ stored: 2, replaced: 1, duplicate: 1, refused: 0 });
    expect(pairs(await store.read(1, EVER))).toEqual([
      [START_MS - 5, 0],
      [START_MS, 1],
      [START_MS + 1, 9],
      [START_MS + 7, 4],
    ]);
    expect(await ledgerOf(store, "meter")).toMatchObject({ messages: 0, items: 6, stored: 4, replaced: 1, duplicate: 1 });
    expect(await store.importColumn(1, column, { receivedMs: START_MS + HOUR_MS })).toMatchObject({ duplicate: 4 });
    await expectBalanced(store);
  });

  test("gives back everything after it was closed", async () => {
    const { store } = home();
    await store.append(
      batchOf([
        [1, START_MS, 1],
        [3, START_MS, 2],
      ]),
    );
    await store.append(batchOf([[1, START_MS - 1, 0]]));
    const [ledger, version] = [await store.ledger(), await store.version([1])];
    const again = await home().reopen();
    expect(pairs(await again.read(1, EVER))).toEqual([
      [START_MS - 1, 0],
      [START_MS, 1],
    ]);
    expect(await again.ledger()).toEqual(ledger);
    expect((await again.version([1]))[0]).toBeGreaterThanOrEqual(version[0] as number);
    await expect(store.ledger()).rejects.toMatchObject({ code: "closed" });
  });
}
