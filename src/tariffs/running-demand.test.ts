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
