import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dateText } from "#calendar/local-text.ts";
import { zoneNamed } from "#calendar/zone.ts";
import { blank } from "./demand-intervals.ts";
import { expectedRest } from "./expected-rest.ts";
import { IntervalGrid } from "./interval-grid.ts";
import type { Intervals } from "./intervals.ts";
import { isWhole, localDays, weekdayOf } from "./local-days.ts";
import { typicalDay, typicalEnergy, typicalPower } from "./typical.ts";

const BERLIN = zoneNamed("Europe/Berlin");
const QUARTER_MS = 900_000;
const HOUR_MS = 3_600_000;
const day = (date: string): number => BERLIN.dayStart(Date.parse(`${date}T12:00Z`));

/** Quarter-hours between two local dates, with a mean power for when each begins; NaN is unknown. */
function metered(from: string, to: string, kwAt: (startMs: number) => number): Intervals {
  const bounds = new IntervalGrid(BERLIN, QUARTER_MS).boundaries({ fromMs: day(from), toMs: day(to) });
  const intervals = blank(bounds.length - 1, { lengthMs: QUARTER_MS, layer: "meter" });
  for (let i = 0; i < intervals.tMs.length; i += 1) {
    const kw = kwAt(bounds[i] as number);
    intervals.tMs[i] = bounds[i + 1] as number;
    intervals.powerKw[i] = kw;
    intervals.energyKwh[i] = kw / 4;
    intervals.coverage[i] = Number.isNaN(kw) ? 0 : 1;
  }
  return intervals;
}
const hourOf = (tMs: number): number => Math.floor((BERLIN.localOf(tMs) % 86_400_000) / HOUR_MS);
/** 1 kW by day on weekdays, 2 kW on Sundays, 0.2 kW at night. */
const usual = (tMs: number): number => (hourOf(tMs) < 6 ? 0.2 : weekdayOf(tMs, BERLIN) === 6 ? 2 : 1);

describe("local days", () => {
  it("have the energy of their intervals, also where they have 23 or 25 hours", () => {
    const { days } = localDays(
      metered("2026-03-28", "2026-03-31", () => 1),
      BERLIN,
    );
    expect(days.map(({ energyKwh, weekday, seenMs }) => [energyKwh, weekday, seenMs / HOUR_MS])).toEqual([
      [24, 5, 24],
      [23, 6, 23],
      [24, 0, 24],
    ]);
    expect(days[1]?.powerKw.subarray(6, 14)).toEqual(Float64Array.of(1, 1, Number.NaN, Number.NaN, Number.NaN, Number.NaN, 1, 1));
    const autumn = localDays(
      metered("2026-10-25", "2026-10-26", (tMs) => (tMs < Date.UTC(2026, 9, 25, 1) ? 1 : 3)),
      BERLIN,
    ).days;
    expect(autumn[0]?.energyKwh).toBe(3 + 22 * 3);
    // The clock shows two o'clock twice.
    expect(autumn[0]?.powerKw.subarray(7, 13)).toEqual(Float64Array.of(1, 2, 2, 2, 2, 3));
  });

  it("are whole when less than an hour was not observed", () => {
    const gap = (rows: number) =>
      localDays(
        metered("2026-05-05", "2026-05-06", (tMs) => (tMs < day("2026-05-05") + rows * QUARTER_MS ? Number.NaN : 1)),
        BERLIN,
      );
    expect([3, 4].map((rows) => isWhole(gap(rows).days[0] as never))).toEqual([true, false]);
  });
});

describe("a typical day", () => {
  it("is what the same weekdays before were like, by the time on the clock", () => {
    const days = localDays(metered("2026-01-05", "2026-03-02", usual), BERLIN);
    const sunday = typicalDay(days, day("2026-03-29") + 5 * HOUR_MS);
    expect([sunday.days, sunday.powerKw[23], sunday.powerKw[24]]).toEqual([8, 0.2, 2]);
    expect(typicalDay(days, day("2026-03-30")).powerKw[24]).toBe(1);
    // A day of 23 hours takes what its clock shows.
    const spring = typicalPower(days, { fromMs: day("2026-03-29"), toMs: day("2026-03-30") });
    expect([spring.tMs.length, spring.days]).toEqual([92, 8]);
    expect([...spring.powerKw].filter((kw) => kw === 0.2)).toHaveLength(20);
  });

  it("is not moved by a day unlike the others, and goes by Sundays on holidays", () => {
    const party = day("2026-02-21");
    const days = localDays(
      metered("2026-01-05", "2026-03-02", (tMs) => (BERLIN.dayStart(tMs) === party ? 9 : usual(tMs))),
      BERLIN,
    );
    expect(typicalDay(days, day("2026-03-07")).powerKw[40]).toBe(1);
    const isHoliday = (dayMs: number) => dateText(dayMs, BERLIN) === "2026-03-04";
    expect(typicalDay(days, day("2026-03-04"), { isHoliday }).powerKw[40]).toBe(2);
    expect(typicalEnergy(days, { unit: "day", atMs: day("2026-03-04") }, { isHoliday }).wholeKwh).toBeCloseTo(37.2, 9);
  });

  it("is unknown with fewer than four days to compare with", () => {
    const days = localDays(metered("2026-02-09", "2026-03-02", usual), BERLIN);
    const monday = typicalDay(days, day("2026-03-02"));
    expect([monday.days, monday.powerKw.every(Number.isNaN)]).toEqual([3, true]);
    expect(typicalEnergy(days, { unit: "day", atMs: day("2026-03-02") })).toEqual({ wholeKwh: Number.NaN, soFarKwh: Number.NaN });
    expect(typicalPower(localDays(metered("2026-02-09", "2026-02-09", usual), BERLIN), { fromMs: 0, toMs: HOUR_MS }).days).toBe(0);
  });

  it("is not known from days to come", () => {
    const days = localDays(
      metered("2026-01-05", "2026-04-06", (tMs) => (tMs < day("2026-03-02") ? usual(tMs) : 50)),
      BERLIN,
    );
    expect(typicalDay(days, day("2026-03-02")).powerKw[40]).toBe(1);
  });
});

