import { describe, expect, it } from "vitest";
import { DAY_MS } from "#calendar/civil.ts";
import { CONSUMED } from "./meter-consumption.ts";
import { evenPace, monthlyPace } from "./meter-pace.ts";
import { BERLIN, daysOf, drawing, HEATED_PERCENT, heatedHouse, indexOf, normal, readDaily, without } from "./meter-world.ts";
import { unusualRows, unusualSpans } from "./unusual-spans.ts";

const settings = { zone: BERLIN, unit: "kWh", pace: evenPace() };
const dayMs = (date: string): number => BERLIN.dayStart(Date.parse(`${date}T12:00Z`));
const dayOf = (date: string, first = "2025-01-01"): number => BERLIN.daysBetween(dayMs(first), dayMs(date));

/** A household from 2025 on, 15 a day give or take, with some days that are other ones. */
function household(change: Readonly<Record<string, number>> = {}, { days = 500, seed = 11 } = {}) {
  const draw = drawing(seed);
  const changed = new Map(Object.entries(change).map(([date, value]) => [dayOf(date), value]));
  return readDaily(
    daysOf(days, (day) => {
      const usual = 15 * (1 + 0.12 * normal(draw));
      return changed.get(day) ?? usual;
    }),
    { firstDay: "2025-01-01" },
  );
}
const from = (date: string, days: number, value: number): Record<string, number> =>
  Object.fromEntries(Array.from({ length: days }, (_, k) => [new Date(Date.parse(date) + k * DAY_MS).toISOString().slice(0, 10), value]));

describe("a day that used too much", () => {
  it("is told with what is usual, in words", () => {
    const [one, ...others] = unusualSpans(household({ "2026-03-03": 36.2 }), settings);
    expect(others).toEqual([]);
    expect(one).toMatchObject({
      rule: "unusual",
      fromMs: dayMs("2026-03-03"),
      toMs: dayMs("2026-03-04"),
      id: `unusual:${dayMs("2026-03-03")}`,
    });
    expect(one?.amount).toBeCloseTo(36.2, 9);
    expect(one?.sentence).toMatch(/^Used 36\.2 kWh on Tuesday 3 March 2026; \d+(\.\d)?–2\d(\.\d)? kWh is usual for a weekday in March\.$/);
    expect((one?.low ?? 0) < 15 && (one?.high ?? 99) < 36).toBe(true);
  });

  it("is one anomaly with its neighbours, and no past for days behind it", () => {
    const told = unusualSpans(household({ ...from("2026-02-10", 4, 60), "2026-02-20": 60 }), settings);
    expect(told.map(({ fromMs, toMs }) => [fromMs, toMs])).toEqual([
      [dayMs("2026-02-10"), dayMs("2026-02-14")],
      [dayMs("2026-02-20"), dayMs("2026-02-21")],
    ]);
    expect(told[0]?.sentence).toMatch(/^Used 240 kWh from 10 February 2026 until 13 February 2026; /);
  });

  it("that goes on for more than two weeks is a new habit, and said so", () => {
    const told = unusualSpans(household(from("2025-10-01", 200, 40)), settings);
    expect(told).toHaveLength(1);
    expect((told[0]?.toMs ?? 0) - (told[0]?.fromMs ?? 0)).toBeLessThan(17 * DAY_MS);
    expect(told[0]?.sentence).toMatch(/counts as usual from now on/);
  });

  it("that somebody calls usual is past for the next", () => {
    const change = from("2025-12-01", 10, 45);
    const once = unusualSpans(household({ ...change, ...from("2025-12-16", 5, 45) }), settings);
    expect(once).toHaveLength(2);
    const usual = new Set([once[0]?.id as string]);
    expect(unusualSpans(household({ ...change, ...from("2025-12-16", 5, 45) }), { ...settings, usual })).toHaveLength(1);
  });
});

