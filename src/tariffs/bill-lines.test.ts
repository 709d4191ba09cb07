import { describe, expect, it } from "vitest";
import type { Bill } from "./bill.ts";
import { at, billed, PLANT_ZONE as zone } from "./made-bills.ts";
import type { Component, PlanVersion } from "./plan.ts";

const QUARTER_MS = 900_000;
const hour = (startMs: number): number => new Date(zone.localOf(startMs)).getUTCHours();
const day = (startMs: number): number => new Date(zone.localOf(startMs)).getUTCDate();
const lines = (bill: Bill | undefined): string[] =>
  (bill?.lines ?? []).map(({ name, quantity, unit, amount }) => `${name}: ${quantity.toDecimalPlaces(4)} ${unit} = ${amount.toFixed(2)}`);
const fixed = (name: string, rate: string): Component => ({ kind: "fixed", name, rate, per: "month" });
const max = { pick: "max" } as const;

describe("time of use", () => {
  const schedules: PlanVersion["schedules"] = {
    tou: { rules: [{ band: "on-peak", seasons: ["summer"], days: ["weekday"], from: "12:00", to: "18:00" }], otherwise: "off-peak" },
  };
  const seasons: PlanVersion["seasons"] = { summer: [{ from: "06-01", to: "09-30" }], winter: [{ from: "10-01", to: "05-31" }] };
  const energy: Component = {
    kind: "energy",
    name: "Energy",
    rates: { schedule: "tou", bands: { "on-peak": "0.10", "off-peak": "0.04" } },
  };

  it("prices each quarter by the season, day and hour it begins in", () => {
    const [july] = billed([energy], { from: "2025-07-01", to: "2025-08-01", more: { schedules, seasons } }, () => 100);
    // 23 weekdays of six hours.
    expect(lines(july)).toEqual(["Energy, on-peak: 13800 kWh = 1380.00", "Energy, off-peak: 60600 kWh = 2424.00"]);
  });

  it("takes a holiday as the day of the week it is, unless the schedule speaks of holidays", () => {
    const withHolidays = {
      tou: {
        rules: [
          { band: "off-peak", days: ["holiday"] as const },
          { band: "on-peak", days: ["weekday", "weekend"] as const },
        ],
      },
    };
    const plan = { schedules: withHolidays } as unknown as Partial<PlanVersion>;
    const given = { from: "2025-07-01", to: "2025-08-01", holidays: ["2025-07-04"] };
    const [spoken] = billed([energy], { ...given, more: plan }, () => 100);
    expect(lines(spoken)[1]).toBe("Energy, off-peak: 2400 kWh = 96.00");
    const [silent] = billed([energy], { ...given, more: { schedules, seasons } }, () => 100);
    expect(lines(silent)[0]).toBe("Energy, on-peak: 13800 kWh = 1380.00");
  });

  it("bills each band on its own highest demand; a peak at the very border counts where it begins", () => {
    const demand = (name: string, band: string): Component => ({
      kind: "demand",
      name,
      rate: "10",
      peak: { ...max, when: { schedule: "tou", bands: [band] } },
    });
    const kw = (startMs: number): number => {
      const local = hour(startMs) + (zone.localOf(startMs) % 3_600_000) / 3_600_000;
      if (day(startMs) !== 1) return 100;
      // 1 July 2025 is a Tuesday: 11:45 ends with the band, 17:45 is the last quarter on peak.
      return local === 11.75 ? 500 : local === 17.75 ? 300 : local === 18 ? 400 : 100;
    };
    const [july] = billed(
      [demand("On-peak", "on-peak"), demand("Off-peak", "off-peak")],
      { from: "2025-07-01", to: "2025-08-01", more: { schedules, seasons } },
      kw,
    );
    expect(lines(july)).toEqual(["On-peak: 300 kW = 3000.00", "Off-peak: 500 kW = 5000.00"]);
  });

  it("a window over midnight holds on both sides of it", () => {
    const night = { tou: { rules: [{ band: "off-peak", from: "22:00", to: "06:00" }], otherwise: "on-peak" } };
    const [june] = billed([energy], { from: "2025-06-01", to: "2025-07-01", more: { schedules: night } }, () => 100);
    expect(lines(june)[1]).toBe("Energy, off-peak: 24000 kWh = 960.00");
  });

  it("the hour that summer time skips or repeats is billed as the clock shows it", () => {
    const night = { tou: { rules: [{ band: "off-peak", from: "00:00", to: "06:00" }], otherwise: "on-peak" } };
    const [spring] = billed(
      [energy],
      { from: "2025-03-09", to: "2025-03-10", reads: ["2025-03-09", "2025-03-10"], more: { schedules: night } },
      () => 100,
    );
    const [autumn] = billed(
      [energy],
      { from: "2025-11-02", to: "2025-11-03", reads: ["2025-11-02", "2025-11-03"], more: { schedules: night } },
      () => 100,
    );
    expect([lines(spring)[1], lines(autumn)[1]]).toEqual(["Energy, off-peak: 500 kWh = 20.00", "Energy, off-peak: 700 kWh = 28.00"]);
  });
});

