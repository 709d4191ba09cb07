import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ladder, NO_RUNG, RANKS, type Rung } from "./ladder.ts";

const rung = (name: string, rank: Rung["rank"], ...value: number[]): Rung => ({ name, rank, value: Float64Array.from(value) });
const winners = (rungs: readonly Rung[]): (string | undefined)[] => {
  const { order, taken } = ladder(rungs);
  return Array.from(taken, (position) => (position === NO_RUNG ? undefined : rungs[order[position] as number]?.name));
};

describe("the ladder", () => {
  it("takes per interval the highest rank that has a value", () => {
    const rungs = [rung("bill", "utility", NaN, 4, NaN, NaN), rung("kyz", "live", 1, 1, 1, NaN), rung("plc", "file", NaN, 3, 3, NaN)];
    expect(winners(rungs)).toEqual(["kyz", "bill", "plc", undefined]);
  });

  it("lets 0 win, and nothing that is no number", () => {
    expect(winners([rung("kyz", "live", 5, 5), rung("plc", "file", 0, NaN)])).toEqual(["plc", "kyz"]);
  });

  it("answers the same in whatever order sources are given", () => {
    const value = fc.array(fc.oneof(fc.constant(Number.NaN), fc.integer()), { minLength: 5, maxLength: 5 });
    const rungs = fc.uniqueArray(
      fc.record({
        name: fc.constantFrom("a", "b", "c", "d"),
        rank: fc.constantFrom(...RANKS),
        value: value.map((v) => Float64Array.from(v)),
      }),
      { selector: ({ name, rank }) => `${name} ${rank}`, maxLength: 8 },
    );
    const shuffled = rungs.chain((given) => fc.tuple(fc.constant(given), fc.shuffledSubarray(given, { minLength: given.length })));
    fc.assert(
      fc.property(shuffled, ([given, other]) => {
        const [a, b] = [ladder(given), ladder(other)];
        expect([...a.taken]).toEqual([...b.taken]);
        expect(a.order.map((i) => given[i])).toEqual(b.order.map((i) => other[i]));
        for (const [i, position] of a.taken.entries()) {
          const best = Math.max(...given.map(({ rank, value }) => (Number.isNaN(value[i]) ? -1 : RANKS.indexOf(rank))));
          expect(position === NO_RUNG ? -1 : RANKS.indexOf((given[a.order[position] as number] as Rung).rank)).toBe(best);
        }
      }),
    );
  });

  it("refuses two sources it could not tell apart, and columns of other intervals", () => {
    expect(() => ladder([rung("kyz", "live", 1), rung("kyz", "live", 2)])).toThrow("one rank and name");
    expect(() => ladder([rung("kyz", "live", 1), rung("plc", "file", 2, 3)])).toThrow("unequal");
  });
});
