import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { QUALITY } from "#series/quality.ts";
import { BuildingWorld, polled, type Said } from "#test/building-world.ts";
import type { BuildingNow, ZoneRow } from "./building-answers.ts";

// Thursday 2026-03-12, a little before three in the afternoon.
const NOW = "2026-03-12 14:50";
const MINUTE = 60_000;
const TEN = 10 * MINUTE;
const F = { unit: "°F" };
const CFM = { unit: "cfm", quantity: "airflow" };
const PCT = { unit: "%", quantity: "damper-position" };

let world: BuildingWorld;
beforeEach(async () => {
  world = await BuildingWorld.open(NOW);
});
afterEach(() => world.close());

const today = () => world.range("2026-03-12", NOW);
const every = (value: (tMs: number, i: number) => number, from = "2026-03-11 12:00", to = NOW): Said[] =>
  polled(world.at(from), world.at(to) + 1, { everyMs: TEN, value });
/** A room that never stands exactly still. */
const about = (middle: number) => (_: number, i: number) => Math.round(10 * (middle + 0.3 * Math.sin(i))) / 10;
const rowOf = ({ zones }: BuildingNow, id: string): ZoneRow => {
  const found = zones.find(({ zone }) => zone.id === id);
  if (found === undefined) throw new Error(`${id} is not there: ${zones.map(({ zone }) => zone.id).join(" ")}`);
  return found;
};
/** Two setpoints that were said 58 hours ago and did not change since. */
async function setpoints(box: string, heating = 70, cooling = 74): Promise<void> {
  await world.say(`${box} Effective Heating Setpoint`, [["2026-03-10 04:50", heating]], F);
  await world.say(`${box} Effective Cooling Setpoint`, [["2026-03-10 04:50", cooling]], F);
}
/** A fan that was switched on 92 hours ago. */
async function airHandler(name = "AHU-1"): Promise<void> {
  await world.say(`${name} Supply Fan Status`, [["2026-03-08 18:50", "On"]]);
  for (const box of ["vav-1-01", "vav-1-02", "vav-1-03", "vav-1-04"])
    await world.fact("", "building-equipment", { equipment: box, servedBy: "ahu-1" });
}
/** Somebody at the station speaks all the time. */
async function heartbeat(from = "2026-03-08 12:00"): Promise<void> {
  await world.say("Outdoor Air Temp", every(about(60), from), F);
}

describe("a zone inside its setpoints", () => {
  it("is comfortable for as long as they hold, though nobody repeated them for 58 hours", async () => {
    await heartbeat();
    await airHandler();
    await setpoints("VAV 1-01");
    await world.say("VAV 1-01 Space Temp", every(about(72)), F);
    const now = await world.reports.overview(today());
    const row = rowOf(now, "vav-1-01");
    expect(row).toMatchObject({ standing: "inside", outsideBy: 0, low: 68, high: 76, unit: "°F", findings: [] });
    // From seven to ten to three.
    expect(row.comfort).toMatchObject({ samples: 47, withinPct: 100, withinTimePct: 100, judgedMs: 470 * MINUTE, by: "two-setpoints" });
    expect(row.comfort.notJudged).toEqual([{ why: "warm-up", ms: 60 * MINUTE }]);
    expect(now).toMatchObject({ occupiedNow: true, comfortPct: 100, sentence: "The zone is inside its band.", overrides: 0 });
    expect(now.airHandlers).toMatchObject([{ running: true, zones: ["vav-1-01"], comfortPct: 100, starts: 0, runMs: 890 * MINUTE }]);
    expect(row.spark.value.filter((value) => !Number.isNaN(value)).length).toBe(96);
  });

  it("says how its columns were paired, and why", async () => {
    await heartbeat();
    await setpoints("VAV 1-01");
    await world.say("VAV 1-01 Space Temp", [...every(about(72)), ["2026-03-12 14:45", 72, QUALITY.badStatus, "{fault}"]], F);
    const zone = await world.reports.zone("vav-1-01", today());
    expect(zone?.pairings).toMatchObject([
      { role: "space-temp", excluded: [{ reason: "bad-status", samples: 1 }] },
      { role: "effective-heating-setpoint", how: "carried", unpaired: 0 },
      { role: "effective-cooling-setpoint", how: "carried", unpaired: 0 },
    ]);
    expect(zone?.columns.get("effective-heating-setpoint")).toMatchObject({ changeOfValue: true, unit: "°F" });
    // The line of a setpoint begins where it was said; bad samples are none.
    expect([...(zone?.columns.get("effective-heating-setpoint")?.column.tMs ?? [])]).toEqual([world.at("2026-03-10 04:50")]);
    expect(zone?.columns.get("space-temp")?.column.value.at(-1)).toBeNaN();
    expect(zone?.occupied).toEqual([{ fromMs: world.at("2026-03-12 07:00"), toMs: world.at(NOW) }]);
    expect(zone?.points.map(({ role }) => role).sort()).toEqual(["effective-cooling-setpoint", "effective-heating-setpoint", "space-temp"]);
    expect(zone?.airHandlerRan).toBeUndefined();
  });

  it("is no zone of the site under another name", async () => {
    expect(await world.reports.zone("vav-9", today())).toBeUndefined();
    expect((await world.reports.overview(today())).sentence).toBe("No zone has been found yet: no history names a box or a room.");
  });
});

