import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { HomeWorld, type Reading } from "#test/home-world.ts";

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** A winter's day in Berlin: its midnight. */
const DAY = Date.UTC(2026, 0, 14, 23);
const TEN = DAY + 10 * HOUR_MS;

let world: HomeWorld;
beforeEach(async () => {
  world = await HomeWorld.open(DAY + 12 * HOUR_MS);
});
afterEach(() => world.close());

/** A register that rises evenly, every so often. */
function rising(fromMs: number, toMs: number, { everyMs = 10_000, kw = 0.6, startKwh = 100 } = {}): Reading[] {
  const n = Math.floor((toMs - fromMs) / everyMs) + 1;
  return Array.from({ length: n }, (_, i) => [fromMs + i * everyMs, round(startKwh + (kw * i * everyMs) / HOUR_MS)] as const);
}

const round = (kwh: number): number => Math.round(kwh * 1e4) / 1e4;

describe("the worked numbers of the Tasmota monitor", () => {
  it("three readings in a window give 0.5 kWh, 400 to 800 W, 600 W on the mean, three readings, and 0.1551 at 0.3102", async () => {
    await world.say("energy-import", [
      [TEN, 100],
      [TEN + 30 * MINUTE_MS, 100.2],
      [TEN + HOUR_MS, 100.5],
    ]);
    await world.say("power", [
      [TEN, 400],
      [TEN + 30 * MINUTE_MS, 600],
      [TEN + HOUR_MS, 800],
    ]);
    const selection = await world.home().selection({ fromMs: TEN, toMs: TEN + HOUR_MS });
    expect(selection).toMatchObject({ boughtKwh: 0.5, minW: 400, minMs: TEN, maxW: 800, maxMs: TEN + HOUR_MS, meanW: 600, count: 3 });
    expect(selection.cost?.toFixed()).toBe("0.1551");
    expect(selection.derived).toBe(false);
  });

  it("a meter without power has 500 W between 100.0 kWh and 100.5 kWh an hour later", async () => {
    await world.say("energy-import", [
      [TEN, 100],
      [TEN + HOUR_MS, 100.5],
    ]);
    const home = world.home();
    const range = { fromMs: TEN, toMs: TEN + HOUR_MS };
    const chart = await home.chart(range, { points: 100 });
    expect(chart.derived).toBe(true);
    expect([...chart.powerW]).toEqual([500, 500]);
    expect([...chart.boughtKwh]).toEqual([0, 0.5].map((kwh) => expect.closeTo(kwh, 6)));
    expect(await home.selection(range)).toMatchObject({ derived: true, maxW: 500, minW: 500, meanW: 500, count: 0 });
  });

  it("a meter of whole kWh has power from step to step, and days that add up to what it showed", async () => {
    // 2 kW: a step every half hour, read every minute.
    const readings = Array.from({ length: 721 }, (_, i) => [DAY + i * MINUTE_MS, 700 + Math.floor(i / 30)] as const);
    await world.say("energy-import", readings);
    const home = world.home();
    const chart = await home.chart({ fromMs: DAY, toMs: DAY + 12 * HOUR_MS }, { points: 500 });
    expect(chart).toMatchObject({ derived: true, stepMs: 0 });
    expect(new Set(chart.powerW)).toEqual(new Set([2_000]));
    expect(chart.boughtKwh.at(-1)).toBeCloseTo(24, 6);
    const coarse = await home.chart({ fromMs: DAY, toMs: DAY + 12 * HOUR_MS }, { points: 20 });
    expect(coarse.stepMs).toBe(HOUR_MS);
    for (const watts of coarse.powerW) expect(watts).toBeCloseTo(2_000, 0);
    expect(await home.info()).toMatchObject({ wholeKwh: true, everyMs: MINUTE_MS, source: "reader" });
    const { power, today } = await home.summary({ weekStart: 1 });
    expect(power).toMatchObject({ derived: true, powerW: expect.closeTo(2_000, 6) });
    expect(today.boughtKwh).toBeCloseTo(24, 6);
  });

  it("a window of a minute is not 0: energy is exact at both ends", async () => {
    await world.say("energy-import", rising(DAY, DAY + 12 * HOUR_MS, { kw: 3.6 }));
    const { boughtKwh } = await world.home().selection({ fromMs: TEN + 7 * SECOND_MS, toMs: TEN + 67 * SECOND_MS });
    expect(boughtKwh).toBeCloseTo(0.06, 6);
  });
});

