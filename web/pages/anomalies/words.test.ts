import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { AnomalyInfo } from "#contract/anomalies.ts";
import { amountWords, anomaliesSentence, barScene, filtered, isRunning, likeItBefore, sinceWords, stretchText } from "./words.ts";

const DAY_MS = 86_400_000;
const nowMs = Date.UTC(2026, 10, 20, 12);
const finding = (more: Partial<AnomalyInfo> = {}): AnomalyInfo => ({
  id: "unusual:1",
  meter: "house.water",
  name: "Water",
  unit: "m3",
  rule: "unusual",
  fromMs: nowMs - 20 * DAY_MS,
  toMs: nowMs - 18 * DAY_MS,
  fromLocal: "",
  toLocal: "",
  amount: 12,
  expected: 4,
  low: 3,
  high: 6,
  score: 5,
  sentence: "",
  dismissed: null,
  ...more,
});
const putAside = { why: "Guests", who: "Ann", madeMs: 0, factId: 1 };
const say = (...anomalies: AnomalyInfo[]) => anomaliesSentence({ nowMs, method: "", anomalies }, "UTC");

describe("the first line", () => {
  it("counts what is open, and since when", () => {
    expect(say(finding())).toBe("1 thing worth a look since October 31");
    expect(say(finding(), finding({ dismissed: putAside }), finding({ fromMs: Date.UTC(2026, 6, 3) }))).toBe(
      "2 things worth a look since July 2026; the newest is unusual use at Water on October 31",
    );
  });

  it("tells of a leak that runs, and not of one that is over", () => {
    const leak = finding({ rule: "leak", name: "Garden tap", fromMs: nowMs - 3 * DAY_MS, toMs: nowMs });
    expect(say(leak, finding())).toBe("2 things worth a look since October 31; the leak at Garden tap runs since Tuesday");
    expect(say(leak, leak)).toContain("2 leaks run");
    expect(isRunning({ ...leak, toMs: nowMs - 5 * DAY_MS }, nowMs)).toBe(false);
  });

  it("tells what came before of the same kind", () => {
    const [newest, other, older] = [finding(), finding({ rule: "leak", fromMs: 2 }), finding({ fromMs: 1 })];
    const all = [newest, other, older, finding({ fromMs: 0, dismissed: putAside })];
    expect(all.map((one) => likeItBefore(one, all))).toEqual([1, 0, 0, 0]);
  });

  it("is content where there is nothing, or nothing left", () => {
    expect(say()).toBe("No meter used anything that its past does not explain");
    expect(say(finding({ dismissed: putAside }))).toBe("Nothing is left to look at");
  });

  it("names beginnings as people do", () => {
    expect(sinceWords(nowMs - DAY_MS, nowMs, "UTC")).toBe("Thursday");
    expect(sinceWords(nowMs - 400 * DAY_MS, nowMs, "UTC")).toBe("October 2025");
  });
});

describe("the numbers of a finding", () => {
  it("stand in the meter's unit, beside what was expected where it is known", () => {
    expect(amountWords(finding())).toEqual({ amount: "12.0\u00a0m³", expected: "3.00 to 6.00\u00a0m³" });
    expect(amountWords(finding({ low: null, high: null })).expected).toBeUndefined();
  });

  it("of a leak stand alone: how much of it was wanted nobody knows", () => {
    const leak = finding({ rule: "leak", low: 0, high: 0 });
    expect([amountWords(leak).expected, barScene(leak)]).toEqual([undefined, undefined]);
  });

  it("stand on a bar in their order and within it, whatever they are", () => {
    const some = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(some, fc.tuple(some, some, some), (amount, range) => {
        const [low, expected, high] = [...range].sort((a, b) => a - b) as [number, number, number];
        const scene = barScene(finding({ amount, low, expected, high }));
        expect(scene?.from).toBeLessThanOrEqual(scene?.to ?? Number.NaN);
        expect(scene?.expected).toBeGreaterThanOrEqual(scene?.from ?? Number.NaN);
        for (const place of [scene?.from, scene?.to, scene?.point, scene?.expected]) {
          expect(place).toBeGreaterThanOrEqual(0);
          expect(place).toBeLessThanOrEqual(100);
        }
        if (amount > high) expect(scene?.point).toBeGreaterThanOrEqual(scene?.to ?? Number.NaN);
      }),
    );
  });
});

it("a stretch is told in days, with its year where that is long ago", () => {
  const plain = (fromMs: number, toMs: number) => stretchText({ fromMs, toMs }, nowMs, "UTC").replaceAll(/[\u2009\u00a0]/g, " ");
  expect(plain(Date.UTC(2026, 10, 17), Date.UTC(2026, 10, 18))).toBe("Tue, Nov 17");
  expect(plain(Date.UTC(2025, 10, 17), Date.UTC(2025, 10, 18))).toBe("Mon, Nov 17, 2025");
  expect(plain(Date.UTC(2025, 10, 9, 8), Date.UTC(2025, 10, 12))).toBe("Nov 9 – 11, 2025");
  expect(plain(Date.UTC(2026, 10, 9, 8), Date.UTC(2026, 10, 12))).toBe("Nov 9 – 11");
});

it("filters keep what was put aside apart", () => {
  const all = [finding(), finding({ meter: "house.gas" }), finding({ dismissed: putAside }), finding({ rule: "leak" })];
  const none = { meter: undefined, rule: undefined, dismissed: false };
  expect(filtered(all, none)).toHaveLength(3);
  expect(filtered(all, { ...none, meter: "house.gas" })).toEqual([all[1]]);
  expect(filtered(all, { ...none, rule: "leak" })).toEqual([all[3]]);
  expect(filtered(all, { ...none, dismissed: true })).toEqual([all[2]]);
});
