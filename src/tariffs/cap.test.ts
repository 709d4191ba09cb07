import { describe, expect, it } from "vitest";
import { Periods } from "#calendar/periods.ts";
import { billing } from "./billing.ts";
import { type Cap, capAt } from "./cap.ts";
import type { DemandHistory } from "./demand-history.ts";
import { at, PLANT_ZONE as zone } from "./made-bills.ts";
import { seedPlan } from "./seed-plan.ts";
import { madeIntervals } from "./synthetic.ts";

const month = (startMs: number): number => new Date(zone.localOf(startMs)).getUTCMonth() + 1;

/** January has 700, 650, 600 and 550 kW once each, every other quarter 300; later months 320. */
function plant(minimumKw = 50): DemandHistory {
  const peaks = new Map([
    [10, 700],
    [20, 650],
    [30, 600],
    [40, 550],
  ]);
  const intervals = madeIntervals(
    { fromMs: at("2025-01-01"), toMs: at("2025-04-01") },
    (t, row) => peaks.get(row) ?? (month(t) === 1 ? 300 : 320),
  );
  return billing(seedPlan({ minimumKw }), intervals, { periods: new Periods({ kind: "calendar" }, zone), nowMs: at("2025-04-01") });
}

const cap = (capKw: number, minimumKw?: number): Cap => capAt(plant(minimumKw), { tMs: at("2025-01-15"), capKw }) as Cap;

describe("a cap", () => {
  it("names the intervals above it, the energy to move, and what it would have saved", () => {
    const { above, moveKwh, billedKw, billedKwCapped, savedNow, heldBy } = cap(620);
    expect(above.map(({ kw, overKwh }) => [kw, overKwh])).toEqual([
      [700, 20],
      [650, 7.5],
    ]);
    expect([moveKwh, billedKw, heldBy]).toEqual([27.5, 650, "metered"]);
    expect(billedKwCapped).toBeCloseTo((620 + 620 + 600) / 3, 9);
    expect(savedNow.toFixed(2)).toBe((((700 - 620 + 650 - 620) / 3) * 24.74).toFixed(2));
  });

  it("saves later what the ratchet held above what was metered, in the periods that are over", () => {
    const { savedLater } = cap(400);
    // 390 kW were held in February and March: 60 % of 650; under the cap the floor is 240 and 320 kW are metered.
    expect([savedLater.known.toFixed(2), savedLater.knownPeriods, savedLater.periods]).toEqual([(2 * 70 * 24.74).toFixed(2), 2, 11]);
    expect(savedLater.mostEach.toFixed(2)).toBe((0.6 * 250 * 24.74).toFixed(2));
  });

  it("above the highest interval does nothing", () => {
    const { above, savedNow, savedLater } = cap(700);
    expect([above.length, savedNow.toNumber(), savedLater.known.toNumber()]).toEqual([0, 0, 0]);
  });

  it("saves nothing below what the minimum holds, and says down to where it is of use", () => {
    const { billedKwCapped, usefulDownToKw, heldBy } = cap(400, 500);
    expect([billedKwCapped, usefulDownToKw, heldBy]).toEqual([500, 500, "minimum"]);
  });

  it("lowers with it a ratchet that counts the period itself", () => {
    const plan = seedPlan();
    const [version] = plan.versions;
    if (version === undefined) throw new Error("The plan has no version");
    const components = version.components.map((one) =>
      one.kind === "demand"
        ? { ...one, ratchet: { percent: "85", of: "metered" as const, lookBack: { periods: 11 }, includeCurrent: true } }
        : one,
    );
    const { frame } = plant();
    const counting = billing({ ...plan, versions: [{ ...version, components }] }, frame.intervals, frame.options);
    const capped = capAt(counting, { tMs: at("2025-01-15"), capKw: 400 }) as Cap;
    expect([capped.billedKw, capped.billedKwCapped, capped.heldBy]).toEqual([650, 400, "metered"]);
    expect(capped.savedNow.toFixed(2)).toBe((250 * 24.74).toFixed(2));
  });

  it("has no answer where nothing was measured", () => {
    expect(capAt(plant(), { tMs: at("2024-01-15"), capKw: 100 })).toBeUndefined();
    expect(capAt(plant(), { tMs: at("2025-01-15"), capKw: 100, charge: "Nobody" })).toBeUndefined();
  });
});