describe("the summary", () => {
  it("tells today with its base fee by days begun, and power with its phases", async () => {
    await world.say("energy-import", rising(DAY, DAY + 12 * HOUR_MS));
    await world.say("power", [[world.clockMs - 4_000, 612]]);
    for (const [phase, watts] of [200, 300, 112].entries()) await world.say(`power-l${phase + 1}`, [[world.clockMs - 4_000, watts]]);
    const prices = [{ fromDate: "2026-01-01", perKwh: "0.30", baseFeePerMonth: "12.40" }];
    const { today, month, week, power, readings } = await world.home({ prices }).summary({ weekStart: 1 });
    expect(today.boughtKwh).toBeCloseTo(7.2, 6);
    expect(today.baseFee?.toFixed()).toBe("0.4");
    expect(today.cost?.toFixed(6)).toBe("2.560000");
    expect(today.soldKwh).toBeNaN();
    expect(today.coverage).toBeCloseTo(1, 3);
    // One day of the month was metered: there was no home before its first reading.
    expect(month.baseFee?.toFixed()).toBe("0.4");
    expect(week.fromMs).toBe(DAY - 3 * DAY_MS);
    expect(power).toMatchObject({ powerW: 612, ageMs: 4_000, derived: false, phasesW: [200, 300, 112], source: "reader" });
    expect(readings).toEqual({ today: 4_321, expectedToday: 4_320, lastHour: 361 });
    const sunday = await world.home({ prices }).summary({ weekStart: 0 });
    expect(sunday.week.fromMs).toBe(DAY - 4 * DAY_MS);
  });

  it("costs from a date a page says count at once, right backwards, and are undone", async () => {
    await world.say("energy-import", rising(DAY - DAY_MS, DAY + 12 * HOUR_MS, { everyMs: MINUTE_MS, kw: 1 }));
    const home = world.home();
    const costs = async () => (await home.summary({ weekStart: 1 })).total.cost?.toFixed(4);
    expect(await costs()).toBe((36 * 0.3102).toFixed(4));
    expect((await home.prices()).map(({ from }) => from)).toEqual(["default"]);
    const price = (perKwh: string) => JSON.stringify({ perKwh, baseFeePerMonth: "0", feedInPerKwh: null });
    await world.fact("home-price", price("0.20"), DAY - DAY_MS);
    const later = await world.fact("home-price", price("0.50"), DAY);
    expect(await costs()).toBe((24 * 0.2 + 12 * 0.5).toFixed(4));
    expect((await home.prices()).map(({ from, fromDate }) => [from, fromDate])).toEqual([
      ["page", "2026-01-14"],
      ["page", "2026-01-15"],
    ]);
    const [bill] = await home.bought.bills(1);
    expect(bill?.total.toFixed(2)).toBe((24 * 0.2 + 12 * 0.5).toFixed(2));
    await world.undo(later);
    expect(await costs()).toBe((36 * 0.2).toFixed(4));
  });

  it("money back is what was paid less what it cost until now", async () => {
    await world.say("energy-import", rising(DAY - 14 * DAY_MS, DAY + 12 * HOUR_MS, { everyMs: MINUTE_MS, kw: 1 }));
    const prices = [{ fromDate: "2026-01-01", perKwh: "0.25", baseFeePerMonth: "0" }];
    const instalments = [{ fromDate: "2026-01-01", amount: "100" }];
    const { instalments: paid } = await world.home({ prices, instalments }).summary({ weekStart: 1 });
    expect(paid).toMatchObject({ paidCount: 1, yearCount: 12 });
    expect(paid?.paid.toFixed()).toBe("100");
    // 14.5 days of 24 kWh.
    expect(paid?.costSoFar.toFixed(4)).toBe((14.5 * 24 * 0.25).toFixed(4));
    expect(paid?.balanceSoFar.toFixed(4)).toBe((100 - 14.5 * 24 * 0.25).toFixed(4));
    expect(paid?.yearEnd?.method).toContain("mean of the last");
    expect(paid?.yearEnd?.cost.toNumber()).toBeCloseTo(365 * 24 * 0.25, 0);
  });
});

