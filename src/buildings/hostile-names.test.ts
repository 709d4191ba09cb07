import { describe, expect, it } from "vitest";
import { buildingPoint } from "./building-point-made.ts";
import { modelOf } from "./model-of.ts";

describe("names that make no sense", () => {
  it("by the thousand that give one key tell the first of each other, and no list of all by all", () => {
    const points = Array.from({ length: 5_000 }, (_, i) =>
      buildingPoint(`A${"-".repeat((i % 70) + 1)}B${"_".repeat(Math.floor(i / 70) + 1)}C`, { point: `p-${i}` }),
    );
    const told = modelOf(points).points.map(({ collidesWith }) => collidesWith.length);
    expect(Math.min(...told)).toBe(20);
    expect(Math.max(...told)).toBe(20);
  });

  it("of equipment that are nothing but signs name no equipment", () => {
    for (const equipment of ["!!!", "  -- ", "\u202e"]) {
      const { points, equipment: found } = modelOf([buildingPoint("Vav1-02 SpaceTemp", { equipment })]);
      expect(points[0]?.equipment).toBe("vav-1-02");
      expect(found.map(({ id }) => id)).toEqual(["vav-1-02"]);
    }
  });

  it("of stations and of decided equipment never give an id without a name", () => {
    const points = ["..", "Depot"].map((station, i) => buildingPoint("Vav1-02 SpaceTemp", { station, point: `p-${i}` }));
    const decisions = [{ point: "p-1", equipment: "???", from: "file", factId: 0 }] as const;
    const ids = modelOf(points, { decisions }).equipment.map(({ id }) => id);
    expect(ids.sort()).toEqual(["depot-unnamed", "station-vav-1-02"]);
  });
});
