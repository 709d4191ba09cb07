import { describe, expect, it } from "vitest";
import { dateStart } from "#calendar/local-text.ts";
import { Periods } from "#calendar/periods.ts";
import { zoneNamed } from "#calendar/zone.ts";
import { billing } from "./billing.ts";
import type { Plan } from "./plan.ts";
import { type RunningDemand, runningDemands } from "./running-demand.ts";
import { seedPlan } from "./seed-plan.ts";
import { madeIntervals } from "./synthetic.ts";

const zone = zoneNamed("America/Indiana/Indianapolis");
const at = (date: string): number => dateStart(date, zone) as number;
const QUARTER_MS = 900_000;

/** The running quarter after one in which 412, 405 and 396 kW are the highest. */
function running(plan: Plan, { kw = [412, 405, 396, 390], from = "2026-03-01" }: { kw?: number[]; from?: string } = {}): RunningDemand {
  const fromMs = at(from);
  const toMs = fromMs + kw.length * QUARTER_MS;
  const intervals = madeIntervals({ fromMs, toMs }, (_, row) => kw[row] as number);
  const history = billing(plan, intervals, { periods: new Periods({ kind: "calendar" }, zone), nowMs: toMs });
  return runningDemands(history, { endMs: toMs + QUARTER_MS, energyKwh: 60 })[0] as RunningDemand;
}

describe("an interval of 410 kW above 412, 405 and 396", () => {
  const cost = running(seedPlan()).costAt(410);

  it("raises the mean of three by 4.667 kW and costs 115.45 now", () => {
    expect(cost.billedRiseKw).toBeCloseTo(14 / 3, 9);
    expect(cost.now.toFixed(2)).toBe("115.45");
  });

  it("costs at most 69.27 in each of the eleven later periods", () => {
    expect(cost.later.mostEach.toFixed(2)).toBe("69.27");
    expect(cost.later.periods).toBe(11);
  });

  it("costs nothing under a minimum of 500 kW", () => {
    const under = running(seedPlan({ minimumKw: 500 }));
    const none = under.costAt(410);
    expect([none.billedRiseKw, none.now.toFixed(2), none.later.mostEach.toFixed(2)]).toEqual([0, "0.00", "0.00"]);
    expect(under.raises).toEqual({ kw: 683, kwhLeft: 683 / 4 - 60 });
  });
});

it("the levels are the lowest of the three and the highest", () => {
  const { raises, highest } = running(seedPlan());
  expect([raises, highest]).toEqual([
    { kw: 396, kwhLeft: 39 },
    { kw: 412, kwhLeft: 43 },
  ]);
});

describe("what an interval costs later", () => {
  const month = (startMs: number): number => new Date(zone.localOf(startMs)).getUTCMonth() + 1;
  /** March 2025 to the first hour of March 2026: 412, 405 and 396 kW in this March, `usual` by month before. */
  const year = (usual: (month: number) => number): RunningDemand => {
    const peaks = [412, 405, 396, 390];
    const toMs = at("2026-03-01") + peaks.length * QUARTER_MS;
    const intervals = madeIntervals({ fromMs: at("2025-03-01"), toMs }, (t) =>
      t < at("2026-03-01") ? usual(month(t)) : (peaks[(t - at("2026-03-01")) / QUARTER_MS] as number),
    );
    const history = billing(seedPlan(), intervals, { periods: new Periods({ kind: "calendar" }, zone), nowMs: toMs });
    return runningDemands(history, { endMs: toMs + QUARTER_MS, energyKwh: 60 })[0] as RunningDemand;
  };

  it("is expected in all eleven periods where last year's would have been held by it", () => {
    const { later } = year(() => 200).costAt(410);
    expect([later.expectedPeriods, later.expected.toFixed(2)]).toEqual([11, ((11 * 0.6 * 14 * 24.74) / 3).toFixed(2)]);
  });

  it("is expected to be nothing where a summer of 600 kW holds them all, and in no period to be more than the most", () => {
    const { later } = year((m) => (m === 7 ? 600 : 200)).costAt(410);
    expect([later.expectedPeriods, later.expected.toFixed(2), later.mostEach.toFixed(2)]).toEqual([11, "0.00", "69.27"]);
  });

  it("is not expected to be anything where there is no last year", () => {
    const { later } = running(seedPlan()).costAt(410);
    expect([later.expectedPeriods, later.knownPeriods, later.expected.toFixed(2)]).toEqual([0, 0, "0.00"]);
  });
});

