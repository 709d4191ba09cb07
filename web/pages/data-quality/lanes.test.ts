import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { IntervalRow } from "#contract/plant-intervals.ts";
import { lanesOf } from "./lanes.ts";

const QUARTER = 900_000;

function row(index: number, source: string | null, estimated = false): IntervalRow {
  const endMs = (index + 1) * QUARTER;
  return {
    startMs: endMs - QUARTER,
    endMs,
    startLocal: "",
    endLocal: "",
    energyKwh: null,
    demandKw: null,
    powerKw: null,
    possibleKw: null,
    pulses: null,
    totalKwh: null,
    coverage: 1,
    quality: [],
    estimated,
    source,
  };
}

describe("the lanes of sources", () => {
  it("join what touches and was taken in the same way", () => {
    const rows = [row(0, "file"), row(1, "file"), row(2, "live"), row(3, "file"), row(4, "file", true)];
    expect(lanesOf(rows, ["file", "live"])).toEqual([
      {
        source: "file",
        intervals: 4,
        runs: [
          { fromMs: 0, toMs: 2 * QUARTER, intervals: 2, estimated: false },
          { fromMs: 3 * QUARTER, toMs: 4 * QUARTER, intervals: 1, estimated: false },
          { fromMs: 4 * QUARTER, toMs: 5 * QUARTER, intervals: 1, estimated: true },
        ],
      },
      { source: "live", intervals: 1, runs: [{ fromMs: 2 * QUARTER, toMs: 3 * QUARTER, intervals: 1, estimated: false }] },
    ]);
  });

  it("name nobody last, and only where somebody is missing", () => {
    expect(lanesOf([row(0, null), row(1, "live")], ["file"]).map((lane) => lane.source)).toEqual(["file", "live", null]);
    expect(lanesOf([row(0, "live")], []).map((lane) => lane.source)).toEqual(["live"]);
  });

  it("hold every interval exactly once, in whatever order the rows come", () => {
    const source = fc.constantFrom("a", "b", "c", null);
    fc.assert(
      fc.property(fc.array(fc.tuple(source, fc.boolean()), { maxLength: 120 }), fc.integer(), (given, seed) => {
        const rows = given.map(([name, estimated], index) => row(index, name, estimated));
        const shuffled = [...rows].sort((a, b) => ((a.endMs * 7919 + seed) % 1009) - ((b.endMs * 7919 + seed) % 1009));
        const lanes = lanesOf(shuffled, ["b"]);
        const covered = lanes.flatMap((lane) => lane.runs.map((run) => ({ run, source: lane.source })));
        expect(lanes.reduce((sum, lane) => sum + lane.intervals, 0)).toBe(rows.length);
        for (const one of rows) {
          const holders = covered.filter(({ run }) => run.fromMs <= one.startMs && one.endMs <= run.toMs);
          expect(holders.map((holder) => [holder.source, holder.run.estimated])).toEqual([[one.source, one.estimated]]);
        }
      }),
    );
  });
});
