import { describe, expect, it } from "vitest";
import { HOUR_MS, MINUTE_MS } from "#calendar/civil.ts";
import type { EquipmentRows, FaultInput } from "./equipment-rows.ts";
import type { FaultFound } from "./fault-rule.ts";
import { airHandlerFaults, zoneFaults } from "./find-faults.ts";

const START_MS = Date.UTC(2026, 0, 5, 12);

/** Rows of a poll every five minutes; a column may be one number throughout. */
function rowsOf(count: number, columns: Partial<Record<FaultInput, number | ((i: number) => number)>>, minutes = 5): EquipmentRows {
  const column = (of: number | ((i: number) => number)) =>
    Float64Array.from({ length: count }, (_, i) => (typeof of === "number" ? of : of(i)));
  return {
    tMs: Float64Array.from({ length: count }, (_, i) => START_MS + i * minutes * MINUTE_MS),
    weightMs: new Float64Array(count).fill(minutes * MINUTE_MS),
    columns: new Map(Object.entries(columns).map(([input, of]) => [input as FaultInput, column(of)])),
    temperatureUnit: "°F",
    flowUnit: "cfm",
  };
}
const one = (found: readonly FaultFound[], key: string): FaultFound | undefined => found.find((each) => each.key === key);

describe("a starved box", () => {
  const STARVED = { flow: 312, "flow-setpoint": 640, "damper-position": 100 } as const;

  it("is one below 70 % of its airflow with its damper full open, and critical below 50 %", () => {
    const found = one(zoneFaults(rowsOf(48, STARVED)), "starved-box");
    expect(found).toMatchObject({
      sentence: "Damper full open, gets half its air",
      severity: "critical",
      sharePct: 100,
      sinceMs: START_MS,
    });
  });

  it("is none at 70 % exactly, with a setpoint of zero, or while the damper could open further", () => {
    expect(zoneFaults(rowsOf(48, { ...STARVED, flow: 448, "damper-position": 100 })).map(({ key }) => key)).toEqual(["poor-flow-tracking"]);
    expect(zoneFaults(rowsOf(48, { ...STARVED, flow: 0, "flow-setpoint": 0 }))).toEqual([]);
    expect(one(zoneFaults(rowsOf(48, { ...STARVED, "damper-position": 80 })), "starved-box")).toBeUndefined();
  });

  it("is spared while the air handler is off, unknown or starting up", () => {
    expect(zoneFaults(rowsOf(48, { ...STARVED, "air-handler-running": 0 }))).toEqual([]);
    expect(zoneFaults(rowsOf(48, { ...STARVED, "air-handler-running": Number.NaN, occupied: 0 }))).toEqual([]);
    const started = zoneFaults(rowsOf(48, { ...STARVED, "air-handler-running": (i) => Number(i >= 12) }));
    expect(one(started, "starved-box")?.sinceMs).toBe(START_MS + 15 * 5 * MINUTE_MS);
  });

  it("needs its time without a break: one odd sample, or samples with gaps between, are none", () => {
    expect(zoneFaults(rowsOf(48, { ...STARVED, flow: (i) => (i % 9 === 4 ? 100 : 640) }))).toEqual([]);
    const rows = rowsOf(48, STARVED);
    expect(zoneFaults({ ...rows, tMs: rows.tMs.map((_, i) => START_MS + i * HOUR_MS) })).toEqual([]);
  });

  it("is told of what is known before and after a gap, which counts for neither", () => {
    const rows = rowsOf(16, STARVED);
    const gap = { ...rows, tMs: rows.tMs.map((tMs, i) => (i < 8 ? tMs : tMs + 8 * HOUR_MS)) };
    expect(one(zoneFaults(gap), "starved-box")).toMatchObject({
      judgedMs: 80 * MINUTE_MS,
      faultMs: 80 * MINUTE_MS,
      longestMs: 40 * MINUTE_MS,
      sinceMs: gap.tMs[8],
    });
  });

  it("is one whatever the distance of its samples", () => {
    const rows = rowsOf(60, STARVED, 3);
    const tMs = rows.tMs.map((_, i) => START_MS + i * 3 * MINUTE_MS + (i % 3) * 40_000);
    const weightMs = tMs.map((at, i) => (tMs[i + 1] ?? at + 3 * MINUTE_MS) - at);
    expect(one(zoneFaults({ ...rows, tMs, weightMs }), "starved-box")?.sharePct).toBe(100);
  });

  it("may have begun before where nothing else was ever judged", () => {
    expect(one(zoneFaults(rowsOf(48, STARVED)), "starved-box")).toMatchObject({ sinceMs: START_MS, sinceOrBefore: true });
    const began = one(zoneFaults(rowsOf(48, { ...STARVED, flow: (i) => (i < 12 ? 640 : 312) })), "starved-box");
    expect(began).toMatchObject({ sinceMs: START_MS + 12 * 5 * MINUTE_MS });
    expect(began?.sinceOrBefore).not.toBe(true);
  });

  it("ends when air comes back: what was is told by its share, and not as lasting", () => {
    const found = one(zoneFaults(rowsOf(48, { ...STARVED, flow: (i) => (i < 24 ? 200 : 640) })), "starved-box");
    expect(found).toMatchObject({ sentence: "Damper full open, gets a third of its air", sharePct: 50, sinceMs: Number.NaN });
  });
});

