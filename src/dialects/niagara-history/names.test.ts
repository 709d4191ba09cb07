import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalName, decodeName, unescapeName } from "#series/history-name.ts";
import { historyKey, historyLabel, readableName } from "./names.ts";

describe("a Niagara name", () => {
  it.each([
    ["Zone$2d1$20Space$20Temp", "Zone-1 Space Temp", "zone_1_space_temp"],
    ["VAV1$2d01", "VAV 1-01", "vav_1_01"],
    ["maxSpaceTemp", "max Space Temp", "max_space_temp"],
    ["AmsShop", "Ams Shop", "ams_shop"],
    ["AHU-1_SAT", "AHU-1-SAT", "ahu_1_sat"],
    // An older reader left this at "Zone$3 a 1": it expanded two escapes only.
    ["Zone$3a1", "Zone:1", "zone_1"],
    ["Vav1_01$20SpaceTemperature", "Vav 1-01 Space Temperature", "vav_1_01_space_temperature"],
    ["Gr$f6$dfe", "Größe", "größe"],
    ["$u6e29$u5ea6", "温度", "温度"],
  ])("%s is %s with the key %s", (raw, decoded, key) => {
    expect(decodeName(raw)).toBe(decoded);
    expect(canonicalName(raw)).toBe(key);
  });

  it.each([
    ["$31stFloor", "1stFloor"],
    ["A$26B", "A&B"],
    ["CO2$28ppm$29", "CO2(ppm)"],
    ["$u00b0F", "°F"],
    ["Price$24", "Price$"],
    ["Damper$2fPos", "Damper/Pos"],
    ["Zone$2", "Zone$2"],
    ["Zone$zz", "Zone$zz"],
    ["Zone$", "Zone$"],
    ["$u12", "$u12"],
    ["$2420", "$20"],
  ])("%s is unescaped once to %s", (raw, text) => {
    expect(unescapeName(raw)).toBe(text);
  });

  it("is read by people without the blanks that only keys need", () => {
    expect(readableName("1 st Floor / Vav 1-01 CO 2")).toBe("1st Floor / Vav 1-01 CO2");
  });

  it("never takes long and never throws", () => {
    fc.assert(fc.property(fc.string({ unit: "binary" }), (raw) => !/^_|_$|__/.test(canonicalName(raw))));
    expect(decodeName("$2d".repeat(100_000)).length).toBeLessThan(1_000);
  });
});

describe("a history", () => {
  it.each([
    ["AmsShop", "/AmsShop/MaxSpaceTemp", "Max Space Temp", "max_space_temp"],
    ["AmsShop", "/AmsShop/", "Ams Shop", "ams_shop"],
    ["AmsShop", "/", "/", ""],
    ["AmsShop", "", "/", ""],
    ["AmsShop", "/Ams$20Shop/AHU$2d1/SAT", "AHU-1 / SAT", "ahu_1_sat"],
    [
      "Regency Plaza",
      "/Regency Plaza/1st Floor/Vav1$2d01$20Space$20Temp",
      "1 st Floor / Vav 1-01 Space Temp",
      "1_st_floor_vav_1_01_space_temp",
    ],
    ["AmsShop", "/Other/Damper$2fPos", "Other / Damper/Pos", "other_damper_pos"],
  ])("of %s at %s is called %s", (station, path, label, key) => {
    expect(historyLabel(station, path)).toBe(label);
    expect(historyKey(station, path)).toBe(key);
  });
});
