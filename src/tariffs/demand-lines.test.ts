import { describe, expect, it } from "vitest";
import type { Bill } from "./bill.ts";
import { at, billed, PLANT_ZONE as zone } from "./made-bills.ts";
import type { Component, PlanVersion } from "./plan.ts";

const hour = (startMs: number): number => new Date(zone.localOf(startMs)).getUTCHours();
const lines = (bill: Bill | undefined): string[] =>
  (bill?.lines ?? []).map(({ name, quantity, unit, amount }) => `${name}: ${quantity.toDecimalPlaces(4)} ${unit} = ${amount.toFixed(2)}`);
const max = { pick: "max" } as const;

describe("demand", () => {
  it("of the three highest on distinct days takes one of each day", () => {
    const peaks: Component = { kind: "demand", name: "Demand", rate: "1", peak: { pick: { meanOf: 3 }, distinctDays: true } };
    const kw = new Map([
      [10, 900],
      [20, 880],
      [96, 600],
      [200, 300],
    ]);
    const [bill] = billed([peaks], { from: "2025-01-01", to: "2025-02-01" }, (_, row) => kw.get(row) ?? 100);
    expect(bill?.lines[0]?.demand?.peaks.map((peak) => peak.kw)).toEqual([900, 600, 300]);
    expect(lines(bill)).toEqual(["Demand: 600 kW = 600.00"]);
  });

  it("may be over clock-aligned half hours, or slide", () => {
    const over = (alignment: "block" | "sliding"): Component => ({
      kind: "demand",
      name: alignment,
      rate: "1",
      peak: { ...max, window: { minutes: 30, alignment } },
    });
    // 00:15–00:45 is highest: half of it lies in each of two half hours of the clock.
    const [bill] = billed([over("block"), over("sliding")], { from: "2025-01-01", to: "2025-02-01" }, (_, row) =>
      row === 1 || row === 2 ? 400 : 100,
    );
    expect(lines(bill)).toEqual(["block: 250 kW = 250.00", "sliding: 400 kW = 400.00"]);
  });

  it("over a time that the intervals do not make up is that of the intervals, and the bill says so", () => {
    const odd: Component = { kind: "demand", name: "Demand", rate: "1", peak: { ...max, window: { minutes: 20, alignment: "block" } } };
    const [bill] = billed([odd], { from: "2025-01-01", to: "2025-02-01" }, (_, row) => (row === 5 ? 400 : 100));
    expect(lines(bill)).toEqual(["Demand: 400 kW = 400.00"]);
    expect(bill?.remarks).toEqual([
      "Demand is over 20 minutes, which intervals of 15 minutes do not make up: its demand is that of the intervals.",
    ]);
  });

  it("a ratchet belongs to its charge, and may look back at another one's on-peak demand of some months", () => {
    const schedules: PlanVersion["schedules"] = {
      tou: { rules: [{ band: "on", days: ["weekday"], from: "11:00", to: "19:00" }], otherwise: "off" },
    };
    const components: Component[] = [
      { kind: "demand", name: "On-peak", rate: "5", peak: { ...max, when: { schedule: "tou", bands: ["on"] } } },
      {
        kind: "demand",
        name: "Facilities",
        rate: "10",
        peak: max,
        ratchet: {
          percent: "80",
          of: "metered",
          demand: "On-peak",
          lookBack: { months: 11 },
          includeCurrent: true,
          countMonths: [5, 6, 7, 8, 9, 10],
        },
      },
    ];
    const kw = (t: number): number => (t < at("2025-08-01") ? (hour(t) >= 11 && hour(t) < 19 ? 500 : 800) : 100);
    const made = billed(components, { from: "2025-07-01", to: "2025-10-01", more: { schedules } }, kw);
    expect(made.map((bill) => bill.lines.map((line) => line.quantity.toNumber()))).toEqual([
      [500, 800],
      [100, 400],
      [100, 400],
    ]);
  });

  it("a ratchet may be applied in some months only", () => {
    const charge: Component = {
      kind: "demand",
      name: "Demand",
      rate: "1",
      peak: max,
      ratchet: { percent: "60", of: "metered", lookBack: { months: 11 }, countMonths: [7], applyMonths: [12, 1] },
    };
    const made = billed([charge], { from: "2025-07-01", to: "2026-01-01" }, (t) => (t < at("2025-08-01") ? 1000 : 100));
    expect(made.map((bill) => bill.lines[0]?.quantity.toNumber())).toEqual([1000, 100, 100, 100, 100, 600]);
  });

  it("may be billed in whole kW, and a rider may refer to it", () => {
    const components: Component[] = [
      { kind: "demand", name: "Demand", rate: "10", peak: max, quantityDecimals: 0 },
      { kind: "demand", name: "Transmission", rate: "0.5", demand: "Demand" },
    ];
    const [bill] = billed(components, { from: "2025-01-01", to: "2025-02-01" }, () => 100.6);
    expect(lines(bill)).toEqual(["Demand: 101 kW = 1010.00", "Transmission: 101 kW = 50.50"]);
  });
});
