import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stationSilences } from "./silence.ts";

const column = (...tMs: number[]) => ({ tMs: Float64Array.from(tMs) });

describe("silences of a station", () => {
  it("lie where none of its histories spoke", () => {
    expect(stationSilences([column(0, 10, 100), column(5, 60)], 30)).toEqual([
      { fromMs: 10, toMs: 60 },
      { fromMs: 60, toMs: 100 },
    ]);
  });

  it("are longer than what is asked, not as long", () => {
    expect(stationSilences([column(0, 30, 61)], 30)).toEqual([{ fromMs: 30, toMs: 61 }]);
  });

  it("reach to the present where that is told", () => {
    expect(stationSilences([column(0, 10)], 30)).toEqual([]);
    expect(stationSilences([column(0, 10)], 30, { untilMs: 90 })).toEqual([{ fromMs: 10, toMs: 90 }]);
    expect(stationSilences([], 30, { untilMs: 90 })).toEqual([]);
  });

  it("of a station whose histories are hourly are longer than three hours, whatever is asked", () => {
    const hour = 3_600_000;
    const hourly = column(...[0, 1, 2, 3, 4, 5, 12, 13, 14, 15, 18].map((at) => at * hour));
    expect(stationSilences([hourly], hour / 2)).toEqual([{ fromMs: 5 * hour, toMs: 12 * hour }]);
  });

  it("are the long gaps of all samples in one row", () => {
    const times = fc.uniqueArray(fc.integer({ min: 0, max: 300 }), { maxLength: 12 }).map((list) => list.sort((a, b) => a - b));
    fc.assert(
      fc.property(fc.array(times, { maxLength: 4 }), fc.integer({ min: 0, max: 60 }), (lists, silenceMs) => {
        const all = lists.flat().sort((a, b) => a - b);
        const expected = all.flatMap((toMs, i) => {
          const fromMs = all[i - 1] ?? toMs;
          return toMs - fromMs > silenceMs ? [{ fromMs, toMs }] : [];
        });
        const found = stationSilences(
          lists.map((list) => column(...list)),
          silenceMs,
        );
        const quiet = expected.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0);
        const isHabit = expected.length >= 4 && quiet > 0.75 * ((all.at(-1) ?? 0) - (all[0] ?? 0));
        if (isHabit) expect(expected).toEqual(expect.arrayContaining(found));
        else expect(found).toEqual(expected);
      }),
    );
  });
});
