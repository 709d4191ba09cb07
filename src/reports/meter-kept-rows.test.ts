import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { consumptionOf, registerAt } from "#analytics/meter-fill.ts";
import type { MeterIndex } from "#analytics/meter-index.ts";
import { evenPace } from "#analytics/meter-pace.ts";
import { KeptRows, KeptShown } from "./meter-kept-rows.ts";

const HOUR_MS = 3_600_000;

const index: MeterIndex = {
  tMs: Float64Array.from({ length: 60 }, (_, i) => i * 7 * HOUR_MS),
  total: Float64Array.from({ length: 60 }, (_, i) => i * i),
  register: Float64Array.from({ length: 60 }, (_, i) => 100 + i * i),
  step: new Uint8Array(60),
};

/** Grids as pages ask for them: the same beginning, other ends, now and then another beginning. */
const anyGrid = fc
  .record({ from: fc.constantFrom(-20, 0, 3), by: fc.constantFrom(5, 24), rows: fc.integer({ min: 1, max: 40 }), end: fc.nat(4) })
  .map(({ from, by, rows, end }) => Float64Array.from({ length: rows + 1 }, (_, i) => (from + i * by + (i === rows ? end : 0)) * HOUR_MS));

/** What the answers depend on beside the instants. */
const anyName = fc.constantFrom(1, 2);

describe("answers that were kept", () => {
  it("are those of one who works them out anew, whatever was asked before", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(anyName, anyGrid), { minLength: 1, maxLength: 12 }), async (asked) => {
        const [rows, shown] = [new KeptRows(), new KeptShown()];
        for (const [times, grid] of asked) {
          const of = { ...index, total: index.total.map((total) => times * total) };
          const made = consumptionOf(of, grid, evenPace());
          const kept = await rows.of(`${times}`, grid, async (edgesMs) => consumptionOf(of, edgesMs, evenPace()));
          expect({ ...kept, edgesMs: [...kept.edgesMs] }).toEqual({ ...made, edgesMs: [...made.edgesMs] });
          expect(await shown.of(`${times}`, grid, async (atMs) => registerAt(of, atMs, evenPace()))).toEqual(
            registerAt(of, grid, evenPace()),
          );
        }
      }),
    );
  });

  it("are the very same for the same instants, and only the end is worked out where it is another", async () => {
    const rows = new KeptRows();
    const asked: number[] = [];
    const make = async (edgesMs: Float64Array) => {
      asked.push(edgesMs.length - 1);
      return consumptionOf(index, edgesMs, evenPace());
    };
    const grid = (endHours: number) => Float64Array.from({ length: 21 }, (_, i) => (i === 20 ? endHours : i) * HOUR_MS);
    const first = await rows.of("", grid(20), make);
    expect(await rows.of("", grid(20), make)).toBe(first);
    await rows.of("", grid(21), make);
    expect(asked).toEqual([20, 1]);
  });
});
