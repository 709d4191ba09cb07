import { describe, expect, it } from "vitest";
import type { ZoneRowAnswer } from "#contract/building.ts";
import type { RoleColumn } from "#contract/building-parts.ts";
import { pointNow, zoneRow } from "./fixture.ts";
import { zonePicture } from "./zone-picture.ts";

const column = (role: string, unit: string, wish: Partial<RoleColumn> = {}): RoleColumn => ({
  role,
  series: `tower/${role}`,
  unit,
  changeOfValue: false,
  bucketMs: null,
  tMs: [0, 300_000, 600_000],
  value: [1, 2, 3],
  ...wish,
});
const held = (role: string, unit: string, value: number) => column(role, unit, { changeOfValue: true, tMs: [-1000], value: [value] });
const comfort = { band: 2, bandUnit: "°F" };

function pictureOf(columns: RoleColumn[], { band = comfort, now = [] }: { band?: typeof comfort; now?: ZoneRowAnswer["now"] } = {}) {
  const { zone, airflow } = zoneRow();
  return zonePicture(
    { columns, airflow, zone, now, nowMs: 700_000, range: { fromMs: 0, toMs: 900_000, fromLocal: "", toLocal: "" } },
    band,
  );
}

describe("the charts of a zone", () => {
  it("begin with the temperature and its setpoints, the band filled from what was said before the window up to now", () => {
    const { panels } = pictureOf([
      column("flow", "cfm"),
      held("effective-cooling-setpoint", "°F", 75.5),
      column("space-temp", "°F"),
      held("effective-heating-setpoint", "°F", 71.5),
    ]);
    expect(panels[0]?.panel.lines.map(({ label }) => label)).toEqual(["Space temperature", "Heating setpoint", "Cooling setpoint"]);
    expect(panels[0]?.target).toMatchObject({ tMs: [-1000, 700_000], low: [71.5], high: [75.5], beyond: 2 });
    expect(panels[0]?.panel.lines[1]?.shape).toBe("hold");
  });

  it("show how far beyond the setpoints is comfortable in the sensor's own unit", () => {
    const celsius = [
      column("space-temp", "°C"),
      held("effective-heating-setpoint", "°C", 21),
      held("effective-cooling-setpoint", "°C", 24),
    ];
    expect(pictureOf(celsius).panels[0]?.target?.beyond).toBeCloseTo(10 / 9, 9);
  });

  it("put a tolerance around the airflow's setpoint: a share of it, or the absolute where that is more", () => {
    const { panels } = pictureOf([column("flow", "cfm"), held("flow-setpoint", "cfm", 1000)]);
    expect(panels[0]?.target).toMatchObject({ low: [900], high: [1100] });
    expect(pictureOf([held("flow-setpoint", "cfm", 200)]).panels[0]?.target).toMatchObject({ low: [150], high: [250] });
  });

  it("keep a stage apart from a percentage, and a damper between 0 and 100", () => {
    const { panels } = pictureOf([column("damper-position", "%"), column("reheat-command", "%"), held("reheat-stage", "", 1)]);
    expect(panels).toHaveLength(3);
    expect(panels[0]?.panel.always).toEqual([0, 100]);
  });

  it("say what nobody found a history for, optional ones aside", () => {
    expect(pictureOf([column("space-temp", "°F")]).missing).toEqual(["airflow", "damper", "reheat", "discharge air"]);
    expect(pictureOf([]).panels).toEqual([]);
    // A history that said nothing within the range was found all the same.
    expect(pictureOf([], { now: [pointNow("space-temp", 73, "°F"), pointNow("flow", 300, "cfm")] }).missing).toEqual([
      "damper",
      "reheat",
      "discharge air",
    ]);
  });

  it("take occupied setpoints where none is in effect", () => {
    const { panels } = pictureOf([
      column("space-temp", "°F"),
      held("occupied-heating-setpoint", "°F", 70),
      held("occupied-cooling-setpoint", "°F", 75),
    ]);
    expect(panels[0]?.target).toMatchObject({ low: [70], high: [75] });
  });
});
