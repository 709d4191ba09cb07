import { expect, test } from "vitest";
import { INBOX, type InboxRun, type RawMessage } from "#store/batch.ts";
import { batchOf, type Home, runOf, START_MS } from "./world.ts";

function message(i: number, more: Partial<RawMessage> = {}): RawMessage {
  const body = new TextEncoder().encode(JSON.stringify({ Time: i, power: i * 3.5 }));
  return {
    source: "meter",
    topic: `tele/${i % 3}/SENSOR`,
    body,
    receivedMs: START_MS + i * 10,
    qos: (i % 3) as 0 | 1 | 2,
    retained: i % 7 === 0,
    ...more,
  };
}

/** Deliveries whose hash tells their packet id. */
const run = (session: string, ...packetIds: number[]): InboxRun =>
  runOf(
    session,
    packetIds.map((id) => [id, id + 2 ** 51]),
  );

const from = (first: number, count: number): number[] => Array.from({ length: count }, (_, i) => first + i);

export function remembering(home: () => Home): void {
  test("the inbox keeps what is young, oldest first, and of the old the newest 1,024 of each session", async () => {
    const { store } = home();
    await store.append(batchOf([], { inbox: [run("device:a", 1)] }));
    for (let first = 0; first < 3_000; first += 500) await store.append(batchOf([], { inbox: [run("main", ...from(first, 500))] }));
    const young = [run("device:a", 1), run("main", ...from(0, 3_000))];
    expect(await store.inbox()).toEqual(young);
    expect(await (await home().reopen()).inbox()).toEqual(young);
  });

  test("what is old goes with the commits that follow", async () => {
    const { store } = home();
    const later = { receivedMs: START_MS + INBOX.ms + 1 };
    for (let first = 0; first < 3_000; first += 500) await store.append(batchOf([], { inbox: [run("main", ...from(first, 500))] }));
    await store.append(batchOf([], { ...later, inbox: [run("main", 60_000)] }));
    expect(await store.inbox()).toEqual([run("main", ...from(1_500, 1_500), 60_000)]);
    expect(await (await home().reopen()).inbox()).toEqual([run("main", ...from(1_500, 1_500), 60_000)]);
  });

  test("no session keeps more than there are packet ids", async () => {
    const { store } = home();
    for (let first = 0; first < 140_000; first += 10_000) {
      await store.append(batchOf([], { inbox: [run("main", ...from(first, 10_000).map((id) => (id % 65_535) + 1))] }));
    }
    expect((await store.inbox())[0]?.packetIds.length).toBeLessThanOrEqual(65_535);
    expect((await store.inbox())[0]?.packetIds.length).toBeGreaterThan(55_000);
  });

  test("a packet id that is used again is known by its newest hash", async () => {
    const { store } = home();
    await store.append(batchOf([], { inbox: [run("main", 5, 6)] }));
    await store.append(batchOf([], { inbox: [runOf("main", [[5, 99]])] }));
    expect(await store.inbox()).toEqual([
      runOf("main", [
        [6, run("main", 6).hashes[0] as number],
        [5, 99],
      ]),
    ]);
  });

  test("a session the broker forgot leaves nothing, and begins anew", async () => {
    const { store } = home();
    await store.append(batchOf([], { inbox: [run("main", 1, 2), run("other", 1)] }));
    await store.append(batchOf([], { forgetSessions: ["main"], inbox: [run("main", 9)] }));
    expect(await store.inbox()).toEqual([run("main", 9), run("other", 1)]);
  });

  test("the memory of decoders is replaced per source", async () => {
    const { store } = home();
    await store.append(batchOf([], { memory: { meter: '{"total":1}', air: "[1]" } }));
    await store.append(batchOf([], { memory: { meter: '{"total":2}' } }));
    expect(await store.memory()).toEqual({ air: "[1]", meter: '{"total":2}' });
    expect(await (await home().reopen()).memory()).toEqual({ air: "[1]", meter: '{"total":2}' });
  });

  test("original messages come back byte for byte, a page at a time, packed or not", async () => {
    const { store } = home();
    const all = Array.from({ length: 2_600 }, (_, i) => message(i));
    for (let from = 0; from < all.length; from += 130) {
      await store.append(batchOf([], { raw: [...all.slice(from, from + 130), message(from, { source: "air" })] }));
    }
    for (let round = 0; round < 2; round++) {
      const found: RawMessage[] = [];
      for (let after = 0; ; ) {
        const page = await (round === 0 ? store : await home().reopen()).raw("meter", { after, limit: 700 });
        found.push(...page.map((row) => row.message));
        const last = page.at(-1);
        if (last === undefined) break;
        expect(last.seq).toBeGreaterThan(after);
        after = last.seq;
      }
      expect(found.map(plain)).toEqual(all.map(plain));
    }
  });

  test("original messages are dropped when they are older than asked, and no number is given twice", async () => {
    const { store } = home();
    await store.append(batchOf([], { raw: [message(0), message(1), message(2), message(0, { source: "air" })] }));
    const last = (await store.raw("meter", { after: 0, limit: 9 })).at(-1)?.seq as number;
    expect(await store.expireRaw("meter", START_MS + 15)).toBe(2);
    expect(await store.raw("meter", { after: 0, limit: 9 })).toHaveLength(1);
    expect(await store.expireRaw("meter", START_MS + 1e6)).toBe(1);
    expect(await store.raw("air", { after: 0, limit: 9 })).toHaveLength(1);
    await store.append(batchOf([], { raw: [message(3)] }));
    expect((await store.raw("meter", { after: 0, limit: 9 }))[0]?.seq).toBeGreaterThan(last);
  });
}

function plain({ body, ...rest }: RawMessage) {
  return { ...rest, body: new TextDecoder().decode(body) };
}
