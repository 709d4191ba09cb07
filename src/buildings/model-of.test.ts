import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildingPoint } from "./building-point-made.ts";
import type { BuildingModel, BuildingPoint, Decision } from "./model.ts";
import { modelOf } from "./model-of.ts";
import { ROLES, type Role } from "./role.ts";

const guessOf = (model: BuildingModel, id: string) => model.points.find(({ point }) => point.point === id || point.path === id);
const equipmentOf = (model: BuildingModel, id: string) => model.equipment.find((one) => one.id === id);
const only = (point: BuildingPoint) => modelOf([point]).points[0];

describe("equipment", () => {
  it("stands in the order in which people count", () => {
    const names = ["VAV 10", "AHU 2", "VAV 2", "VAV 1-10", "VAV 1-9"].map((name) => buildingPoint(`${name} Space Temp`));
    expect(modelOf(names).equipment.map(({ name }) => name)).toEqual(["AHU 2", "VAV 1-9", "VAV 1-10", "VAV 2", "VAV 10"]);
  });

  it("has its station in front of its id only where a site has several", () => {
    const first = buildingPoint("VAV 1-01 Space Temp", { station: "Ams Shop" });
    const second = buildingPoint("VAV 1-01 Space Temp", { station: "Regency", point: "other" });
    expect(modelOf([first]).equipment.map(({ id }) => id)).toEqual(["vav-1-01"]);
    const both = modelOf([first, second]).equipment;
    expect(both.map(({ id, root, name }) => [id, root, name])).toEqual([
      ["ams-shop-vav-1-01", "vav-1-01", "VAV 1-01"],
      ["regency-vav-1-01", "vav-1-01", "VAV 1-01"],
    ]);
  });

  it("is what the sender calls it, whatever the name says, and the evidence says both", () => {
    const guess = only(buildingPoint("Vav1-02 SpaceTemp", { equipment: "VAV 1-01" }));
    expect(guess?.equipment).toBe("vav-1-01");
    expect(guess?.equipmentEvidence?.sentence).toBe('Its sender calls the equipment "VAV 1-01", which goes before "Vav1-02" in its name.');
    const tagged = only(buildingPoint("SpaceTemp", { tags: ["equipRef=@VAV 1-01"] }));
    expect(tagged?.equipment).toBe("vav-1-01");
    expect(tagged?.equipmentEvidence?.rule).toBe("tag");
  });

  it("may be called anything by its sender, and is a zone once it has a room's temperature", () => {
    const model = modelOf([buildingPoint("Lobby Unit SpaceTemp", { equipment: "Lobby Unit" })]);
    expect(model.equipment).toMatchObject([{ id: "lobby-unit", name: "Lobby Unit", type: "zone" }]);
    expect(guessOf(model, "Lobby Unit SpaceTemp")?.role).toBe("space-temp");
  });

  it("is not the folder in which several pieces of it stand", () => {
    const model = modelOf(["VAV 1-01", "VAV 1-02"].map((name) => buildingPoint(`${name} Space Temp`, { equipment: "Floor Devices" })));
    expect(model.equipment.map(({ id }) => id)).toEqual(["vav-1-01", "vav-1-02"]);
  });

  it.each([
    ["2nd Floor/VAV 2-01/Space Temp", [], "2"],
    ["Vav 1 2nd Flr Temp", [], "2"],
    ["VAV 2-01 Space Temp", ["floor=2.0"], "2"],
    ["VAV 2-01 Space Temp", ["floor=Mezzanine"], "Mezzanine"],
    ["Basement/VAV 2-01 Space Temp", [], "Basement"],
    ["VAV 2-01 Space Temp", [], ""],
  ])("of %s tagged %j is on floor %j", (name, tags, floor) => {
    expect(modelOf([buildingPoint(name, { tags })]).equipment[0]?.floor).toBe(floor);
  });
});

