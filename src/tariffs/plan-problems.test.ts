import { expect, it } from "vitest";
import { parsePlan } from "./parse-plan.ts";
import { seedPlan } from "./seed-plan.ts";

const problemsOf = (versions: unknown, more: object = {}): string[] => {
  const parsed = parsePlan({ schema: 1, name: "Test", currency: "USD", versions, ...more });
  return "problems" in parsed ? parsed.problems.map(({ path, problem }) => `${path}: ${problem}`) : [];
};
const version = (components: readonly unknown[], more: object = {}): unknown => ({ validFrom: "2025-01-01", components, ...more });
const energy = { kind: "energy", name: "Energy", rate: "0.04" };

it("the plan of a plain industrial tariff is a plan, also after a journey through JSON", () => {
  const plan = seedPlan({ seedPeaks: [{ period: "2024-08-01", kw: 655 }] });
  expect(parsePlan(JSON.parse(JSON.stringify(plan)))).toEqual({ plan });
});

it("every problem of the shape is told with its path", () => {
  expect(
    problemsOf(
      [
        version([
          { ...energy, rate: 0.04 },
          { ...energy, name: "Other", colour: "red" },
        ]),
      ],
      { currency: "dollars" },
    ),
  ).toEqual([
    "currency: expected three letters such as USD",
    "versions.0.components.0.rate: Invalid input: expected string, received number",
    'versions.0.components.1: Unrecognized key: "colour"',
  ]);
});

it("one version of the wrong shape does not hide what does not fit together in another", () => {
  const base = { kind: "percent", name: "Tax", percent: "6", of: ["Nobody"] };
  const later = { ...(version([{ ...energy, rate: "dear" }]) as object), validFrom: "2026-01-01" };
  expect(problemsOf([version([energy, base]), later])).toEqual([
    'versions.1.components.0.rate: expected a decimal in quotes, such as "24.74"',
    "versions.0.components.1.of.0: There is no line named Nobody",
  ]);
});

it("versions that overlap, and dates that are none, are told", () => {
  expect(problemsOf([version([energy]), version([energy]), { ...(version([energy]) as object), validFrom: "2025-02-30" }])).toEqual([
    "versions.1.validFrom: 2025-01-01 does not come after 2025-01-01: versions overlap; list them in order, each from its own date",
    "versions.2.validFrom: There is no 2025-02-30 in the calendar",
  ]);
});

it("a schedule with a hole, and one with two answers, are told by season, day and time", () => {
  const rules = [
    { band: "on", days: ["weekday"], from: "07:00", to: "19:00" },
    { band: "off", days: ["weekday"], from: "20:00", to: "07:00" },
    { band: "off", days: ["weekend"] },
    { band: "off", days: ["sunday"], from: "12:00" },
  ];
  expect(problemsOf([version([energy], { schedules: { tou: { rules } } })])).toEqual([
    "versions.0.schedules.tou.rules.3: Sunday 12:00 is off already: rules must not overlap",
    ...["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"].map(
      (day) => `versions.0.schedules.tou.rules: ${day} 19:00 to 20:00 lies in no rule: add one, or say \`otherwise\``,
    ),
  ]);
});

it("seasons cover the year, once", () => {
  const seasons = { summer: [{ from: "06-01", to: "09-30" }], winter: [{ from: "09-30", to: "05-30" }] };
  expect(problemsOf([version([energy], { seasons })])).toEqual([
    "versions.0.seasons.winter.0: 09-30 lies in summer already: seasons must not overlap",
    "versions.0.seasons: 05-31 lies in no season: seasons must cover the year",
  ]);
});

it("names that nobody bears are told, and names that stand below", () => {
  const tax = { kind: "percent", name: "Tax", percent: "6", of: ["Energie", "Rider", "Energy"] };
  const rider = { kind: "energy", name: "Rider", rates: { schedule: "tou", bands: { on: "0.1" } } };
  expect(problemsOf([version([energy, tax, rider, { kind: "demand", name: "Energy", rate: "1", demand: "Peak" }])])).toEqual([
    "versions.0.components.1.of.0: There is no line named Energie",
    "versions.0.components.1.of.1: Rider stands below: a base must stand further up",
    "versions.0.components.2.rates.schedule: There is no schedule named tou",
    "versions.0.components.3.name: Another line is named Energy already: each line has a name of its own",
    "versions.0.components.3.demand: There is no demand line named Peak",
  ]);
});

it("a band without a rate and a rate without a band are told", () => {
  const schedules = { tou: { rules: [{ band: "on", days: ["weekday"] }], otherwise: "off" } };
  const rates = { kind: "energy", name: "Energy", rates: { schedule: "tou", bands: { on: "0.1", mid: "0.2" } } };
  expect(problemsOf([version([rates], { schedules })])).toEqual([
    "versions.0.components.0.rates.bands: The band off of the schedule has no rate",
    "versions.0.components.0.rates.bands.mid: The schedule has no band named mid",
  ]);
});

it("what contradicts itself is told", () => {
  const components = [
    {
      kind: "energy",
      name: "Two prices",
      rate: "1",
      tiers: [
        { upTo: 5, rate: "1" },
        { upTo: 3, rate: "2" },
      ],
    },
    { kind: "energy", name: "No price" },
    {
      kind: "demand",
      name: "Circle",
      rate: "1",
      peak: { pick: "max" },
      ratchet: { percent: "60", of: "billed", lookBack: { periods: 11 }, includeCurrent: true },
    },
    { kind: "reactive", name: "Factor", rate: "1", powerFactor: { target: "1.2", demand: "Circle" } },
    { kind: "minimum", name: "Least", amount: "5", of: [] },
  ];
  expect(problemsOf([version(components)])).toEqual(["versions.0.components.4.of: Too small: expected array to have >=1 items"]);
  expect(problemsOf([version(components.slice(0, 4))])).toEqual([
    "versions.0.components.0.tiers: State exactly one of rate, rates, tiers",
    "versions.0.components.0.tiers.1.upTo: The last tier holds all the rest: leave its limit out",
    "versions.0.components.1: State exactly one of rate, rates, tiers",
    "versions.0.components.2.ratchet.includeCurrent: Billed demand of the period itself is what is asked for: look at metered demand",
    "versions.0.components.3.powerFactor.target: A power factor is above 0 and at most 1",
  ]);
});

it("a share of 1 in place of a percentage is told", () => {
  const demand = (percent: string) => ({
    kind: "demand",
    name: "Demand",
    rate: "1",
    peak: { pick: "max" },
    ratchet: { percent, of: "billed", lookBack: { periods: 11 } },
  });
  expect(problemsOf([version([demand("0.60")])])).toEqual([
    "versions.0.components.0.ratchet.percent: 0.60 is not a percentage of a ratchet: write 60 for 60 %",
  ]);
  expect(problemsOf([version([demand("120")])])).toHaveLength(1);
  expect(problemsOf([version([demand("100")])])).toEqual([]);
});