describe("a zone that is too warm", () => {
  it("is told with how far, since when, and what its box does", async () => {
    await heartbeat();
    await airHandler();
    await setpoints("VAV 1-01");
    await setpoints("VAV 1-02");
    await world.say("VAV 1-01 Space Temp", every(about(72)), F);
    const leftMs = world.at("2026-03-12 09:40");
    await world.say(
      "VAV 1-02 Space Temp",
      every((tMs, i) => (tMs < leftMs ? about(72)(tMs, i) : 80.1 + (i % 2) / 10)),
      F,
    );
    await world.say(
      "VAV 1-02 Box Flow",
      every((_, i) => 170 + (i % 3)),
      CFM,
    );
    await world.say(
      "VAV 1-02 Flow Setpoint",
      every(() => 400),
      CFM,
    );
    await world.say(
      "VAV 1-02 Damper Position",
      every(() => 100),
      PCT,
    );
    const now = await world.reports.overview(today());
    expect(now.zones.map(({ zone }) => zone.id)).toEqual(["vav-1-02", "vav-1-01"]);
    const [row] = now.zones;
    expect(row).toMatchObject({ standing: "above", sinceMs: leftMs, high: 76 });
    expect(row?.outsideBy).toBeCloseTo(4.2, 6);
    expect(now.sentence).toBe("1 of 2 zones is inside its band; VAV 1-02 is worst, 4.2 °F above it since 09:40.");
    expect(now.counts).toMatchObject({ inside: 1, above: 1, below: 0 });
    expect(row?.comfort).toMatchObject({ tooWarmMs: 310 * MINUTE, tooColdMs: 0 });
    expect(row?.airflow).toMatchObject({ samples: 89, withinPct: 0, unit: "cfm", tolerance: { percent: 10, absolute: 50 } });
    expect(row?.findings.map(({ rule }) => rule)).toEqual(expect.arrayContaining(["starved-box", "hot-zone"]));
    expect(row?.findings.map(({ rule }) => rule)).not.toContain("poor-flow-tracking");
    expect(await world.reports.findings(today())).toEqual(expect.arrayContaining([...(row?.findings ?? [])]));
    expect(row?.health).toMatchObject({ variant: "later", status: "critical" });
  });

  it("may have been so for days", async () => {
    await heartbeat();
    await setpoints("VAV 1-01");
    await world.say(
      "VAV 1-01 Space Temp",
      every((_, i) => 78 + (i % 2) / 10, "2026-03-10 06:00"),
      F,
    );
    const [row] = (await world.reports.overview(today())).zones;
    expect(row?.sinceMs).toBe(world.at("2026-03-10 06:00"));
  });
});

