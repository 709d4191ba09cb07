import fc from "fast-check";
import { expect, test } from "vitest";
import { Changes } from "./changes.ts";

test("what changed is never told to begin later than it did, and nothing is told where nothing happened", () => {
  const instants = fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(instants, fc.nat(60), (changed, asked) => {
      const changes = new Changes(10);
      for (const [i, fromMs] of changed.entries()) changes.note(11 + i, fromMs);
      const seq = 10 + Math.min(asked, changed.length);
      const later = changed.slice(seq - 10);
      const told = changes.since(seq);
      expect(told).toBeLessThanOrEqual(Math.min(Number.POSITIVE_INFINITY, ...later));
      expect(told === Number.POSITIVE_INFINITY).toBe(later.length === 0);
      if (seq >= 10 + changed.length - 6) expect(told).toBe(Math.min(Number.POSITIVE_INFINITY, ...later));
    }),
  );
});

test("what happened before the start is not known", () => {
  const changes = new Changes(10);
  expect(changes.since(9)).toBe(Number.NEGATIVE_INFINITY);
  expect(changes.since(10)).toBe(Number.POSITIVE_INFINITY);
  changes.note(11, Number.POSITIVE_INFINITY);
  expect(changes.since(10)).toBe(Number.POSITIVE_INFINITY);
});