describe("seasons", () => {
  const seasons: PlanVersion["seasons"] = { summer: [{ from: "06-01", to: "09-30" }], winter: [{ from: "10-01", to: "05-31" }] };
  const demand = (season: string, rate: string): Component => ({ kind: "demand", name: season, rate, peak: max, seasons: [season] });

  it("charge a period across their change by the days of each, on the peaks of each", () => {
    const [bill] = billed(
      [demand("summer", "20"), demand("winter", "10")],
      { from: "2025-05-17", to: "2025-06-16", reads: ["2025-05-17", "2025-06-16"], more: { seasons } },
      (t) => (t < at("2025-06-01") ? 300 : 400),
    );
    // 15 of 30 days each.
    expect(lines(bill)).toEqual(["summer: 200 kW = 4000.00", "winter: 150 kW = 1500.00"]);
  });
});

describe("tiers", () => {
  const tiers = [{ upTo: 1_000, rate: "0.10" }, { upTo: 5_000, rate: "0.08" }, { rate: "0.05" }];

  it("cut the energy of a period", () => {
    const [january] = billed([{ kind: "energy", name: "Energy", tiers }], { from: "2025-01-01", to: "2025-02-01" }, () => 10);
    expect(lines(january)).toEqual([
      "Energy, up to 1000 kWh: 1000 kWh = 100.00",
      "Energy, 1000 to 5000 kWh: 4000 kWh = 320.00",
      "Energy, above 5000 kWh: 2440 kWh = 122.00",
    ]);
  });

  it("may have limits per day, and hold exactly what reaches their limit", () => {
    const daily: Component = { kind: "energy", name: "Energy", tiers: [{ upTo: 240, rate: "0.10" }, { rate: "0.05" }], tierBasis: "day" };
    const [january] = billed([daily], { from: "2025-01-01", to: "2025-02-01" }, () => 10);
    expect(lines(january)).toEqual(["Energy, up to 7440 kWh: 7440 kWh = 744.00"]);
  });

  it("may have limits in kWh per kW of billing demand", () => {
    const components: Component[] = [
      { kind: "demand", name: "Demand", rate: "10", peak: max },
      {
        kind: "energy",
        name: "Hours of use",
        tiers: [{ upTo: 200, rate: "0.10" }, { upTo: 400, rate: "0.05" }, { rate: "0.02" }],
        tierBasis: "kwh-per-kw",
        demand: "Demand",
      },
    ];
    const [january] = billed(components, { from: "2025-01-01", to: "2025-02-01" }, () => 100);
    expect(lines(january).slice(1)).toEqual([
      "Hours of use, up to 20000 kWh: 20000 kWh = 2000.00",
      "Hours of use, 20000 to 40000 kWh: 20000 kWh = 1000.00",
      "Hours of use, above 40000 kWh: 34400 kWh = 688.00",
    ]);
  });

  it("of demand are blocks of kW", () => {
    const blocks: Component = { kind: "demand", name: "Demand", tiers: [{ upTo: 50, rate: "5" }, { rate: "8" }], peak: max };
    const [january] = billed([blocks], { from: "2025-01-01", to: "2025-02-01" }, () => 120);
    expect(january?.lines.map(({ amount }) => amount.toFixed(2))).toEqual(["250.00", "560.00"]);
  });
});