describe("the air handler that serves a box", () => {
  const box = buildingPoint("VAV 3-07 Space Temp");
  const air = (...names: string[]) => names.map((name) => buildingPoint(`${name} SAT`));
  const served = (points: BuildingPoint[], said = {}) => equipmentOf(modelOf(points, said), "vav-3-07");

  it("is the one tags name", () => {
    const one = served([buildingPoint("VAV 3-07 Space Temp", { tags: ["ahuRef=AHU 1"] }), ...air("AHU 1", "AHU 3")]);
    expect(one).toMatchObject({ servedBy: "ahu-1", servedEvidence: { rule: "served-tag", confidence: 0.95 } });
  });

  it("is the one its path stands in, even without a point of its own", () => {
    const one = served([buildingPoint("AHU 4/VAV 3-07/Space Temp"), ...air("AHU 3")]);
    expect(one).toMatchObject({ servedBy: "ahu-4", servedEvidence: { rule: "served-nested" } });
  });

  it("is the only one with its number", () => {
    const one = served([box, ...air("AHU 1", "AHU 03")]);
    expect(one).toMatchObject({ servedBy: "ahu-03" });
    expect(one?.servedEvidence?.sentence).toBe("VAV 3-07 begins with the number of AHU 03, and no other air handler has it.");
    expect(served([box, ...air("AHU 3", "RTU 3")])?.servedBy).toBeUndefined();
    expect(served([box, ...air("AHU 1", "AHU 2")])?.servedBy).toBeUndefined();
  });

  it("is the only one there is", () => {
    expect(served([box, ...air("RTU 9")])).toMatchObject({ servedBy: "rtu-9", servedEvidence: { rule: "served-only", confidence: 0.6 } });
    expect(served([box])?.servedEvidence).toBeUndefined();
  });

  it("is what a person says, whatever else is said", () => {
    const points = [buildingPoint("AHU 3/VAV 3-07/Space Temp"), ...air("AHU 1", "AHU 3")];
    const say = (servedBy: string) => served(points, { equipment: [{ equipment: "VAV 3_07", servedBy, from: "page" }] });
    expect(say("ahu1")).toMatchObject({
      servedBy: "ahu-1",
      servedEvidence: { rule: "page", sentence: "Decided on the page: AHU 1 serves it." },
    });
    expect(say("AHU 8")).toMatchObject({ servedBy: "ahu-8" });
    expect(say("none")?.servedBy).toBeUndefined();
  });
});

