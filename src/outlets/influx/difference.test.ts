import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { differenceOf } from "./difference.ts";
import type { InfluxPoint } from "./point.ts";

const at = (tMs: number, value: number, more = {}): InfluxPoint => ({ tMs, fields: { value, ...more } });

/** A series as InfluxDB keeps it: fields of one instant are merged, a removed stretch is gone. */
function apply(there: readonly InfluxPoint[], { write, remove }: ReturnType<typeof differenceOf>): InfluxPoint[] {
  const kept = new Map(there.filter(({ tMs }) => !remove.some((one) => tMs >= one.fromMs && tMs <= one.toMs)).map((one) => [one.tMs, one]));
  for (const { tMs, fields } of write) kept.set(tMs, { tMs, fields: { ...kept.get(tMs)?.fields, ...fields } });
  return [...kept.values()].sort((a, b) => a.tMs - b.tMs);
}

const series = fc
  .uniqueArray(fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 3 }), fc.boolean()), { selector: ([tMs]) => tMs })
  .map((rows) => rows.map(([tMs, value, more]) => at(tMs, value, more ? { z_score: value } : {})).sort((a, b) => a.tMs - b.tMs));

describe("what has to be done to a series", () => {
  it("makes it hold exactly what it should, and a second pass does nothing", () => {
    fc.assert(
      fc.property(series, series, (there, wanted) => {
        const after = apply(there, differenceOf(there, wanted));
        expect(after).toEqual(wanted);
        expect(differenceOf(after, wanted)).toEqual({ write: [], remove: [], removed: 0, same: wanted.length });
      }),
    );
  });

  it("takes points that follow one another out in one stretch, and never across one that stays", () => {
    const there = [at(1, 1), at(2, 2), at(3, 3), at(5, 5), at(6, 6)];
    expect(differenceOf(there, [at(3, 3), at(9, 9)])).toEqual({
      write: [at(9, 9)],
      remove: [
        { fromMs: 1, toMs: 2 },
        { fromMs: 5, toMs: 6 },
      ],
      removed: 4,
      same: 1,
    });
  });

  it("leaves a number alone that differs by no more than its text", () => {
    expect(differenceOf([at(1, 0.1 + 0.2)], [at(1, 0.3)]).write).toEqual([]);
    expect(differenceOf([at(1, 0.300001)], [at(1, 0.3)]).write).toHaveLength(1);
  });
});
