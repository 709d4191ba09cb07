import { describe, expect, it } from "vitest";
import { type RoofTopFigures, roofTopHealth } from "./roof-top-health.ts";

const health = (told: Partial<RoofTopFigures>) =>
  roofTopHealth({ fanCycles: Number.NaN, coolingCycles: Number.NaN, dischargePct: Number.NaN, ...told });

describe("a roof-top unit", () => {
  it("is warned from three short cycles and critical from ten", () => {
    expect(health({ coolingCycles: 2 })).toEqual({ status: "ok", reasons: [] });
    expect(health({ coolingCycles: 3 })).toEqual({ status: "warning", reasons: ["possible_cooling_short_cycling"] });
    expect(health({ coolingCycles: 9 }).status).toBe("warning");
    expect(health({ fanCycles: 10 })).toEqual({ status: "critical", reasons: ["fan_short_cycling"] });
  });

  it("is warned below 70 % of its time near the setpoint and critical below half", () => {
    expect(health({ dischargePct: 70 })).toEqual({ status: "ok", reasons: [] });
    expect(health({ dischargePct: 69.9 })).toEqual({ status: "warning", reasons: ["borderline_discharge_air_tracking"] });
    expect(health({ dischargePct: 50 }).status).toBe("warning");
    expect(health({ dischargePct: 49.9 })).toEqual({ status: "critical", reasons: ["discharge_air_not_meeting_sp"] });
  });

  it("tells every reason, and is as bad as the worst", () => {
    expect(health({ fanCycles: 4, coolingCycles: 12, dischargePct: 60 })).toEqual({
      status: "critical",
      reasons: ["borderline_discharge_air_tracking", "cooling_short_cycling", "possible_fan_short_cycling"],
    });
  });
});
