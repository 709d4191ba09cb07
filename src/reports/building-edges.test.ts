import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { QUALITY } from "#series/quality.ts";
import { BuildingWorld, polled, type Said } from "#test/building-world.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const F = { unit: "°F" };
const CFM = { unit: "cfm", quantity: "airflow" };

let world: BuildingWorld;
beforeEach(async () => {
  world = await BuildingWorld.open("2026-03-12 16:00");
});
afterEach(() => world.close());

const rows = (from: string, everyMs: number, values: readonly number[]): Said[] =>
  values.map((value, i) => [world.at(from) + i * everyMs, value] as const);

describe("at the edge of a range", () => {
  it("the sample before it is no row of its health", async () => {
    await world.say("VAV 1-01 Space Temp", rows("2026-03-12 08:00", 10 * MINUTE, Array(13).fill(72)), F);
    await world.say("VAV 1-01 Box Flow", rows("2026-03-12 08:00", 10 * MINUTE, [10, ...Array(12).fill(500)]), CFM);
    const damper = rows("2026-03-12 08:00", 10 * MINUTE, [100, ...Array(12).fill(50)]);
    await world.say("VAV 1-01 Damper Position", damper, { unit: "%" });
    for (const health of ["seed", "later"] as const) {
      const stuck = async (from: string) =>
        (await world.fresh({ health }).zone("vav-1-01", world.range(from, "2026-03-12 10:10")))?.health.parts.find(
          ({ name }) => name === "damper-stuck",
        )?.value;
      expect(await stuck("2026-03-12 08:05")).toBe(100);
      expect(await stuck("2026-03-12 08:00")).toBeCloseTo(100 - 100 / 13, 9);
    }
  });

  it("the sample before it is in no share of what a sensor says", async () => {
    await world.say("VAV 1-01 Space Temp", rows("2026-03-12 08:00", 10 * MINUTE, [72, 72.5, -250, 73, -250, 72]), F);
    const found = await world.reports.findings(world.range("2026-03-12 08:15", "2026-03-12 09:00"));
    expect(found.find(({ rule }) => rule === "sentinel")).toMatchObject({ sharePct: 50 });
  });

  it("another source fills no stretch that is not silent, wherever the range ends", async () => {
    const own = rows("2026-03-12 08:00", 10 * MINUTE, Array(20).fill(72));
    const other = rows("2026-03-12 08:05", 10 * MINUTE, Array(20).fill(90));
    const settings = { ranked: ["station", "export"] };
    await world.say("VAV 1-01 Space Temp", own, F);
    await world.say("VAV 1-01 Space Temp", other, { ...F, source: "export" });
    await world.say("VAV 1-01 Effective Setpoint", rows("2026-03-12 07:00", MINUTE, [72]), F);
    const comfort = async (to: string) =>
      (await world.fresh(settings).zone("vav-1-01", world.range("2026-03-12 08:00", to)))?.comfort.samples;
    // At 9:07 the next sample of its own is three minutes away.
    expect([await comfort("2026-03-12 09:07"), await comfort("2026-03-12 09:11")]).toEqual([7, 8]);
  });

  it("another source fills what is silent until now once it is silent for long enough", async () => {
    await world.say("VAV 1-01 Space Temp", rows("2026-03-12 08:00", 10 * MINUTE, Array(30).fill(72)), F);
    await world.say("VAV 1-01 Space Temp", rows("2026-03-12 08:05", 10 * MINUTE, Array(47).fill(72)), { ...F, source: "export" });
    await world.say("VAV 1-01 Effective Setpoint", rows("2026-03-12 07:00", MINUTE, [72]), F);
    const samples = async () =>
      (await world.fresh({ ranked: ["station", "export"] }).zone("vav-1-01", world.range("2026-03-12 08:00", "2026-03-13")))?.comfort
        .samples;
    // The last of its own is of 12:50.
    world.clockMs = world.at("2026-03-12 13:40");
    expect(await samples()).toBe(30);
    world.clockMs = world.at("2026-03-12 14:00");
    expect(await samples()).toBe(37);
  });

  it("an override that ended where it begins is none of it", async () => {
    const held = QUALITY.overridden;
    await world.say("VAV 1-01 Damper Position", [["2026-03-12 08:00", 20, held], ["2026-03-12 09:00", 30]], { unit: "%" }); // biome-ignore format: one row
    const ranges = ["2026-03-12 08:30", "2026-03-12 09:00"].map((from) => world.range(from, "2026-03-12 12:00"));
    const told = await Promise.all(ranges.map((range) => world.reports.overrides(range)));
    expect(told.map(({ length }) => length)).toEqual([1, 0]);
  });
});

