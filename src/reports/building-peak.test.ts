import { afterEach, describe, expect, it } from "vitest";
import { QUALITY } from "#series/quality.ts";
import { BuildingWorld, type HistoryParts, polled, type Said } from "#test/building-world.ts";
import type { PeakAnswer, PeakMover } from "./building-answers.ts";
import type { BuildingSettings } from "./building-settings.ts";

// Friday 2026-03-20 in New York; clocks went forward on Sunday the 8th.
const NOW = "2026-03-20 18:00";
const BEGIN = "2026-02-16";
const QUARTER = 900_000;
const KW = { unit: "kW", quantity: "power" };
const F = { unit: "°F" };
const NEW_YORK = { zone: "America/New_York" };

let world: BuildingWorld;
afterEach(() => world.close());

const open = async (said: Partial<BuildingSettings> = {}, now = NOW): Promise<void> => {
  world = await BuildingWorld.open(now, { ...NEW_YORK, ...said });
};
/** Local hour of an instant, 0 to 24. */
const hourOf = (tMs: number): number => (world.zone.localOf(tMs) / 3_600_000) % 24;
const isAt = (tMs: number, from: string, to: string): boolean => tMs >= world.at(from) && tMs < world.at(to);
const isWild = (tMs: number): boolean => isAt(tMs, "2026-03-19 14:00", "2026-03-19 15:00");
const each = (value: (tMs: number, i: number) => number, from = BEGIN, to = NOW): Said[] =>
  polled(world.at(from), world.at(to), { everyMs: QUARTER, value });
const say = (name: string, value: (tMs: number, i: number) => number, parts: HistoryParts = F) => world.say(name, each(value), parts);
/** Never the same twice, always the same by its number. */
const wobble = (i: number, by: number): number => by * Math.sin(i * 12.9898);
const peak = async (from?: string, to?: string, of?: string): Promise<PeakAnswer> => {
  const range = from === undefined || to === undefined ? {} : { range: world.range(from, to) };
  const found = await world.reports.peak?.({ ...range, ...(of === undefined ? {} : { of }) });
  if (found === undefined) throw new Error("nothing was found");
  return found;
};
const mover = ({ movers }: PeakAnswer, name: string): PeakMover | undefined => movers.find((one) => one.name === name);
const WILD = ["2026-03-19 14:00", "2026-03-19 14:15"] as const;

const base = (tMs: number): number => 100 + 60 * Math.exp(-(((hourOf(tMs) - 13) / 4) ** 2));

/** A building with meters, weather, two air handlers, of which the first runs wild for an hour, and two boxes. */
async function building(): Promise<void> {
  await say("Main Electric Power", (tMs, i) => base(tMs) + wobble(i, 1) + (isWild(tMs) ? 50 : 0), KW);
  await say("Chiller Power", (tMs, i) => 30 + wobble(i + 3, 0.5) + (isWild(tMs) ? 36 : 0), KW);
  await say("AHU-1 Fan Power", (tMs, i) => 8 + wobble(i + 7, 0.2) + (isWild(tMs) ? 12 : 0), KW);
  await say("Lighting Power", (tMs, i) => 40 + wobble(i + 9, 0.5) + (isWild(tMs) ? 2 : 0), KW);
  await say("Outdoor Air Temp", (tMs, i) => 60 + wobble(i, 1) + 8 * Math.sin((hourOf(tMs) / 24) * Math.PI));
  for (const unit of ["AHU-1", "AHU-2"]) {
    const wild = (tMs: number): number => (unit === "AHU-1" && isWild(tMs) ? 1 : 0);
    await say(`${unit} Mixed Air Temp`, (tMs, i) => 70 + wobble(i + 2, 0.6) + 11 * wild(tMs));
    await say(`${unit} Supply Fan Speed`, (tMs, i) => 55 + wobble(i + 5, 3) + 40 * wild(tMs), { unit: "%" });
    await say(`${unit} Cooling Valve`, (tMs, i) => 40 + wobble(i + 6, 4) + 50 * wild(tMs), { unit: "%", quantity: "valve-position" });
  }
  for (const box of ["VAV 1-01", "VAV 1-02"]) {
    await say(`${box} Space Temp`, (tMs, i) => 72 + wobble(i, 0.4) + (box === "VAV 1-02" && isWild(tMs) ? 5 : 0));
    await say(`${box} Effective Setpoint`, () => 72);
    await say(`${box} Box Flow`, (_, i) => 400 + wobble(i + 4, 20), { unit: "cfm", quantity: "airflow" });
  }
}

