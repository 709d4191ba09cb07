import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { normalRoot, zoneRoot } from "./zone-root.ts";

describe("the equipment a label names", () => {
  it.each([
    ["VAV 1-01 Space Temp", "vav-1-01", "VAV 1-01"],
    ["vav1-01", "vav-1-01", "VAV 1-01"],
    ["vav1_01", "vav-1-01", "VAV 1-01"],
    ["Vav1$2d01", "vav-1-01", "VAV 1-01"],
    ["VAV-1-01", "vav-1-01", "VAV 1-01"],
    ["VAV 3 07 SpaceTemp", "vav-3-07", "VAV 3-07"],
    ["NorthVav12 SpaceTemp", "vav-12", "VAV 12"],
    ["Vav 1 2nd Flr Temp", "vav-1", "VAV 1"],
    ["Vav 1 2 nd Flr Temp", "vav-1", "VAV 1"],
    ["VAV-10-0CC-O", "vav-10", "VAV 10"],
    ["VAV 3-07 Min CFM", "vav-3-07", "VAV 3-07"],
    ["VAV 3-07 Stage 1", "vav-3-07", "VAV 3-07"],
    ["VAV-B-03", "vav-b03", "VAV B03"],
    ["Fpb 3-01 Fan Enable Output", "fpb-3-01", "FPB 3-01"],
    ["EFU 3", "efu-3", "EFU 3"],
    ["Exhaust Fan 3", "ef-3", "EF 3"],
    ["EBU.RM-1100A..ZN-T", "room-1100a", "Room 1100A"],
    ["Zone-101", "zone-101", "Zone 101"],
    ["CHW-SYS.CHWP3-VFD.STATUS", "chwp-3", "CHWP 3"],
    ["AHU 3/VAV 3-07/Space Temp", "vav-3-07", "VAV 3-07"],
    ["VAV 3-07 of AHU 3", "vav-3-07", "VAV 3-07"],
    ["AHU 3 Zone 2 Temp", "zone-2", "Zone 2"],
    ["EF 1 Room 102 Status", "ef-1", "EF 1"],
    ["Roof Top Unit 4", "rtu-4", "RTU 4"],
  ])("%s is %s", (label, root, name) => {
    expect(zoneRoot(label)).toMatchObject({ root, name });
  });

  it.each(["Relief 2 Temp", "Space Temp", "Brief 1", "Pavav 1", "AHU Temp", "VAV Temp 3x", "Chef 2", ""])("%s is none", (label) => {
    expect(zoneRoot(label)).toBeUndefined();
  });

  it("keeps zeros in front: they are part of the number", () => {
    expect(zoneRoot("VAV 1-1")?.root).not.toBe(zoneRoot("VAV 1-01")?.root);
  });

  it.each([
    ["VAV 1_01", "vav-1-01"],
    ["  vav$201$2d01 ", "vav-1-01"],
    ["RM 1100 A", "room-1100a"],
    ["vav-1-01", "vav-1-01"],
    ["Lobby  Unit", "lobby-unit"],
    ["", ""],
  ])("as a request spells it, %j, is %s", (text, root) => {
    expect(normalRoot(text)).toBe(root);
  });

  it("is one whatever its separators, case and escapes, and whatever stands around it", () => {
    const kind = fc.constantFrom("vav", "fpb", "rtu", "ahu", "fcu", "ef", "efu", "boiler", "chiller", "hp", "erv");
    const number = fc.constantFrom("1", "01", "7", "12", "007", "1203");
    const gap = fc.constantFrom("-", "_", " ", "--", "$2d", "$20", "_-", " - ", ".");
    const before = fc.constantFrom("", "North ", "1st Floor/", "Tower.", "Bldg A - ");
    const after = fc.constantFrom("", " Space Temp", " SpaceTemp", ".ZN-T", "_DPR-O", " 2nd Flr Temp", "$20Occ$20Sts");
    const cased = fc.constantFrom(
      (text: string) => text,
      (text: string) => text.toUpperCase(),
      (text: string) => text.charAt(0).toUpperCase() + text.slice(1),
    );
    fc.assert(
      fc.property(
        kind,
        fc.array(number, { minLength: 1, maxLength: 3 }),
        fc.array(gap, { minLength: 3, maxLength: 3 }),
        before,
        after,
        cased,
        (...given) => {
          const [word, numbers, gaps, front, behind, toCase] = given;
          const inside = numbers.map((one, i) => (i === 0 ? one : `${gaps[i]}${one}`)).join("");
          const spelled = `${front}${toCase(word)}${gaps[0]}${inside}${behind}`;
          return zoneRoot(spelled)?.root === [word, ...numbers].join("-");
        },
      ),
    );
  });

  it("is found at once in any text, and never thrown over", () => {
    fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 2_000 }), (text) => normalRoot(text).length <= 600));
    expect(zoneRoot("vav ".repeat(100_000))).toBeUndefined();
    expect(zoneRoot("vav 1-".repeat(100_000))?.root).toBe("vav-1");
  });
});
