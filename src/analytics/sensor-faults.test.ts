import { describe, expect, it } from "vitest";
import { HOUR_MS, MINUTE_MS } from "#calendar/civil.ts";
import { type SensorSamples, sensorFaults } from "./sensor-faults.ts";

const SETTINGS = { sentinels: [-250], flatMs: 24 * HOUR_MS };
const START_MS = Date.UTC(2026, 0, 5);

/** Polled every ten minutes until now. */
function polled(count: number, of: (i: number) => number, more: Partial<SensorSamples> = {}): SensorSamples {
  const tMs = Float64Array.from({ length: count }, (_, i) => START_MS + i * 10 * MINUTE_MS);
  const atMs = tMs.at(-1) ?? START_MS;
  return {
    tMs,
    value: Float64Array.from({ length: count }, (_, i) => of(i)),
    kind: "room-temperature",
    unit: "°F",
    changeOfValue: false,
    usualMs: 10 * MINUTE_MS,
    atMs,
    stationMs: atMs,
    ...more,
  };
}
const rules = (samples: SensorSamples) => sensorFaults(samples, SETTINGS).map(({ rule }) => rule);
const moving = (i: number): number => 70 + (i % 7) / 10;

describe("a sensor", () => {
  it("that moves within what can be has no finding", () => {
    expect(rules(polled(300, moving))).toEqual([]);
    expect(rules(polled(0, moving))).toEqual([]);
  });

  it("is flat when it says exactly the same for longer than allowed, up to its newest sample", () => {
    const flat = sensorFaults(
      polled(157, (i) => (i === 0 ? 71 : 72)),
      SETTINGS,
    );
    expect(flat).toMatchObject([
      { rule: "flat-sensor", sentence: "Exactly 72.0 °F for 25 h; not judged", sinceMs: START_MS + 10 * MINUTE_MS },
    ]);
    expect(rules(polled(100, () => 72))).toEqual([]);
    expect(rules(polled(400, (i) => (i < 399 ? 72 : 73)))).toEqual([]);
  });

  it("is not flat as a setpoint, as a command, as a state, or where it rests for good reasons", () => {
    for (const kind of ["setpoint", "command", "state"] as const) expect(rules(polled(400, () => 1, { kind }))).toEqual([]);
    expect(rules(polled(400, () => 0, { kind: "flow", unit: "cfm" }))).toEqual([]);
    expect(rules(polled(400, () => 100, { kind: "share", unit: "%" }))).toEqual([]);
    expect(rules(polled(400, () => 41, { kind: "share", unit: "%" }))).toEqual(["flat-sensor"]);
  });

  it("that speaks on change is flat as long as its station goes on and it does not", () => {
    const spoke = (stationMs: number) => polled(1, () => 72, { changeOfValue: true, atMs: START_MS + 40 * HOUR_MS, stationMs });
    expect(rules(spoke(START_MS + 30 * HOUR_MS))).toEqual(["flat-sensor"]);
    expect(rules(spoke(START_MS + 2 * HOUR_MS))).toEqual([]);
  });

  it("that sends what stands for no value says so, and is neither flat nor out of range by it", () => {
    const found = sensorFaults(
      polled(300, () => -250),
      SETTINGS,
    );
    expect(found).toMatchObject([
      { rule: "sentinel", severity: "critical", sharePct: 100, sentence: "Sends -250.0 °F, which stands for no value" },
    ]);
    expect(
      sensorFaults(
        polled(300, (i) => (i % 10 === 5 ? -250 : moving(i))),
        SETTINGS,
      ),
    ).toMatchObject([{ rule: "sentinel", severity: "warning", sharePct: 10, sinceMs: Number.NaN }]);
  });

  it("cannot say everything: rooms, air, airflows and positions have their limits, in their own unit", () => {
    expect(rules(polled(300, (i) => moving(i) + 80))).toEqual(["out-of-range"]);
    expect(rules(polled(300, (i) => moving(i) + 80, { kind: "air-temperature" }))).toEqual([]);
    expect(rules(polled(300, (i) => moving(i), { unit: "°C" }))).toEqual(["out-of-range"]);
    expect(rules(polled(300, (i) => -60 - moving(i), { kind: "flow", unit: "cfm" }))).toEqual(["out-of-range"]);
    expect(rules(polled(300, (i) => 40 + moving(i), { kind: "share", unit: "%" }))).toEqual(["out-of-range"]);
    expect(rules(polled(300, (i) => -1000 * moving(i), { unit: "furlongs" }))).toEqual([]);
  });

  it("has stopped when it misses four of its readings while its station goes on", () => {
    const silent = (minutes: number, stationMinutes = minutes) => {
      const samples = polled(300, moving);
      const lastMs = samples.tMs.at(-1) as number;
      return { ...samples, atMs: lastMs + minutes * MINUTE_MS, stationMs: lastMs + stationMinutes * MINUTE_MS };
    };
    expect(sensorFaults(silent(59), SETTINGS)).toMatchObject([{ rule: "stale", sentence: "No reading", sinceMs: silent(0).atMs }]);
    expect(rules(silent(40))).toEqual([]);
    expect(rules(silent(500, 0))).toEqual([]);
    expect(rules({ ...silent(500), changeOfValue: true, kind: "state" })).toEqual([]);
  });
});