describe("a role", () => {
  it("is told with words a person can check", () => {
    const guess = only(buildingPoint("VAV-10-SUPFLOSP", { unit: "cfm" }));
    expect(guess?.roleEvidence).toEqual({
      rule: "flow-setpoint",
      sentence: '"VAV-10-SUPFLOSP" reads as supply flow setpoint: a setpoint names the air that is wanted, not what flows.',
      confidence: 0.9,
    });
  });

  it("is not one its unit cannot be", () => {
    const guess = only(buildingPoint("VAV 1-01 Box Flow", { unit: "°F" }));
    expect(guess?.role).toBeUndefined();
    expect(guess?.others).toEqual([
      {
        role: "flow",
        evidence: { rule: "flow-plain", sentence: '"VAV 1-01 Box Flow" reads as flow, but its values are in °F.', confidence: 0 },
      },
    ]);
    expect(only(buildingPoint("VAV 1-01 Box Flow", { unit: "L/s" }))?.role).toBe("flow");
  });

  it("of a measure is not one of words, and of what is on or off may be", () => {
    const guess = only(buildingPoint("VAV 1-01 Zone Setpoint", { unit: "text" }));
    expect(guess?.role).toBeUndefined();
    expect(guess?.others[0]?.evidence.sentence).toBe('"VAV 1-01 Zone Setpoint" reads as space setpoint, but its values are words.');
    expect(only(buildingPoint("VAV 1-01 Reheat", { unit: "text" }))?.role).toBe("reheat");
  });

  it.each<[readonly string[], Role]>([
    [["zone", "air", "temp", "sensor"], "space-temp"],
    [["zone", "air", "temp", "sp", "heating", "effective"], "effective-heating-setpoint"],
    [["zone", "air", "temp", "occ", "cooling", "sp"], "occupied-cooling-setpoint"],
    [["zone", "air", "temp", "effective", "sp"], "effective-setpoint"],
    [["discharge", "air", "temp", "sensor"], "discharge-air-temp"],
    [["discharge", "air", "flow", "sensor"], "flow"],
    [["discharge", "air", "flow", "sp"], "flow-setpoint"],
    [["damper", "cmd"], "damper-command"],
    [["outside", "air", "damper", "cmd"], "outdoor-air-damper"],
    [["discharge", "fan", "run", "cmd"], "fan-command"],
    [["discharge", "fan", "run", "sensor"], "fan-status"],
    [["heating", "valve", "cmd"], "heating-valve"],
    [["cool", "valve", "cmd"], "cooling-valve"],
    [["occupied", "sp"], "occupancy"],
    [["occ", "heating", "sp", "zone", "air", "temp"], "occupied-heating-setpoint"],
    [["elec", "power", "sensor"], "power"],
  ])("is told by the tags %j before any name", (tags, role) => {
    const guess = only(buildingPoint("VAV 1-01 Point 7 Max CFM", { tags }));
    expect(guess?.role).toBe(role);
    expect(guess?.roleEvidence?.sentence).toContain("Tagged ");
    expect(guess?.others.map((one) => one.role)).toContain("max-flow-setpoint");
  });

  it("is told by a rule of the file before the house's, on the name as it stands too", () => {
    const rules = [
      { name: "file-1", role: "reheat", priority: 0, patterns: [/b-17 q/], confidence: 0.9, reason: "the file says so" } as const,
    ];
    const guess = modelOf([buildingPoint("VAV 1-01 B-17 Q Space Temp")], { rules }).points[0];
    expect(guess?.role).toBe("reheat");
    expect(guess?.others.map((one) => one.role)).toEqual(["space-temp"]);
  });

  it("is taken by one point, and the others say by whom and why", () => {
    const model = modelOf([
      buildingPoint("VAV 1-01 Space Temp", { unit: "°F" }),
      buildingPoint("VAV 1-01 Zone Temp"),
      buildingPoint("VAV 1-01 Avg Space Temp", { unit: "°F" }),
    ]);
    expect(equipmentOf(model, "vav-1-01")?.roles.get("space-temp")?.path).toBe("VAV 1-01 Space Temp");
    expect(guessOf(model, "VAV 1-01 Space Temp")?.shadowedBy).toBeUndefined();
    expect(guessOf(model, "VAV 1-01 Zone Temp")?.shadowedBy).toBe(
      '"VAV 1-01 Space Temp" is taken for the space temperature: it has values and this one has none.',
    );
    expect(guessOf(model, "VAV 1-01 Avg Space Temp")?.shadowedBy).toBe(
      '"VAV 1-01 Space Temp" is taken for the space temperature: it says more surely what it is.',
    );
  });

  it("is taken by the supply fan where a unit has several", () => {
    const model = modelOf(["Return Fan Status", "Supply Fan Status", "Exhaust Fan Status"].map((name) => buildingPoint(`AHU 1 ${name}`)));
    expect(equipmentOf(model, "ahu-1")?.roles.get("fan-status")?.path).toBe("AHU 1 Supply Fan Status");
  });
});