describe("the chart", () => {
  it("shows readings where they fit, else buckets with the band of what was in them, and no line over a gap", async () => {
    const before = rising(DAY, DAY + 2 * HOUR_MS);
    const after = rising(DAY + 4 * HOUR_MS, DAY + 6 * HOUR_MS, { startKwh: 105 });
    await world.say("energy-import", [...before, ...after]);
    await world.say(
      "power",
      [...before, ...after].map(([tMs], i) => [tMs, i % 2 === 0 ? 400 : 800] as const),
    );
    const home = world.home();
    const fine = await home.chart({ fromMs: DAY, toMs: DAY + HOUR_MS }, { points: 1_000 });
    expect(fine.stepMs).toBe(0);
    expect(fine.tMs).toHaveLength(360);
    expect(fine.boughtKwh.at(-1)).toBeCloseTo(0.6 * (359 / 360), 4);
    const wide = await home.chart({ fromMs: DAY, toMs: DAY + 6 * HOUR_MS }, { points: 100 });
    expect(wide.stepMs).toBe(5 * MINUTE_MS);
    expect([wide.minW[0], wide.powerW[0], wide.maxW[0]]).toEqual([400, 600, 800]);
    const gap = wide.powerW.findIndex(Number.isNaN);
    expect(wide.tMs[gap]).toBe(DAY + 2 * HOUR_MS + 5 * MINUTE_MS);
    expect(wide.boughtKwh[gap]).toBeNaN();
    expect(wide.boughtKwh.at(-1)).toBeCloseTo(6.2, 6);
    const year = await home.chart({ fromMs: DAY - 300 * DAY_MS, toMs: DAY + 6 * HOUR_MS }, { points: 100 });
    expect(year.boughtKwh.at(-1)).toBeCloseTo(6.2, 6);
    expect(year.typical.tMs).toHaveLength(0);
  });

  it("compares with the same weekdays before, quarter by quarter", async () => {
    for (let week = 5; week >= 1; week--) {
      const at = DAY - week * 7 * DAY_MS;
      await world.say("energy-import", rising(at, at + DAY_MS, { everyMs: MINUTE_MS, kw: week, startKwh: 1_000 * (6 - week) }));
    }
    await world.say("energy-import", rising(DAY, DAY + 12 * HOUR_MS, { startKwh: 6_000 }));
    const { typical } = await world.home({ connectionKw: 1e6 }).chart({ fromMs: DAY, toMs: DAY + DAY_MS }, { points: 500 });
    expect(typical.tMs).toHaveLength(96);
    expect(typical.powerW[10]).toBeCloseTo(3_000, 3);
  });
});

describe("events of a register", () => {
  it("a momentary zero is told and costs nothing", async () => {
    const readings = rising(DAY, DAY + 12 * HOUR_MS).map(([tMs, kwh], i) => [tMs, i === 2_000 ? 0 : kwh] as const);
    await world.say("energy-import", readings);
    const home = world.home();
    const events = await home.events({ fromMs: DAY, toMs: DAY + DAY_MS });
    expect(events).toHaveLength(1);
    const tMs = DAY + 20_000 * SECOND_MS;
    expect(events[0]).toMatchObject({ id: `energy-import@reader:${tMs}`, kind: "blip", open: false, quantity: "energy-import" });
    expect((await home.summary({ weekStart: 1 })).today.boughtKwh).toBeCloseTo(7.2, 6);
  });

  it("one that nobody can judge counts once a person says that it is real, and no longer when that is undone", async () => {
    const jumpMs = DAY + 6 * HOUR_MS;
    await world.say("energy-import", [
      ...rising(DAY, jumpMs - 10_000, { kw: 1 }),
      ...rising(jumpMs, DAY + 12 * HOUR_MS, { kw: 1, startKwh: 5_000 }),
    ]);
    const home = world.home();
    const bought = async () => (await home.summary({ weekStart: 1 })).today.boughtKwh;
    const before = await bought();
    expect(before).toBeCloseTo(12, 1);
    expect((await home.info()).openEvents).toBe(1);
    const [event] = await home.events({ fromMs: DAY, toMs: DAY + DAY_MS });
    expect(event).toMatchObject({ kind: "implausible", open: true, tMs: jumpMs });
    const version = await home.version();
    const fact = await world.fact("counter-decision", `${event?.id} real`, jumpMs);
    expect(await bought()).toBeCloseTo(before + 5_000 - (event?.beforeKwh ?? 0), 6);
    expect(await home.version()).toBeGreaterThan(version);
    const [decided] = await home.events({ fromMs: DAY, toMs: DAY + DAY_MS });
    expect(decided).toMatchObject({ id: event?.id, decision: { what: "real", who: "me", factId: fact.id } });
    expect((await home.info()).openEvents).toBe(0);
    await world.undo(fact);
    expect(await bought()).toBeCloseTo(before, 6);
  });

  it("one that caught up far more than it counts counts until a person says otherwise, and again when that is undone", async () => {
    const [stillMs, jumpMs] = [DAY + 2 * HOUR_MS, DAY + 10 * HOUR_MS];
    await world.say("energy-import", [
      ...rising(DAY, stillMs),
      ...rising(stillMs, jumpMs, { kw: 0, startKwh: 101.2 }),
      ...rising(jumpMs, DAY + 12 * HOUR_MS, { startKwh: 341.2 }),
    ]);
    const home = world.home();
    const bought = async () => (await home.summary({ weekStart: 1 })).today.boughtKwh;
    const [before, event] = [await bought(), (await home.events({ fromMs: DAY, toMs: DAY + DAY_MS }))[0]];
    expect(before).toBeCloseTo(242.4, 1);
    expect(event).toMatchObject({ kind: "caught-up", open: true, tMs: jumpMs });
    expect((await home.info()).openEvents).toBe(1);
    const fact = await world.fact("counter-decision", `${event?.id} blip`, jumpMs);
    expect(await bought()).toBeCloseTo(before - (event?.countedKwh ?? 0), 6);
    expect((await home.info()).openEvents).toBe(0);
    await world.undo(fact);
    expect(await bought()).toBeCloseTo(before, 6);
  });
});

