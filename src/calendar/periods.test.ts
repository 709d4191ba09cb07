import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dateStart, localText } from "./local-text.ts";
import { type PeriodRule, Periods, periodProblems } from "./periods.ts";
import { zoneNamed } from "./zone.ts";

const indiana = zoneNamed("America/Indiana/Indianapolis");
const anchored = (anchor: string): Periods => new Periods({ kind: "anchored", anchor }, indiana);
const starts = (periods: Periods, count: number): string[] => Array.from({ length: count }, (_, k) => periods.period(k).name);
const at = (date: string): number => dateStart(date, indiana) as number;

describe("an anchor on the 31st", () => {
  it("is held within short months and comes back in long ones, also backwards", () => {
    expect(starts(anchored("2025-01-31"), 4)).toEqual(["2025-01-31", "2025-02-28", "2025-03-31", "2025-04-30"]);
    expect(anchored("2025-01-31").period(-2).name).toBe("2024-11-30");
    expect(anchored("2024-01-31").period(1).name).toBe("2024-02-29");
  });

  /*
   * The original took the candidate of 15 April, 30 April, back by a month to 30 March: one period under two starts.
   * Each start is told from the anchor alone, so it is 31 March.
   */
  it("puts 15 April into the period from 31 March", () => {
    const periods = anchored("2025-01-31");
    expect(periods.period(periods.index(at("2025-04-15"))).name).toBe("2025-03-31");
  });
});

describe("an anchor on the 17th", () => {
  it("ends a period before its first instant", () => {
    const periods = anchored("2025-01-17");
    const holding = (tMs: number): string[] => {
      const { fromMs, toMs } = periods.period(periods.index(tMs));
      return [localText(fromMs, indiana), localText(toMs, indiana)];
    };
    expect(holding(at("2025-01-17") - 1_000)).toEqual(["2024-12-17 00:00:00", "2025-01-17 00:00:00"]);
    expect(holding(at("2025-01-17"))).toEqual(["2025-01-17 00:00:00", "2025-02-17 00:00:00"]);
  });

  it("keeps a time of day, and an offset behind it is dropped", () => {
    for (const anchor of ["2025-01-17T06:30", "2025-01-17 06:30:00", "2025-01-17T06:30:00Z", "2025-01-17T06:30:00+01:00"])
      expect(localText(anchored(anchor).period(6).fromMs, indiana)).toBe("2025-07-17 06:30:00");
  });
});

describe("listed read dates", () => {
  const periods = new Periods({ kind: "listed", readDates: ["2026-01-05", "2026-02-04", "2026-03-09"] }, indiana);

  it("are as read, and what comes before and after is predicted and says so", () => {
    expect([-1, 0, 1, 2, 3].map((k) => [periods.period(k).name, periods.period(k).predicted, periods.days(k)])).toEqual([
      ["2025-12-05", true, 31],
      ["2026-01-05", undefined, 30],
      ["2026-02-04", undefined, 33],
      ["2026-03-09", true, 31],
      ["2026-04-09", true, 30],
    ]);
  });

  it("must be dates, in order, each once", () => {
    expect(periodProblems({ kind: "listed", readDates: [] })).toHaveLength(1);
    expect(periodProblems({ kind: "listed", readDates: ["2026-02-04", "2026-01-05", "2026-01-05", "2026-02-30"] })).toHaveLength(3);
    expect(() => new Periods({ kind: "anchored", anchor: "soon" }, indiana)).toThrow(RangeError);
  });
});

it("a period belongs to the month that holds its middle", () => {
  const month = (periods: Periods, date: string): number => (periods.monthIndex(periods.index(at(date))) % 12) + 1;
  expect([month(anchored("2025-01-17"), "2025-06-20"), month(new Periods({ kind: "calendar" }, indiana), "2025-06-20")]).toEqual([7, 6]);
});

const ZONES = [
  "America/Indiana/Indianapolis",
  "America/St_Johns",
  "Europe/Berlin",
  "Australia/Lord_Howe",
  "Africa/Cairo",
  "America/Havana",
  "Asia/Beirut",
  "Pacific/Apia",
  "UTC",
];
const date = fc.integer({ min: Date.UTC(1995, 0, 1), max: Date.UTC(2035, 0, 1) }).map((ms) => new Date(ms).toISOString());
const rule: fc.Arbitrary<PeriodRule> = fc.oneof(
  fc.constant({ kind: "calendar" } as const),
  date.map((text) => ({ kind: "anchored", anchor: text.slice(0, 10) }) as const),
  date.map((text) => ({ kind: "anchored", anchor: text.slice(0, 16) }) as const),
  fc.tuple(date, fc.array(fc.integer({ min: 27, max: 35 }), { maxLength: 30 })).map(([first, days]) => {
    const reads = [Date.parse(first.slice(0, 10))];
    for (const gap of days) reads.push((reads.at(-1) as number) + gap * 86_400_000);
    return { kind: "listed", readDates: reads.map((ms) => new Date(ms).toISOString().slice(0, 10)) } as const;
  }),
);

describe("periods of any rule in any zone", () => {
  it("tile time: each begins where the one before ends, and every instant lies in the one it is said to lie in", () => {
    fc.assert(
      fc.property(
        rule,
        fc.constantFrom(...ZONES),
        fc.integer({ min: Date.UTC(1996, 0, 1), max: Date.UTC(2034, 0, 1) }),
        (given, id, tMs) => {
          const periods = new Periods(given, zoneNamed(id));
          const k = periods.index(tMs);
          const { fromMs, toMs } = periods.period(k);
          expect(fromMs <= tMs && tMs < toMs).toBe(true);
          expect(periods.period(k + 1).fromMs).toBe(toMs);
          expect(periods.index(fromMs)).toBe(k);
          expect(periods.index(toMs - 1)).toBe(k);
          expect(periods.between(fromMs, toMs + 1).map((p) => p.fromMs)).toEqual([fromMs, toMs]);
          expect(periods.days(k)).toBeGreaterThanOrEqual(27);
          expect(periods.days(k)).toBeLessThanOrEqual(35);
        },
      ),
      { numRuns: 300 },
    );
  });
});