describe("a decision", () => {
  const points = [buildingPoint("VAV 1-01 Space Temp"), buildingPoint("VAV 1-01 Zone Temp"), buildingPoint("VAV 1-02 Space Temp")];
  const [first, second] = points.map(({ point }) => point) as [string, string];

  it("makes the point the one of its role", () => {
    const model = modelOf(points, { decisions: [{ point: second, role: "space-temp", from: "page" }] });
    expect(equipmentOf(model, "vav-1-01")?.roles.get("space-temp")?.point).toBe(second);
    expect(guessOf(model, first)?.shadowedBy).toContain("a person decided so");
    expect(guessOf(model, second)?.roleEvidence).toEqual({
      rule: "page",
      sentence: "Decided on the page: space temperature.",
      confidence: 1,
    });
  });

  it("may be that a point has no role, or is part of nothing", () => {
    const model = modelOf(points, { decisions: [{ point: first, role: "none", equipment: "none", from: "file" }] });
    expect(guessOf(model, first)).toMatchObject({ roleEvidence: { rule: "file" }, others: [{ role: "space-temp" }] });
    expect(guessOf(model, first)?.role).toBeUndefined();
    expect(guessOf(model, first)?.equipment).toBeUndefined();
  });

  it("moves a point to equipment by id, name or any spelling, also to one not there yet", () => {
    const moved = (equipment: string) =>
      guessOf(modelOf(points, { decisions: [{ point: first, equipment, from: "page" }] }), first)?.equipment;
    expect(["vav-1-02", "VAV 1-02", "vav1_02", "Vav1$2d02"].map(moved)).toEqual(Array(4).fill("vav-1-02"));
    expect(moved("AHU 9")).toBe("ahu-9");
    expect(moved("Lobby Unit")).toBe("lobby-unit");
  });

  it("of the file goes before one of the page, and of the page the later one", () => {
    const say = (...decisions: Decision[]) => guessOf(modelOf(points, { decisions }), first)?.role;
    const page = (role: Role, factId: number): Decision => ({ point: first, role, from: "page", factId });
    expect(say(page("reheat", 7), { point: first, role: "flow", from: "file" }, page("power", 9))).toBe("flow");
    expect(say(page("power", 9), page("reheat", 7))).toBe("power");
  });

  it("gives equipment its name and floor, and keeps its id", () => {
    const model = modelOf(points, { equipment: [{ equipment: "vav-1-01", name: "Lobby", floor: "Ground", from: "page" }] });
    expect(equipmentOf(model, "vav-1-01")).toMatchObject({ name: "Lobby", floor: "Ground", root: "vav-1-01" });
  });

  it("always wins", () => {
    const role = fc.constantFrom<Role | "none">(...ROLES, "none");
    fc.assert(
      fc.property(fc.constantFrom(...points), role, fc.constantFrom("VAV 1-02", "AHU 5", "Attic"), (point, decided, equipment) => {
        const model = modelOf(points, { decisions: [{ point: point.point, role: decided, equipment, from: "page" }] });
        const guess = guessOf(model, point.point);
        expect(guess?.role ?? "none").toBe(decided);
        const own = equipmentOf(model, guess?.equipment ?? "");
        expect(own?.name).toBe(equipment);
        if (decided !== "none") expect(own?.roles.get(decided)?.point).toBe(point.point);
      }),
    );
  });
});

describe("equipment that several stations have", () => {
  it("is decided upon by its id, or through its points", () => {
    const points = ["A", "B"].map((station) => buildingPoint("VAV 1-01 Space Temp", { station, point: `p-${station}` }));
    const named = (equipment: string) =>
      modelOf(points, { equipment: [{ equipment, name: "Lobby", from: "page" }] }).equipment.map(({ name }) => name);
    expect(named("VAV 1-01")).toEqual(["VAV 1-01", "VAV 1-01"]);
    expect(named("b-vav-1-01")).toEqual(["Lobby", "VAV 1-01"]);
  });
});