it("a station is not silent in the time before most of its histories began: the few there were say so", async () => {
  const [old, young, now] = ["2026-03-09", "2026-03-11", "2026-03-12 16:00"].map((text) => world.at(text)) as [number, number, number];
  for (let box = 1; box <= 50; box += 1) {
    const value = (_: number, i: number): number => 72 + (i % 5) / 10;
    await world.say(`VAV 1-${box} Space Temp`, polled(young, now, { everyMs: 5 * MINUTE, value }), F);
  }
  // Once there were one box and one setpoint.
  await world.say("VAV 9-01 Space Temp", polled(old, young, { everyMs: 30 * MINUTE, value: (_, i) => 71 + (i % 4) / 2 }), F);
  await world.say("VAV 9-01 Effective Setpoint", [[old - HOUR, 72]], F);
  const zone = await world.reports.zone("vav-9-01", world.range("2026-03-10", "2026-03-11"));
  expect(zone?.comfort).toMatchObject({ samples: 22, by: "one-setpoint", withinPct: 100 });
});

describe("a finding", () => {
  it("that fills all that was judged may have begun before, one whose beginning was seen did not", async () => {
    const F_SP = rows("2026-03-11 00:00", MINUTE, [72]);
    await world.say("VAV 1-01 Effective Setpoint", F_SP, F);
    await world.say("VAV 2-02 Effective Setpoint", F_SP, F);
    const poll = (value: (tMs: number, i: number) => number) =>
      polled(world.at("2026-03-11"), world.clockMs, { everyMs: 10 * MINUTE, value });
    const noonMs = world.at("2026-03-12 12:00");
    await world.say(
      "VAV 1-01 Space Temp",
      poll((_, i) => 79 + (i % 3) / 10),
      F,
    );
    await world.say(
      "VAV 2-02 Space Temp",
      poll((tMs, i) => (tMs < noonMs ? 72 : 79) + (i % 3) / 10),
      F,
    );
    const found = await world.reports.findings(world.range("2026-03-12", "2026-03-13"));
    const hot = found
      .filter(({ rule }) => rule === "hot-zone")
      .map(({ equipment, sinceMs, sinceOrBefore }) => [equipment, sinceMs, sinceOrBefore]);
    expect(hot).toEqual([
      // A quarter of an hour after people came nothing is judged.
      ["vav-1-01", world.at("2026-03-12 07:20"), true],
      ["vav-2-02", noonMs, false],
    ]);
  });

  it("of a sensor that said nothing else may have begun before as well", async () => {
    const poll = (value: number) =>
      polled(world.at("2026-03-12"), world.clockMs, { everyMs: 10 * MINUTE, value: (_, i) => (i < 3 ? value : -250) });
    await world.say("VAV 1-01 Space Temp", poll(-250), F);
    await world.say("VAV 2-02 Space Temp", poll(72), F);
    const found = await world.reports.findings(world.range("2026-03-12", "2026-03-13"));
    const dead = found.filter(({ rule }) => rule === "sentinel").map(({ equipment, sinceOrBefore }) => [equipment, sinceOrBefore]);
    expect(Object.fromEntries(dead)).toEqual({ "vav-1-01": true, "vav-2-02": false });
  });
});

