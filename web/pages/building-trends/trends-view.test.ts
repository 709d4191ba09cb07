import { describe, expect, test } from "vitest";
import type { FindingInfo } from "#contract/building-parts.ts";
import { chosenEquipment, type EquipmentRow, equipmentGroups, gravest } from "./trends-view.ts";

const finding = (severity: FindingInfo["severity"]): FindingInfo => ({
  rule: "short-cycling",
  severity,
  equipment: "ahu-1",
  equipmentName: "AHU 1",
  point: null,
  sinceMs: null,
  sinceOrBefore: false,
  sharePct: null,
  sentence: "",
  source: "",
});
const row = (id: string, type: string, findings: FindingInfo[] = []): EquipmentRow => ({
  equipment: { id, name: id.toUpperCase(), type, root: id, station: "S", floor: "2", servedBy: null, servedEvidence: null, demo: false },
  zones: [],
  now: [],
  findings,
});
const ROWS = [
  row("vav-1", "vav"),
  row("ahu-1", "ahu"),
  row("chiller-1", "chiller"),
  row("x", "other"),
  row("vav-2", "vav", [finding("warning")]),
];

describe("equipment", () => {
  test("stands by kind, the large before the small, and is found by words", () => {
    expect(equipmentGroups(ROWS, "").map(({ title, rows }) => [title, rows.length])).toEqual([
      ["Air handlers", 1],
      ["Plant", 1],
      ["Zones", 2],
      ["Other", 1],
    ]);
    expect(equipmentGroups(ROWS, "vav 2").flatMap(({ rows }) => rows.map(({ equipment }) => equipment.id))).toEqual(["vav-1", "vav-2"]);
    expect(equipmentGroups(ROWS, "nothing")).toEqual([]);
  });

  test("is that of the address, else the one with something to look at, else the first", () => {
    expect(chosenEquipment(ROWS, "x")?.equipment.id).toBe("x");
    expect(chosenEquipment(ROWS, "gone")?.equipment.id).toBe("vav-2");
    expect(chosenEquipment(ROWS.slice(0, 3), undefined)?.equipment.id).toBe("ahu-1");
    expect(chosenEquipment([], undefined)).toBeUndefined();
  });

  test("is marked by the gravest of its findings", () => {
    expect(gravest(row("a", "ahu", [finding("note"), finding("warning"), finding("critical")]))).toBe("critical");
    expect([gravest(row("a", "ahu", [finding("note")])), gravest(row("a", "ahu"))]).toEqual([undefined, undefined]);
  });
});
