import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HOUR_MS, MINUTE_MS } from "#calendar/civil.ts";
import { shortCycling, shortRuns } from "./short-cycling.ts";
import { switchRuns } from "./switch-runs.ts";

/** A compressor that runs so many minutes every hour, told when it changes. */
function hourly(runs: number, minutes: number, startMs = 0): { tMs: Float64Array; value: Float64Array } {
  const edges = Array.from({ length: runs }, (_, i) => [startMs + i * HOUR_MS, startMs + i * HOUR_MS + minutes * MINUTE_MS]).flat();
  return { tMs: Float64Array.from([startMs - HOUR_MS, ...edges]), value: Float64Array.from([0, ...edges.map((_, i) => (i + 1) % 2)]) };
}

describe("runs of a switch", () => {
  it("go from the first sample that is on to the first that is off", () => {
    const samples = { tMs: Float64Array.from([0, 60, 120, 180, 240]), value: Float64Array.from([0, 1, 1, 0, 0]) };
    expect(switchRuns(samples, 300)).toEqual([{ fromMs: 60, toMs: 180, whole: true }]);
  });

  it("are not whole where nobody saw them start or end", () => {
    const samples = { tMs: Float64Array.from([0, 60, 120, 180, 240]), value: Float64Array.from([1, 0, 1, Number.NaN, 1]) };
    expect(switchRuns(samples, 300).map(({ fromMs, toMs, whole }) => [fromMs, toMs, whole])).toEqual([
      [0, 60, false],
      [120, 120, false],
      [240, 300, false],
    ]);
    expect(switchRuns({ tMs: new Float64Array(0), value: new Float64Array(0) }, 300)).toEqual([]);
  });
});

describe("short cycling", () => {
  const found = (runs: number, minutes: number) => shortCycling(switchRuns(hourly(runs, minutes), 1e12));

  it("is three runs within 24 hours that end before ten minutes are over, and critical from ten", () => {
    expect(found(2, 5)).toBeUndefined();
    expect(found(3, 5)).toMatchObject({ severity: "warning", sentence: "3 runs shorter than 10 min within 24 hours" });
    expect(found(10, 9)).toMatchObject({ severity: "critical", numbers: { count: 10, runs: 10 } });
    expect(found(10, 10)).toBeUndefined();
  });

  it("counts within any 24 hours, not over the whole of a month", () => {
    const sparse = Array.from({ length: 20 }, (_, i) => ({ fromMs: i * 13 * HOUR_MS, toMs: i * 13 * HOUR_MS + MINUTE_MS, whole: true }));
    expect(shortCycling(sparse)).toBeUndefined();
    expect(shortRuns(sparse)).toHaveLength(20);
  });

  it("is the same days later", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 30 }),
        fc.integer({ min: 1, max: 15 }),
        fc.integer({ min: -500, max: 500 }),
        (runs, minutes, days) => {
          const of = (startMs: number) => shortCycling(switchRuns(hourly(runs, minutes, startMs), 1e14));
          expect(of(days * 24 * HOUR_MS)).toEqual(of(0));
        },
      ),
    );
  });
});
