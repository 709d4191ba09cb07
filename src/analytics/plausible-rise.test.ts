import fc from "fast-check";
import { expect, it } from "vitest";
import { DAY_MS } from "#calendar/civil.ts";
import type { Column } from "#series/column.ts";
import { judgeReadings } from "./judged-readings.ts";
import type { RegisterRules } from "./meter-index.ts";
import { BERLIN } from "./meter-world.ts";

const rules: RegisterRules = { replacements: [], decisions: new Map(), resetsMs: [], dayEndMs: (tMs) => BERLIN.nextStart("day", tMs) };

function columnOf(rows: readonly (readonly [number, number])[]): Column {
  return {
    tMs: Float64Array.from(rows, ([tMs]) => tMs),
    value: Float64Array.from(rows, ([, value]) => value),
    quality: new Uint16Array(rows.length),
  };
}

it("what a meter can use is learned the same from the first and last reading of each day as from all, also where the clock changes", () => {
  const step = fc.tuple(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 0, max: 40 }));
  fc.assert(
    fc.property(fc.array(step, { minLength: 40, maxLength: 400 }), fc.integer({ min: 0, max: 300 }), (steps, startDay) => {
      let [tMs, value] = [Date.UTC(2024, 0, 1) + startDay * DAY_MS, 1000];
      const all = steps.map(([minutes, used]) => {
        tMs += minutes * 60_000;
        value += used;
        return [tMs, value] as const;
      });
      const dayOf = (row: readonly [number, number] | undefined) => row && BERLIN.dayStart(row[0]);
      const ends = all.filter((row, i) => dayOf(row) !== dayOf(all[i - 1]) || dayOf(row) !== dayOf(all[i + 1]));
      const typo = [tMs + 60_000, 1e9] as const;
      const [fromAll, fromEnds] = [all, ends].map((rows) => judgeReadings(columnOf([...rows, typo]), rules).events);
      expect(fromEnds).toEqual(fromAll);
    }),
  );
});
