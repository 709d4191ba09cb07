import fc from "fast-check";
import { expect, test } from "vitest";
import type { Column } from "#series/column.ts";
import { BAD_QUALITY } from "#series/quality.ts";
import { batchOf, EVER, HOUR_MS, type Home, pairs, START_MS } from "./world.ts";

const QUARTER_MS = HOUR_MS / 4;

export function reading(home: () => Home): void {
  test("a range is half-open and a limit counts from its start or its end", async () => {
    const { store } = home();
    await store.append(batchOf([0, 1, 2, 3, 4].map((i) => [1, START_MS + i * 1000, i] as const)));
    const values = async (fromMs: number, toMs: number, limit?: number) => [
      ...(await store.read(1, { fromMs, toMs }, limit === undefined ? {} : { limit })).value,
    ];
    expect(await values(START_MS + 1000, START_MS + 3000)).toEqual([1, 2]);
    expect(await values(START_MS, START_MS + 1)).toEqual([0]);
    expect(await values(START_MS + 5000, START_MS)).toEqual([]);
    expect(await values(EVER.fromMs, EVER.toMs, 2)).toEqual([0, 1]);
    expect(await values(EVER.fromMs, EVER.toMs, -2)).toEqual([3, 4]);
  });

  test("says from where on a series reads otherwise since a version of it", async () => {
    const { store } = home();
    await store.append(batchOf([0, 1, 2, 3].map((i) => [1, START_MS + i * 1000, i] as const)));
    const before = await store.version([1]);
    const since = async () => (await store.changedSince([1], before))[0];
    expect(await since()).toBe(Number.POSITIVE_INFINITY);
    await store.append(batchOf([[1, START_MS + 9000, 9]]));
    expect(await since()).toBe(START_MS + 9000);
    await store.append(batchOf([[1, START_MS + 1500, 9]]));
    expect(await since()).toBe(START_MS + 1500);
    const id = await store.correct({
      seriesId: 1,
      t0Ms: START_MS + 1000,
      t1Ms: START_MS + 1000,
      action: "set",
      value: 5,
      who: "me",
      why: "test",
      madeMs: START_MS + 10_000,
    });
    expect(await since()).toBe(START_MS + 1000);
    const corrected = await store.version([1]);
    await store.undoCorrection(id, { who: "me", atMs: START_MS + 11_000 });
    expect((await store.changedSince([1], corrected))[0]).toBe(START_MS + 1000);
  });

  test("many reads at once answer as each of them alone: corrected, marked, changed late, long and empty ones", async () => {
    const { store } = home();
    const n = 66_000;
    const long = { tMs: new Float64Array(n).map((_, i) => START_MS + i * 1000), value: new Float64Array(n), quality: new Uint16Array(n) };
    await store.append(batchOf([0, 1, 2, 3].flatMap((i) => [1, 3].map((id) => [id, START_MS + i * 1000, 10 * id + i] as const))));
    await store.importColumn(2, { ...long, value: long.value.map((_, i) => i % 977) }, { receivedMs: START_MS + n * 1000 });
    const range = { fromMs: START_MS + 1000, toMs: START_MS + 3000 };
    const asked = [
      ...[1, 3, 2].flatMap((seriesId) => [range, { fromMs: START_MS + 10_000, toMs: EVER.toMs }].map((one) => ({ seriesId, range: one }))),
      ...[EVER, { fromMs: START_MS, toMs: START_MS }].map((one) => ({ seriesId: 2, range: one })),
    ];
    const isAlike = async (): Promise<void> => {
      const many = await store.readMany(asked);
      const alone = await Promise.all(asked.map(({ seriesId, range: one }) => store.read(seriesId, one)));
      expect(many.map(textOf)).toEqual(alone.map(textOf));
    };
    await isAlike();
    await store.checkpoint();
    await isAlike();
    await store.append(
      batchOf([
        [3, START_MS + 1500, 7, 256, 3],
        [1, START_MS + 9000, 9, 64],
      ]),
    );
    await isAlike();
    await store.correct({
      ...{ seriesId: 2, t0Ms: START_MS + 1000, t1Ms: START_MS + 2000, action: "set", value: 5 },
      ...{ who: "me", why: "test", madeMs: START_MS + 10_000 },
    });
    await isAlike();
    await store.checkpoint();
    await isAlike();
    expect(await store.readMany([])).toEqual([]);
    await expect(store.readMany([{ seriesId: 99, range }])).rejects.toThrow("There is no series 99.");
  });

  test("columns of the same instants that are read together share one list of them, and are of their own when read again", async () => {
    const { store } = home();
    await store.append(batchOf([0, 1, 2, 3].flatMap((i) => [1, 3].map((id) => [id, START_MS + i * 1000, id] as const))));
    const asked = [1, 3].map((seriesId) => ({ seriesId, range: EVER }));
    const [one, other] = (await store.readMany(asked)) as [Column, Column];
    expect(other.tMs).toBe(one.tMs);
    const [again] = (await store.readMany(asked)) as [Column];
    expect(again.tMs).not.toBe(one.tMs);
    expect(pairs(again)).toEqual(pairs(one));
  });

  test("a long history reads as one column", async () => {
    const { store } = home();
    const n = 300_000;
    const column = { tMs: new Float64Array(n), value: new Float64Array(n), quality: new Uint16Array(n) };
    for (let i = 0; i < n; i++) {
      column.tMs[i] = START_MS + i * 1000;
      column.value[i] = i % 977;
    }
    await store.append(batchOf([]));
    await store.importColumn(1, column, { receivedMs: START_MS + n * 1000 });
    const read = await store.read(1, EVER);
    expect(read.tMs).toEqual(column.tMs);
    expect(read.value).toEqual(column.value);
    expect((await store.read(1, EVER, { limit: -200_000 })).tMs).toEqual(column.tMs.slice(100_000));
  });

  test("a long read is of one moment while samples come and the past is changed", async () => {
    const { store } = home();
    const n = 200_000;
    const column = {
      tMs: Float64Array.from({ length: n }, (_, i) => START_MS + i * 1000),
      value: new Float64Array(n),
      quality: new Uint16Array(n),
    };
    await store.append(batchOf([]));
    await store.importColumn(1, column, { receivedMs: START_MS + n * 1000 });
    let going = true;
    const writing = (async () => {
      for (let i = 1; going; i++) {
        // First and last row always change together.
        await store.append(
          batchOf([
            [1, START_MS, i],
            [1, START_MS + (n - 1) * 1000, i],
            [1, START_MS + (n + i) * 1000, 0],
          ]),
        );
      }
    })();
    for (let round = 0; round < 4; round++) {
      const { value, tMs } = await store.read(1, EVER);
      expect(value[n - 1]).toBe(value[0]);
      expect(tMs.length).toBeGreaterThanOrEqual(n);
    }
    going = false;
    await writing;
  });

  test("latest, extent and version tell the newest sample, what there is and whether it changed", async () => {
    const { store } = home();
    await store.append(
      batchOf([
        [1, START_MS, 1],
        [1, START_MS + 9, 2, 1],
        [3, START_MS, 5],
      ]),
    );
    const latest = await store.latest();
    expect([...latest.seriesId]).toEqual([1, 3]);
    expect([...latest.tMs]).toEqual([START_MS + 9, START_MS]);
    expect([...latest.value]).toEqual([2, 5]);
    expect([...latest.quality]).toEqual([1, 0]);
    expect([...(await store.latest([3, 2])).seriesId]).toEqual([3]);
    expect(await store.extent([1])).toEqual([{ seriesId: 1, firstMs: START_MS, lastMs: START_MS + 9, count: 2 }]);
    const before = await store.version([1, 2, 3]);
    await store.append(batchOf([[1, START_MS - 9, 0]]));
    const after = await store.version([1, 2, 3]);
    expect(after[0]).toBeGreaterThan(before[0] as number);
    expect([after[1], after[2]]).toEqual([before[1], before[2]]);
    expect(await store.extent([1])).toEqual([{ seriesId: 1, firstMs: START_MS - 9, lastMs: START_MS + 9, count: 3 }]);
  });

  test("a version grows with what replaces and what is corrected", async () => {
    const { store } = home();
    await store.append(batchOf([[1, START_MS, 1]]));
    const versions = [(await store.version([1]))[0] as number];
    await store.append(batchOf([[1, START_MS, 2]]));
    versions.push((await store.version([1]))[0] as number);
    const id = await store.correct({
      seriesId: 1,
      t0Ms: START_MS,
      t1Ms: START_MS,
      action: "set",
      value: 3,
      who: "anna",
      why: "typo",
      madeMs: START_MS,
    });
    versions.push((await store.version([1]))[0] as number);
    await store.undoCorrection(id, { who: "anna", atMs: START_MS + 1 });
    versions.push((await store.version([1]))[0] as number);
    expect(versions).toEqual([...new Set(versions)].sort((a, b) => a - b));
  });

  test("as of an instant, a read knows nothing that came later", async () => {
    const { store } = home();
    const at = (hours: number) => START_MS + hours * HOUR_MS;
    for (const hour of [0, 1, 3]) await store.append(batchOf([[1, at(hour), hour]], { receivedMs: at(hour) }));
    await store.append(batchOf([[1, at(1), 100]], { receivedMs: at(5) }));
    await store.append(batchOf([[1, at(2), 2]], { receivedMs: at(7) }));
    const asOf = async (hours: number) => pairs(await store.read(1, EVER, { asOfMs: at(hours) }));
    for (let round = 0; round < 2; round++) {
      expect(await asOf(4)).toEqual([
        [at(0), 0],
        [at(1), 1],
        [at(3), 3],
      ]);
      expect(await asOf(6)).toEqual([
        [at(0), 0],
        [at(1), 100],
        [at(3), 3],
      ]);
      expect(await asOf(8)).toEqual([
        [at(0), 0],
        [at(1), 100],
        [at(2), 2],
        [at(3), 3],
      ]);
      await store.checkpoint();
    }
    const revisions = await store.revisions(1, EVER);
    expect(revisions.find((one) => one.kind === "replaced")).toMatchObject({ t0Ms: at(1), value: 1, receivedMs: at(5) });
  });

  test("buckets are the aggregates of what is read", async () => {
    const { store } = home();
    const sample = fc.record({
      minute: fc.integer({ min: 0, max: 600 }),
      value: fc.integer({ min: -500, max: 500 }),
      bad: fc.constantFrom(0, 0, 1, 64),
    });
    await store.append(batchOf([]));
    await fc.assert(
      fc.asyncProperty(
        fc.array(sample, { minLength: 1, maxLength: 60 }),
        fc.constantFrom(QUARTER_MS, HOUR_MS, 5 * 60_000),
        async (rows, bucketMs) => {
          await store.append(batchOf(rows.map((row) => [1, START_MS + row.minute * 60_000, row.value, row.bad] as const)));
          const range = { fromMs: START_MS + bucketMs, toMs: START_MS + 6 * HOUR_MS };
          expect(flat(await store.readBuckets(1, range, bucketMs))).toEqual(aggregate(await store.read(1, range), bucketMs));
        },
      ),
      { numRuns: 15 },
    );
  });
}

