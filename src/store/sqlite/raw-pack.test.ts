import fc from "fast-check";
import { expect, test } from "vitest";
import { packRaw, unpackRaw } from "./raw-pack.ts";

const message = fc.record({
  source: fc.constant("meter"),
  topic: fc.oneof(fc.constantFrom("tele/a/SENSOR", "tele/ü/STATE"), fc.string()),
  body: fc.uint8Array({ maxLength: 64 }),
  receivedMs: fc.integer({ min: 0, max: 4e12 }),
  qos: fc.constantFrom(0 as const, 1 as const, 2 as const),
  retained: fc.boolean(),
});

test("what is packed comes back byte for byte", () => {
  fc.assert(
    fc.property(fc.array(message, { minLength: 1, maxLength: 40 }), fc.integer({ min: 1, max: 1e9 }), (messages, first) => {
      const rows = messages.map((one, i) => ({ seq: first + i * 3, message: one }));
      expect(unpackRaw("meter", packRaw(rows))).toEqual(rows);
    }),
  );
});

test("a pack of an unknown version is damage, not garbage", () => {
  expect(() => unpackRaw("meter", new Uint8Array([9, 0, 0]))).toThrow(expect.objectContaining({ code: "damaged" }));
});
