import { expect, test } from "vitest";
import { batchOf, rejectOf } from "#store/contract/world.ts";
import { compact, unpacked } from "./compact.ts";

test("no array of a compact batch drags along more than itself", () => {
  const socket = Buffer.alloc(65_536, "x");
  const body = socket.subarray(100, 130);
  const raw = { source: "m", topic: "t", body, receivedMs: 1, qos: 1, retained: false } as const;
  const samples = { ...batchOf([[1, 2, 3]]).samples, tMs: new Float64Array(64).fill(7).subarray(3, 4) };
  const done = compact(batchOf([], { samples, raw: [raw], rejects: [rejectOf({ body })] }));
  for (const array of [...Object.values(done.samples), done.raw?.[0]?.body, done.rejects[0]?.body]) {
    expect(array?.buffer.byteLength).toBe(array?.byteLength);
  }
  expect(done.raw?.[0]?.body).toEqual(new Uint8Array(30).fill(120));
  expect([...done.samples.tMs]).toEqual([7]);
});

test("the deliveries of a batch come out as they went in, whatever their order", () => {
  const inbox = [
    { session: "a", packetId: 7, hash: "f0" },
    { session: "a", packetId: 65_535, hash: "f1" },
    { session: "b", packetId: 7, hash: "f0" },
    { session: "a", packetId: 8, hash: "f2" },
  ];
  expect(unpacked(compact(batchOf([], { inbox }))).inbox).toEqual(inbox);
  expect(unpacked(compact(batchOf([], { inbox: [] }))).inbox).toEqual([]);
  expect(unpacked(compact(batchOf([])))).not.toHaveProperty("inbox");
});