describe("units and words", () => {
  it("a band of 2 °F is 10/9 K for a zone in °C, and a setpoint in °F is brought to it", async () => {
    await heartbeat();
    await world.say(
      "VAV 1-01 Space Temp",
      every((_, i) => (i % 2 === 0 ? 23.33 : 23.34)),
      { unit: "°C" },
    );
    await world.say("VAV 1-01 Effective Setpoint", [["2026-03-10 04:50", 72]], F);
    const [row] = (await world.reports.overview(today())).zones;
    // 72 °F are 22.2 °C; the band ends at 23.33….
    expect(row?.high).toBeCloseTo(23.3333, 3);
    expect(row?.comfort).toMatchObject({ unit: "°C", by: "one-setpoint" });
    expect(row?.comfort.withinPct).toBeCloseTo(50, -1);
  });

  it("where the sender says no unit, that of the building is assumed, and said", async () => {
    await heartbeat();
    await world.say("VAV 1-01 Space Temp", every(about(72)), {});
    await world.say("VAV 1-01 Effective Setpoint", [["2026-03-10 04:50", 72]], {});
    const zone = await world.reports.zone("vav-1-01", today());
    expect(zone).toMatchObject({ standing: "inside", unit: "°F" });
    expect(zone?.pairings[0]?.because).toContain("Its sender says no unit: °F is assumed.");
  });

  it("a setpoint in words is none", async () => {
    await heartbeat();
    await world.say("VAV 1-01 Space Temp", every(about(72)), F);
    await world.say("VAV 1-01 Effective Setpoint", [["2026-03-10 04:50", "Auto"]]);
    const now = await world.reports.overview(today());
    const [row] = now.zones;
    expect(row).toMatchObject({ standing: "no-setpoint", outsideBy: Number.NaN, comfort: { by: "none", judgedMs: 0 } });
    expect(row?.findings.map(({ rule }) => rule)).toEqual(["no-setpoint"]);
    expect(now.sentence).toBe("None of 1 zone can be judged: one has a temperature and no setpoint to compare it with.");
  });
});

describe("sensors that are not to be believed", () => {
  it("a flat one is not judged, one of -250 neither, one in fault neither, one that stopped neither", async () => {
    await heartbeat();
    for (const box of ["VAV 1-01", "VAV 1-02", "VAV 1-03", "VAV 1-04"]) await setpoints(box);
    await world.say(
      "VAV 1-01 Space Temp",
      every(() => 72, "2026-03-11 06:00"),
      F,
    );
    await world.say(
      "VAV 1-02 Space Temp",
      every(() => -250),
      F,
    );
    await world.say("VAV 1-03 Space Temp", [...every(about(72)), [NOW, 72, QUALITY.badStatus, "{fault}"]], F);
    await world.say("VAV 1-04 Space Temp", every(about(72), "2026-03-11 12:00", "2026-03-12 08:00"), F);
    const now = await world.reports.overview(today());
    expect(now.counts).toEqual({ inside: 0, above: 0, below: 0, "no-setpoint": 0, flat: 1, bad: 2, silent: 1 });
    expect(now.sentence).toBe("None of 4 zones can be judged: no temperature among them is to be trusted now.");
    const flat = rowOf(now, "vav-1-01");
    expect(flat.comfort).toMatchObject({ samples: 0, judgedMs: 0, notJudged: [{ why: "warm-up" }, { why: "no-value", ms: 470 * MINUTE }] });
    expect(flat.findings).toMatchObject([{ rule: "flat-sensor", sinceMs: world.at("2026-03-11 06:00"), point: "vav-1-01-space-temp" }]);
    expect(rowOf(now, "vav-1-02").findings.map(({ rule }) => rule)).toContain("sentinel");
    expect(rowOf(now, "vav-1-04")).toMatchObject({ standing: "silent", sinceMs: world.at("2026-03-12 08:00") });
    const stopped = await world.reports.stopped();
    expect(stopped.map(({ point, why }) => [point, why])).toEqual([
      ["vav-1-04-space-temp", "silent"],
      ["vav-1-01-space-temp", "flat"],
      ["vav-1-02-space-temp", "sentinel"],
      ["vav-1-03-space-temp", "bad-status"],
    ]);
    expect(stopped.map(({ sentence }) => sentence)).toEqual([
      "Silent since 08:00; it used to speak every 10 min.",
      "VAV 1-01 Space Temp has said exactly 72 °F for more than 24 h.",
      "It says -250 °F, which means that it has no value.",
      "Its status is {fault}: the value counts nowhere.",
    ]);
    expect(now.stopped).toBe(4);
  });

  it("a station that fell silent is told once, and nothing is carried over it", async () => {
    await heartbeat("2026-03-10 00:00");
    await setpoints("VAV 1-01");
    await world.say("VAV 1-01 Space Temp", every(about(72)), F);
    world.clockMs = world.at("2026-03-12 17:00");
    const now = await world.reports.overview(world.range("2026-03-12", "2026-03-12 17:00"));
    expect(now.zones[0]).toMatchObject({ standing: "silent" });
    expect(now.sentence).toBe("None of 1 zone says anything now; the newest value of the building is of 14:50.");
    expect(await world.reports.stopped()).toMatchObject([
      { why: "station-silent", name: "Station Tower", lastMs: world.at(NOW), sentence: expect.stringContaining("since 14:50") },
    ]);
    // It spoke again, and what the setpoints did meanwhile nobody knows.
    await world.say("Outdoor Air Temp", every(about(60), "2026-03-12 18:00", "2026-03-12 19:00"), F);
    await world.say("VAV 1-01 Space Temp", every(about(72), "2026-03-12 18:00", "2026-03-12 19:00"), F);
    world.clockMs = world.at("2026-03-12 19:00");
    const late = await world.reports.zone("vav-1-01", world.range("2026-03-12", "2026-03-13"));
    expect(late?.comfort.judgedMs).toBe(470 * MINUTE);
    expect(late?.pairings[1]).toMatchObject({ role: "effective-heating-setpoint", unpaired: 6 });
  });
});

