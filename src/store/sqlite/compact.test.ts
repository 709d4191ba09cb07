import { expect, test } from "vitest";
import { batchOf, rejectOf, runOf } from "#store/contract/world.ts";
import { compact } from "./compact.ts";

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

test("the deliveries of a batch come along in buffers of their own", () => {
  const run = runOf("a", [
    [7, 1],
    [65_535, 2 ** 53 - 1],
  ]);
  const wide = { ...run, packetIds: Uint16Array.of(1, 7, 65_535).subarray(1) };
  const done = compact(batchOf([], { inbox: [wide] }));
  expect(done.inbox).toEqual([run]);
  expect(done.inbox?.[0]?.packetIds.buffer.byteLength).toBe(4);
  expect(compact(batchOf([]))).not.toHaveProperty("inbox");
});
