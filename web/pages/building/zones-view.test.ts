import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { finding, pointNow, zoneRow } from "./fixture.ts";
import {
  filteredZones,
  mostFlow,
  neighbours,
  orderNamed,
  partedZones,
  sortedZones,
  ZONE_COLUMNS,
  zonesByFloor,
  zonesByHandler,
} from "./zones-view.ts";

const names = (rows: readonly { zone: { name: string } }[]) => rows.map(({ zone }) => zone.name);

const above = zoneRow({ name: "VAV 3-07", servedBy: "ahu-3", floor: "Floor 3", standing: "above", outsideBy: 4.1 });
const held = zoneRow({
  name: "VAV 2-14",
  servedBy: "ahu-2",
  floor: "Floor 2",
  now: [pointNow("damper-position", 22, "%", { overridden: true })],
});
const leaking = zoneRow({ name: "VAV 1-10", findings: [finding("warning", "Damper leaks 60 cfm closed")] });
const well = zoneRow({ name: "VAV 1-02", findings: [finding("note", "A setpoint was moved")] });
const lone = zoneRow({ name: "FCU 9", servedBy: null, floor: "" });
const all = [above, held, leaking, well, lone];

describe("filters of zones", () => {
  it("find by every word of name, floor, air handler and finding, accents and case aside", () => {
    expect(names(filteredZones(all, { find: "ahu 3" }))).toEqual(["VAV 3-07"]);
    expect(names(filteredZones(all, { find: "LEAKS vav" }))).toEqual(["VAV 1-10"]);
    expect(filteredZones(all, { find: "nothing" })).toEqual([]);
  });

  it("take one air handler, or the zones nobody knows it of", () => {
    expect(names(filteredZones(all, { handler: "ahu-1" }))).toEqual(["VAV 1-10", "VAV 1-02"]);
    expect(names(filteredZones(all, { handler: "none" }))).toEqual(["FCU 9"]);
  });

  it("take a standing, or what somebody holds by hand", () => {
    expect(names(filteredZones(all, { standing: "above" }))).toEqual(["VAV 3-07"]);
    expect(names(filteredZones(all, { standing: "overridden" }))).toEqual(["VAV 2-14"]);
  });

  it("keep the order the server gave, and every zone where nothing is filtered", () => {
    expect(filteredZones(all, {})).toEqual(all);
  });
});

describe("zones that need attention", () => {
  it("are those outside their band and those with something grave; a note is none", () => {
    const { attention, others } = partedZones(all);
    expect(names(attention)).toEqual(["VAV 3-07", "VAV 1-10"]);
    expect(names(others)).toEqual(["VAV 2-14", "VAV 1-02", "FCU 9"]);
  });
});

describe("the order of the table", () => {
  it("counts as people do, and turns", () => {
    const rows = ["VAV 10", "VAV 2", "VAV 1"].map((name) => zoneRow({ name }));
    expect(names(sortedZones(rows, "zone"))).toEqual(["VAV 1", "VAV 2", "VAV 10"]);
    expect(names(sortedZones(rows, "-zone"))).toEqual(["VAV 10", "VAV 2", "VAV 1"]);
  });

  it("puts what is not known last either way", () => {
    const silent = zoneRow({ name: "silent", comfort: { ...above.comfort, withinTimePct: null } });
    const good = zoneRow({ name: "good", comfort: { ...above.comfort, withinTimePct: 99 } });
    expect(names(sortedZones([silent, good], "comfort"))).toEqual(["good", "silent"]);
    expect(names(sortedZones([silent, good], "-comfort"))).toEqual(["good", "silent"]);
  });

  it("loses and doubles no zone, whatever the column", () => {
    const orders = fc.constantFrom(...ZONE_COLUMNS.flatMap((column) => [column, `-${column}` as const]));
    const rows = fc.array(fc.constantFrom(...all));
    fc.assert(
      fc.property(rows, orders, (some, order) => {
        expect([...sortedZones(some, order)].sort(byId)).toEqual([...some].sort(byId));
      }),
    );
  });

  it("is read from an address only where it is a column", () => {
    expect(orderNamed("-flow")).toBe("-flow");
    expect(orderNamed("color")).toBeUndefined();
    expect(orderNamed(undefined)).toBeUndefined();
  });
});

const byId = (a: { zone: { id: string } }, b: { zone: { id: string } }): number => a.zone.id.localeCompare(b.zone.id);

describe("groups", () => {
  it("by air handler stand in the order of names, the unknown ones last, with comfort weighted by judged time", () => {
    const short = zoneRow({ name: "VAV 1-03", comfort: { ...above.comfort, withinTimePct: 0, judgedMs: 2_400_000 } });
    const groups = zonesByHandler([...all, short], []);
    expect(groups.map(({ title }) => title)).toEqual(["AHU 1", "AHU 2", "AHU 3", "No air handler known"]);
    expect(groups[0]?.comfortPct).toBeCloseTo((92 * 2 * 7_200_000) / (2 * 7_200_000 + 2_400_000), 6);
    expect(groups[2]?.inside).toBe(0);
  });

  it("by floor have the highest above and the unknown below", () => {
    expect(zonesByFloor(all).map(({ title }) => title)).toEqual(["Floor 3", "Floor 2", "Floor 1", "Floor not known"]);
  });
});

describe("what belongs to a list", () => {
  it("is a scale that holds every airflow and setpoint", () => {
    const rows = [zoneRow({ now: [pointNow("flow", 300, "cfm"), pointNow("flow-setpoint", 640, "cfm")] })];
    expect(mostFlow(rows)).toBeGreaterThanOrEqual(640);
    expect(mostFlow([zoneRow()])).toBe(1);
  });

  it("is the zone before and after, none at its ends", () => {
    expect(neighbours(all, "vav-3-07").previous).toBeUndefined();
    expect(neighbours(all, "vav-3-07").next).toBe(held);
    expect(neighbours(all, "other")).toEqual({ previous: undefined, next: undefined });
  });
});
