import { expect, test } from "vitest";
import { MAX_REJECT_BYTES } from "#readings/reject.ts";
import { batchOf, expectBalanced, HOUR_MS, type Home, ledgerOf, rejectOf, START_MS } from "./world.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

export function rejecting(home: () => Home): void {
  const say = (...rejects: ReturnType<typeof rejectOf>[]) => home().store.append(batchOf([], { rejects }));

  test("keeps a reject with its bytes, the first 4 KiB of them", async () => {
    const { store } = home();
    await say(rejectOf({ body: bytes("x".repeat(9_000)) }));
    const [row] = await store.rejects({});
    expect(row).toMatchObject({ source: "meter", code: "not-json", bodyBytes: 9_000, count: 1, receivedMs: START_MS, lastMs: START_MS });
    expect(row?.body.byteLength).toBe(MAX_REJECT_BYTES);
    expect(await ledgerOf(store, "meter")).toMatchObject({ items: 1, rejected: 1 });
  });

  test("folds the same bytes for the same reason within an hour, and counts them all", async () => {
    const { store } = home();
    await say(rejectOf(), rejectOf({ receivedMs: START_MS + HOUR_MS / 2 }));
    await say(rejectOf({ receivedMs: START_MS + HOUR_MS }), rejectOf({ code: "other" }), rejectOf({ topic: "tele/other/SENSOR" }));
    await say(rejectOf({ receivedMs: START_MS + 3 * HOUR_MS }));
    const rows = await store.rejects({});
    expect(rows.map((row) => row.count)).toEqual([1, 1, 1, 3]);
    expect(rows.at(-1)).toMatchObject({ receivedMs: START_MS, lastMs: START_MS + HOUR_MS });
    expect(await ledgerOf(store, "meter")).toMatchObject({ items: 6, rejected: 6 });
    await expectBalanced(store);
  });

  test("counts the parts of a message that were refused for one reason as what they are", async () => {
    const { store } = home();
    await say(rejectOf({ count: 250_000 }), rejectOf({ code: "odd" }), rejectOf({ count: 3 }));
    expect((await store.rejects({})).map(({ code, count }) => [code, count])).toEqual([
      ["odd", 1],
      ["not-json", 250_003],
    ]);
    expect(await ledgerOf(store, "meter")).toMatchObject({ items: 250_004, rejected: 250_004 });
    await expectBalanced(store);
  });

  test("is asked by id, source, code, page and state", async () => {
    const { store } = home();
    await say(rejectOf({ body: bytes("a") }), rejectOf({ body: bytes("b"), code: "odd" }), rejectOf({ body: bytes("c"), source: "air" }));
    const all = await store.rejects({});
    const [c, b, a] = all.map((row) => row.id) as [number, number, number];
    const ids = async (filter: Parameters<typeof store.rejects>[0]) => (await store.rejects(filter)).map((row) => row.id);
    expect(await ids({ source: "meter" })).toEqual([b, a]);
    expect(await ids({ code: "odd" })).toEqual([b]);
    expect(await ids({ beforeId: c, limit: 1 })).toEqual([b]);
    expect(await ids({ ids: [a, c, 99] })).toEqual([c, a]);
    await store.append(batchOf([], { redriven: [b], receivedMs: START_MS + 5 }));
    expect(await ids({ open: true })).toEqual([c, a]);
    expect(await ids({ open: false })).toEqual([b]);
    expect((await store.rejects({ ids: [b] }))[0]?.redrivenMs).toBe(START_MS + 5);
  });

  test("a reject that is driven again becomes what it now is, and both sums stay zero", async () => {
    const { store } = home();
    await say(rejectOf(), rejectOf(), rejectOf({ body: bytes("still broken") }));
    const [still, folded] = (await store.rejects({})).map((row) => row.id) as [number, number];
    const again = rejectOf({ body: bytes("still broken"), decoder: "tasmota-sml 2" });
    await store.append(
      batchOf(
        [
          [1, START_MS, 1],
          [1, START_MS + 1, 2],
        ],
        { rejects: [again], redriven: [still, folded] },
      ),
    );
    expect(await ledgerOf(store, "meter")).toMatchObject({ items: 4, stored: 2, duplicate: 1, rejected: 1 });
    await expectBalanced(store);
    expect((await store.rejects({ open: true })).map((row) => row.decoder)).toEqual(["tasmota-sml 2"]);
    await store.append(batchOf([], { redriven: [still, folded, 4711] }));
    expect(await ledgerOf(store, "meter")).toMatchObject({ items: 4, rejected: 1 });
  });
}