describe("a peak", () => {
  it("names what ran wild first, and what it cost", async () => {
    await open();
    await building();
    const found = await peak();
    expect(found.of).toMatchObject({ point: "tower/main-electric-power", name: "Main Electric Power" });
    // The highest quarter-hour of the last month is found by itself.
    expect(found.range.fromMs).toBeGreaterThanOrEqual(world.at("2026-03-19 14:00"));
    expect(found.range.toMs).toBeLessThanOrEqual(world.at("2026-03-19 15:00"));
    expect(found.sentence).toMatch(
      /^On 2026-03-19 from 14:\d\d to 1\d:\d\d Main Electric Power drew 2\d\d kW, \d\d(\.\d)? kW above the middle of \d+ days alike: Chiller Power \+3\d(\.\d)? kW, AHU-1 Fan Power \+1\d(\.\d)? kW\. Most unlike itself was AHU 1 \(Supply Fan Speed 9\d(\.\d)? %, usually 5\d(\.\d)? %\)\.$/,
    );
    const first = found.movers.filter(({ unit }) => unit !== "kW").slice(0, 3);
    expect(new Set(first.map(({ equipment }) => equipment))).toEqual(new Set(["ahu-1"]));
    expect(found.movers.filter(({ equipment, score }) => equipment === "ahu-2" && Math.abs(score) >= 3)).toEqual([]);
    expect(mover(found, "VAV 1-02 Space Temp")?.score).toBeGreaterThan(3);
    expect(mover(found, "VAV 1-02 Space Temp")?.sentence).toMatch(/^VAV 1-02 Space Temp stood at 7\d(\.\d)? °F, usually 7\d(\.\d)?\.$/);
  });

  it("has shares that add up to what was above usual", async () => {
    await open();
    await building();
    const found = await peak(...WILD);
    const above = found.of.valueKw - found.of.usualKw;
    const parts = found.movers.filter(({ unit }) => unit === "kW");
    expect(parts.length).toBe(3);
    for (const { value, usual, sharePct } of parts) expect(sharePct).toBeCloseTo((100 * (value - usual)) / above, 9);
    expect(parts.reduce((sum, { sharePct }) => sum + sharePct, 0)).toBeCloseTo(100, -1);
    expect(found.movers.filter(({ unit }) => unit !== "kW").every(({ sharePct }) => Number.isNaN(sharePct))).toBe(true);
  });

  it("has comfort beside it, and at the same time of the days alike", async () => {
    await open();
    await building();
    const { comfort } = await peak(...WILD);
    expect(comfort).toEqual({ withinPct: 50, usualWithinPct: 100, zonesOutside: ["vav-1-02"] });
    // At night nobody is due.
    expect((await peak("2026-03-19 02:00", "2026-03-19 02:15")).comfort).toEqual({
      withinPct: Number.NaN,
      usualWithinPct: Number.NaN,
      zonesOutside: [],
    });
  });

  it("has the curve of its day beside the days alike", async () => {
    await open();
    await building();
    const { curve } = await peak(...WILD);
    expect(curve).toHaveLength(96);
    expect(curve[0]?.tMs).toBe(world.at("2026-03-19"));
    const at = (text: string) => curve.find(({ tMs }) => tMs === world.at(text));
    expect(at("2026-03-19 14:00")?.kw).toBeGreaterThan((at("2026-03-19 14:00")?.high ?? 0) + 40);
    for (const { usual, low, high } of curve) expect([low <= usual, usual <= high]).toEqual([true, true]);
    // The day of the clock change has an hour less.
    expect((await peak("2026-03-08 14:00", "2026-03-08 14:15")).curve).toHaveLength(92);
    // Today is not over yet.
    const today = (await peak("2026-03-20 14:00", "2026-03-20 14:15")).curve;
    expect(today.at(-1)?.kw).toBeNaN();
    expect(today.at(-1)?.usual).toBeGreaterThan(90);
  });

  it("never names what says the same on all days", async () => {
    await open();
    await building();
    await say("AHU-1 Filter Pressure", () => 0.4, { unit: "inH2O", quantity: "pressure" });
    await world.say("AHU-1 Supply Fan Status", [["2026-02-16 00:00", "On"]]);
    const { movers } = await peak(...WILD);
    const names = movers.map(({ name }) => name);
    expect(names).not.toContain("AHU-1 Filter Pressure");
    expect(names).not.toContain("AHU-1 Supply Fan Status");
    expect(names.some((name) => name.endsWith("Effective Setpoint"))).toBe(false);
  });

  it("names what is on or off by the share of time it is on", async () => {
    await open();
    await building();
    // Held since weeks, but for ten minutes of the quarter-hour.
    await world.say("EF-1 Exhaust Fan Status", [
      ["2026-01-01 00:00", "Off"],
      ["2026-03-19 14:05", "On"],
      ["2026-03-19 14:15", "Off"],
    ]);
    const found = mover(await peak(...WILD), "EF-1 Exhaust Fan Status");
    expect(found).toMatchObject({ usual: 0, unit: "% of the time on" });
    expect(found?.value).toBeCloseTo(66.67, 1);
    expect(found?.score).toBeGreaterThan(5);
  });

  it("leaves out what is no value", async () => {
    await open();
    await building();
    const wrong = (tMs: number): number => (isAt(tMs, "2026-03-10", "2026-03-12") ? -250 : 70 + wobble(tMs / QUARTER, 0.5));
    await say("AHU-2 Return Air Temp", wrong);
    await world.say(
      "AHU-2 Discharge Air Temp",
      [
        ...each((_, i) => 55 + wobble(i, 0.5), BEGIN, "2026-03-19 14:00"),
        ["2026-03-19 14:00", Number.NaN],
        ["2026-03-19 14:10", 99, QUALITY.badStatus, "{fault}"],
      ],
      F,
    );
    const { movers } = await peak(...WILD);
    expect(movers.find(({ name }) => name === "AHU-2 Discharge Air Temp")).toBeUndefined();
    const back = movers.find(({ name }) => name === "AHU-2 Return Air Temp");
    if (back !== undefined) expect(back.low).toBeGreaterThan(69);
    // The weather said -250 as well on a day: it is not called as warm as another one.
    await world.say(
      "Outdoor Air Temp",
      [
        ["2026-03-17 14:00", -250],
        ["2026-03-17 14:05", -250],
      ],
      F,
    );
    const days = (await peak(...WILD)).similarDays;
    expect(days.map(({ date }) => date)).not.toContain("2026-03-17");
    expect(days.every(({ outdoor }) => outdoor > 40)).toBe(true);
  });
});

