import { describe, expect, test } from "vitest";
import type { MeterInfo } from "#contract/meters.ts";
import { filteredMeters, groupsOf, meterSections } from "./meters-filter.ts";

const meter = (name: string, more: Partial<MeterInfo>): MeterInfo =>
  ({
    id: `haus.${name}`,
    site: "haus",
    name,
    description: "",
    kind: "physical",
    medium: "electricity",
    group: "",
    standing: "live",
    serial: null,
    ...more,
  }) as MeterInfo;

const METERS = [
  meter("Wärme", { medium: "heat", group: "Flat 10", serial: "ESY-77" }),
  meter("Strom", { group: "Flat 2", standing: "due" }),
  meter("Strom gesamt", { kind: "master" }),
  meter("Gas", { medium: "gas", group: "Flat 2" }),
];
const names = (meters: readonly { name: string }[]) => meters.map(({ name }) => name);
const SITES = [{ id: "haus", name: "Haus", zone: "Europe/Berlin", currency: "EUR" }];

describe("which meters a list shows", () => {
  test("every word must be found, without accents, in names, groups, media or serial numbers", () => {
    expect(names(filteredMeters(METERS, { find: "warme" }))).toEqual(["Wärme"]);
    expect(names(filteredMeters(METERS, { find: "esy 10" }))).toEqual(["Wärme"]);
    expect(names(filteredMeters(METERS, { find: "flat gas" }))).toEqual(["Gas"]);
    expect(filteredMeters(METERS, { find: "flat nobody" })).toEqual([]);
  });

  test("filters hold together", () => {
    expect(names(filteredMeters(METERS, { group: "Flat 2", standing: "due" }))).toEqual(["Strom"]);
    expect(names(filteredMeters(METERS, { medium: "electricity" }))).toEqual(["Strom", "Strom gesamt"]);
  });

  test("groups are counted as people count, what has none comes last", () => {
    expect(meterSections(METERS, SITES).map(({ title, meters }) => [title, names(meters)])).toEqual([
      ["Flat 2", ["Strom", "Gas"]],
      ["Flat 10", ["Wärme"]],
      ["No group", ["Strom gesamt"]],
    ]);
    expect(groupsOf(METERS)).toEqual(["Flat 2", "Flat 10"]);
  });

  test("without groups the media are the headings; several sites are told apart", () => {
    const bare = METERS.map((one) => ({ ...one, group: "" }));
    expect(meterSections(bare, SITES).map(({ title }) => title)).toEqual(["Electricity", "Gas", "Heat"]);
    const two = [bare[0], { ...bare[1], id: "hof.x", site: "hof" }] as MeterInfo[];
    expect(meterSections(two, SITES).map(({ title }) => title)).toEqual(["Haus: Heat", "hof: Electricity"]);
  });
});