it("a register that stands still on a round number all night still counts by the digits it showed by day", async () => {
  await world.say("energy-import", [
    ...rising(DAY, DAY + 6 * HOUR_MS, { kw: 1.2345 }),
    ...rising(DAY + 6 * HOUR_MS + 10_000, DAY + 12 * HOUR_MS, { kw: 0, startKwh: 108 }),
  ]);
  expect((await world.home().info()).wholeKwh).toBe(false);
  await world.restart();
  expect((await world.home().info()).wholeKwh).toBe(false);
});

describe("the balance", () => {
  it("is grid, sun and battery, and what they came to in the house", async () => {
    const toMs = DAY + 12 * HOUR_MS;
    await world.say("energy-import", rising(DAY, toMs, { kw: 0.5 }));
    await world.say("energy-export", rising(DAY, toMs, { kw: 1 }));
    await world.say("energy", rising(DAY, toMs, { kw: 3 }), { point: "roof" });
    await world.say("energy-import", rising(DAY, toMs, { kw: 700, startKwh: 9e5 }), { point: "cellar", unit: "Wh" });
    await world.say("energy-export", rising(DAY, toMs, { kw: 200, startKwh: 8e5 }), { point: "cellar", unit: "Wh" });
    await world.say("power", [[toMs, -500]]);
    await world.say("power", [[toMs, 3_000]], { point: "roof" });
    await world.say("power", [[toMs, 500]], { point: "cellar" });
    const home = world.home({ roles: { grid: "meter", solar: ["roof"], battery: ["cellar"] } });
    const balance = await home.balance({ fromMs: DAY, toMs });
    const close = (kwh: number) => expect.closeTo(kwh, 4);
    expect(balance).toMatchObject({
      ...{ gridInKwh: close(6), gridOutKwh: close(12), solarKwh: close(36), batteryInKwh: close(8.4), batteryOutKwh: close(2.4) },
      ...{ houseKwh: close(24), selfConsumption: close(2 / 3), autarky: close(0.75) },
      now: { gridW: -500, solarW: 3_000, batteryW: -500, houseW: 2_000 },
    });
    expect((await home.info()).hasBalance).toBe(true);
    expect(await world.home().balance({ fromMs: DAY, toMs })).toBeUndefined();
  });
});

it("an empty home is told as one: nothing is known, and nothing is owed", async () => {
  const home = world.home();
  const { today, power, readings, instalments } = await home.summary({ weekStart: 1 });
  expect(today.boughtKwh).toBeNaN();
  expect(today.cost).toBeUndefined();
  expect(power).toMatchObject({ powerW: Number.NaN });
  expect(readings).toEqual({ today: 0, expectedToday: 0, lastHour: 0 });
  expect(instalments).toBeUndefined();
  expect((await home.chart({ fromMs: DAY, toMs: DAY + DAY_MS }, { points: 100 })).tMs).toHaveLength(0);
  expect((await home.selection({ fromMs: DAY, toMs: DAY + HOUR_MS })).count).toBe(0);
  expect(await home.days("2026-01-15", "2026-01-15")).toMatchObject([{ boughtKwh: Number.NaN, partial: true, coverage: 0 }]);
  expect(await home.events({ fromMs: 0, toMs: DAY + DAY_MS })).toEqual([]);
  expect((await home.info()).needs).toHaveLength(2);
});
