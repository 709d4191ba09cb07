import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { INBOX } from "#store/batch.ts";
import { Inbox, messageHash } from "./inbox.ts";

const at = (packetId: number, resumed = true, session = "main") => ({ session, packetId, resumed });

describe("the inbox", () => {
  it("knows what came under an id, from the session it came from, and only on a resumed one", () => {
    const inbox = new Inbox([{ session: "main", packetIds: Uint16Array.of(7), hashes: Float64Array.of(1) }]);
    inbox.record(at(8), 2);
    expect([inbox.knows(at(7), 1), inbox.knows(at(8), 2)]).toEqual([true, true]);
    expect([inbox.knows(at(7), 2), inbox.knows(at(9), 1), inbox.knows(at(7, false), 1)]).toEqual([false, false, false]);
    expect(inbox.knows(at(7, true, "other"), 1)).toBe(false);
  });

  it("keeps a session as it was before it was forgotten, where that could not be written down", () => {
    const inbox = new Inbox([]);
    inbox.record(at(7), 1);
    const restore = inbox.forget("main");
    expect(inbox.knows(at(7), 1)).toBe(false);
    restore();
    expect(inbox.knows(at(7), 1)).toBe(true);
  });

  it("knows everything younger than two minutes and the newest 1,024, whatever batches they came in", () => {
    const batch = fc.record({ size: fc.integer({ min: 1, max: 900 }), pauseMs: fc.integer({ min: 0, max: INBOX.ms }) });
    fc.assert(
      fc.property(fc.array(batch, { maxLength: 40 }), fc.integer({ min: 0, max: 65_535 }), (batches, first) => {
        const inbox = new Inbox([]);
        const came: { packetId: number; hash: number; atMs: number }[] = [];
        let nowMs = 0;
        for (const { size, pauseMs } of batches) {
          nowMs += pauseMs;
          for (let i = 0; i < size; i++) {
            const hash = came.length;
            const packetId = ((first + hash) % 65_535) + 1;
            came.push({ packetId, hash, atMs: nowMs });
            inbox.record(at(packetId), hash);
          }
          inbox.committed(["main"], nowMs);
        }
        const owed = came.filter(({ atMs, hash }) => nowMs - atMs <= INBOX.ms || hash >= came.length - INBOX.least);
        return owed.every(({ packetId, hash }) => inbox.knows(at(packetId), hash));
      }),
    );
  });

  it("lets go of what is old, and of more than there are ids", () => {
    const inbox = new Inbox([]);
    for (let hash = 0; hash < 3_000; hash++) inbox.record(at(hash + 1), hash);
    inbox.committed(["main"], 0);
    for (let hash = 3_000; hash < 5_000; hash++) inbox.record(at(hash + 1), hash);
    inbox.committed(["main"], INBOX.ms + 1);
    expect([0, 2_999, 3_000, 4_999].map((hash) => inbox.knows(at(hash + 1), hash))).toEqual([false, false, true, true]);
  });
});

it("a message's hash is a whole number that its topic and every byte of it change", () => {
  const hash = messageHash("a/b", Buffer.from("body"));
  expect(Number.isSafeInteger(hash)).toBe(true);
  const others = [
    messageHash("a/c", Buffer.from("body")),
    messageHash("a/b", Buffer.from("bodz")),
    messageHash("a/bb", Buffer.from("ody")),
  ];
  expect(new Set([hash, ...others]).size).toBe(4);
  const long = Buffer.alloc(20_000, "x");
  expect(messageHash("a", long)).not.toBe(messageHash("a", Buffer.concat([long, Buffer.from("y")])));
});
