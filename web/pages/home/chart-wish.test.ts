import fc from "fast-check";
import { expect, it } from "vitest";
import { wishFor } from "./chart-wish.ts";

const DAY = 86_400_000;
const now = (window: { fromMs: number; toMs: number }, nowMs = 100 * DAY, complete = false) => ({ window, widthPx: 900, nowMs, complete });
const yesterday = { fromMs: 98 * DAY, toMs: 99 * DAY };

it("asks for a row per pixel and a few more, and half a window more on the side that has a past", () => {
  const wish = wishFor(undefined, now(yesterday));
  expect(wish.span).toEqual({ fromMs: 97.5 * DAY, toMs: 99.5 * DAY });
  expect(wish.points).toBe(2_250);
});

it("does not ask again for a small pan or a small zoom", () => {
  const wish = wishFor(undefined, now(yesterday));
  expect(wishFor(wish, now({ fromMs: 98.2 * DAY, toMs: 99.2 * DAY }))).toBe(wish);
  expect(wishFor(wish, now({ fromMs: 98.1 * DAY, toMs: 98.9 * DAY }))).toBe(wish);
});

it("asks for finer rows after a zoom, unless it has every reading already", () => {
  const wish = wishFor(undefined, now(yesterday));
  const close = { fromMs: 98.4 * DAY, toMs: 98.5 * DAY };
  expect(wishFor(wish, now(close))).not.toBe(wish);
  expect(wishFor(wish, now(close, 100 * DAY, true))).toBe(wish);
});

it("asks for more rows on a screen that grew, first of all on one that was not there yet", () => {
  const none = wishFor(undefined, { ...now(yesterday), widthPx: 0 });
  expect(wishFor(none, now(yesterday)).points).toBe(2_250);
});

it("asks once for a day that is not over, and anew only now and then", () => {
  const today = { fromMs: 100 * DAY, toMs: 101 * DAY };
  const wish = wishFor(undefined, now(today, 100.5 * DAY));
  expect(wishFor(wish, now(today, 100.5 * DAY + 60_000))).toBe(wish);
  expect(wishFor(wish, now(today, 100.7 * DAY))).not.toBe(wish);
});

it("always covers the window's past", () => {
  const span = fc.record({ from: fc.integer({ min: 0, max: 99 * DAY }), length: fc.integer({ min: 2_000, max: 400 * DAY }) });
  fc.assert(
    fc.property(span, span, (first, second) => {
      const nowMs = 100 * DAY;
      const windows = [first, second].map(({ from, length }) => ({ fromMs: from, toMs: from + length }));
      let wish: ReturnType<typeof wishFor> | undefined;
      for (const window of windows) {
        wish = wishFor(wish, now(window, nowMs));
        expect(wish.span.fromMs).toBeLessThanOrEqual(window.fromMs);
        expect(wish.span.toMs).toBeGreaterThanOrEqual(Math.min(window.toMs, nowMs));
        expect(wish.points).toBeGreaterThanOrEqual(200);
      }
    }),
  );
});
