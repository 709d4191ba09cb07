import { describe, expect, test } from "vitest";
import type { PointGuessAnswer } from "#contract/building-points.ts";
import { foundNames, namesSentence, nameViewOf, sureness, viewCounts } from "./names-view.ts";

const evidence = (confidence: number) => ({ rule: "words", sentence: "It says so.", confidence });
const row = (more: Partial<PointGuessAnswer>): PointGuessAnswer => ({
  point: "vav-1-01-space-temp",
  name: "Vav 1-01 Space Temp",
  station: "Shop",
  path: "Vav1-01 Space Temp",
  tags: ["zone", "temp"],
  series: [],
  equipment: "vav-1-01",
  equipmentName: "VAV 1-01",
  equipmentEvidence: evidence(0.95),
  role: "space-temp",
  roleEvidence: evidence(0.95),
  others: [],
  shadowedBy: null,
  collidesWith: [],
  decision: null,
  lastMs: null,
  ...more,
});
const OPEN = row({ point: "x", name: "Alarm", path: "Alarm", role: null, roleEvidence: null, tags: [] });
const UNSURE = row({ point: "y", roleEvidence: evidence(0.5) });
const NONE = row({ ...OPEN, point: "z", decision: { role: "none", equipment: null, from: "page", who: "mia", factId: 1 } });
const POINTS = [row({}), OPEN, UNSURE, NONE, row({ point: "w", collidesWith: ["v"], shadowedBy: "Another one speaks more often." })];

describe("names and roles", () => {
  test("are counted by what a person could look at", () => {
    expect(viewCounts(POINTS)).toEqual({ all: 5, open: 1, unsure: 1, shadowed: 1, "same-name": 1, decided: 1 });
  });

  test("are found by words anywhere in them", () => {
    expect(foundNames(POINTS, { view: "all", find: " alarm " }).map(({ point }) => point)).toEqual(["x", "z"]);
    expect(foundNames(POINTS, { view: "open", find: "" }).map(({ point }) => point)).toEqual(["x"]);
    expect(foundNames(POINTS, { view: "all", find: "zone 1-01" })).toHaveLength(3);
  });

  test("are told in a sentence", () => {
    const about = { nowMs: 0, site: "shop", roles: [], equipment: [{ id: "vav-1-01", name: "VAV 1-01", type: "vav" }] };
    expect(namesSentence({ ...about, points: POINTS })).toBe(
      "5 histories of 1 pieces of equipment: 1 has no role yet; 1 share a name with another.",
    );
    expect(namesSentence({ ...about, points: [row({})] })).toContain("each has its role");
  });

  test("have views that stand in the address", () => {
    expect([nameViewOf("open"), nameViewOf("everything"), nameViewOf(undefined)]).toEqual(["open", "all", "all"]);
    expect([1, 0.95, 0.8, 0.3].map(sureness)).toEqual(["said", "sure", "likely", "guess"]);
  });
});
