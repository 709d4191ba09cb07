import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { standingMs, standsUntil, weightsIn } from "./standing.ts";
import { common, joined, lengthMs } from "./time-spans.ts";

describe("how long a sample stands", () => {
  it("is until the next one, for two of its intervals, or until its station falls silent", () => {
    const tMs = Float64Array.of(0, 10, 50, 55);
    expect([...standsUntil(tMs, { standsMs: Infinity })]).toEqual([10, 50, 55, Infinity]);
    expect([...standsUntil(tMs, { standsMs: 20 })]).toEqual([10, 30, 55, 75]);
    expect([...standsUntil(tMs, { standsMs: 20, silences: [{ fromMs: 10, toMs: 50 }] })]).toEqual([10, 10, 55, 75]);
  });

  it("is for ever where it speaks on change, and for two intervals where it is polled", () => {
    expect(standingMs({ changeOfValue: true, usualMs: 5, because: "" })).toBe(Infinity);
    expect(standingMs({ changeOfValue: false, usualMs: 5, because: "" })).toBe(10);
  });

  it("makes up the time that is judged and known, however that is cut", () => {
    const times = fc.uniqueArray(fc.integer({ min: -20, max: 100 }), { maxLength: 20 }).map((list) => list.sort((a, b) => a - b));
    const spans = fc
      .array(fc.tuple(fc.integer({ min: 0, max: 90 }), fc.integer({ min: 1, max: 20 })), { maxLength: 5 })
      .map((list) => joined(list.map(([fromMs, long]) => ({ fromMs, toMs: fromMs + long }))));
    const stands = fc.oneof(fc.integer({ min: 1, max: 40 }), fc.constant(Infinity));
    fc.assert(
      fc.property(times, spans, stands, (list, judged, standsMs) => {
        const tMs = Float64Array.from(list);
        const weights = weightsIn(tMs, judged, { standsMs });
        const until = standsUntil(tMs, { standsMs });
        const known = joined(list.map((fromMs, i) => ({ fromMs, toMs: until[i] as number })));
        expect(weights.reduce((sum, ms) => sum + ms, 0)).toBe(lengthMs(common(judged, known)));
        expect(weights.every((ms) => ms >= 0)).toBe(true);
      }),
    );
  });
});
