import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { About, Item } from "#readings/reading.ts";
import type { Registry } from "#sites/registry.ts";
import { Histories, mergedAbout } from "./histories.ts";
import { RegistryChange } from "./registry-change.ts";
import { RegistryView } from "./registry-view.ts";
import { settle } from "./settle.ts";
import { Sheet } from "./sheet.ts";
import type { Source } from "./source.ts";

const NOON_MS = Date.UTC(2026, 2, 10, 12);
const SITE = { id: "tower", name: "Tower", zone: "America/Phoenix", currency: "USD" };
const EMPTY: Registry = { sites: [SITE], points: [], series: [], devices: [], assignments: [], facts: [], codes: [] };

function item(point: string, about?: About, quantity = "temperature"): Item {
  const plain = { device: about?.station ?? "s", pointName: "Space Temp", unit: "°F", kind: "gauge", value: 70, tMs: NOON_MS } as const;
  return { type: "reading", reading: { ...plain, point, quantity, ...(about ? { about } : {}) } };
}

function desk(registry: Registry = EMPTY) {
  const view = new RegistryView(registry);
  const change = new RegistryChange(view);
  return {
    view,
    change,
    say(items: readonly Item[], more: Partial<Source> = {}) {
      const source: Source = { name: "mqtt", topics: [], dialect: "d", options: undefined, points: new Map(), keepRawMs: 0, ...more };
      const message = { source: source.name, topic: "t", body: new Uint8Array(), receivedMs: NOON_MS, qos: 1, retained: false } as const;
      const limits = { newPerHour: 10_000, textsPerSeries: 10_000 };
      const samples = new Sheet();
      const settled = settle({ change, samples }, { source, message, equalInstant: "last", limits }, items);
      return { ...settled, points: samples.entries.map(({ series }) => series.point) };
    },
  };
}

const at = (path: string, station = "North"): About => ({ station, path });

describe("the point of a history", () => {
  it("is its own where another name of the station gives the same id, and says so once", () => {
    const here = desk();
    const first = here.say([item("vav-1-1-temp", at("VAV-1 1 Temp")), item("vav-1-1-temp", at("VAV 1-1 Temp"))]);
    expect(first.points).toEqual(["vav-1-1-temp", "vav-1-1-temp-2"]);
    expect(first.collisions).toEqual([
      '"VAV 1-1 Temp" of North and "VAV-1 1 Temp" of North give the same key: they are kept apart as tower/vav-1-1-temp-2 and tower/vav-1-1-temp.',
    ]);
    const again = here.say([item("vav-1-1-temp", at("VAV 1-1 Temp")), item("vav-1-1-temp", at("vav1_1 temp"))]);
    expect(again.points).toEqual(["vav-1-1-temp-2", "vav-1-1-temp-3"]);
    expect(again.collisions).toHaveLength(1);
    expect([...here.view.points.values()].map(({ name }) => name)).toEqual([
      "Space Temp",
      "Space Temp (VAV 1-1 Temp)",
      "Space Temp (vav1_1 temp)",
    ]);
  });

  it("is the same through every source, whatever id that one proposes", () => {
    const here = desk();
    here.say([item("north-vav-1-temp", at("Vav1 Temp"))]);
    expect(here.say([item("vav-1-temp", at("Vav1 Temp"))], { name: "obix" }).points).toEqual(["north-vav-1-temp"]);
    expect(here.say([item("vav-1-temp", at("Vav1 Temp", "South"))], { name: "obix" }).points).toEqual(["vav-1-temp"]);
  });

  it("is the one a person mapped it to, and what is said of others there is not kept", () => {
    const here = desk();
    const points = new Map([
      ["a", "lobby"],
      ["b", "lobby"],
    ]);
    expect(here.say([item("a", at("A")), item("b", { ...at("B"), floor: "9" }, "co2")], { points }).points).toEqual(["lobby", "lobby"]);
    expect(here.view.points.get("tower/lobby")?.about).toEqual(at("A"));
  });

  it("is found in the settings by the name it has in its station, too", () => {
    const points = new Map([["Vav1-01 Space Temp", "lobby"]]);
    expect(desk().say([item("north-vav-1-01-space-temp", at("Vav1-01 Space Temp"))], { points }).points).toEqual(["lobby"]);
  });

  it("is a point that was there before anybody said whose it is", () => {
    const here = desk();
    here.say([item("vav-1-temp")]);
    expect(here.view.points.get("tower/vav-1-temp")?.about).toBeUndefined();
    expect(here.say([item("vav-1-temp", at("Vav1 Temp"))]).points).toEqual(["vav-1-temp"]);
    expect(here.view.points.get("tower/vav-1-temp")?.about).toEqual(at("Vav1 Temp"));
    expect(here.say([item("vav-1-temp", at("vav1temp")), item("vav-1-temp")]).points).toEqual(["vav-1-temp-2", "vav-1-temp"]);
  });

  it("is known again after a restart", () => {
    const here = desk();
    here.say([item("p", at("A")), item("p", at("B"))]);
    const later = desk({ ...EMPTY, points: [...here.view.points.values()] });
    expect(later.say([item("p", at("B")), item("p", at("A")), item("p", at("C"))]).points).toEqual(["p-2", "p", "p-3"]);
  });

  it("is free again when the batch that made it is taken back", () => {
    const here = desk();
    here.say([item("p", at("A"))]);
    here.change.withdraw();
    expect(here.view.points.size).toBe(0);
    expect(here.say([item("p", at("B"))]).points).toEqual(["p"]);
  });

  it("is found at once, however many histories would have its id", () => {
    const here = desk();
    for (let n = 1; n <= 5_000; n++) expect(here.say([item("p", at(`p ${n}`))]).points).toEqual([n === 1 ? "p" : `p-${n}`]);
    expect(here.say([item("p", at("p 17")), item("p", at("another"))]).points).toEqual(["p-17", "p-5001"]);
  });

  it("is never shared by two histories and never two points, in whatever order they speak", () => {
    const path = fc.constantFrom("A", "B", "C", "D");
    const saying = fc.record({ path, station: fc.constantFrom("North", "South"), id: fc.constantFrom("p", "p-2", "q"), source: fc.nat(2) });
    fc.assert(
      fc.property(fc.array(saying, { minLength: 1, maxLength: 40 }), (sayings) => {
        const here = desk();
        const points = new Map<string, string>();
        for (const { path, station, id, source } of sayings) {
          const [point] = here.say([item(id, { path, station })], { name: `source-${source}` }).points;
          const history = `${station}/${path}`;
          expect(points.get(history) ?? point).toBe(point);
          points.set(history, point as string);
        }
        expect(new Set(points.values()).size).toBe(points.size);
      }),
    );
  });
});

