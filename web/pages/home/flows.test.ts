import fc from "fast-check";
import { expect, it } from "vitest";
import { bandPath, flowsOf } from "./flows.ts";

const kwh = fc.option(fc.float({ min: 0, max: 1_000, noNaN: true }));
const balances = fc.record({ gridInKwh: kwh, gridOutKwh: kwh, solarKwh: kwh, batteryInKwh: kwh, batteryOutKwh: kwh, houseKwh: kwh });
const height = ([from, to]: readonly [number, number]) => to - from;

it("keeps every band as wide on the bus as outside, in its slot, and none over another", () => {
  fc.assert(
    fc.property(balances, (balance) => {
      const { from, to, bus } = flowsOf(balance);
      for (const side of [from, to]) {
        side.forEach((flow, index) => {
          expect(height(flow.inner)).toBeCloseTo(height(flow.outer), 6);
          expect(flow.outer[0]).toBeGreaterThanOrEqual(index * (100 / side.length) - 1e-6);
          expect(flow.outer[1]).toBeLessThanOrEqual((index + 1) * (100 / side.length) + 1e-6);
          const before = side[index - 1];
          if (before !== undefined) expect(flow.inner[0]).toBeCloseTo(before.inner[1], 6);
          expect(flow.inner[0]).toBeGreaterThanOrEqual(bus[0] - 1e-6);
          expect(flow.inner[1]).toBeLessThanOrEqual(bus[1] + 1e-6);
        });
      }
    }),
  );
});

it("leaves out what is not metered, and keeps what is metered and nothing", () => {
  const { from, to } = flowsOf({ gridInKwh: 3, gridOutKwh: 0, solarKwh: null, batteryInKwh: null, batteryOutKwh: null, houseKwh: 3 });
  expect(from.map(({ name }) => name)).toEqual(["Bought"]);
  expect(to.map(({ name, kwh: energy }) => [name, energy])).toEqual([
    ["House", 3],
    ["Sold", 0],
  ]);
});

it("draws a band as a closed outline", () => {
  expect(bandPath([0, 10, 20], [49, 30, 40])).toBe("M0 10C24.5 10 24.5 30 49 30V40C24.5 40 24.5 20 0 20Z");
});