describe("a day that used too little", () => {
  it("is not worth reading, but an empty house of two weeks is, once", () => {
    expect(unusualSpans(household({ "2026-02-10": 1 }), settings)).toEqual([]);
    const told = unusualSpans(household(from("2026-02-01", 14, 2)), settings);
    expect(told).toHaveLength(1);
    expect(told[0]).toMatchObject({ fromMs: dayMs("2026-02-01"), toMs: dayMs("2026-02-15") });
    expect(told[0]?.sentence).toMatch(/^Used only 28 kWh from 1 February 2026 until 14 February 2026; /);
  });
});

describe("too little past", () => {
  it("tells nothing", () => {
    expect(unusualSpans(household({ "2025-03-10": 300 }), settings)).toEqual([]);
    expect(unusualSpans(indexOf([], []), settings)).toEqual([]);
    expect(unusualSpans(indexOf([dayMs("2025-01-01")], [0]), settings)).toEqual([]);
  });
});

describe("a silence", () => {
  it("is judged as the stretch it is where it held much, and is no past for days", () => {
    const [gone, back] = [dayMs("2026-02-10") + 1, dayMs("2026-02-13")];
    expect(unusualSpans(without(household(), gone, back), settings)).toEqual([]);
    // What lies in it is spread over no single day.
    expect(unusualSpans(without(household({ "2026-02-11": 40 }), gone, back), settings)).toEqual([]);
  });
});

describe("readings by hand", () => {
  const house = monthlyPace(HEATED_PERCENT, BERLIN);
  /** Gas read about once a month for six years, some months missed; a factor in one month. */
  const readings = (seed: number, change: (month: number) => number = () => 1) => {
    const draw = drawing(seed);
    const gas = heatedHouse(drawing(seed + 1));
    const tMs: number[] = [];
    const total: number[] = [];
    let [sum, month] = [0, 0];
    for (let day = 0; day < 6 * 365; day += 1) {
      if (day >= month * 30.4 + 3 * draw()) {
        if (month % 9 !== 4) {
          tMs.push(dayMs("2020-01-01") + day * DAY_MS + 64_800_000 + draw() * 7_200_000);
          total.push(sum);
        }
        month += 1;
      }
      sum += gas(day) * change(month);
    }
    return indexOf(tMs, total);
  };

  it("are judged between each other, by the season: winters are not told", () => {
    let told = 0;
    for (let seed = 1; seed <= 20; seed += 1) told += unusualSpans(readings(seed), { ...settings, unit: "m³", pace: house }).length;
    expect(told / 20 / 6).toBeLessThanOrEqual(0.5);
  });

  it("tell a month of five times as much, and how long it was", () => {
    const told = unusualSpans(
      readings(3, (month) => (month === 40 ? 5 : 1)),
      { ...settings, unit: "m³", pace: house },
    );
    expect(told).toHaveLength(1);
    expect(told[0]?.sentence).toMatch(/^Used \d+ m³ from \d+ \w+ 2023 until \d+ \w+ 2023; \d+–\d+ m³ is usual for that time of year\.$/);
  });
});

describe("rows of meters that are made of others", () => {
  const rows = (amounts: Float64Array, filled: readonly number[] = []) => {
    const edgesMs = Float64Array.from({ length: amounts.length + 1 }, (_, day) => BERLIN.addDays(dayMs("2025-01-01"), day));
    const flags = Uint16Array.from(amounts, (_, day) => (filled.includes(day) ? CONSUMED.filled : 0));
    const measured = amounts.map((amount, day) => (filled.includes(day) ? 0 : amount));
    return { edgesMs, amount: amounts, measured, missingMs: new Float64Array(amounts.length), flags };
  };
  const draw = drawing(5);
  const amounts = daysOf(300, (day) => (day === 200 ? 90 : 10 * (1 + 0.15 * normal(draw))));

  it("are judged like days that were read; filled ones are not", () => {
    expect(unusualRows(rows(amounts), settings).map(({ fromMs }) => fromMs)).toEqual([BERLIN.addDays(dayMs("2025-01-01"), 200)]);
    expect(unusualRows(rows(amounts, [200]), settings)).toEqual([]);
  });
});