describe("what senders say of a point", () => {
  it("is written where something of it is new, and else not at all", () => {
    const here = desk();
    const said: About = { ...at("A"), equipment: "VAV 1", tags: ["temp", "zone"] };
    here.say([item("p", said)]);
    const { points } = here.change.additions;
    const written = points.length;
    here.say([item("p", { ...said, tags: ["zone", "temp"] }), item("p", at("A")), item("p", { ...said, equipment: "" })]);
    expect(points).toHaveLength(written);
    here.say([item("p", { ...said, floor: "2", tags: ["temp"] })]);
    expect(points).toHaveLength(written + 1);
    expect(here.view.points.get("tower/p")?.about).toEqual({ ...said, floor: "2", tags: ["temp"] });
  });

  it("never takes a history's own name from it", () => {
    const here = desk();
    here.say([item("p", at("A"))]);
    here.say([item("p", { station: "Nord", floor: "2" })]);
    expect(here.view.points.get("tower/p")?.about).toEqual({ ...at("A"), floor: "2" });
  });

  it("stays when somebody names the point anew", () => {
    const here = desk();
    here.say([item("p", at("A"))]);
    here.change.addPoint({ site: "tower", id: "p", name: "Lobby" });
    expect(here.view.points.get("tower/p")).toMatchObject({ name: "Lobby", about: at("A") });
    expect(new Histories(here.view.points.values()).find("tower", at("A"))).toBe("p");
  });

  it("is whole after one saying, and nothing is new in saying it again", () => {
    const text = fc.option(fc.constantFrom("", "a", "b"), { nil: undefined });
    const about = fc.record({ equipment: text, floor: text, tags: fc.option(fc.subarray(["x", "y", "z=1"]), { nil: undefined }) });
    const said = about.map((all) => Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as About);
    fc.assert(
      fc.property(said, said, (known, more) => {
        const merged = mergedAbout(known, more) ?? known;
        if (more.equipment) expect(merged.equipment).toBe(more.equipment);
        else expect(merged.equipment).toBe(known.equipment);
        if (more.tags && more.tags.length > 0) expect([...(merged.tags ?? [])].sort()).toEqual([...more.tags].sort());
        expect(mergedAbout(merged, more)).toBeUndefined();
      }),
    );
  });
});