describe("days alike", () => {
  it("are taken by the clock on the wall, on both sides of a change of clocks", async () => {
    await open();
    const load = (tMs: number): number => (Math.floor(hourOf(tMs)) === 14 ? 200 : 100);
    await say("Main Electric Power", (tMs, i) => load(tMs) + wobble(i, 0.1), KW);
    const { similarDays, of } = await peak("2026-03-18 14:00", "2026-03-18 15:00");
    expect(similarDays.length).toBe(20);
    expect(similarDays.some(({ date }) => date < "2026-03-08")).toBe(true);
    for (const { kw } of similarDays) expect(kw).toBeCloseTo(200, 0);
    expect(of.usualKw).toBeCloseTo(200, 0);
  });

  it("are known for an hour that comes twice", async () => {
    await open({}, "2026-11-06 12:00");
    const load = (tMs: number): number => (isAt(tMs, "2026-11-01 01:30", "2026-11-01 01:45") ? 300 : 100);
    await world.say("Main Electric Power", polled(world.at("2026-10-04"), world.clockMs, { everyMs: QUARTER, value: load }), KW);
    const first = world.at("2026-11-01 01:30");
    const again = { fromMs: first + 3_600_000, toMs: first + 3_600_000 + QUARTER };
    const found = await world.reports.peak?.({ range: again });
    expect(found?.of).toMatchObject({ valueKw: 100, usualKw: 100 });
    expect(found?.similarDays.map(({ date }) => date)).toEqual(["2026-10-25", "2026-10-18", "2026-10-11", "2026-10-04"]);
    expect(found?.curve).toHaveLength(100);
  });

  it("do not hold holidays, nor days of which most is not known", async () => {
    await open({ holidays: ["2026-03-12"] });
    const dead = (tMs: number): boolean =>
      isAt(tMs, "2026-03-10 00:00", "2026-03-10 13:00") || isAt(tMs, "2026-03-11 14:00", "2026-03-11 15:00");
    await world.say(
      "Main Electric Power",
      each((_, i) => 100 + wobble(i, 3)).filter(([at]) => !dead(at as number)),
      KW,
    );
    const found = await peak("2026-03-18 14:00", "2026-03-18 15:00");
    const dates = found.similarDays.map(({ date }) => date);
    expect(dates).toContain("2026-03-13");
    for (const date of ["2026-03-10", "2026-03-11", "2026-03-12", "2026-03-14", "2026-03-18"]) expect(dates).not.toContain(date);
    expect(found.outdoor).toBeUndefined();
    expect(found.method).toContain("the nearest ones, since the outdoor temperature is not known");
    // A holiday is like a Sunday.
    const holiday = await peak("2026-03-12 14:00", "2026-03-12 15:00");
    expect(holiday.similarDays.map(({ date }) => new Date(`${date}T12:00Z`).getUTCDay())).toEqual(holiday.similarDays.map(() => 0));
  });
});

