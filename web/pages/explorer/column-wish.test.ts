import { describe, expect, it } from "vitest";
import { type WishNow, wishFor } from "./column-wish.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const now: WishNow = { keys: ["a"], window: { fromMs: 100 * DAY, toMs: 107 * DAY }, widthPx: 800, nowMs: 200 * DAY, complete: false };

describe("what the explorer asks for", () => {
  it("leaves room at both sides and asks for points for that room", () => {
    const wish = wishFor(undefined, now);
    expect(wish.span).toEqual({ fromMs: 96.5 * DAY, toMs: 110.5 * DAY });
    expect(wish.points).toBe(1600);
  });

  it("never asks beyond now", () => {
    expect(wishFor(undefined, { ...now, window: { fromMs: 193 * DAY, toMs: 200 * DAY } }).span.toMs).toBe(200 * DAY);
  });

  it("asks nothing for a small pan, and again when the window leaves the room", () => {
    const first = wishFor(undefined, now);
    expect(wishFor(first, { ...now, window: { fromMs: 102 * DAY, toMs: 109 * DAY } })).toBe(first);
    expect(wishFor(first, { ...now, window: { fromMs: 105 * DAY, toMs: 112 * DAY } })).not.toBe(first);
  });

  it("asks for finer data when zoomed in, unless it has every sample", () => {
    const first = wishFor(undefined, now);
    const close = { ...now, window: { fromMs: 103 * DAY, toMs: 104 * DAY } };
    expect(wishFor(first, close)).not.toBe(first);
    expect(wishFor(first, { ...close, complete: true })).toBe(first);
  });

  it("lets the live channel carry a window that ends now, and renews it now and then", () => {
    const window = { fromMs: 199 * DAY, toMs: 200 * DAY };
    const first = wishFor(undefined, { ...now, window });
    const later = (ms: number) => ({ ...now, window: { fromMs: window.fromMs + ms, toMs: window.toMs + ms }, nowMs: now.nowMs + ms });
    expect(wishFor(first, later(10 * 60_000))).toBe(first);
    expect(wishFor(first, later(2 * HOUR))).not.toBe(first);
    expect(wishFor(first, { ...later(2 * HOUR), complete: true })).toBe(first);
  });

  it("asks for whole days once the window is half a year", () => {
    const year = { fromMs: 300 * DAY, toMs: 665 * DAY };
    const wish = wishFor(undefined, { ...now, window: year, nowMs: 665 * DAY });
    expect(wish.points).toBe(Math.ceil((wish.span.toMs - wish.span.fromMs) / DAY) + 2);
  });

  it("asks for other series at once", () => {
    const first = wishFor(undefined, now);
    expect(wishFor(first, { ...now, keys: ["a", "b"] }).keys).toEqual(["a", "b"]);
  });
});
