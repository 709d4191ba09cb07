import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { OUTCOME } from "#store/batch.ts";
import { decide } from "./decide.ts";

const sample = fc.record({
  value: fc.oneof(fc.constantFrom(0, -0, Number.NaN, 1), fc.double()),
  quality: fc.constantFrom(0, 1),
  code: fc.constantFrom(0, 3),
});
const rule = fc.constantFrom("first", "last") as fc.Arbitrary<"first" | "last">;

describe("decide", () => {
  it("stores what has no predecessor", () => {
    fc.assert(fc.property(sample, rule, (arriving, by) => decide(undefined, arriving, by) === OUTCOME.stored));
  });

  it("calls the same value, quality and code a duplicate under either rule", () => {
    fc.assert(fc.property(sample, rule, (one, by) => decide(one, { ...one }, by) === OUTCOME.duplicate));
  });

  it("follows the rule where anything differs", () => {
    const old = { value: 1, quality: 0, code: 0 };
    for (const arriving of [
      { ...old, value: 2 },
      { ...old, quality: 1 },
      { ...old, code: 1 },
      { ...old, value: Number.NaN },
    ]) {
      expect(decide(old, arriving, "last")).toBe(OUTCOME.replaced);
      expect(decide(old, arriving, "first")).toBe(OUTCOME.refused);
    }
  });

  it("tells 0 from -0", () => {
    expect(decide({ value: 0, quality: 0, code: 0 }, { value: -0, quality: 0, code: 0 }, "last")).toBe(OUTCOME.replaced);
  });
});