describe("typical energy", () => {
  const days = localDays(metered("2025-02-03", "2026-03-10", usual), BERLIN);
  const [workday, sunday] = [6 * 0.2 + 18, 6 * 0.2 + 36];

  it("is that of the day, whole and until the same moment", () => {
    const { wholeKwh, soFarKwh } = typicalEnergy(days, { unit: "day", atMs: day("2026-03-10") + 12.1 * HOUR_MS });
    expect(wholeKwh).toBeCloseTo(workday, 9);
    expect(soFarKwh).toBeCloseTo(6 * 0.2 + 6.1, 9);
  });

  it("is that of their days for weeks and months", () => {
    const atMs = day("2026-03-10") + 6 * HOUR_MS;
    const week = typicalEnergy(days, { unit: "week", atMs });
    expect(week.wholeKwh).toBeCloseTo(6 * workday + sunday, 9);
    expect(week.soFarKwh).toBeCloseTo(workday + 1.2, 9);
    const month = typicalEnergy(days, { unit: "month", atMs });
    expect(month.wholeKwh).toBeCloseTo(26 * workday + 5 * sunday, 9);
    expect(month.soFarKwh).toBeCloseTo(7 * workday + 2 * sunday + 1.2, 9);
  });

  it("is that of a year at the mean of the last 365 days", () => {
    const atMs = day("2026-03-10");
    const { wholeKwh, soFarKwh } = typicalEnergy(days, { unit: "year", atMs });
    expect(wholeKwh / (52 * (6 * workday + sunday) + workday)).toBeCloseTo(1, 2);
    expect(soFarKwh / wholeKwh).toBeCloseTo((31 + 28 + 9) / 365, 6);
  });

  it("until now is no more than the whole, and grows", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("day", "week", "month", "year"),
        fc.integer({ min: day("2026-03-02"), max: day("2026-03-10") }),
        (unit, atMs) => {
          const [now, later] = [atMs, atMs + QUARTER_MS].map((at) =>
            typicalEnergy(days, { unit, atMs: at, fromMs: BERLIN.startOf(unit, atMs) }),
          );
          expect(now?.soFarKwh).toBeLessThanOrEqual((now?.wholeKwh ?? 0) + 1e-9);
          if (BERLIN.dayStart(atMs) === BERLIN.dayStart(atMs + QUARTER_MS))
            expect(later?.soFarKwh).toBeGreaterThanOrEqual(now?.soFarKwh ?? Infinity);
        },
      ),
    );
  });
});

describe("the rest of a year", () => {
  /** More in winter; this year runs at a share of last year's. */
  const yearly = (share: number) => (tMs: number) => {
    const season = 1 + 0.8 * Math.cos((2 * Math.PI * (tMs - Date.UTC(2024, 0, 10))) / (365.25 * 24 * HOUR_MS));
    return tMs < day("2026-01-01") ? season : season * share;
  };
  const ask = { nowMs: day("2026-07-01") + 6 * HOUR_MS, toMs: day("2027-01-01") };

  it("is that of last year, as this one runs against it", () => {
    const history = localDays(metered("2025-01-01", "2026-07-01", yearly(0.9)), BERLIN);
    const truth = localDays(metered("2026-07-01", "2027-01-01", yearly(0.9)), BERLIN).days.reduce(
      (sum, { energyKwh }) => sum + energyKwh,
      0,
    );
    const rest = expectedRest(history, ask);
    expect(rest?.method).toBe("last-year");
    expect(rest?.ratio).toBeCloseTo(0.9, 1);
    expect((rest?.restKwh ?? 0) / truth).toBeCloseTo(1, 1);
    expect(rest?.plusMinusKwh).toBeGreaterThan(0);
    expect(rest?.plusMinusKwh).toBeLessThan(0.1 * truth);
  });

  it("is that of the usual day where last year is not known, and says less surely what it is", () => {
    const history = localDays(
      metered("2026-05-01", "2026-07-01", () => 1),
      BERLIN,
    );
    const rest = expectedRest(history, ask);
    expect(rest?.method).toBe("mean");
    expect((rest?.restKwh ?? 0) / (184 * 24 - 6)).toBeCloseTo(1, 2);
    expect((rest?.plusMinusKwh ?? 0) / (rest?.restKwh ?? 1)).toBeCloseTo(0.25, 2);
  });

  it("is unknown with less than two weeks of history, and nothing when the year is over", () => {
    expect(
      expectedRest(
        localDays(
          metered("2026-06-20", "2026-07-01", () => 1),
          BERLIN,
        ),
        ask,
      ),
    ).toBeUndefined();
    const history = localDays(
      metered("2026-05-01", "2026-07-01", () => 1),
      BERLIN,
    );
    expect(expectedRest(history, { nowMs: ask.nowMs, toMs: ask.nowMs })).toMatchObject({ restKwh: 0, plusMinusKwh: 0 });
  });
});