describe("other findings of a zone", () => {
  it("a damper that stands still while its airflow misses the setpoint is stuck, since it does", () => {
    const rows = rowsOf(60, {
      "damper-position": 22,
      flow: 118,
      "flow-setpoint": (i) => (i < 12 ? 120 : 480),
      "damper-command": Number.NaN,
    });
    const found = zoneFaults(rows);
    expect(found.map(({ key }) => key)).toEqual(["damper-stuck"]);
    expect(found[0]?.sinceMs).toBe(START_MS + 12 * 5 * MINUTE_MS);
    expect(found[0]?.sentence).toBe("Damper stuck at 22 %");
  });

  it("a damper that stands still because the airflow is right is not stuck", () => {
    expect(zoneFaults(rowsOf(60, { "damper-position": 22, flow: 118, "flow-setpoint": 120, "damper-command": 24 }))).toEqual([]);
  });

  it("a closed damper leaks when more than a tenth of the largest airflow passes", () => {
    const closed = { "damper-position": 0, "max-flow-setpoint": 1_000, "flow-setpoint": 0 } as const;
    expect(zoneFaults(rowsOf(24, { ...closed, flow: 240 })).map(({ sentence }) => sentence)).toEqual([
      "Damper closed, lets 240 cfm through",
    ]);
    expect(one(zoneFaults(rowsOf(24, { ...closed, flow: 100 })), "damper-leak")).toBeUndefined();
  });

  it("reheat at minimum airflow is how such boxes heat; more cold air than that is at once with it", () => {
    const heating = { reheat: 64, "min-flow-setpoint": 300, "flow-setpoint": 300, "space-temp": 70.2, "heating-setpoint": 71.5 } as const;
    expect(zoneFaults(rowsOf(62, { ...heating, flow: 305 }))).toEqual([]);
    const found = one(zoneFaults(rowsOf(62, { ...heating, flow: 602 })), "simultaneous-zone");
    expect(found?.sentence).toBe("Cooling and reheat at once: reheat at 64 % of 602 cfm");
    // A box that heats with more air asks for it.
    expect(zoneFaults(rowsOf(62, { ...heating, flow: 602, "flow-setpoint": 600 }))).toEqual([]);
  });

  it("reheat that is called for and brings nothing is told with the air's temperature", () => {
    const rows = rowsOf(24, { reheat: 100, "discharge-air-temp": 58, "air-handler-supply-temp": 56, flow: 410 });
    expect(one(zoneFaults(rows), "reheat-gives-no-heat")?.sentence).toBe("Reheat calls 100 %, air stays at 58 °F");
  });

  it("a coil that cools down and a box whose own fan draws warm air are no leak", () => {
    const warm = { "discharge-air-temp": 70, "air-handler-supply-temp": 55, flow: 300 } as const;
    expect(one(zoneFaults(rowsOf(24, { ...warm, reheat: 0 })), "reheat-leak")?.sentence).toBe(
      "Reheat closed, air still 15.0 °F warmer than supplied",
    );
    expect(zoneFaults(rowsOf(24, { ...warm, reheat: 0, "fan-status": 1, "space-temp": 72, "heating-setpoint": 70 }))).toEqual([]);
    expect(zoneFaults(rowsOf(24, { ...warm, reheat: (i) => Number(i % 3 === 0) * 20 }))).toEqual([]);
  });

  it("an air of 15 °F below its setpoint exactly is at the limit, more is a finding, 30 °F are critical", () => {
    const wanted = { "discharge-air-setpoint": 90, reheat: 80, "air-handler-running": 1 } as const;
    const at = (degrees: number) => one(zoneFaults(rowsOf(24, { ...wanted, "discharge-air-temp": degrees })), "low-discharge-air");
    expect(at(75)).toBeUndefined();
    expect(at(74)?.sentence).toBe("Air of the box 16.0 °F below its setpoint");
    expect(at(59)?.severity).toBe("critical");
  });

  it("a zone is too warm or too cold only while somebody is there", () => {
    const warm = { "space-temp": 79.6, "heating-setpoint": 71.5, "cooling-setpoint": 75.5 } as const;
    expect(zoneFaults(rowsOf(24, { ...warm, occupied: 1 }))[0]).toMatchObject({
      key: "hot-zone",
      sentence: "4.1 °F above its cooling setpoint",
    });
    expect(zoneFaults(rowsOf(24, { ...warm, occupied: 0, "air-handler-running": 1 }))).toEqual([]);
    const cold = zoneFaults(rowsOf(24, { ...warm, "space-temp": 66, occupied: 1 }));
    expect(cold[0]).toMatchObject({ key: "cold-zone", severity: "critical", sentence: "5.5 °F below its heating setpoint" });
  });

  it("a temperature without any setpoint says so", () => {
    expect(zoneFaults(rowsOf(4, { "space-temp": 72 })).map(({ rule }) => rule)).toEqual(["no-setpoint"]);
  });

  it("nothing known is nothing found", () => {
    expect(zoneFaults(rowsOf(0, {}))).toEqual([]);
    expect(airHandlerFaults(rowsOf(24, {}))).toEqual([]);
  });
});

