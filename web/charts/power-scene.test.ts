import fc from "fast-check";
import { expect, it } from "vitest";
import { allocate } from "./chart-column.ts";
import { energyAt, type PowerRows, type PowerScene, type PowerTrace, powerRanges } from "./power-scene.ts";
import { zoneClock } from "./zone-clock.ts";

const MINUTE = 60_000;

function rowsOf(powers: readonly number[]): PowerRows {
  const power = allocate(powers.length);
  const boughtKwh = new Float64Array(powers.length);
  let kwh = 0;
  powers.forEach((watts, row) => {
    power.startMs[row] = row * MINUTE;
    power.endMs[row] = (row + 1) * MINUTE;
    power.tMs[row] = (row + 0.5) * MINUTE;
    power.value[row] = watts;
    power.min[row] = watts - 10;
    power.max[row] = watts + 10;
    kwh += (Math.max(0, watts) * MINUTE) / 3.6e9;
    boughtKwh[row] = kwh;
  });
  return { power, boughtKwh, soldKwh: new Float64Array(powers.length), phasesW: [], gapMs: 4 * MINUTE, derived: false };
}

function sceneOf(powers: readonly number[], fixedW?: number): PowerScene {
  return {
    rows: rowsOf(powers),
    typical: { tMs: [], powerW: [] },
    shown: new Set<PowerTrace>(["bought", "sold", "energy"]),
    fixedW,
    wholeKwh: false,
    clock: zoneClock("UTC"),
    colors: { of: () => "#000000", font: "sans-serif" },
    nowMs: 0,
  };
}

const loads = fc.array(fc.integer({ min: -5_000, max: 20_000 }), { minLength: 1, maxLength: 80 });

it("stands both zeros at one height, and everything inside", () => {
  fc.assert(
    fc.property(loads, (powers) => {
      const span = { fromMs: 0, toMs: powers.length * MINUTE };
      const { w, kwh, baseKwh } = powerRanges(sceneOf(powers), span);
      const zeroOf = ([low, high]: readonly [number, number], zero: number) => (zero - low) / (high - low);
      expect(zeroOf(kwh, baseKwh)).toBeCloseTo(zeroOf(w, 0), 6);
      expect(w[0]).toBeLessThanOrEqual(Math.min(0, ...powers));
      expect(w[1]).toBeGreaterThanOrEqual(Math.max(0, ...powers));
      expect(w[1]).toBeGreaterThan(0);
    }),
  );
});

it("holds a fixed axis at its top, and still goes below zero where something is sold", () => {
  const { w } = powerRanges(sceneOf([300, -800], 2_000), { fromMs: 0, toMs: 2 * MINUTE });
  expect(w[1]).toBe(2_000);
  expect(w[0]).toBeLessThanOrEqual(-800);
});

it("counts energy straight within a row and never backwards", () => {
  fc.assert(
    fc.property(loads, fc.array(fc.nat(90 * MINUTE), { minLength: 2, maxLength: 20 }), (powers, instants) => {
      const rows = rowsOf(powers);
      const energies = instants.toSorted((a, b) => a - b).map((t) => energyAt(rows, t) ?? Number.NaN);
      for (const [index, kwh] of energies.entries()) expect(kwh).toBeGreaterThanOrEqual((energies[index - 1] ?? 0) - 1e-9);
    }),
  );
  expect(energyAt(rowsOf([600, 1200]), 0.5 * MINUTE)).toBeCloseTo(0.005, 9);
  expect(energyAt(rowsOf([600, 1200]), 1.5 * MINUTE)).toBeCloseTo(0.02, 9);
  expect(energyAt(rowsOf([600, 1200]), 99 * MINUTE)).toBeCloseTo(0.03, 9);
});
