import { describe, expect, it } from "vitest";
import type { CorrectionInfo } from "#contract/corrections.ts";
import type { MeterConsumptionAnswer } from "#contract/meter-history.ts";
import { changeWords, correctionsSentence, knownRows, knownSentence, signed } from "./words.ts";

const correction = (more: Partial<CorrectionInfo> = {}): CorrectionInfo => ({
  id: 1,
  series: "house/gas/m3",
  meter: "house.gas",
  name: "Gas",
  unit: "m3",
  action: "set",
  fromMs: 0,
  toMs: 0,
  fromLocal: "",
  toLocal: "",
  value: 471.13,
  was: 4711.3,
  who: "Ann",
  why: "Point forgotten",
  madeMs: 0,
  undoneMs: null,
  ...more,
});
const months = (...amount: (number | null)[]): MeterConsumptionAnswer =>
  ({ fromMs: amount.map((_, month) => Date.UTC(2026, month)), amount }) as unknown as MeterConsumptionAnswer;

describe("what was changed of readings", () => {
  it("is counted, and what was taken back apart", () => {
    expect(correctionsSentence([])).toBe("Every number rests on readings as they came");
    expect(correctionsSentence([correction(), correction({ undoneMs: 7 })])).toBe("1 correction counts, 1 taken back");
    expect(correctionsSentence([correction({ undoneMs: 7 })])).toBe("Every number rests on readings as they came, 1 taken back");
  });

  it("stands beside what was stored", () => {
    expect(changeWords(correction())).toEqual({ was: "4,711.3\u00a0m³", now: "471.13\u00a0m³" });
    expect(changeWords(correction({ action: "delete", value: null }))).toEqual({ was: "4,711.3\u00a0m³", now: "left out" });
    expect(changeWords(correction({ action: "add", was: null, value: 5 }))).toEqual({ was: "no reading", now: "5\u00a0m³" });
    expect(changeWords(correction({ action: "offset", was: null, value: -5 }))).toEqual({ was: "each reading", now: "−5\u00a0m³" });
    expect(changeWords(correction({ action: "delete", was: null, value: null })).was).toBe("several");
  });
});

describe("as known on a day", () => {
  it("months stand beside each other, newest first, those nobody knows left out", () => {
    const rows = knownRows(months(null, 10, 20), months(null, 12, 20, 5));
    expect(rows.map(({ before, today, difference }) => [before, today, difference])).toEqual([
      [null, 5, null],
      [20, 20, 0],
      [10, 12, 2],
    ]);
    expect(knownSentence(rows, "kWh", "3 May")).toBe(
      "1 month is other than known on 3 May, +2.00\u00a0kWh together; 1 month is new since.",
    );
  });

  it("is content where nothing changed, or nothing is known", () => {
    expect(knownSentence(knownRows(months(1, 2), months(1, 2)), "kWh", "3 May")).toBe("Every month known on 3 May is as it was then.");
    expect(knownSentence(knownRows(months(null), months(2)), "kWh", "3 May")).toBe("Nothing of this meter was known on 3 May.");
    expect(knownSentence([], "kWh", "3 May")).toContain("Nothing of this meter");
  });

  it("differences carry their sign, and nothing is no change", () => {
    expect([signed(2, "kWh"), signed(-2, "kWh"), signed(0, "kWh"), signed(null, "kWh")]).toEqual([
      "+2.00\u00a0kWh",
      "−2.00\u00a0kWh",
      "no change",
      "—",
    ]);
  });
});