describe("levels", () => {
  it("count down with the energy used, below zero where they are passed", () => {
    expect(running(seedPlan(), { kw: [412, 200, 190, 100] }).raises).toEqual({ kw: 190, kwhLeft: 190 / 4 - 60 });
  });

  it("are those of the floor in a new period, where one interval alone is the mean", () => {
    const [first] = [running(seedPlan(), { kw: [20] })];
    expect([first?.raises?.kw, first?.highest?.kw, first?.billedKw]).toEqual([80, 20, 50]);
  });

  it("save nothing by a low interval while there are fewer than three", () => {
    expect(
      running(seedPlan(), { kw: [400] })
        .costAt(100)
        .now.toNumber(),
    ).toBe(0);
    expect(running(seedPlan(), { kw: [400] }).costAt(500).billedKw).toBe(450);
  });

  it("on distinct days: an interval of a day that already has a peak puts that one out", () => {
    const plan: Plan = { ...seedPlan() };
    const distinct = (distinctDays: boolean): RunningDemand => {
      const components = (plan.versions[0]?.components ?? []).map((one) =>
        one.kind === "demand" && one.peak ? { ...one, peak: { ...one.peak, distinctDays } } : one,
      );
      const fromMs = at("2026-03-01");
      const toMs = at("2026-03-03") + 4 * QUARTER_MS;
      const intervals = madeIntervals({ fromMs, toMs }, (_, row) =>
        row === 0 ? 500 : row === 96 ? 400 : row === 192 ? 450 : row === 193 ? 440 : 100,
      );
      const one = { ...plan, versions: [{ validFrom: "2020-01-01", components }] };
      const history = billing(one, intervals, { periods: new Periods({ kind: "calendar" }, zone), nowMs: toMs });
      return runningDemands(history, { endMs: toMs + QUARTER_MS, energyKwh: 0 })[0] as RunningDemand;
    };
    // All three are of other days, but the third day has 450 already.
    expect(distinct(true).raises?.kw).toBe(450);
    expect(distinct(true).costAt(460).meteredKw).toBeCloseTo((500 + 400 + 460) / 3, 9);
    expect([distinct(false).raises?.kw, distinct(false).costAt(460).meteredKw]).toEqual([440, 470]);
  });

  it("over a longer window count what it has used before", () => {
    const plan: Plan = {
      schema: 1,
      name: "Half hours",
      currency: "USD",
      versions: [
        {
          validFrom: "2020-01-01",
          components: [{ kind: "demand", name: "Demand", rate: "1", peak: { pick: "max", window: { minutes: 30, alignment: "block" } } }],
        },
      ],
    };
    const half = running(plan, { kw: [400, 400, 300] });
    // 400 kW over half an hour are 200 kWh, of which a quarter at 300 kW took 75 and the running one 60.
    expect(half.raises).toEqual({ kw: 400, kwhLeft: 65 });
    expect((half.windowToMs - half.windowFromMs) / QUARTER_MS).toBe(2);
  });

  it("are none outside the hours that a charge counts", () => {
    const plan: Plan = {
      schema: 1,
      name: "On-peak",
      currency: "USD",
      versions: [
        {
          validFrom: "2020-01-01",
          schedules: { tou: { rules: [{ band: "on", from: "12:00", to: "18:00" }], otherwise: "off" } },
          components: [{ kind: "demand", name: "Demand", rate: "1", peak: { pick: "max", when: { schedule: "tou", bands: ["on"] } } }],
        },
      ],
    };
    const night = running(plan);
    expect([night.counts, night.raises, night.costAt(9_000).now.toNumber()]).toEqual([false, undefined, 0]);
  });
});