describe("lines about lines", () => {
  it("percentages name their base, in the order of the plan", () => {
    const components: Component[] = [
      fixed("Customer", "100"),
      { kind: "energy", name: "Energy", rate: "0.10" },
      { kind: "percent", name: "Franchise fee", percent: "3", of: ["Energy"] },
      { kind: "percent", name: "Tax", percent: "6.25", of: "above" },
      fixed("Not taxed", "10"),
    ];
    const [bill] = billed(components, { from: "2025-01-01", to: "2025-02-01" }, () => 10);
    expect(lines(bill).slice(2, 4)).toEqual(["Franchise fee: 744 % = 22.32", "Tax: 866.32 % = 54.15"]);
    expect(bill?.total.toFixed(2)).toBe("930.47");
  });

  it("a minimum bill adds what is missing, and nothing where nothing is", () => {
    const minimum = (amount: string): Component => ({ kind: "minimum", name: "Minimum bill", amount, of: "above" });
    const total = (amount: string): string | undefined =>
      billed(
        [{ kind: "energy", name: "Energy", rate: "0.10" }, minimum(amount)],
        { from: "2025-01-01", to: "2025-02-01" },
        () => 1,
      )[0]?.total.toFixed(2);
    expect([total("250"), total("50")]).toEqual(["250.00", "74.40"]);
  });

  it("credits are taken off, and a negative rate is one too", () => {
    const components: Component[] = [
      { kind: "energy", name: "Fuel adjustment", rate: "-0.001" },
      { kind: "credit", name: "Credit", rate: "5", per: "month" },
      { kind: "credit", name: "Per day", rate: "0.10", per: "day" },
      { kind: "credit", name: "Per kWh", rate: "0.002", per: "kWh" },
    ];
    const [bill] = billed(components, { from: "2025-01-01", to: "2025-02-01" }, () => 10);
    expect(bill?.lines.map(({ amount }) => amount.toFixed(2))).toEqual(["-7.44", "-5.00", "-3.10", "-14.88"]);
  });
});

describe("reactive energy", () => {
  const components = (target: string): Component[] => [
    { kind: "demand", name: "Demand", rate: "10", peak: max },
    { kind: "reactive", name: "Power factor", rate: "10", powerFactor: { target, demand: "Demand" } },
    { kind: "reactive", name: "Reactive energy", rate: "0.01", kvarh: { freePercent: "50" } },
  ];
  const given = { from: "2025-01-01", to: "2025-02-01" };
  // 75 kvarh to each 100 kWh is a power factor of 0.8.
  const reactiveKvarh = new Float64Array(31 * 96).fill(18.75);

  it("raises demand by target over actual power factor", () => {
    const [bill] = billed(components("0.9"), { ...given, reactiveKvarh }, () => 100);
    expect(lines(bill).slice(1)).toEqual(["Power factor: 12.5 kW = 125.00", "Reactive energy: 18600 kvarh = 186.00"]);
  });

  it("earns nothing above the target", () => {
    const [bill] = billed(components("0.75"), { ...given, reactiveKvarh }, () => 100);
    expect(lines(bill)[1]).toBe("Power factor: 0 kW = 0.00");
  });

  it("that nobody measures leaves its lines out and says so", () => {
    const [bill] = billed(components("0.9"), given, () => 100);
    expect(lines(bill)).toEqual(["Demand: 100 kW = 1000.00"]);
    expect(bill?.remarks.filter((remark) => remark.includes("reactive energy is not known"))).toHaveLength(2);
  });
});

