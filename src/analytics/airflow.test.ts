import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Column } from "#series/column.ts";
import { convert } from "#units/unit.ts";
import { airflowOf, flowTolerance } from "./airflow.ts";
import { seedFlowTracking } from "./seed-flow-tracking.ts";

const MINUTE = 60_000;
const rowsOf = (flow: readonly number[], setpoint?: readonly number[]) => ({
  tMs: Float64Array.from(flow, (_, i) => i * MINUTE),
  flow: Float64Array.from(flow),
  ...(setpoint ? { setpoint: Float64Array.from(setpoint) } : {}),
});
const ALL = [{ fromMs: 0, toMs: 1e9 }];
const settings = { percent: 10, absoluteCfm: 50 };

describe("how well airflow follows its setpoint", () => {
  it("is judged by the larger of a share of the setpoint and an absolute amount", () => {
    const told = airflowOf(rowsOf([550, 551, 50, 51, 900], [500, 500, 0, 0, 1_000]), {
      tolerance: flowTolerance(settings, "cfm"),
      unit: "cfm",
      within: ALL,
    });
    expect(told.tolerance).toEqual({ percent: 10, absolute: 50 });
    expect(told).toMatchObject({ samples: 5, withinPct: 60, unit: "cfm" });
    expect(told.meanError).toBeCloseTo((50 + 51 + 50 + 51 - 100) / 5);
    expect(told.meanErrorPct).toBeCloseTo((10 + 10.2 + 10) / 3);
  });

  it("tolerates by the size of the box where that is known, and 50 cfm in the sender's unit where it is not", () => {
    expect(flowTolerance(settings, "cfm", { maxFlow: 600 }).absolute).toBe(30);
    expect(flowTolerance(settings, "cfm", { maxFlow: Number.NaN }).absolute).toBe(50);
    expect(flowTolerance(settings, "l/s").absolute).toBeCloseTo(23.597, 3);
    expect(flowTolerance(settings, "L/s").absolute).toBeCloseTo(23.597, 3);
    expect(flowTolerance(settings, "m³/h").absolute).toBeCloseTo(84.951, 3);
    expect(flowTolerance(settings, "m³/s").absolute).toBeCloseTo(0.0236, 4);
    expect(flowTolerance(settings, "").absolute).toBe(50);
    expect(flowTolerance(settings, "%").absolute).toBe(0);
  });

  it("leaves out what is not known on either side, and what lies outside the time that is judged", () => {
    const rows = rowsOf([500, Number.NaN, 500, 500], [500, 500, Number.NaN, 500]);
    const told = airflowOf(rows, { tolerance: { percent: 10, absolute: 0 }, unit: "cfm", within: [{ fromMs: 0, toMs: 3 * MINUTE }] });
    expect(told.samples).toBe(1);
    const none = airflowOf(rowsOf([500]), { tolerance: { percent: 10, absolute: 0 }, unit: "cfm", within: ALL });
    expect(none).toMatchObject({ samples: 0, withinPct: Number.NaN, meanError: Number.NaN, meanErrorPct: Number.NaN });
  });

  const cfm = fc.integer({ min: 0, max: 900 });
  const rows = fc.array(fc.tuple(cfm, cfm), { minLength: 1, maxLength: 40 });

  it("is what the older system says where both tolerate the same", () => {
    fc.assert(
      fc.property(rows, fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 60 }), (list, percent, absolute) => {
        const given = rowsOf(
          list.map(([flow]) => flow),
          list.map(([, wanted]) => wanted),
        );
        const quality = new Uint16Array(list.length);
        const column = (value: Float64Array): Column => ({ tMs: given.tMs, value, quality });
        const seed = seedFlowTracking(column(given.flow), column(given.setpoint as Float64Array), { percent, absolute });
        const ours = airflowOf(given, { tolerance: { percent, absolute }, unit: "cfm", within: ALL });
        expect(ours).toMatchObject(seed);
      }),
    );
  });

  it("does not hang on the unit", () => {
    fc.assert(
      fc.property(rows, (list) => {
        const judged = (unit: string) =>
          airflowOf(
            rowsOf(
              list.map(([flow]) => convert(flow, "cfm", unit)),
              list.map(([, wanted]) => convert(wanted, "cfm", unit)),
            ),
            { tolerance: flowTolerance(settings, unit), unit, within: ALL },
          );
        for (const unit of ["l/s", "m³/h", "m³/s"]) {
          expect(judged(unit).withinPct).toBe(judged("cfm").withinPct);
          expect(convert(judged(unit).meanError, unit, "cfm")).toBeCloseTo(judged("cfm").meanError, 6);
        }
      }),
    );
  });
});
