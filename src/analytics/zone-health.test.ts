import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { convert } from "#units/unit.ts";
import type { EquipmentRows, FaultInput } from "./equipment-rows.ts";
import { laterFigures, seedFigures } from "./health-figures.ts";
import { type HealthFigures, laterHealth, seedHealth } from "./zone-health.ts";

const NONE: HealthFigures = {
  comfortPct: Number.NaN,
  meanError: Number.NaN,
  temperatureUnit: "°F",
  flowPct: Number.NaN,
  damperStuckPct: Number.NaN,
  damperLeakPct: Number.NaN,
  reheatWastePct: Number.NaN,
};
const WELL: HealthFigures = {
  ...NONE,
  comfortPct: 96,
  meanError: 0.4,
  flowPct: 92,
  damperStuckPct: 0,
  damperLeakPct: 0,
  reheatWastePct: 0,
};

function rowsOf(columns: Partial<Record<FaultInput, readonly number[]>>): EquipmentRows {
  const count = Object.values(columns)[0]?.length ?? 0;
  return {
    tMs: Float64Array.from({ length: count }, (_, i) => i * 60_000),
    weightMs: new Float64Array(count).fill(60_000),
    columns: new Map(Object.entries(columns).map(([input, values]) => [input as FaultInput, Float64Array.from(values)])),
    temperatureUnit: "°F",
    flowUnit: "cfm",
  };
}

describe("health as the older system first had it", () => {
  it("is the mean of comfort (3), airflow (2), dampers and reheat (1 each)", () => {
    const figures = { ...NONE, comfortPct: 80, flowPct: 70, damperStuckPct: 5, damperLeakPct: 0, reheatWastePct: 10 };
    expect(seedHealth(figures)).toMatchObject({ variant: "seed", score: 83.125, status: "ok" });
  });

  it("goes by what is available, and says no data of nothing", () => {
    expect(seedHealth({ ...NONE, comfortPct: 80, flowPct: 70 }).score).toBe(76);
    expect(seedHealth(NONE)).toMatchObject({ score: Number.NaN, status: "no-data" });
  });

  it("compares dampers with the median airflow: open below 0.3 of it, closed above 0.7", () => {
    const flow = [100, 100, 29, 30, 71, 70, 100, 100, 100, 100];
    const damper = [50, 50, 90, 90, 10, 10, 89, 11, 50, 50];
    expect(seedFigures(rowsOf({ flow, "damper-position": damper }))).toMatchObject({ damperStuckPct: 10, damperLeakPct: 10 });
    expect(seedFigures(rowsOf({ flow: flow.map(() => 0), "damper-position": damper })).damperStuckPct).toBeNaN();
  });

  it("calls reheat a waste more than a degree above the setpoint, of the rows with reheat on", () => {
    const columns = { "space-temp": [71, 71.1, 75, 75], "heating-setpoint": [70, 70, 70, 70], reheat: [1, 1, 0, 50] };
    expect(seedFigures(rowsOf(columns)).reheatWastePct).toBeCloseTo(200 / 3, 9);
    expect(seedFigures(rowsOf({ ...columns, reheat: [0, 0, 0, 0] })).reheatWastePct).toBeNaN();
  });
});

