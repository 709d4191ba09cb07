import fc from "fast-check";
import { expect, test } from "vitest";
import { type Window, Windows } from "./windows.ts";

const DAY_MS = 86_400_000;

test("windows follow one another from the beginning to the end, whatever they hold, and are soon of a good size", () => {
  const days = fc.integer({ min: 1, max: 9_000 });
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 20_000 }), days, fc.integer({ min: 0, max: 1_440 }), (from, long, perDay) => {
      const range = { fromMs: from * DAY_MS, toMs: (from + long) * DAY_MS };
      const windows = new Windows(range);
      const seen: Window[] = [];
      for (let next = windows.next(); next !== undefined; next = windows.next()) {
        seen.push(next);
        windows.held(((next.toMs - next.fromMs) / DAY_MS) * perDay);
      }
      expect(seen[0]?.fromMs).toBe(range.fromMs);
      expect(seen.at(-1)?.toMs).toBe(range.toMs);
      seen.forEach((one, i) => {
        if (i > 0) expect(one.fromMs).toBe(seen[i - 1]?.toMs);
        // Of a window that held too many, the next is shorter.
        if (i > 1) expect(((one.toMs - one.fromMs) / DAY_MS) * perDay).toBeLessThanOrEqual(90 * 1_440);
      });
    }),
  );
});

test("a window that holds more than can be held is asked for again in shorter pieces, from where it began, down to a day", () => {
  const windows = new Windows({ fromMs: 0, toMs: 4_000 * DAY_MS });
  let last = windows.next() as Window;
  while (windows.isShortened()) {
    const next = windows.next() as Window;
    expect(next.fromMs).toBe(0);
    expect(next.toMs).toBeLessThan(last.toMs);
    last = next;
  }
  expect(last).toEqual({ fromMs: 0, toMs: DAY_MS });
  windows.held(1);
  expect(windows.next()?.fromMs).toBe(DAY_MS);
});
