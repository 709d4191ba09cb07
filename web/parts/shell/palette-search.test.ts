import { describe, expect, it } from "vitest";
import { type Entry, findEntries } from "./palette-search.ts";

const entry = (group: Entry["group"], label: string, words = ""): Entry => ({
  id: `${group} ${label}`,
  group,
  label,
  words,
  run: () => {},
});
const all = [
  entry("Pages", "Live"),
  entry("Actions", "Theme: Dark"),
  entry("Points", "Chiller 1", "plant/chiller"),
  entry("Points", "Main chiller pump"),
  entry("Points", "Wärmemenge"),
  entry("Series", "Chiller 1: Power", "A17-00412"),
];
const found = (typed: string) => findEntries(all, typed).map((one) => one.label);

describe("the palette", () => {
  it("is a menu of pages and actions before anything is typed", () => {
    expect(found("  ")).toEqual(["Live", "Theme: Dark"]);
  });

  it("puts names that begin with the word first, and points before their series", () => {
    expect(found("chill")).toEqual(["Chiller 1", "Main chiller pump", "Chiller 1: Power"]);
  });

  it("wants every word, in any order, wherever it stands", () => {
    expect(found("pump main")).toEqual(["Main chiller pump"]);
    expect(found("chiller nothing")).toEqual([]);
  });

  it("finds serials, and names without their accents", () => {
    expect(found("00412")).toEqual(["Chiller 1: Power"]);
    expect(found("warme")).toEqual(["Wärmemenge"]);
  });

  it("does not let thousands of series push the rest away", () => {
    const many = Array.from({ length: 3000 }, (_, index) => entry("Series", `Meter ${index}`));
    const shown = findEntries([...many, entry("Points", "Old meter")], "meter");
    expect(shown.length).toBeLessThanOrEqual(40);
    expect(shown.map((one) => one.label)).toContain("Old meter");
  });
});