describe("fixed charges", () => {
  const given = { from: "2025-01-17", to: "2025-02-20", reads: ["2025-01-17", "2025-02-20"] };
  const charge = (more: Partial<Extract<Component, { kind: "fixed" }>>): Component => ({
    kind: "fixed",
    name: "Customer",
    rate: "31",
    per: "month",
    ...more,
  });

  it.each([
    ["whole", charge({}), "1 month = 31.00"],
    ["by days over thirty", charge({ proration: "30-days" }), "1.1333 month = 35.13"],
    ["by the days of each calendar month", charge({ proration: "calendar-days" }), "1.1624 month = 36.04"],
    ["per day", charge({ per: "day", rate: "1.10" }), "34 day = 37.40"],
  ])("are charged %s for 34 days", (_, component, expected) => {
    expect(lines(billed([component], given, () => 1)[0])).toEqual([`Customer: ${expected}`]);
  });

  it("per day are charged in a period that runs for the days begun", () => {
    const [bill] = billed(
      [charge({ per: "day", rate: "1" })],
      { from: "2025-01-01", to: "2025-01-11", nowMs: at("2025-01-10") + QUARTER_MS },
      () => 1,
    );
    expect(lines(bill)).toEqual(["Customer: 10 day = 10.00"]);
  });
});

describe("a change of versions inside a period", () => {
  const version = (validFrom: string, rate: string): PlanVersion => ({
    validFrom,
    components: [
      fixed("Customer", "30"),
      { kind: "energy", name: "Energy", rate },
      { kind: "demand", name: "Demand", rate: "10", peak: max },
    ],
  });
  const given = { from: "2025-06-01", to: "2025-07-01", versions: [version("2025-01-01", "0.10"), version("2025-06-11", "0.20")] };

  it("bills energy by its quarters, and fixed charges and demand by days", () => {
    const [june] = billed([], given, (t) => (t < at("2025-06-11") ? 100 : 300));
    expect(lines(june)).toEqual([
      "Customer: 0.3333 month = 10.00",
      "Energy: 24000 kWh = 2400.00",
      "Demand: 100 kW = 1000.00",
      "Customer: 0.6667 month = 20.00",
      "Energy: 144000 kWh = 28800.00",
      "Demand: 200 kW = 2000.00",
    ]);
    expect(june?.planVersion).toBe("2025-01-01, 2025-06-11");
    expect(june?.remarks).toContain("From 2025-06-11 on another version of the plan applies, for 20 of 30 days.");
  });

  it("leaves the period to the version it began with, where the plan says so", () => {
    const [june] = billed([], { ...given, versionChange: "as-begun" }, (t) => (t < at("2025-06-11") ? 100 : 300));
    expect(lines(june)).toEqual(["Customer: 1 month = 30.00", "Energy: 168000 kWh = 16800.00", "Demand: 300 kW = 3000.00"]);
  });

  it("the first version also bills the days before it of the period it begins in, and nothing earlier", () => {
    const made = billed([], { ...given, from: "2025-05-01", versions: [version("2025-06-11", "0.20")] }, () => 100);
    expect(made.map((bill) => [bill.period.name, lines(bill)[1]])).toEqual([["2025-06-01", "Energy: 72000 kWh = 14400.00"]]);
  });
});

describe("rounding", () => {
  const third = (rounding: PlanVersion["rounding"]): string | undefined => {
    const components: Component[] = ["a", "b", "c"].map((name) => ({ kind: "energy", name, rate: "0.0005" }));
    const more = rounding ? { rounding } : {};
    // 9 kWh × 0.0005 is 0.0045, and with 0.0055 more each line ends in half a cent.
    return billed(
      components,
      { from: "2025-01-01", to: "2025-01-02", reads: ["2025-01-01", "2025-01-02"], more },
      () => 1.25,
    )[0]?.total.toString();
  };

  it("per line and of the total differ, as the plan states", () => {
    // 30 kWh × 0.0005 = 0.015 a line.
    expect(third(undefined)).toBe("0.06");
    expect(third({ line: "none", total: 2, mode: "half-up" })).toBe("0.05");
    expect(third({ line: 2, total: 2, mode: "half-even" })).toBe("0.06");
    expect(third({ line: "none", total: 3, mode: "half-up" })).toBe("0.045");
  });
});

it("29 February is a day like any other", () => {
  const [bill] = billed(
    [
      { kind: "fixed", name: "Customer", rate: "1", per: "day" },
      { kind: "energy", name: "Energy", rate: "1" },
    ],
    { from: "2024-02-01", to: "2024-03-01" },
    () => 1,
  );
  expect(lines(bill)).toEqual(["Customer: 29 day = 29.00", "Energy: 696 kWh = 696.00"]);
});
