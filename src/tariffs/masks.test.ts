import fc from "fast-check";
import { expect, it } from "vitest";
import { zoneNamed } from "#calendar/zone.ts";
import { Masks } from "./masks.ts";
import type { PlanVersion } from "./plan.ts";
import { madeIntervals } from "./synthetic.ts";

const version: PlanVersion = {
  validFrom: "2020-01-01",
  seasons: { summer: [{ from: "03-30", to: "10-25" }], winter: [{ from: "10-26", to: "03-29" }] },
  holidays: ["2025-04-21", "2025-12-25"],
  schedules: {
    tou: {
      rules: [
        { band: "night", days: ["weekday", "weekend"], from: "21:30", to: "06:15" },
        { band: "noon", seasons: ["summer"], days: ["weekday"], from: "11:00", to: "14:00" },
        { band: "holiday", days: ["holiday"] },
      ],
      otherwise: "day",
    },
  },
  components: [{ kind: "energy", name: "Energy", rate: "1" }],
};

it("the column of a schedule says of each interval what is said of its beginning alone, and its bands leave nothing out", () => {
  fc.assert(
    fc.property(
      fc.constantFrom("Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe", "Asia/Kathmandu", "America/Havana"),
      fc.integer({ min: Date.UTC(2025, 0, 1) / 900_000, max: Date.UTC(2026, 0, 1) / 900_000 }),
      (id, quarter) => {
        const zone = zoneNamed(id);
        const fromMs = quarter * 900_000;
        const intervals = madeIntervals({ fromMs, toMs: fromMs + 4 * 86_400_000 }, () => 1);
        const masks = new Masks(version, intervals, { zone, holidays: [] });
        const bands = ["night", "noon", "holiday", "day"].map((band) => ({ schedule: "tou", bands: [band] }));
        const columns = bands.map((when) => masks.of(when, undefined) as Uint8Array);
        const summer = masks.of(undefined, ["summer"]) as Uint8Array;
        for (let row = 0; row < intervals.tMs.length; row += 1) {
          const startMs = fromMs + row * 900_000;
          expect(columns.map((column) => column[row] === 1)).toEqual(bands.map((when) => masks.holds(startMs, when, undefined)));
          expect(columns.reduce((sum, column) => sum + (column[row] as number), 0)).toBe(1);
          expect(summer[row] === 1).toBe(masks.holds(startMs, undefined, ["summer"]));
        }
      },
    ),
    { numRuns: 15 },
  );
});
