import { afterEach, describe, expect, it } from "vitest";
import { CONSUMED } from "#analytics/meter-consumption.ts";
import { GAS_PATTERN } from "#analytics/register-world.ts";
import { MeterWorld, type SaidReading } from "#test/meter-world.ts";

let world: MeterWorld;
afterEach(() => world.close());

const DAY_MS = 86_400_000;

async function rowsOf(meter: string, [from, to]: readonly [string, string], by: "day" | "month" | "year" = "month") {
  const answer = await (await world.meters()).consumption(`house.${meter}`, { ...world.range(from, to), by });
  if (answer === undefined) throw new Error(`${meter} is no meter`);
  return { ...answer.rows, shown: answer.register, total: answer.total };
}

/** What the original answered, restated where its numbers are called wrong. */
describe("where the original went wrong", () => {
  it("a year that is derived from its first day begins where the meter was installed, and ends today and not tomorrow", async () => {
    world = await MeterWorld.open("2024-05-11 06:00", {
      startYear: 2024,
      meters: [
        { meter: "always", unit: "kWh" },
        { meter: "new", unit: "kWh", installedOn: "2024-03-01" },
        { meter: "gone", unit: "kWh", removedOn: "2024-04-20" },
      ],
    });
    const readings = [1, 6, 11, 16, 21, 26, 31].map((day, i): SaidReading => [world.at("2024-03-01") + day * DAY_MS, 1000 + i * 10]);
    for (const meter of ["always", "new", "gone"]) await world.say(meter, readings);
    const lengths = async (meter: string) => {
      const { missingMs, amount } = await rowsOf(meter, ["2024-01-01", "2024-06-01"]);
      return [...missingMs].map((ms, i) => [Math.round(ms / DAY_MS), Math.round(amount[i] as number)]);
    };
    // 2 a day, from the 1st of January: 31, 29, 31 and 30 days and 10 and a quarter of May; an hour of March is not there.
    expect(await lengths("always")).toEqual([
      [0, 62],
      [0, 58],
      [0, 62],
      [0, 60],
      [0, 21],
    ]);
    expect(await lengths("new")).toEqual([
      [31, Number.NaN],
      [29, Number.NaN],
      [0, 62],
      [0, 60],
      [0, 21],
    ]);
    // Theirs: a running month was stamped at its end, in the future; ours ends now and says so.
    const may = await rowsOf("always", ["2024-05-01", "2024-06-01"]);
    expect(may.edgesMs.at(-1)).toBe(world.clockMs);
    const gone = await rowsOf("gone", ["2024-04-01", "2024-05-11"]);
    expect([...gone.missingMs].map((ms) => ms / DAY_MS)).toEqual([10, 10]);
    expect(gone.amount[1]).toBeNaN();
  });

  it("30 June is given 2.10 of the 124 that are carried on, where its month's whole share, 41.77, fell on it and 31 July showed 1077.0", async () => {
    // By the later version: a day weighs the share of its month over the days of that month within the stretch.
    const days = Array.from({ length: 62 }, (_, i) => new Date(Date.UTC(2024, 5, 30 + i)).getUTCMonth());
    const within = (month: number) => days.filter((one) => one === month).length;
    const weights = days.map((month) => (GAS_PATTERN[month] as number) / within(month));
    const all = weights.reduce((sum, weight) => sum + weight, 0);
    const theirs = weights.map((_, i) => 1000 + (124 * weights.slice(0, i + 1).reduce((sum, weight) => sum + weight, 0)) / all);
    expect([0, 1, 31, 61].map((i) => (theirs[i] as number).toFixed(1))).toEqual(["1041.8", "1042.9", "1077.0", "1124.0"]);
    expect(((theirs[0] as number) - 1000).toFixed(2)).toBe("41.77");

    world = await MeterWorld.open("2024-08-30 23:59", {
      zone: "UTC",
      meters: [{ meter: "gas", unit: "m³", medium: "gas", pattern: GAS_PATTERN }],
    });
    const readings = [5, 4, 3, 2, 1, 0].map((k): SaidReading => [world.at("2024-06-30") - k * 10 * DAY_MS, 1000 - k * 20]);
    await world.say("gas", readings, { unit: "m³", quantity: "gas-volume" });
    const ours = await rowsOf("gas", ["2024-06-30", "2024-08-30"], "day");
    expect([1, 31].map((i) => (ours.shown[i] as number).toFixed(2))).toEqual(["1002.10", "1053.61"]);
    expect(ours.amount[0]).toBeCloseTo(2.1, 2);
    expect([...ours.flags].every((flags) => (flags & CONSUMED.extended) !== 0)).toBe(true);
  });

  it("a sum does not fall by a whole counter where one addend was not read: it says what is known, and that a part is missing", async () => {
    const high: SaidReading[] = [
      ["2024-01-01", 4000],
      ["2024-02-01", 4100],
      ["2024-03-01", 4180],
    ];
    const low: SaidReading[] = [
      ["2024-01-01", 900],
      ["2024-02-01", 950],
    ];
    // Added by instant, with 0 where one is missing, and below zero told as zero.
    const sums = high.map(([at, value]) => value + (low.find(([other]) => other === at)?.[1] ?? 0));
    expect(sums.slice(1).map((sum, i) => [sum - (sums[i] as number), Math.max(0, sum - (sums[i] as number))])).toEqual([
      [150, 150],
      [-870, 0],
    ]);
    world = await MeterWorld.open("2024-03-05", {
      meters: [
        { meter: "high", unit: "kWh" },
        { meter: "low", unit: "kWh", removedOn: "2024-01-31" },
        { meter: "both", unit: "kWh", periods: [{ fromDate: "2020-01-01", sources: ["high", "low"] }] },
      ],
    });
    await world.say("high", high);
    await world.say("low", low);
    const { amount, flags } = await rowsOf("both", ["2024-01-01", "2024-03-01"]);
    expect([...amount]).toEqual([150, 80]);
    expect([...flags].map((bits) => (bits & CONSUMED.incomplete) !== 0)).toEqual([false, true]);
  });

  it("of an instant that was read twice the last word counts, and no reading is thinned away", async () => {
    world = await MeterWorld.open("2024-02-15");
    const startMs = world.at("2024-01-01");
    const used = (i: number) => (i % 96 === 40 ? 5 : i % 3);
    const shown = [500];
    for (let i = 1; i < 40 * 96; i += 1) shown.push((shown[i - 1] as number) + used(i));
    const readings = shown.map((value, i): SaidReading => [startMs + i * 900_000, value]);
    await world.say("main", [[startMs + 96 * 900_000, 1]], { source: "reader" });
    await world.say("main", readings, { source: "reader" });
    const { amount, measured } = await rowsOf("main", ["2024-01-01", "2024-02-09"], "day");
    const ours = Array.from({ length: 39 }, (_, day) => (shown[(day + 1) * 96] as number) - (shown[day * 96] as number));
    expect([...amount]).toEqual(ours);
    expect([...measured]).toEqual(ours);
    // Above a thousand readings the original kept about fifty, evenly spread, and drew lines between them.
    const kept = Array.from({ length: 50 }, (_, k) => Math.round((k * (shown.length - 1)) / 49));
    const line = (at: number) => {
      const next = kept.findIndex((row) => row >= at);
      const [a, b] = [kept[Math.max(0, next - 1)] as number, kept[next] as number];
      return a === b ? (shown[a] as number) : (shown[a] as number) + (((shown[b] as number) - (shown[a] as number)) * (at - a)) / (b - a);
    };
    expect(ours.some((amountOfDay, day) => Math.abs(line((day + 1) * 96) - line(day * 96) - amountOfDay) > 0.1)).toBe(true);
  });
});
