import { expect, test } from "vitest";
import { QUALITY } from "#series/quality.ts";
import type { NewCorrection } from "#store/records.ts";
import { batchOf, EVER, HOUR_MS, type Home, pairs, START_MS } from "./world.ts";

const at = (hours: number) => START_MS + hours * HOUR_MS;

function correction(more: Partial<NewCorrection>): NewCorrection {
  return {
    seriesId: 1,
    t0Ms: at(1),
    t1Ms: at(1),
    action: "set",
    value: 50,
    who: "anna",
    why: "The display was read wrongly.",
    madeMs: at(10),
    ...more,
  };
}

export function correcting(home: () => Home): void {
  const fill = () =>
    home().store.append(
      batchOf(
        [0, 1, 2, 3].map((hour) => [1, at(hour), hour] as const),
        { receivedMs: at(3) },
      ),
    );
  const read = async (options = {}) => pairs(await home().store.read(1, EVER, options));

  test("a correction lies over the column and takes nothing away", async () => {
    await fill();
    await home().store.correct(correction({}));
    expect(await read()).toEqual([
      [at(0), 0],
      [at(1), 50],
      [at(2), 2],
      [at(3), 3],
    ]);
    expect(await read({ corrected: false })).toEqual([
      [at(0), 0],
      [at(1), 1],
      [at(2), 2],
      [at(3), 3],
    ]);
    const quality = (await home().store.read(1, EVER)).quality;
    expect((quality[1] as number) & QUALITY.corrected).toBe(QUALITY.corrected);
    expect(quality[0]).toBe(0);
  });

  test("delete, add and offset do what they say", async () => {
    await fill();
    const { store } = home();
    await store.correct(correction({ action: "delete", t0Ms: at(1), t1Ms: at(2), value: Number.NaN }));
    await store.correct(correction({ action: "add", t0Ms: at(5), t1Ms: at(5), value: 7 }));
    await store.correct(correction({ action: "offset", t0Ms: at(3), t1Ms: at(4), value: 0.5 }));
    expect(await read()).toEqual([
      [at(0), 0],
      [at(3), 3.5],
      [at(5), 7],
    ]);
  });

  test("an undone correction is remembered and no longer counts", async () => {
    await fill();
    const { store } = home();
    const id = await store.correct(correction({}));
    await store.undoCorrection(id, { who: "ben", atMs: at(20) });
    expect(await read()).toEqual([
      [at(0), 0],
      [at(1), 1],
      [at(2), 2],
      [at(3), 3],
    ]);
    expect(await store.corrections(1)).toMatchObject([{ id, who: "anna", undoneMs: at(20) }]);
    await store.undoCorrection(id, { who: "carl", atMs: at(30) });
    expect(await store.corrections(1)).toMatchObject([{ id, undoneMs: at(20) }]);
  });

  test("those of every series are told in the order they were made", async () => {
    await fill();
    const { store } = home();
    await store.correct(correction({ seriesId: 3, madeMs: at(11) }));
    await store.correct(correction({ madeMs: at(10) }));
    expect((await store.corrections()).map(({ seriesId }) => seriesId)).toEqual([1, 3]);
    expect((await store.corrections(3)).map(({ seriesId }) => seriesId)).toEqual([3]);
  });

  test("as of an instant, only the corrections of that time count", async () => {
    await fill();
    const { store } = home();
    const id = await store.correct(correction({ madeMs: at(10) }));
    await store.undoCorrection(id, { who: "anna", atMs: at(20) });
    expect((await read({ asOfMs: at(9) }))[1]).toEqual([at(1), 1]);
    expect((await read({ asOfMs: at(15) }))[1]).toEqual([at(1), 50]);
    expect((await read({ asOfMs: at(25) }))[1]).toEqual([at(1), 1]);
  });

  test("buckets see corrections", async () => {
    await fill();
    const { store } = home();
    await store.checkpoint();
    await store.correct(correction({ value: 100 }));
    const buckets = await store.readBuckets(1, { fromMs: at(0), toMs: at(4) }, 4 * HOUR_MS);
    expect([...buckets.max]).toEqual([100]);
    expect([...buckets.sum]).toEqual([105]);
  });

  test("corrections outlive the process", async () => {
    await fill();
    await home().store.correct(correction({}));
    const again = await home().reopen();
    expect(pairs(await again.read(1, EVER))[1]).toEqual([at(1), 50]);
    expect(await again.corrections(1)).toMatchObject([{ seriesId: 1, action: "set", value: 50, who: "anna", madeMs: at(10) }]);
  });
}
