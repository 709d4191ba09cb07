import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseFormula } from "./meter-formula.ts";

const terms = (text: string) => {
  const read = parseFormula(text);
  return "terms" in read ? Object.fromEntries(read.terms.map(({ factor, meter }) => [meter, factor])) : read;
};
const problem = (text: string) => {
  const read = parseFormula(text);
  return "terms" in read ? undefined : read;
};

describe("a formula", () => {
  it("adds, takes off and multiplies", () => {
    expect(terms("strom_total - eg_strom - og1_strom - og2_strom")).toEqual({ strom_total: 1, eg_strom: -1, og1_strom: -1, og2_strom: -1 });
    expect(terms("a - b - 0.5 * c")).toEqual({ a: 1, b: -1, c: -0.5 });
    expect(terms("main * 0.001 + -other")).toEqual({ main: 0.001, other: -1 });
    expect(terms("(a + b) / 4 - 2 * (a - (c))")).toEqual({ a: 0.25 - 2, b: 0.25, c: 2 });
    expect(terms("2 * 3 * a")).toEqual({ a: 6 });
  });

  it("takes a minus sign without blanks for part of a name", () => {
    expect(terms("og-1 - keller-süd_2")).toEqual({ "og-1": 1, "keller-süd_2": -1 });
    expect(terms("1LOG0007_NT + 1LOG0007_HT")).toEqual({ "1LOG0007_NT": 1, "1LOG0007_HT": 1 });
  });

  it("reads signs that word processors make", () => {
    expect(terms("a − b – c")).toEqual({ a: 1, b: -1, c: -1 });
  });

  it("counts a meter once that is named twice", () => {
    expect(terms("a + b + a")).toEqual({ a: 2, b: 1 });
  });

  it("that cannot be read is told with the position", () => {
    expect(problem("a - ")).toEqual({ position: 4, problem: "Position 5: a meter or a number is missing, the formula ends." });
    expect(problem("a b")).toEqual({ position: 2, problem: "Position 3: + or - is missing, there is “b”." });
    expect(problem("a + (b - c")?.problem).toBe("Position 11: the ) of the ( at position 5 is missing, the formula ends.");
    expect(problem("a - 0,5 * b")?.problem).toBe("Position 5: write 0.5 with a point, not 0,5.");
    expect(problem("a- b")?.problem).toMatch(/A minus sign between meters needs a blank on both sides/);
    expect(problem("a & b")?.position).toBe(2);
    expect(problem("a * b")?.problem).toMatch(/^Position 3: a meter can be multiplied with a number/);
    expect(problem("1 / a")?.problem).toMatch(/divided by a number, not by a meter/);
    expect(problem("a / 0")?.problem).toMatch(/nothing can be divided by 0/);
    expect(problem("a + 5")?.problem).toMatch(/number alone \(5\)/);
    expect(problem("a - a")?.problem).toMatch(/Nothing is left of a/);
    expect(problem("  ")?.problem).toMatch(/empty/);
    expect(problem("7")?.problem).toMatch(/number alone/);
  });

  it("is read back as it was written", () => {
    const name = fc.stringMatching(/^[a-z][a-z0-9_]{0,8}$/);
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(name, fc.integer({ min: 1, max: 999 }), fc.boolean()), {
          minLength: 1,
          maxLength: 8,
          selector: ([n]) => n,
        }),
        (parts) => {
          const text = parts.map(([meter, tenths, isMinus]) => `${isMinus ? "-" : "+"} ${tenths / 10} * ${meter}`).join(" ");
          expect(terms(text)).toEqual(
            Object.fromEntries(parts.map(([meter, tenths, isMinus]) => [meter, (isMinus ? -1 : 1) * (tenths / 10)])),
          );
        },
      ),
    );
  });

  it("is read or told, whatever is written", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[ab12.,()+*/ -]{0,20}$/)), (text) => {
        const read = parseFormula(text);
        if ("problem" in read) expect(read.position).toBeLessThanOrEqual(text.length);
        else expect(read.terms.every(({ factor }) => Number.isFinite(factor) && factor !== 0)).toBe(true);
      }),
    );
  });
});