describe("a load", () => {
  it("is not there where nothing tells of power", async () => {
    await open();
    await say("VAV 1-01 Space Temp", (_, i) => 72 + wobble(i, 1));
    expect(await world.reports.peak?.({})).toBeUndefined();
    await say("Main Electric Power", (_, i) => 72 + wobble(i, 1), KW);
    expect(await world.reports.peak?.({ of: "tower/nothing" })).toBeUndefined();
    expect((await world.reports.peak?.({ range: world.range(...WILD) }))?.of.valueKw).toBeCloseTo(72, -1);
  });

  it("is the same whether power is measured, demand is told at the end of its interval, or energy is counted", async () => {
    await open();
    const kw = (tMs: number): number => 100 + 4 * Math.floor(hourOf(tMs));
    const ends = (value: (tMs: number) => number, everyMs = QUARTER): Said[] =>
      polled(world.at(BEGIN) + everyMs, world.at(NOW) + 1, { everyMs, value: (endMs) => value(endMs - everyMs) });
    await say("Main Electric Power", kw, KW);
    await world.say("Main Demand", ends(kw), { unit: "kW", quantity: "demand", kind: "interval", intervalMs: QUARTER });
    await world.say(
      "Main Energy",
      ends((tMs) => kw(tMs) / 4),
      { unit: "kWh", quantity: "energy", kind: "interval", intervalMs: QUARTER },
    );
    await world.say("Main Hours", ends(kw, 4 * QUARTER), { unit: "kWh", quantity: "energy", kind: "interval" });
    let wh = 7e6;
    const register: Said[] = [[world.at(BEGIN), wh], ...ends((tMs) => (wh += kw(tMs) * 250))];
    // A register is read at the end of each quarter-hour, a moment before the next begins.
    const early = register.map(([at, value]): Said => [(at as number) - 1, value]);
    await world.say("Main Register", early, { unit: "Wh", quantity: "energy-total", kind: "counter" });
    const slow = early.filter((_, i) => i % 4 === 0);
    await world.say("Main Slow Register", slow, { unit: "Wh", quantity: "energy-total", kind: "counter" });
    const points = ["main-electric-power", "main-demand", "main-energy", "main-hours", "main-register", "main-slow-register"];
    for (const point of points) {
      const { of, peaks } = await peak("2026-03-18 10:00", "2026-03-18 11:00", `tower/${point}`);
      expect([point, of.valueKw, of.usualKw]).toEqual([point, expect.closeTo(140, 6), expect.closeTo(140, 6)]);
      expect([point, peaks[0]?.kw, peaks.length]).toEqual([point, expect.closeTo(192, 6), 10]);
    }
  });

  it("counts one that starts anew, or rests for long, as nothing known", async () => {
    await open();
    let kwh = 500;
    const register = each(() => (kwh += 20)).map(
      ([at, value]): Said => [
        (at as number) + QUARTER - 1,
        isAt(at as number, "2026-03-19 14:00", "2026-03-21") ? (value as number) - 40_000 : value,
      ],
    );
    const seen = register.filter(([at]) => !isAt(at as number, "2026-03-17 10:00", "2026-03-17 20:00"));
    await world.say("Main Register", seen, { unit: "kWh", quantity: "energy-total", kind: "counter" });
    expect((await peak(...WILD)).of.valueKw).toBeNaN();
    expect((await peak(...WILD)).sentence).toContain("nobody knows what Main Register drew");
    const next = await peak("2026-03-19 15:00", "2026-03-19 15:15");
    expect(next.of).toMatchObject({ valueKw: 80, usualKw: 80 });
    expect(next.similarDays.map(({ date }) => date)).not.toContain("2026-03-17");
  });

  it("of another site can be asked about where it is a whole, not where it is one of many", async () => {
    await open();
    await building();
    const site = { id: "plant", name: "Plant", zone: "America/New_York", currency: "USD" };
    const series = ["main", "saw"].map((point, i) => ({
      ...{ id: 900 + i, key: `plant/${point}/power@x`, site: "plant", point, quantity: "power", source: "x" },
      ...{ kind: "gauge" as const, unit: "kW", equalInstant: "last" as const },
    }));
    const points = series.map(({ point }) => ({ site: "plant", id: point, name: point === "main" ? "Main meter" : "Saw" }));
    await world.store.register({ sites: [site], points, series });
    const { choices } = await peak(...WILD);
    expect(choices.map(({ point }) => point)).toEqual([
      "tower/main-electric-power",
      "tower/ahu-1-fan-power",
      "tower/chiller-power",
      "tower/lighting-power",
      "plant/main",
    ]);
  });
});

