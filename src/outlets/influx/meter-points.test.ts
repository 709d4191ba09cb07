import { describe, expect, it } from "vitest";
import { zoneNamed } from "#calendar/zone.ts";
import type { AnomalyRow, ConsumptionAnswer } from "#reports/meter-answers.ts";
import { energyPoints } from "./energy-points.ts";
import { meterPoints } from "./meter-points.ts";
import { linesOf } from "./point.ts";

const zone = zoneNamed("Europe/Berlin");
const local = (day: string): number => zone.startOf("day", Date.parse(`${day}T12:00:00Z`));

function answer(
  by: "day" | "month",
  edges: readonly string[],
  rows: { readonly amount: number[]; readonly register: number[] },
): ConsumptionAnswer {
  const amount = Float64Array.from(rows.amount);
  const none = new Float64Array(amount.length);
  const edgesMs = Float64Array.from(edges, local);
  const total = { fromMs: 0, toMs: 0, amount: 0, measured: 0, missingMs: 0, flags: 0 };
  const consumption = { edgesMs, amount, measured: none, missingMs: none, flags: new Uint16Array(amount.length) };
  return { unit: "m³", by, rows: consumption, register: Float64Array.from(rows.register), cost: [], total };
}

const days = answer("day", ["2024-03-30", "2024-03-31", "2024-04-01"], { amount: [2, Number.NaN], register: [10, 12, Number.NaN] });
const months = answer("month", ["2024-01-01", "2024-02-01", "2024-03-01"], { amount: [31, 29], register: [100, 131, 160] });
const anomaly = {
  ...{
    id: "unusual:1",
    rule: "unusual",
    fromMs: local("2024-03-30"),
    toMs: local("2024-03-31"),
    meter: "house.gas",
    name: "Gas",
    unit: "m³",
  },
  ...{ amount: 20, expected: 2, low: 1, high: 4, score: 8.5, sentence: "Far more than usual." },
} as AnomalyRow;
const utc = (tMs: number): string => new Date(tMs).toISOString();

describe("points of a meter", () => {
  const points = meterPoints({ zone, days, months, anomalies: [anomaly], shape: "seed" });

  it("have the names and fields dashboards of the old system ask for", () => {
    expect(Object.keys(points)).toEqual([
      "meter_interpolated_daily",
      "meter_interpolated_monthly",
      "meter_consumption",
      "meter_consumption_daily",
      "meter_anomaly",
    ]);
    expect(points.meter_consumption[0]?.fields).toEqual({ consumption: 31 });
    expect(points.meter_anomaly[0]?.fields).toEqual({ consumption: 20, severity: "warning" });
  });

  it("have those of its later versions where asked", () => {
    const later = meterPoints({ zone, days, months, anomalies: [{ ...anomaly, score: Number.NaN }], shape: "later" });
    expect(later.meter_consumption[0]?.fields).toEqual({ value: 31 });
    expect(later.meter_anomaly[0]?.fields).toEqual({ value: 20, iqr_lower: 1, iqr_upper: 4, anomaly_count: 1 });
  });

  it("are stamped within their day and month, and with the local midnight of a register, also when the clock changes", () => {
    expect(points.meter_interpolated_daily.map(({ tMs }) => utc(tMs))).toEqual(["2024-03-29T23:00:00.000Z", "2024-03-30T23:00:00.000Z"]);
    expect(points.meter_consumption_daily.map(({ tMs }) => utc(tMs))).toEqual(["2024-03-29T23:00:00.000Z"]);
    expect(points.meter_consumption.map(({ tMs }) => utc(tMs))).toEqual(["2024-01-31T00:00:00.000Z", "2024-02-29T00:00:00.000Z"]);
  });

  it("say nothing where nothing is known, and what the dial showed at the end of a month", () => {
    expect(points.meter_interpolated_monthly.map(({ fields }) => fields["value"])).toEqual([131, 160]);
    expect(points.meter_consumption_daily).toHaveLength(1);
  });
});

describe("hours of a supplier", () => {
  it("are points of what is known of them, stamped with their beginning; an hour of nulls has none", () => {
    const hour = 3_600_000;
    const column = (tMs: number[], value: number[]) => ({
      tMs: Float64Array.from(tMs),
      value: Float64Array.from(value),
      quality: new Uint16Array(tMs.length),
    });
    const points = energyPoints([
      { quantity: "energy-import", column: column([hour, 2 * hour], [1.5, Number.NaN]), lengthMs: hour },
      { quantity: "unit-price", column: column([hour, 3 * hour], [0.3, -0.012]), lengthMs: hour },
    ]);
    expect(points).toEqual([
      { tMs: 0, fields: { consumption: 1.5, unit_price: 0.3 } },
      { tMs: 2 * hour, fields: { unit_price: -0.012 } },
    ]);
  });
});

describe("line protocol", () => {
  it("keeps what is in a name from being part of the line", () => {
    const lines = linesOf({ measurement: "meter anomaly", tags: { meter_id: "a,b=c d" } }, [
      { tMs: 5, fields: { severity: 'say "no"', value: 1 } },
    ]);
    expect(lines).toBe('meter\\ anomaly,meter_id=a\\,b\\=c\\ d severity="say \\"no\\"",value=1 5');
  });
});
