import { describe, expect, test } from "vitest";
import { draftOf, EMPTY_FORM, type MeterForm, meterNameOf, numberOf, patternOf } from "./meter-draft.ts";

const form = (changes: Partial<MeterForm>): MeterForm => ({ ...EMPTY_FORM, name: "Water garden", ...changes });

describe("a meter as a form holds it", () => {
  test("what is empty is left to what is found out", () => {
    expect(draftOf(form({}))).toMatchObject({
      draft: { name: "Water garden", serial: null, pattern: null, readEveryDays: null, periods: [] },
    });
  });

  test("a sum keeps its periods and none of what only a dial has", () => {
    const read = draftOf(form({ kind: "master", serial: "7", periods: [{ fromDate: "2020-01-01", toDate: "", sources: "nt, ht" }] }));
    expect(read).toMatchObject({ draft: { serial: null, periods: [{ fromDate: "2020-01-01", toDate: null, sources: ["nt", "ht"] }] } });
  });

  test("everything that cannot be read is told at once", () => {
    const read = draftOf(form({ name: " ", unit: "", readEveryDays: "often", pattern: "1 2 3" }));
    expect("problems" in read && read.problems).toHaveLength(4);
  });

  test("a pattern is twelve numbers, with points or commas", () => {
    expect(patternOf("16,5 14 12 8.5 4 2 2 2 4 9 12 15")?.slice(0, 4)).toEqual([16.5, 14, 12, 8.5]);
    expect(patternOf("")).toBeNull();
    expect(patternOf("1 2 3 4 5 6 7 8 9 10 11")).toBeUndefined();
    expect(patternOf("1 2 3 4 5 6 7 8 9 10 11 -1")).toBeUndefined();
  });

  test("numbers are read as people type them", () => {
    expect(numberOf("12 345,6")).toBe(12_345.6);
    expect(numberOf("1'000")).toBe(1000);
    expect(numberOf("a lot")).toBeUndefined();
  });

  test("a name becomes one that a formula can say, and never one that is taken", () => {
    expect(meterNameOf("Küche, warm", new Set())).toBe("kueche_warm");
    expect(meterNameOf("Été – chaud", new Set(["ete_chaud"]))).toBe("ete_chaud_2");
    expect(meterNameOf("···", new Set())).toBe("meter");
  });
});