describe("health as later versions had it", () => {
  it("is critical with a reason for each of its thresholds", () => {
    expect(laterHealth({ ...WELL, comfortPct: 49, meanError: -3 })).toMatchObject({ status: "critical", reasons: ["cold_zone"] });
    expect(laterHealth({ ...WELL, comfortPct: 49, meanError: 3 })).toMatchObject({ status: "critical", reasons: ["hot_zone"] });
    expect(laterHealth({ ...WELL, flowPct: 39 })).toMatchObject({ status: "critical", reasons: ["poor_flow_tracking"] });
    expect(laterHealth({ ...WELL, damperLeakPct: 31 })).toMatchObject({ status: "critical", reasons: ["damper_leak"] });
    expect(laterHealth({ ...WELL, damperStuckPct: 31 })).toMatchObject({ status: "critical", reasons: ["damper_stuck"] });
  });

  it("warns in between, and is well beyond", () => {
    expect(laterHealth({ ...WELL, comfortPct: 50, meanError: -4 })).toMatchObject({ status: "warning", reasons: ["cold_zone"] });
    expect(laterHealth({ ...WELL, comfortPct: 40, meanError: 2.9 }).status).toBe("warning");
    expect(laterHealth({ ...WELL, flowPct: 40 }).status).toBe("warning");
    expect(laterHealth({ ...WELL, damperLeakPct: 10 }).status).toBe("warning");
    expect(laterHealth({ ...WELL, damperStuckPct: 30 }).status).toBe("warning");
    expect(laterHealth({ ...WELL, comfortPct: 80, flowPct: 70, damperLeakPct: 9.9 })).toMatchObject({ status: "ok", reasons: [] });
    expect(laterHealth(NONE)).toMatchObject({ status: "no-data", reasons: [], score: Number.NaN });
  });

  it("says the gravest reason first, and three degrees are three degrees in Celsius", () => {
    expect(laterHealth({ ...WELL, comfortPct: 70, damperStuckPct: 50 }).reasons).toEqual(["damper_stuck", "hot_zone"]);
    expect(laterHealth({ ...WELL, comfortPct: 40, meanError: 5 / 3, temperatureUnit: "°C" }).status).toBe("critical");
  });

  it("compares dampers with the airflow asked for, or with the largest seen", () => {
    const damper = [80, 80, 5, 5, 79];
    const byWanted = rowsOf({ flow: [49, 50, 81, 80, 10], "flow-setpoint": [100, 100, 100, 100, 100], "damper-position": damper });
    expect(laterFigures(byWanted)).toMatchObject({ damperStuckPct: 20, damperLeakPct: 20 });
    const byLargest = rowsOf({ flow: [29, 30, 71, 70, 100], "damper-position": damper });
    expect(laterFigures(byLargest)).toMatchObject({ damperStuckPct: 20, damperLeakPct: 20 });
  });

  it("counts reheat above 10 % at a degree above the setpoint, in occupied rows", () => {
    const columns = {
      "space-temp": [71, 71, 70, 75],
      "heating-setpoint": [70, 70, 70, 70],
      reheat: [11, 10, 11, 50],
      occupied: [1, 1, 1, 0],
    };
    expect(laterFigures(rowsOf(columns)).reheatWastePct).toBe(50);
  });
});

describe("whatever the rows say", () => {
  const percent = fc.oneof(fc.double({ min: 0, max: 100, noNaN: true }), fc.constant(Number.NaN));
  const figures = fc.record({
    comfortPct: percent,
    meanError: fc.double({ min: -20, max: 20 }),
    temperatureUnit: fc.constant("°F" as const),
    flowPct: percent,
    damperStuckPct: percent,
    damperLeakPct: percent,
    reheatWastePct: percent,
  });

  it("the score is within 0 and 100 or nothing is known, in both variants alike", () => {
    fc.assert(
      fc.property(figures, (some) => {
        const { score } = seedHealth(some);
        expect(Number.isNaN(score) || (score >= -1e-9 && score <= 100 + 1e-9)).toBe(true);
        expect(laterHealth(some).score).toEqual(score);
        expect(laterHealth(some).status === "no-data").toBe(Number.isNaN(score));
      }),
    );
  });

  it("the figures are the same in Celsius, and rows that say nothing change none", () => {
    const row = fc.tuple(...[fc.integer({ min: 60, max: 80 }), fc.integer({ min: 60, max: 80 }), fc.integer({ min: 0, max: 100 })]);
    fc.assert(
      fc.property(fc.array(row, { minLength: 1 }), (some) => {
        const column = (of: number, to: (value: number) => number = (value) => value) => [
          ...some.map((one) => to(one[of] as number)),
          Number.NaN,
        ];
        const damper = column(2);
        const rows = (to?: (value: number) => number) =>
          rowsOf({
            "space-temp": column(0, to),
            "heating-setpoint": column(1, to),
            reheat: damper,
            "damper-position": damper,
            flow: column(2),
          });
        const celsius = { ...rows((value) => convert(value, "°F", "°C")), temperatureUnit: "°C" as const };
        for (const figuresOf of [seedFigures, laterFigures]) expect(figuresOf(celsius)).toEqual(figuresOf(rows()));
      }),
    );
  });
});
