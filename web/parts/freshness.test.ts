import { describe, expect, it } from "vitest";
import { STALE_FLOOR_MS, STALE_SPACINGS } from "#contract/names.ts";
import { markOf, needsLook, staleAfterMs } from "./freshness.ts";

const NOW = 1_790_000_000_000;
const live = (ageMs: number, more: { value?: number | null; quality?: number; status?: string; text?: string } = {}) => ({
  key: "plant/main/power@kyz",
  tMs: NOW - ageMs,
  value: 1,
  quality: 0,
  ...more,
});
const every10s = { everyMs: 10_000 };

describe("a live value", () => {
  it("is fresh within four of its usual spacings, and stale after", () => {
    const limit = STALE_SPACINGS * every10s.everyMs;
    expect(markOf(every10s, live(limit), NOW)).toEqual({ state: "fresh", words: "40\u00a0s" });
    expect(markOf(every10s, live(limit + 1000), NOW)).toEqual({ state: "stale", words: "stale 41\u00a0s" });
  });

  it("is never called stale before the floor, however often its sender speaks", () => {
    expect(staleAfterMs({ everyMs: 1000 })).toBe(STALE_FLOOR_MS);
  });

  it("of a sender with unknown spacing is given a day", () => {
    expect(markOf({}, live(23 * 3_600_000), NOW).state).toBe("fresh");
    expect(markOf({}, live(25 * 3_600_000), NOW).state).toBe("missing");
  });

  it("of a weekly reading is fresh for weeks", () => {
    expect(markOf({ everyMs: 7 * 86_400_000 }, live(10 * 86_400_000), NOW).state).toBe("fresh");
  });

  it("is missing when there is none, when its absence was stated, and after a day of silence", () => {
    expect(markOf(every10s, undefined, NOW).state).toBe("missing");
    expect(markOf(every10s, live(0, { value: null }), NOW).state).toBe("missing");
    expect(markOf(every10s, live(86_400_001), NOW).state).toBe("missing");
  });

  it("may be a text", () => {
    expect(markOf(every10s, live(0, { value: null, text: "closed" }), NOW).state).toBe("fresh");
  });

  it("is suspect in the sender's own words where it gave some", () => {
    expect(markOf(every10s, live(0, { quality: 64 }), NOW)).toEqual({ state: "suspect", words: "bad status" });
    expect(markOf(every10s, live(0, { quality: 64, status: "down" }), NOW)).toEqual({ state: "suspect", words: "down" });
  });

  it("is estimated when filled, and first of all late when it is both late and doubtful", () => {
    expect(markOf(every10s, live(0, { quality: 2 }), NOW)).toEqual({ state: "estimated", words: "filled" });
    expect(markOf(every10s, live(60_000, { quality: 1 }), NOW).state).toBe("stale");
  });
});

describe("a look", () => {
  it("is needed by what is late, doubtful or absent, not by what was filled in", () => {
    expect((["fresh", "stale", "estimated", "suspect", "missing"] as const).filter(needsLook)).toEqual(["stale", "suspect", "missing"]);
  });
});