describe("names that differ and give one key", () => {
  it("are told of each other and stay two points", () => {
    const points = ["VAV-1 01 Temp", "VAV 1-01 Temp", "vav1_01 Temp", "VAV 10-1 Temp"].map((path, i) =>
      buildingPoint(path, { point: `p${i}` }),
    );
    const model = modelOf(points);
    expect(guessOf(model, "p0")?.collidesWith).toEqual(["p1", "p2"]);
    expect(guessOf(model, "p3")?.collidesWith).toEqual([]);
    expect(model.points).toHaveLength(4);
    const elsewhere = modelOf([
      buildingPoint("VAV-1 01 Temp", { point: "a" }),
      buildingPoint("VAV 1-01 Temp", { point: "b", station: "Other" }),
    ]);
    expect(guessOf(elsewhere, "a")?.collidesWith).toEqual([]);
  });
});

describe("a model", () => {
  const parts = fc.constantFrom("Space Temp", "ZN-T", "Zone Setpoint", "CFM", "Damper", "DPR-O", "Reheat", "SAT", "Fan Status", "Alarm");
  const equipment = fc.constantFrom("VAV 1-01", "vav1_01", "VAV 2-03", "AHU 1", "AHU 2/VAV 1-01", "RTU 2", "Lobby", "RM-100A");
  const point = fc
    .record({
      equipment,
      part: parts,
      unit: fc.constantFrom(undefined, "°F", "cfm", "%", "text"),
      station: fc.constantFrom("A", "A", "B", ""),
    })
    .map(({ equipment: own, part, unit, station }) => buildingPoint(`${own} ${part}`, { station, ...(unit !== undefined && { unit }) }));
  const points = fc.uniqueArray(point, { maxLength: 24, selector: ({ point: id }) => id });

  it("does not depend on the order in which points come", () => {
    const shown = ({ points: guesses, equipment: all }: BuildingModel) =>
      JSON.stringify([guesses, all.map(({ roles, ...rest }) => [rest, [...roles].sort(([a], [b]) => (a < b ? -1 : 1))])]);
    fc.assert(
      fc.property(
        points.chain((some) => fc.tuple(fc.constant(some), fc.shuffledSubarray(some, { minLength: some.length }))),
        ([some, shuffled]) => shown(modelOf(some)) === shown(modelOf(shuffled)),
      ),
    );
  });

  it("keeps every point, and no role of equipment is lost or taken twice", () => {
    fc.assert(
      fc.property(points, (some) => {
        const model = modelOf(some);
        expect(model.points).toHaveLength(some.length);
        for (const guess of model.points) {
          if (guess.equipment === undefined || guess.role === undefined) continue;
          const taken = equipmentOf(model, guess.equipment)?.roles.get(guess.role);
          expect(taken === guess.point).toBe(guess.shadowedBy === undefined);
        }
      }),
    );
  });

  it("reads one name alike whatever its case, separators and escapes", () => {
    const words = fc.constantFrom(
      "Space Temp",
      "Box Flow Setpoint",
      "Max Air Flow",
      "Occ Heating Setpoint",
      "Damper Position",
      "Reheat Stage 1",
      "Fan Status",
    );
    const spell = fc.constantFrom<(text: string) => string>(
      (text) => text,
      (text) => text.toUpperCase(),
      (text) => text.toLowerCase(),
      (text) => text.replaceAll(" ", "_"),
      (text) => text.replaceAll(" ", "$20").replaceAll("-", "$2d"),
      (text) => text.replaceAll(" ", "-"),
      (text) => text.replaceAll(" ", "."),
      (text) => text.replace(/ (?=[A-Z])/g, ""),
    );
    fc.assert(
      fc.property(words, spell, (name, how) => {
        const plain = only(buildingPoint(`Vav 1-01 ${name}`));
        const spelled = only(buildingPoint(how(`Vav 1-01 ${name}`)));
        expect([spelled?.equipment, spelled?.role]).toEqual([plain?.equipment, plain?.role]);
        expect(spelled?.role).toBeDefined();
      }),
    );
  });
});