describe("an answer that is kept", () => {
  it("is that of somebody who never asked before, whatever came meanwhile", async () => {
    await open();
    await building();
    const both = async (): Promise<PeakAnswer> => {
      const range = world.range(...WILD);
      const [kept, fresh] = [await world.reports.peak?.({ range }), await world.fresh().peak?.({ range })];
      expect(kept).toEqual(fresh);
      return kept as PeakAnswer;
    };
    const before = await both();
    world.clockMs = world.at("2026-03-20 18:20");
    await world.say("VAV 1-01 Space Temp", [["2026-03-20 18:19", 99]], F);
    await world.say("Main Electric Power", [["2026-03-20 18:10", 99]], KW);
    expect((await both()).movers).toEqual(before.movers);
    // One that comes late.
    await world.say("AHU-2 Supply Fan Speed", [["2026-03-19 14:07", 100]], { unit: "%" });
    expect(mover(await both(), "AHU-2 Supply Fan Speed")?.score).toBeGreaterThan(2);
    await world.say("Main Electric Power", [["2026-03-19 14:08", 900]], KW);
    expect((await both()).of.valueKw).toBeGreaterThan(400);
    await world.fact("vav-1-02-space-temp", "building-point", { role: "none" });
    expect((await both()).comfort.zonesOutside).toEqual([]);
  });
});
