import { expect, test } from "vitest";
import { batchOf, type Home, START_MS } from "./world.ts";

export function deriving(home: () => Home): void {
  const row = async (untilMs: number) => ({
    owner: "plant/main",
    rules: "a",
    fromMs: START_MS,
    toMs: START_MS + 1000,
    data: Uint8Array.of(1, 2, 3),
    of: [{ seriesId: 1, untilMs }],
    versions: await home().store.version([1]),
  });
  const kept = async () => (await home().store.derived("plant/main", "a")).length;

  test("keeps what was derived until something it was made of changes", async () => {
    const { store } = home();
    await store.append(batchOf([0, 1, 2].map((i) => [1, START_MS + i * 1000, i] as const)));
    await store.saveDerived(await row(START_MS + 2500));
    expect(await store.derived("plant/main", "a")).toEqual([
      { fromMs: START_MS, toMs: START_MS + 1000, data: Uint8Array.of(1, 2, 3), of: [{ seriesId: 1, untilMs: START_MS + 2500 }] },
    ]);
    expect(await store.derived("plant/main", "b")).toEqual([]);
    await store.append(batchOf([[1, START_MS + 9000, 9]]));
    expect(await kept()).toBe(1);
    await store.append(batchOf([[1, START_MS + 500, 9]]));
    expect(await kept()).toBe(0);
  });

  test("what was derived goes with a correction, its undoing and an import too", async () => {
    const { store } = home();
    await store.append(batchOf([0, 1, 2].map((i) => [1, START_MS + i * 1000, i] as const)));
    const correction = {
      seriesId: 1,
      t0Ms: START_MS,
      t1Ms: START_MS,
      action: "set",
      value: 5,
      who: "me",
      why: "test",
      madeMs: START_MS,
    } as const;
    await store.saveDerived(await row(Number.POSITIVE_INFINITY));
    const id = await store.correct(correction);
    expect(await kept()).toBe(0);
    await store.saveDerived(await row(START_MS + 2500));
    await store.undoCorrection(id, { who: "me", atMs: START_MS + 1 });
    expect(await kept()).toBe(0);
    await store.saveDerived(await row(START_MS + 2500));
    const column = { tMs: Float64Array.of(START_MS - 1000), value: Float64Array.of(1), quality: new Uint16Array(1) };
    await store.importColumn(1, column, { receivedMs: START_MS });
    expect(await kept()).toBe(0);
  });

  test("nothing is kept that was derived of what has changed meanwhile, and other rules put it away", async () => {
    const { store } = home();
    await store.append(batchOf([[1, START_MS, 1]]));
    const stale = await row(START_MS + 2500);
    await store.append(batchOf([[1, START_MS + 1000, 1]]));
    await store.saveDerived(stale);
    expect(await kept()).toBe(0);
    await store.saveDerived(await row(START_MS + 2500));
    await store.saveDerived({ ...(await row(START_MS + 2500)), rules: "b" });
    expect(await kept()).toBe(0);
    expect(await store.derived("plant/main", "b")).toHaveLength(1);
  });
}
