import { join } from "node:path";
import { expect, test } from "vitest";
import { batchOf, columnOf, DAY_MS, EVER, expectBalanced, HOUR_MS, type Home, pairs, START_MS } from "./world.ts";

/** Hourly values for days, with the hour as value. */
const hours = (from: number, to: number): [tMs: number, value: number][] =>
  Array.from({ length: to - from }, (_, i) => [START_MS + (from + i) * HOUR_MS, from + i]);

const at = (hour: number): number => START_MS + hour * HOUR_MS;

export function expiring(home: () => Home): void {
  const values = async (series: number): Promise<number[]> => pairs(await home().store.read(series, EVER)).map(([, value]) => value);
  const fill = async (rows = hours(0, 240)): Promise<void> => {
    const { store } = home();
    await store.register({ series: batchOf([]).series ?? [] });
    await store.importColumn(3, columnOf(rows), { receivedMs: START_MS });
  };

  test("forgets what lies before an instant, of the series that were asked for alone, and says how much", async () => {
    const { store } = home();
    await fill();
    await store.append(batchOf(hours(0, 10).map(([tMs, value]) => [1, tMs, value] as const)));
    expect(await store.expireSamples([3], at(100))).toEqual({ series: 1, samples: 100 });
    expect(await values(3)).toEqual(hours(100, 240).map(([, value]) => value));
    expect(await values(1)).toHaveLength(10);
    expect(await store.extent([3])).toEqual([{ seriesId: 3, firstMs: at(100), lastMs: at(239), count: 140 }]);
    expect(await store.expireSamples([3], at(100))).toEqual({ series: 0, samples: 0 });
    await expectBalanced(store);
  });

  test("nothing of it comes back with a restart, from blocks, late samples or what is not yet in blocks", async () => {
    const { store } = home();
    await fill(hours(0, 100));
    await store.checkpoint();
    await store.append(batchOf([[3, at(10) + 1, 10.5], ...hours(100, 110).map(([tMs, value]) => [3, tMs, value] as const)]));
    await store.append(batchOf([[3, at(50) + 1, 50.5]]));
    expect(await store.expireSamples([3], at(40))).toEqual({ series: 1, samples: 41 });
    const left = [...hours(40, 51).map(([, v]) => v), 50.5, ...hours(51, 110).map(([, v]) => v)];
    expect(await values(3)).toEqual(left);
    const again = await home().reopen();
    expect(pairs(await again.read(3, EVER)).map(([, value]) => value)).toEqual(left);
    expect((await again.verify()).damage).toEqual([]);
    expect((await again.stats()).samples).toBe(left.length);
  });

  test("spares ranges, and the newest sample of a series that stopped", async () => {
    const { store } = home();
    await fill();
    const spare = [
      { fromMs: at(20), toMs: at(24) },
      { fromMs: at(22), toMs: at(30) },
    ];
    expect(await store.expireSamples([3], at(1_000), { spare })).toEqual({ series: 1, samples: 229 });
    expect(await values(3)).toEqual([...hours(20, 30).map(([, value]) => value), 239]);
    expect(Array.from((await store.latest([3])).value)).toEqual([239]);
  });

  test("beside all that goes on nothing else is lost, and a backup of that moment is whole", async () => {
    const { store, scratch } = home();
    await fill(Array.from({ length: 60_000 }, (_, i) => [START_MS + i * 60_000, i]));
    const fromMs = START_MS + 60_000 * 60_000;
    const live = Array.from({ length: 60 }, (_, i) => [fromMs + i * 60_000, 60_000 + i] as const);
    const rising = async (): Promise<boolean> => {
      const found = await values(3);
      return found.every((value, i) => i === 0 || value === (found[i - 1] as number) + 1);
    };
    const file = join(scratch, "copy.sqlite");
    const work = [
      ...live.map(([tMs, value]) => store.append(batchOf([[3, tMs, value]]))),
      store.expireSamples([3], at(500)),
      ...Array.from({ length: 10 }, rising),
      store.checkpoint(),
      store.backup(file, () => true),
      store.expireSamples([3], at(900)),
      ...Array.from({ length: 10 }, rising),
      store.checkpoint(),
    ];
    expect((await Promise.all(work)).filter((one) => one === false)).toEqual([]);
    const left = await values(3);
    expect([left[0], left.at(-1), left.length]).toEqual([900 * 60, 60_059, 60_060 - 900 * 60]);
    const copy = await home().openBackup(file);
    const kept = pairs(await copy.read(3, EVER)).map(([, value]) => value);
    expect(kept.every((value, i) => i === 0 || value === (kept[i - 1] as number) + 1)).toBe(true);
    expect((await copy.verify()).damage).toEqual([]);
    await copy.close();
    expect((await store.verify()).damage).toEqual([]);
  });

  test("buckets tell of what is left", async () => {
    const { store } = home();
    await fill(Array.from({ length: 40_000 }, (_, i) => [START_MS + i * 60_000, 1]));
    await store.expireSamples([3], START_MS + 10.5 * HOUR_MS, { spare: [{ fromMs: at(2), toMs: at(3) }] });
    const days = await store.readBuckets(3, { fromMs: START_MS, toMs: START_MS + 2 * DAY_MS }, DAY_MS);
    expect(Array.from(days.n)).toEqual([60 + 13.5 * 60, 24 * 60]);
    const byHour = await store.readBuckets(3, { fromMs: START_MS, toMs: at(12) }, HOUR_MS);
    expect(Array.from(byHour.tMs, (tMs, i) => [(tMs - START_MS) / HOUR_MS, byHour.n[i]])).toEqual([
      [2, 60],
      [10, 30],
      [11, 60],
    ]);
  });

  test("changes the version from the first forgotten sample on, and what was derived of it goes", async () => {
    const { store } = home();
    await fill();
    const versions = await store.version([3]);
    const row = { owner: "zone", rules: "a", fromMs: at(0), toMs: at(50), data: Uint8Array.of(1) };
    await store.saveDerived({ ...row, of: [{ seriesId: 3, untilMs: at(50) }], versions });
    await store.saveDerived({ ...row, fromMs: at(0) - DAY_MS, toMs: at(0), of: [{ seriesId: 3, untilMs: at(0) }], versions });
    await store.expireSamples([3], at(10));
    expect((await store.version([3]))[0]).toBeGreaterThan(versions[0] as number);
    expect(Array.from(await store.changedSince([3], versions))).toEqual([at(0)]);
    expect((await store.derived("zone", "a")).map(({ fromMs }) => fromMs)).toEqual([at(0) - DAY_MS]);
    const after = await store.version([3]);
    await store.expireSamples([3], at(10));
    expect(await store.version([3])).toEqual(after);
  });

  test("revisions of that time go, what a person corrected stays, and a sample may come anew", async () => {
    const { store } = home();
    await fill();
    await store.append(batchOf([[3, at(5), 99]]));
    await store.append(batchOf([[3, at(50), 98]]));
    const made = { seriesId: 3, value: 7, who: "anna", why: "read by hand", madeMs: START_MS } as const;
    await store.correct({ ...made, t0Ms: at(6), t1Ms: at(6), action: "add" });
    await store.expireSamples([3], at(20));
    const replaced = (await store.revisions(3, EVER)).filter(({ kind }) => kind === "replaced");
    expect(replaced.map(({ t0Ms }) => t0Ms)).toEqual([at(50)]);
    expect(await store.corrections(3)).toHaveLength(1);
    expect(pairs(await store.read(3, { fromMs: at(0), toMs: at(20) }))).toEqual([[at(6), 7]]);
    await store.append(batchOf([[3, at(4), 44]]));
    expect(pairs(await store.read(3, { fromMs: at(0), toMs: at(20) }, { corrected: false }))).toEqual([[at(4), 44]]);
  });
}