describe("an air handler", () => {
  it("that is off leaves its zones in peace, one nobody knows anything of does not", async () => {
    await heartbeat();
    await setpoints("VAV 1-01");
    await setpoints("VAV 9-01");
    await world.say(
      "VAV 1-01 Space Temp",
      every((_, i) => 80 + (i % 2) / 10),
      F,
    );
    await world.say(
      "VAV 9-01 Space Temp",
      every((_, i) => 80 + (i % 2) / 10),
      F,
    );
    await world.say("AHU-1 Supply Fan Status", [
      ["2026-03-12 06:00", "On"],
      ["2026-03-12 10:00", "Off"],
      ["2026-03-12 12:00", "On"],
    ]);
    await world.say("AHU-2 Discharge Air Temp", every(about(55)), F);
    await world.fact("", "building-equipment", { equipment: "vav-1-01", servedBy: "ahu-1" });
    await world.fact("", "building-equipment", { equipment: "vav-9-01", servedBy: "ahu-2" });
    const zone = await world.reports.zone("vav-1-01", today());
    expect(zone?.comfort.judgedMs).toBe((180 + 170) * MINUTE);
    expect(zone?.comfort.notJudged).toContainEqual({ why: "air-handler-off", ms: 120 * MINUTE });
    expect(zone?.airHandlerRan).toEqual([
      { fromMs: world.at("2026-03-12 06:00"), toMs: world.at("2026-03-12 10:00") },
      { fromMs: world.at("2026-03-12 12:00"), toMs: world.at(NOW) },
    ]);
    const now = await world.reports.overview(today());
    expect(now.airHandlers).toMatchObject([
      { running: true, starts: 2, runMs: 410 * MINUTE },
      { starts: 0, runMs: Number.NaN },
    ]);
    expect(now.airHandlers[1]?.running).toBeUndefined();
    expect(rowOf(now, "vav-9-01").comfort.judgedMs).toBe(470 * MINUTE);
  });
});

describe("hours", () => {
  it("nobody is expected at night, on weekends and on holidays, and the sentence says so", async () => {
    await heartbeat();
    await setpoints("VAV 1-01");
    await world.say("VAV 1-01 Space Temp", every(about(72), "2026-03-11 12:00", "2026-03-13 22:00"), F);
    await world.say("Outdoor Air Temp", every(about(60), "2026-03-12 15:00", "2026-03-13 22:00"), F);
    world.clockMs = world.at("2026-03-13 21:50");
    const now = await world.fresh({ holidays: ["2026-03-16"] }).overview(world.range("2026-03-13", "2026-03-14"));
    expect(now).toMatchObject({ occupiedNow: false });
    expect(now.sentence).toBe(
      "The zone is inside its band. Closed since 18:00; comfortable for 100 % of the zone hours of that day. Nobody is expected until Tue 07:00.",
    );
    expect(now.zones[0]?.comfort.judgedMs).toBe(11 * 60 * MINUTE);
  });

  it("the word of an occupancy point counts before the clock", async () => {
    await heartbeat();
    await setpoints("VAV 1-01");
    await world.say("VAV 1-01 Space Temp", every(about(72)), F);
    await world.say("VAV 1-01 Occupancy", [
      ["2026-03-12 05:00", "Occupied"],
      ["2026-03-12 08:00", "Unoccupied"],
    ]);
    const zone = await world.reports.zone("vav-1-01", today());
    expect(zone?.occupied).toEqual([{ fromMs: world.at("2026-03-12 05:00"), toMs: world.at("2026-03-12 08:00") }]);
    expect(zone?.comfort.judgedMs).toBe(180 * MINUTE);
  });
});

