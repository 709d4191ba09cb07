import { expect, test } from "vitest";
import type { RawMessage } from "#store/batch.ts";
import { batchOf, type Home, START_MS } from "./world.ts";

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

const entry = (packetId: number, session = "main") => ({ session, packetId, hash: `${session}-${packetId}` });

export function remembering(home: () => Home): void {
  test("the inbox keeps the newest 1,024 of each session, oldest first", async () => {
    const { store } = home();
    for (let from = 0; from < 3_000; from += 500) {
      await store.append(batchOf([], { inbox: Array.from({ length: 500 }, (_, i) => entry(from + i)) }));
    }
    await store.append(batchOf([], { inbox: [entry(1, "device:a")] }));
    const kept = [entry(1, "device:a"), ...Array.from({ length: 1_024 }, (_, i) => entry(3_000 - 1_024 + i))];
    expect(await store.inbox()).toEqual(kept);
    const again = await home().reopen();
    expect(await again.inbox()).toEqual(kept);
    await again.append(batchOf([], { inbox: [entry(60_000)] }));
    expect((await again.inbox()).at(-1)).toEqual(entry(60_000));
    expect(await again.inbox()).toHaveLength(1_025);
  });

  test("a packet id that is used again is known by its newest hash", async () => {
    const { store } = home();
    await store.append(batchOf([], { inbox: [entry(5), entry(6)] }));
    await store.append(batchOf([], { inbox: [{ ...entry(5), hash: "new" }] }));
    expect(await store.inbox()).toEqual([entry(6), { ...entry(5), hash: "new" }]);
  });

  test("a session the broker forgot leaves nothing, and begins anew", async () => {
    const { store } = home();
    await store.append(batchOf([], { inbox: [entry(1), entry(2), entry(1, "other")] }));
    await store.append(batchOf([], { forgetSessions: ["main"], inbox: [entry(9)] }));
    expect(await store.inbox()).toEqual([entry(9), entry(1, "other")]);
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