/** All of a column in one text: long ones are compared fast. */
function textOf({ tMs, value, quality, code }: Column): string {
  return [tMs, value, quality, code ?? []].map((numbers) => numbers.join(" ")).join("\n");
}

type BucketRow = Record<"tMs" | "first" | "last" | "min" | "max" | "sum" | "n" | "nBad" | "qualityOr", number>;

function flat(buckets: Awaited<ReturnType<Home["store"]["readBuckets"]>>): BucketRow[] {
  const at = (array: ArrayLike<number>, i: number) => array[i] as number;
  return Array.from(buckets.tMs, (tMs, i) => ({
    tMs,
    first: at(buckets.first, i),
    last: at(buckets.last, i),
    min: at(buckets.min, i),
    max: at(buckets.max, i),
    sum: at(buckets.sum, i),
    n: at(buckets.n, i),
    nBad: at(buckets.nBad, i),
    qualityOr: at(buckets.qualityOr, i),
  }));
}

/** The definition, said slowly. */
function aggregate(column: Column, bucketMs: number): BucketRow[] {
  const starts = [...new Set(Array.from(column.tMs, (tMs) => Math.floor(tMs / bucketMs) * bucketMs))];
  return starts.map((start) => {
    const rows = Array.from(column.tMs.keys()).filter((i) => Math.floor((column.tMs[i] as number) / bucketMs) * bucketMs === start);
    const good = rows.filter((i) => ((column.quality[i] as number) & BAD_QUALITY) === 0).map((i) => column.value[i] as number);
    const or = rows.reduce((bits, i) => bits | (column.quality[i] as number), 0);
    const none = good.length === 0;
    return {
      tMs: start,
      first: good[0] ?? Number.NaN,
      last: good.at(-1) ?? Number.NaN,
      min: none ? Number.NaN : Math.min(...good),
      max: none ? Number.NaN : Math.max(...good),
      sum: none ? Number.NaN : good.reduce((sum, value) => sum + value, 0),
      n: good.length,
      nBad: rows.length - good.length,
      qualityOr: or,
    };
  });
}
