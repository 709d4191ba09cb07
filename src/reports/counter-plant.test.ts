import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Plan } from "#tariffs/plan.ts";
import { HOME, HomeWorld, type Reading } from "#test/home-world.ts";
import { openPlant } from "./open-plant.ts";
import type { PlantSettings } from "./plant-settings.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const DAY = Date.UTC(2026, 0, 14, 23);

let world: HomeWorld;
beforeEach(async () => {
  world = await HomeWorld.open(DAY + 12 * HOUR_MS + 5 * MINUTE_MS);
});
afterEach(() => world.close());

const COUNTER = { quantity: "energy-import", connectionKw: 44 };
const METER: PlantSettings = { ...HOME.meter, counter: COUNTER };
const plant = (settings: Partial<PlantSettings> = {}) => openPlant(world.store, { ...METER, ...settings }, world.nowMs);

function rising(fromMs: number, toMs: number, kw: number, startKwh = 100): Reading[] {
  const n = Math.floor((toMs - fromMs) / 10_000) + 1;
  return Array.from({ length: n }, (_, i) => [fromMs + i * 10_000, Math.round((startKwh + (kw * i) / 360) * 1e4) / 1e4] as const);
}

/** A tariff by time of use, as the bill engine knows it. */
const NIGHT: Plan = {
  schema: 1,
  name: "Night",
  currency: "EUR",
  versions: [
    {
      validFrom: "2020-01-01",
      schedules: { tou: { rules: [{ band: "night", from: "00:00", to: "06:00" }], otherwise: "day" } },
      components: [{ kind: "energy", name: "Energy", rates: { schedule: "tou", bands: { night: "0.20", day: "0.40" } } }],
    },
  ],
};

describe("a point that is metered by a register", () => {
  it("has intervals, days, and bills of any tariff of the engine", async () => {
    await world.say("energy-import", rising(DAY, DAY + 12 * HOUR_MS, 2));
    const metered = plant({ plan: NIGHT });
    const { energyKwh, demandKw, layers } = await metered.intervals({ fromMs: DAY, toMs: DAY + 12 * HOUR_MS });
    expect(energyKwh).toHaveLength(48);
    for (const kwh of energyKwh) expect(kwh).toBeCloseTo(0.5, 3);
    for (const kw of demandKw) expect(kw).toBeCloseTo(2, 2);
    expect(layers).toEqual(["reader"]);
    const [bill] = await metered.bills(1);
    expect(bill?.total.toFixed(2)).toBe((6 * 2 * 0.2 + 6 * 2 * 0.4).toFixed(2));
    expect((await metered.days("2026-01-15", "2026-01-15"))[0]?.energyKwh).toBeCloseTo(24, 3);
    const rows = await metered.rows({ fromMs: DAY, toMs: DAY + HOUR_MS });
    expect(rows.at(-1)?.totalKwh).toBeCloseTo(102, 1);
  });

  it("has an interval that runs, power of now by its gauge, and where it will end", async () => {
    await world.say("energy-import", rising(DAY, world.clockMs, 2));
    await world.say("power", [[world.clockMs, 2_400]]);
    const running = await plant().running();
    expect(running.energyKwh).toBeCloseTo(2 / 12, 3);
    expect(running.live).toMatchObject({ kw: 2.4, plusMinusKw: 0, ageMs: 0, source: "reader" });
    expect(running.projectedKw).toBeCloseTo((2 / 12 + 2.4 / 6) * 4, 3);
    const given = plant({ counter: { ...COUNTER, quantity: "energy-export", given: true } });
    await world.say("energy-export", rising(DAY, world.clockMs, 0));
    expect((await given.livePower()).kw).toBe(0);
  });

  it("has power of now by its last steps where nothing else tells it", async () => {
    await world.say("energy-import", rising(DAY, world.clockMs, 3.6));
    const power = await plant().livePower();
    expect(power.kw).toBeCloseTo(3.6, 6);
    const { kw } = await plant().power({ fromMs: DAY, toMs: DAY + HOUR_MS }, 5 * MINUTE_MS);
    expect([...kw]).toEqual(Array.from({ length: 12 }, () => expect.closeTo(3.6, 3)));
  });

  it("says its register in whatever unit it has, by multipliers from their dates on", async () => {
    await world.say("energy-import", rising(DAY, DAY + 12 * HOUR_MS, 100, 5e6), { unit: "Wh" });
    const fact = (value: number, fromMs: number) => ({ name: "multiplier", value, fromMs });
    const metered = plant({ facts: [fact(10, 0), fact(20, DAY + 6 * HOUR_MS)] });
    const { energyKwh } = await metered.intervals({ fromMs: DAY, toMs: DAY + 12 * HOUR_MS });
    expect(energyKwh[0]).toBeCloseTo(0.25, 6);
    expect(energyKwh[23]).toBeCloseTo(0.25, 2);
    expect(energyKwh[40]).toBeCloseTo(0.5, 6);
    expect(energyKwh.reduce((sum, kwh) => sum + kwh, 0)).toBeCloseTo(18, 1);
  });

  it("agrees with its register over a period, a swap within it left out", async () => {
    await world.say("energy-import", [
      ...rising(DAY, DAY + 6 * HOUR_MS, 1, 900),
      ...rising(DAY + 6 * HOUR_MS + 10_000, DAY + 12 * HOUR_MS, 1, 3),
    ]);
    const assignment = { source: "reader", site: "home", point: "meter" };
    const device = (id: string) => ({ source: "reader", id, firstSeenMs: DAY });
    await world.store.register({
      devices: [device("old"), device("new")],
      assignments: [
        { ...assignment, device: "old", fromMs: DAY },
        { ...assignment, device: "new", fromMs: DAY + 6 * HOUR_MS + 10_000 },
      ],
    });
    const metered = plant({ plan: NIGHT });
    const explained = await metered.explain("2026-01-01");
    expect(explained?.conservation.intervalsKwh).toBeCloseTo(12, 1);
    expect(explained?.conservation.holds).toBe(true);
  });

  it("keeps months that are over, with what its register did in them", async () => {
    await world.say("energy-import", [
      ...rising(DAY, DAY + HOUR_MS, 1),
      [DAY + HOUR_MS + 10_000, 0],
      ...rising(DAY + HOUR_MS + 20_000, DAY + 6 * HOUR_MS, 1, 101),
    ]);
    world.clockMs = DAY + 60 * DAY_MS;
    await world.say("energy-import", [[world.clockMs - HOUR_MS, 1_000]]);
    const home = world.home();
    const range = { fromMs: DAY, toMs: DAY + DAY_MS };
    const before = { events: await home.events(range), selection: await home.selection(range) };
    expect(before.events.map(({ kind }) => kind)).toEqual(["blip"]);
    await world.restart();
    const again = world.home();
    expect({ events: await again.events(range), selection: await again.selection(range) }).toEqual(before);
  });
});
