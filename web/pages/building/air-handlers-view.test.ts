import { describe, expect, it } from "vitest";
import type { AirHandlerAnswer } from "#contract/building.ts";
import { airHandlersSentence, handlerFacts, sortedHandlers, zonesOf } from "./air-handlers-view.ts";
import { finding, pointNow, zoneRow } from "./fixture.ts";

const plain = (text: string) => text.replaceAll("\u00a0", " ");

function handler(name: string, wish: Partial<AirHandlerAnswer> = {}): AirHandlerAnswer {
  const id = name.toLowerCase().replace(" ", "-");
  return {
    equipment: { ...zoneRow().zone, id, name, type: "ahu" },
    zones: [],
    running: true,
    now: [],
    comfortPct: 91.3,
    findings: [],
    starts: 1,
    runMs: 3_600_000,
    ...wish,
  };
}

describe("the sentence of the air handlers", () => {
  it("counts those that run and names the gravest finding", () => {
    const grave = handler("AHU 3", { findings: [finding("warning", "Discharge air 2.2 °F above its setpoint.")] });
    expect(airHandlersSentence([grave, handler("AHU 1"), handler("AHU 4", { running: false })])).toBe(
      "2 of 3 air handlers run; AHU 3: discharge air 2.2 °F above its setpoint.",
    );
  });

  it("says what is not known as not known", () => {
    expect(airHandlersSentence([handler("RTU 1", { running: null })])).toBe(
      "Whether the air handler runs is not known; nothing was found at it.",
    );
    expect(airHandlersSentence([handler("AHU 1"), handler("AHU 2")])).toBe("2 of 2 air handlers run; nothing was found at any of them.");
  });
});

describe("air handlers", () => {
  it("stand by gravity, then by name as people count", () => {
    const all = [handler("AHU 10"), handler("AHU 2"), handler("AHU 4", { findings: [finding("critical", "Fan is off")] })];
    expect(sortedHandlers(all).map(({ equipment }) => equipment.name)).toEqual(["AHU 4", "AHU 2", "AHU 10"]);
  });

  it("have their own zones, in the order of names", () => {
    const rows = ["VAV 10", "VAV 2", "VAV 3"].map((name) => zoneRow({ name }));
    expect(zonesOf(handler("AHU 1", { zones: ["vav-10", "vav-2"] }), rows).map(({ zone }) => zone.name)).toEqual(["VAV 2", "VAV 10"]);
  });

  it("tell discharge air with its setpoint, and what is held by hand or bad", () => {
    const now = [
      pointNow("discharge-air-temp", 57.2, "°F"),
      pointNow("discharge-air-setpoint", 55, "°F", { overridden: true }),
      pointNow("duct-pressure", -250, "inH2O", { bad: true }),
    ];
    const said = handlerFacts(handler("AHU 1", { now, runMs: 0, starts: 0, comfortPct: null }), "today").map(({ label, value, note }) =>
      plain(`${label}: ${value}${note === "" ? "" : `, ${note}`}`),
    );
    expect(said).toEqual([
      "Discharge air: 57.2 °F, setpoint 55.0 °F, overridden",
      "Duct pressure: bad value",
      "Ran today: not at all, no start",
      "Zone comfort: not judged",
    ]);
  });
});
