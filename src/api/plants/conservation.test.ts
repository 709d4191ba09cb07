import { expect, test } from "vitest";
import type { IntervalRow } from "#reports/plant-answers.ts";
import { conservationOf } from "./conservation.ts";

const row = (index: number, source: string | undefined, totalKwh: number, energyKwh = 200): IntervalRow => ({
  endMs: index * 900_000,
  energyKwh,
  powerKw: energyKwh * 4,
  demandKw: energyKwh * 4,
  possibleKw: Number.NaN,
  pulses: 100,
  totalKwh,
  quality: 0,
  coverage: 1,
  ...(source === undefined ? {} : { source }),
});

test("a register that went on by the sum of its intervals holds, within a digit and a pulse at each end", () => {
  const found = conservationOf([row(1, "file", 1000), row(2, "file", 1201), row(3, "file", 1400)]);
  expect(found).toMatchObject({ registerKwh: 400, intervalsKwh: 400, holds: true });
  expect(found.toleranceKwh).toBeCloseTo(1 + 2 * 2, 9);
});

test("registers of two sources that count from different beginnings are never taken from each other", () => {
  const rows = [row(1, "file", 1000), row(2, "file", 1200), row(3, "file", 1400), row(4, "live", 8_900_000), row(5, undefined, 8_900_200)];
  expect(conservationOf(rows)).toMatchObject({ registerKwh: 400, intervalsKwh: 400, holds: true });
});

test("a register that went further than its intervals does not hold", () => {
  expect(conservationOf([row(1, "file", 1000), row(2, undefined, Number.NaN, Number.NaN), row(3, "file", 1400)])).toMatchObject({
    registerKwh: 400,
    holds: false,
  });
});

test("without a register, or with one reading of it, there is nothing to compare", () => {
  for (const rows of [[], [row(1, "live", Number.NaN)], [row(1, "file", 1000), row(2, "file", Number.NaN)]]) {
    expect(conservationOf(rows)).toMatchObject({ registerKwh: null, holds: null });
  }
});
