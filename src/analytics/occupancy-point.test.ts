import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Column } from "#series/column.ts";
import { QUALITY } from "#series/quality.ts";
import { type OccupancyMeaning, occupancyMeaning, occupancyOfPoint, occupancyTold } from "./occupancy-point.ts";
import { heldSpans, onSpans, runningSpans } from "./on-spans.ts";
import { joined } from "./time-spans.ts";

const HOUR = 3_600_000;
const range = { fromMs: 0, toMs: 24 * HOUR };

/** Rows as [hour, code, quality]. */
const column = (...rows: (readonly [at: number, code: number, quality?: number])[]): Column => ({
  tMs: Float64Array.from(rows, ([at]) => at * HOUR),
  value: Float64Array.from(rows, ([, code]) => code),
  quality: Uint16Array.from(rows, ([, , quality = 0]) => quality),
});
const TEXTS = ["", "Unocc", "Occ", "Standby", "Morning Warm-Up", "?"];
const meaningOf = (code: number): OccupancyMeaning | undefined => occupancyMeaning(TEXTS[code] ?? "");
const byHour = (spans: readonly { fromMs: number; toMs: number }[]) => spans.map(({ fromMs, toMs }) => [fromMs / HOUR, toMs / HOUR]);

describe("what an occupancy point says", () => {
  it("is read from the words of many makers", () => {
    const words: Record<OccupancyMeaning, string> = {
      occupied: "Occ,Occupied,OCCUPIED,true,On,1,1.0,OC_OCCUPIED,Bypass,yes,Active,Day",
      unoccupied: "Unocc,Unoccupied,un-occupied,UnOcc Mode,false,Off,0,OC_UNOCCUPIED,Not Occupied,Vacant,Night Setback,inactive",
      standby: "Standby,stand-by,Stand By,OC_STANDBY",
      "warm-up": "Warm-Up,warmup,Morning Warm Up,Pre-cool,preheat,Optimum Start,Cool Down",
    };
    for (const [meaning, list] of Object.entries(words))
      for (const word of list.split(",")) expect([word, occupancyMeaning(word)]).toEqual([word, meaning]);
    for (const word of ["", "3", "Auto", "fault", "nan"]) expect(occupancyMeaning(word)).toBeUndefined();
  });

  it("holds until it says otherwise, and standby is not occupied", () => {
    const said = occupancyOfPoint(column([-5, 1], [6, 4], [7, 2], [12, 3], [13, 2], [18, 1]), range, { meaningOf, standsMs: Infinity });
    expect(byHour(said.occupied)).toEqual([
      [7, 12],
      [13, 18],
    ]);
    expect(byHour(said.warmUp)).toEqual([[6, 7]]);
    expect(byHour(said.known)).toEqual([[0, 24]]);
  });

  it("counts where it is known, and the hours of the building elsewhere", () => {
    const hours = { occupied: [{ fromMs: 7 * HOUR, toMs: 18 * HOUR }], warmUp: [{ fromMs: 6 * HOUR, toMs: 7 * HOUR }] };
    const point = occupancyOfPoint(column([9, 2], [10, 1], [12, 2, QUALITY.badStatus], [20, 2]), range, { meaningOf, standsMs: Infinity });
    const told = occupancyTold(hours, point);
    expect(byHour(told.occupied)).toEqual([
      [7, 10],
      [12, 18],
      [20, 24],
    ]);
    expect(byHour(told.warmUp)).toEqual([[6, 7]]);
  });
});

describe("when something was on", () => {
  it("is unknown before it spoke, after a bad status and over a silence, and counts as running then", () => {
    const silences = [{ fromMs: 15 * HOUR, toMs: 17 * HOUR }];
    const fan = onSpans(column([2, 0], [6, 1], [10, 0, QUALITY.badStatus], [12, 0], [20, 1]), range, {
      is: (v) => v === 1,
      standsMs: Infinity,
      silences,
    });
    expect(byHour(fan.on)).toEqual([
      [6, 10],
      [20, 24],
    ]);
    expect(byHour(fan.known)).toEqual([
      [2, 10],
      [12, 15],
      [20, 24],
    ]);
    expect(byHour(runningSpans(fan, range))).toEqual([
      [0, 2],
      [6, 12],
      [15, 24],
    ]);
  });

  it("and when it was not make up all that is known", () => {
    const rows = fc
      .uniqueArray(fc.integer({ min: -10, max: 30 }), { maxLength: 12 })
      .chain((list) =>
        fc.tuple(
          ...list
            .sort((a, b) => a - b)
            .map((at) => fc.tuple(fc.constant(at), fc.constantFrom(0, 1, Number.NaN), fc.constantFrom(0, 0, QUALITY.badStatus))),
        ),
      );
    fc.assert(
      fc.property(rows, fc.integer({ min: 1, max: 40 }), (list, hours) => {
        const [fan, standing] = [column(...list), { standsMs: hours * HOUR }];
        const { on, known } = onSpans(fan, range, { is: (v) => v === 1, ...standing });
        const off = heldSpans(fan, range, { is: (v) => v === 0, ...standing });
        expect(joined([...on, ...off])).toEqual(known);
        expect(joined([...runningSpans({ on, known }, range), ...off])).toEqual([range]);
      }),
    );
  });
});