describe("who is there", () => {
  it("is the very same until something of it changes, and what a page decides counts at once", async () => {
    await world.say("VAV 1-01 Space Temp", [[NOW, 72]], F);
    await world.say("Lobby", [[NOW, 72]], F);
    const before = await world.reports.model();
    const version = await world.reports.version();
    await world.store.register({ sites: [{ id: "other", name: "Other", zone: "UTC", currency: "EUR" }] });
    expect(await world.reports.model()).toBe(before);
    const fact = await world.fact("lobby", "building-point", { role: "space-temp", equipment: "Zone 7" });
    const after = await world.reports.model();
    expect(after.points.find(({ point }) => point.point === "lobby")).toMatchObject({ role: "space-temp", roleEvidence: { rule: "page" } });
    expect(await world.reports.version()).toBeGreaterThan(version);
    await world.store.register({ facts: [{ ...fact, undoneMs: world.clockMs }] });
    expect((await world.reports.model()).points.find(({ point }) => point.point === "lobby")?.role).toBe(
      before.points.find(({ point }) => point.point === "lobby")?.role,
    );
  });

  it("what the file says of a point no page changes", async () => {
    await world.say("Lobby", [[NOW, 72]], F);
    await world.fact("lobby", "building-point", { role: "outdoor-air-temp", equipment: "Zone 7" });
    const model = await world.fresh({ decisions: [{ point: "lobby", role: "space-temp", from: "file" }] }).model();
    expect(model.points[0]).toMatchObject({ role: "space-temp", equipment: "zone-7" });
  });

  it("two names that collide stay two points", async () => {
    await world.say("VAV-1 01 Space Temp", [[NOW, 70]], { ...F, point: "tower-vav-1-01-space-temp" });
    await world.say("VAV 1-01 Space Temp", [[NOW, 74]], { ...F, point: "tower-vav-1-01-space-temp-2" });
    const model = await world.reports.model();
    expect(model.points).toHaveLength(2);
    expect(model.points.every(({ collidesWith }) => collidesWith.length === 1)).toBe(true);
    expect(model.equipment.map(({ id }) => id)).toEqual(["vav-1-01"]);
  });
});

describe("several sources of one point", () => {
  it("the best that speaks counts, another fills where it was silent, and both are named", async () => {
    await heartbeat();
    await setpoints("VAV 1-01");
    const gap: Said[] = [...every(about(72), "2026-03-11 12:00", "2026-03-12 08:00"), ...every(about(72), "2026-03-12 12:00")];
    await world.say("VAV 1-01 Space Temp", gap, F);
    await world.say(
      "VAV 1-01 Space Temp",
      every((_, i) => 26 + (i % 2) / 10, "2026-03-12 07:05"),
      { unit: "°C", source: "export" },
    );
    const zone = await world.reports.zone("vav-1-01", today());
    expect(zone?.columns.get("space-temp")).toMatchObject({ series: "tower/vav-1-01-space-temp/value@station", unit: "°F" });
    expect(zone?.pairings[0]?.because).toContain("Where it was silent, tower/vav-1-01-space-temp/value@export filled in.");
    // From eight to twelve the export counts: 26 °C are 78.8 °F.
    expect(zone?.comfort.tooWarmMs).toBeGreaterThan(230 * MINUTE);
    expect(zone?.comfort.tooWarmMs).toBeLessThan(245 * MINUTE);
    expect(zone?.comfort.judgedMs).toBe(470 * MINUTE);
  });
});
