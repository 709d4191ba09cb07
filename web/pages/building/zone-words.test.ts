import { describe, expect, it } from "vitest";
import { pointNow, zoneRow } from "./fixture.ts";
import { zoneFigures } from "./zone-figures.ts";
import { zoneSentence } from "./zone-sentence.ts";
import { countsText, zoneMark } from "./zone-standing.ts";
import {
  bandText,
  deviationOf,
  floorText,
  flowNumber,
  flowText,
  hoursText,
  isHeating,
  overriddenTitle,
  percentText,
  reasonText,
  valueText,
} from "./zone-words.ts";

const plain = (text: string | undefined) => text?.replaceAll("\u00a0", " ");
const how = { nowMs: Date.parse("2026-03-10T18:41:00Z"), zone: "America/New_York" };

describe("how far a zone is off", () => {
  it("is said with its sign and its side, graver from two degrees Fahrenheit on, whatever the unit", () => {
    const off = (outsideBy: number, unit = "°F") => deviationOf({ standing: outsideBy > 0 ? "above" : "below", outsideBy, unit });
    expect(plain(off(4.1).words)).toBe("+4.1 °F above");
    expect(off(4.1).tone).toBe("bad");
    expect(plain(off(-1.3).words)).toBe("−1.3 °F below");
    expect(off(-1.3).tone).toBe("warn");
    expect(off(1.2, "°C").tone).toBe("bad");
    expect(off(1.2, "°F").tone).toBe("warn");
  });

  it("is nothing to say where a sensor is not believed", () => {
    expect(deviationOf({ standing: "flat", outsideBy: 3, unit: "°F" }).words).toBe("sensor flat");
    expect(deviationOf({ standing: "no-setpoint", outsideBy: null, unit: "°F" }).words).toBe("no setpoint");
    expect(deviationOf({ standing: "silent", outsideBy: -0.4, unit: "°F" }).tone).toBe("muted");
  });
});

describe("the mark of a zone", () => {
  it("looks different for flat, silent, bad and fresh", () => {
    const states = (["inside", "flat", "silent", "bad"] as const).map((standing) => zoneMark(standing, "2 min"));
    expect(states.map(({ state, words }) => `${state} ${words}`)).toEqual([
      "fresh 2 min",
      "suspect flat",
      "stale 2 min",
      "suspect bad value",
    ]);
    expect(zoneMark("inside", undefined).state).toBe("missing");
  });

  it("counts everything that is not inside, in words", () => {
    expect(countsText({ above: 4, below: 2, flat: 1, silent: 1, inside: 40 })).toBe("6 outside, 1 silent, 1 sensor flat");
    expect(countsText({ inside: 3, flat: 2, "no-setpoint": 1, bad: 1 })).toBe(
      "none outside, 1 with a bad value, 2 sensors flat, 1 without a setpoint",
    );
  });
});

describe("the numbers of a zone", () => {
  it("leave out what is bad, and everything a silent box said last", () => {
    const now = [pointNow("flow", 312, "cfm"), pointNow("flow-setpoint", 640, "cfm", { bad: true }), pointNow("damper-command", 40, "%")];
    expect(zoneFigures({ now, standing: "inside" })).toMatchObject({ flow: 312, flowSetpoint: undefined, damper: 40 });
    expect(zoneFigures({ now, standing: "silent" })).toMatchObject({ flow: undefined, damper: undefined });
  });

  it("are written with their units, states as they were sent", () => {
    expect(plain(flowText({ flow: 312, flowSetpoint: 640, flowUnit: "cfm" }))).toBe("312 of 640 cfm");
    expect(plain(flowText({ flow: 0.147, flowSetpoint: undefined, flowUnit: "m3/s" }))).toBe("0.147 m3/s");
    expect(valueText(pointNow("reheat-stage", 2, "", { text: "Stage 2" }))).toBe("Stage 2");
    expect(plain(valueText(pointNow("space-temp", -250, "°F")))).toBe("−250.0 °F");
    expect(plain(valueText(pointNow("duct-pressure", 1.1834, "inH2O")))).toBe("1.18 inH2O");
    expect(isHeating(pointNow("reheat-command", 0, "%"))).toBe(false);
    expect(isHeating(pointNow("reheat-stage", null, "", { text: "on" }))).toBe(true);
  });

  it("round no share up to a whole hundred", () => {
    expect(plain(percentText(99.97, 1))).toBe("99.9 %");
    expect(plain(percentText(99.7))).toBe("99 %");
    expect(plain(percentText(100))).toBe("100 %");
    expect(percentText(null)).toBe("—");
  });

  it("say a band by what is known of it", () => {
    expect(bandText(71.5, 75.5)).toBe("71.5 – 75.5");
    expect(bandText(null, 75.5)).toBe("up to 75.5");
    expect(bandText(null, null)).toBe("");
  });

  it("name what is held by hand, and hours by the wall's clock", () => {
    expect(overriddenTitle([pointNow("damper-position", 22, "%"), pointNow("flow-setpoint", 5, "cfm")])).toBe(
      "overridden: damper position, airflow setpoint",
    );
    expect(hoursText({ fromMinute: 420, toMinute: 1080 })).toBe("07:00 – 18:00");
    expect(hoursText({ fromMinute: 1320, toMinute: 1440 })).toBe("22:00 – 00:00");
  });
});

describe("the sentence of a zone", () => {
  const said = (wish: Parameters<typeof zoneRow>[0]) => plain(zoneSentence(zoneRow(wish), how));
  const temp = (value: number) => [pointNow("space-temp", value, "°F", { tMs: Date.parse("2026-03-10T17:42:00Z") })];

  it("says how far off it is and since when, by the building's clock", () => {
    const sinceMs = Date.parse("2026-03-10T13:40:00Z");
    expect(said({ name: "VAV 3-07", standing: "above", outsideBy: 4.1, sinceMs, now: temp(79.6) })).toBe(
      "VAV 3-07 is 79.6 °F, 4.1 °F above its band since 09:40.",
    );
  });

  it("claims nothing of a zone that is flat, silent, bad or without a setpoint", () => {
    expect(said({ standing: "flat", outsideBy: null, now: temp(72) })).toContain("not believed");
    expect(said({ standing: "silent", outsideBy: null, now: temp(71.1) })).toBe(
      "VAV 1-01 has said nothing since 13:42; it was 71.1 °F then.",
    );
    expect(said({ standing: "bad", outsideBy: null, now: temp(-250) })).toBe("VAV 1-01 sends a value that cannot be true.");
    expect(said({ standing: "no-setpoint", outsideBy: null, now: temp(73) })).toContain("no setpoint to be compared with");
  });
});

describe("words beside a zone", () => {
  it("call a bare number a floor, and leave a name as it is", () => {
    expect(["3", "B1", "-1", "G", "Roof", "Floor 3"].map(floorText)).toEqual([
      "floor 3",
      "floor B1",
      "floor -1",
      "floor G",
      "Roof",
      "Floor 3",
    ]);
  });

  it("say a reason of its health in words, and one that nobody knows as it came", () => {
    expect(reasonText("hot_zone")).toBe("Too warm for much of the time");
    expect(reasonText("new_reason")).toBe("new_reason");
  });

  it("make no part of a cfm of an airflow", () => {
    expect([flowNumber(0.0488, "cfm"), flowNumber(312.4, "cfm"), flowNumber(0.147, "m³/s"), flowNumber(0, "m³/s")]).toEqual([
      "0",
      "312",
      "0.147",
      "0",
    ]);
  });
});