describe("an air handler", () => {
  it("heats and cools at once when both valves are open, but not while its fan is off", () => {
    const valves = { "heating-valve": 22, "cooling-valve": 40 } as const;
    expect(airHandlerFaults(rowsOf(24, { ...valves, "fan-status": 1 })).map(({ sentence }) => sentence)).toEqual([
      "Heats at 22 % and cools at 40 % at once",
    ]);
    expect(airHandlerFaults(rowsOf(24, { ...valves, "fan-status": 0 }))).toEqual([]);
    expect(airHandlerFaults(rowsOf(24, { ...valves, "heating-valve": 5, "fan-status": 1 }))).toEqual([]);
  });

  it("has a fan that does not as told; not to run is the graver", () => {
    const still = airHandlerFaults(rowsOf(24, { "fan-command": 1, "fan-status": 0 }));
    expect(still[0]).toMatchObject({ key: "fan-disagrees", severity: "critical", sentence: "Fan commanded on, does not run" });
    const runs = airHandlerFaults(rowsOf(240, { "fan-command": (i) => Number(i < 234), "fan-status": 1 }));
    expect(runs[0]).toMatchObject({ key: "fan-disagrees", severity: "warning", sentence: "Fan runs although commanded off" });
    expect(airHandlerFaults(rowsOf(24, { "fan-command": (i) => Number(i > 3), "fan-status": (i) => Number(i > 4) }))).toEqual([]);
  });

  it("is off in occupied hours only if it ever runs", () => {
    const off = airHandlerFaults(rowsOf(48, { "fan-status": (i) => Number(i < 30), occupied: 1 }));
    expect(off[0]).toMatchObject({ key: "fan-off", sinceMs: START_MS + 30 * 5 * MINUTE_MS, sharePct: 37.5 });
    expect(airHandlerFaults(rowsOf(48, { "fan-status": 0, occupied: 1 }))).toEqual([]);
    expect(airHandlerFaults(rowsOf(48, { "fan-status": (i) => Number(i < 30), occupied: (i) => Number(i < 30) }))).toEqual([]);
  });

  it("has its discharge air within two degrees or not", () => {
    const at = (degrees: number) =>
      airHandlerFaults(rowsOf(24, { "fan-status": 1, "discharge-air-setpoint": 55, "discharge-air-temp": degrees }));
    expect(at(57)).toEqual([]);
    expect(at(57.5)[0]).toMatchObject({ severity: "critical", sentence: "Discharge air 2.5 °F above its setpoint" });
  });
});
