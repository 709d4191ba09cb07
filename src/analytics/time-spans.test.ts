import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { TimeRange } from "./interval-grid.ts";
import { common, joined, lengthMs, membership, without } from "./time-spans.ts";

const LONG = 60;
const span = fc
  .tuple(fc.integer({ min: 0, max: LONG }), fc.integer({ min: 0, max: 12 }))
  .map(([fromMs, long]) => ({ fromMs, toMs: fromMs + long }));
const spans = fc.array(span, { maxLength: 8 });

/** Which whole instants lie within. */
const instants = (list: readonly TimeRange[]): number[] =>
  [...Array(LONG + 13).keys()].filter((at) => list.some(({ fromMs, toMs }) => fromMs <= at && at < toMs));

describe("stretches of time", () => {
  it("are joined, shared and taken away as the instants in them are", () => {
    fc.assert(
      fc.property(spans, spans, (one, other) => {
        const [a, b] = [joined(one), joined(other)];
        expect(instants(a)).toEqual(instants(one));
        expect(instants(common(a, b))).toEqual(instants(a).filter((at) => instants(b).includes(at)));
        expect(instants(without(a, b))).toEqual(instants(a).filter((at) => !instants(b).includes(at)));
        expect(lengthMs(a)).toBe(instants(a).length);
        const all = Float64Array.from(Array(LONG + 13).keys());
        expect([...all.keys()].filter((i) => membership(all, a)[i] === 1)).toEqual(instants(a));
      }),
    );
  });

  it("ascend, and none touches the next", () => {
    fc.assert(
      fc.property(spans, (one) => {
        const list = joined(one);
        for (const [i, { fromMs, toMs }] of list.entries()) {
          expect(fromMs).toBeLessThan(toMs);
          if (i > 0) expect((list[i - 1] as TimeRange).toMs).toBeLessThan(fromMs);
        }
      }),
    );
  });
});
