import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ANY, type Look, MINUTE_MS, QUARTER_MS, seen, T0, tell } from "./alert-world.ts";
import { judge } from "./judge.ts";
import type { Rule } from "./rule.ts";

const RULES: readonly Rule[] = [
  { ...ANY, kind: "stale", source: "meter" },
  { ...ANY, kind: "stale", source: "meter", afterMs: MINUTE_MS, repeatMs: 5 * MINUTE_MS },
  { ...ANY, kind: "thinning", of: "home/meter", overMs: 60 * MINUTE_MS, fewerThan: 60 },
  { ...ANY, kind: "threshold", series: "a/b/c@d", above: 70, below: 20, hysteresis: 5, forMs: 3 * MINUTE_MS },
  { ...ANY, kind: "threshold", series: "a/b/c@d", above: 50, hysteresis: 0, forMs: 0, repeatMs: MINUTE_MS },
  { ...ANY, kind: "price", series: "a/b/price@d", below: 30, hysteresis: 10 },
  { ...ANY, kind: "job", job: "backup" },
  { ...ANY, kind: "demand", plant: "plant.main", targetKw: 60, notBeforeMs: 3 * MINUTE_MS, leadMs: 2 * MINUTE_MS, hysteresisKw: 10 },
  { ...ANY, kind: "demand", plant: "plant.main", notBeforeMs: 0, leadMs: 0, hysteresisKw: 0, repeatMs: 1 },
];

const rule = fc.constantFrom(...RULES);
const value = fc.oneof(fc.integer({ min: 0, max: 100 }), fc.constant(Number.NaN), fc.constantFrom(0, 1));
/** Looks at any rate and in any order, within a day. */
const looks = fc.array(
  fc.record({
    atMs: fc.integer({ min: 0, max: 20 * 60 }).map((half) => half * 30_000),
    value,
    ageMs: fc.integer({ min: 0, max: 40 * MINUTE_MS }),
    everyMs: fc.constantFrom(10_000, 60_000, Number.NaN),
  }),
  { maxLength: 60 },
);

function lookAt({ atMs, value: at, ageMs, everyMs }: { atMs: number; value: number; ageMs: number; everyMs: number }): Look {
  const nowMs = T0 + atMs;
  const startMs = Math.floor(nowMs / QUARTER_MS) * QUARTER_MS;
  const interval = { startMs, endMs: startMs + QUARTER_MS, levelKw: 50 };
  return { nowMs, observation: seen({ value: at, tMs: nowMs - ageMs, spacingMs: everyMs, interval }) };
}

describe("whatever is looked at, how often and in whatever order", () => {
  test("what began is told over at most once before it begins again, and nothing is over that never began", () => {
    fc.assert(
      fc.property(rule, looks, (one, rows) => {
        const told = tell(one, rows.map(lookAt)).filter(({ what }) => what !== "repeated");
        told.forEach(({ what }, i) => {
          expect(what).toBe(i % 2 === 0 ? "fired" : "cleared");
        });
      }),
    );
  });

  test("a restart between any two looks changes nothing", () => {
    fc.assert(
      fc.property(rule, looks, (one, rows) => {
        const again = tell(one, rows.map(lookAt), (state) => JSON.parse(JSON.stringify(state)));
        expect(again).toEqual(tell(one, rows.map(lookAt)));
      }),
    );
  });

  test("a clock that is set back tells nothing twice", () => {
    fc.assert(
      fc.property(rule, looks, fc.integer({ min: 1, max: 86_400_000 }), (one, rows, backMs) => {
        for (const row of rows) {
          const look = lookAt(row);
          const first = judge(one, look.observation, { state: { standing: "clear", sinceMs: 0 }, nowMs: look.nowMs });
          if (first.notices.length === 0) continue;
          const back = judge(one, look.observation, { state: first.state, nowMs: look.nowMs - backMs });
          expect(back.notices.filter(({ what }) => what !== "cleared")).toEqual([]);
          const forth = judge(one, look.observation, { state: first.state, nowMs: look.nowMs });
          expect(forth.notices).toEqual([]);
        }
      }),
    );
  });

  test("NaN decides nothing", () => {
    fc.assert(
      fc.property(rule, looks, (one, rows) => {
        const unknown = rows.map(lookAt).map(({ nowMs, observation }) => {
          return { nowMs, observation: { ...observation, value: Number.NaN, tMs: Number.NaN } };
        });
        expect(tell(one, unknown)).toEqual([]);
      }),
    );
  });

  test("every notice says in one line what it is about", () => {
    fc.assert(
      fc.property(rule, looks, (one, rows) => {
        for (const { title, text } of tell(one, rows.map(lookAt))) {
          expect(title).toMatch(/^Electricity meter[^\n]{5,120}$/);
          expect(text).not.toMatch(/NaN|undefined|Infinity/);
        }
      }),
    );
  });
});

describe("hysteresis", () => {
  test("a value that wavers inside it tells nothing", () => {
    const hot: Rule = { ...ANY, kind: "threshold", series: "a/b/c@d", above: 50, hysteresis: 5, forMs: 0 };
    const inside = fc.array(fc.double({ min: 45, max: 50, noNaN: true, minExcluded: true }), { maxLength: 50 });
    fc.assert(
      fc.property(inside, fc.boolean(), (values, fired) => {
        const before = fired ? [51] : [];
        const rows = [...before, ...values].map((at, i) => ({ nowMs: T0 + i * MINUTE_MS, observation: seen({ value: at }) }));
        expect(tell(hot, rows).map(({ what }) => what)).toEqual(fired ? ["fired"] : []);
      }),
    );
  });

  test("limits closer together than the hysteresis leave a way back inside", () => {
    const narrow: Rule = { ...ANY, kind: "price", series: "a/b/c@d", above: 12, below: 10, hysteresis: 5 };
    const rows = [13, 12, 11].map((at, i) => ({ nowMs: T0 + i, observation: seen({ value: at }) }));
    expect(tell(narrow, rows).map(({ what }) => what)).toEqual(["fired", "cleared"]);
  });
});