it("what heats at a box is its reheat, and a damper of which only the command is known stands there", async () => {
  const poll = (value: (tMs: number, i: number) => number) =>
    polled(world.at("2026-03-12 08:00"), world.clockMs, { everyMs: 10 * MINUTE, value });
  await world.say(
    "VAV 1-01 Space Temp",
    poll((_, i) => 74 + (i % 3) / 10),
    F,
  );
  await world.say("VAV 1-01 Effective Setpoint", rows("2026-03-12 07:00", MINUTE, [72]), F);
  await world.say(
    "VAV 1-01 Heating Valve",
    poll((_, i) => 40 + (i % 5)),
    { unit: "%" },
  );
  await world.say(
    "VAV 1-01 Box Flow",
    poll(() => 20),
    CFM,
  );
  await world.say(
    "VAV 1-01 Box Flow Setpoint",
    poll(() => 500),
    CFM,
  );
  await world.say(
    "VAV 1-01 Damper Cmd",
    poll(() => 100),
    { unit: "%" },
  );
  const zone = await world.reports.zone("vav-1-01", world.range("2026-03-12", "2026-03-13"));
  const parts = Object.fromEntries((zone?.health.parts ?? []).map(({ name, value }) => [name, value]));
  expect(parts).toMatchObject({ reheat: 0, "damper-stuck": 0 });
});

it("in the night of a Sunday it is told how it was when people were there last, and who was in trouble then", async () => {
  world.clockMs = world.at("2026-03-15 03:00");
  const fridayMs = world.at("2026-03-13 12:30");
  for (const [name, late] of [
    ["VAV 1-01", 72],
    ["VAV 2-02", 79],
  ] as const) {
    await world.say(`${name} Effective Setpoint`, [["2026-03-12 00:00", 72]], F);
    const value = (tMs: number, i: number): number => (tMs >= fridayMs && tMs < world.at("2026-03-13 18:00") ? late : 72) + (i % 3) / 10;
    await world.say(`${name} Space Temp`, polled(world.at("2026-03-12"), world.clockMs, { everyMs: 10 * MINUTE, value }), F);
  }
  const now = await world.reports.overview(world.range("2026-03-15", "2026-03-15 03:00"));
  expect(now.zones.map(({ zone, comfort, lastComfort }) => [zone.id, comfort.judgedMs, lastComfort?.withinTimePct])).toEqual([
    ["vav-2-02", 0, 50],
    ["vav-1-01", 0, 100],
  ]);
  expect(now.comfortPct).toBeNaN();
  expect(now.lastOpen).toEqual({ ...world.range("2026-03-13 07:00", "2026-03-13 18:00"), comfortPct: 75 });
  expect(now.sentence).toBe(
    "All 2 zones are inside their band. Closed since Fri 18:00; comfortable for 75 % of the zone hours of that day, VAV 2-02 least (50 %). Nobody is expected until Mon 07:00.",
  );
  world.clockMs = world.at("2026-03-16 07:01");
  const open = await world.reports.overview(world.range("2026-03-16", "2026-03-17"));
  expect([open.occupiedNow, open.lastOpen, open.zones[0]?.lastComfort]).toEqual([true, undefined, undefined]);
});

it("a restart changes no answer", async () => {
  const poll = (value: (tMs: number, i: number) => number) =>
    polled(world.at("2026-03-10"), world.clockMs, { everyMs: 10 * MINUTE, value });
  await world.say(
    "VAV 1-01 Space Temp",
    poll((_, i) => 70 + (i % 13) / 2),
    F,
  );
  await world.say("VAV 1-01 Effective Setpoint", [["2026-03-09 20:00", 72], ["2026-03-11 09:30", 73, QUALITY.overridden, "{overridden}"]], F); // biome-ignore format: one row
  await world.say(
    "VAV 1-01 Box Flow",
    poll((_, i) => 400 + (i % 5) * 40),
    CFM,
  );
  await world.say("AHU 1 Fan Status", [["2026-03-10 06:00", "On"], ["2026-03-11 19:00", "Off"], ["2026-03-12 06:30", "On"]]); // biome-ignore format: one row
  const range = world.range("2026-03-10", "2026-03-13");
  const answers = async () => [
    await world.reports.overview(range),
    await world.reports.zone("vav-1-01", range),
    await world.reports.findings(range),
    await world.reports.overrides(range),
    await world.reports.stopped(),
  ];
  const before = await answers();
  await world.restart();
  expect(await answers()).toEqual(before);
});
