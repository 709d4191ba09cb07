import { describe, expect, it } from "vitest";
import { checkBody, decimalOf } from "./check-form.ts";

const FORM = { from: "2026-02-24", to: "2026-03-24", energyKwh: "78,096", billedKw: "408", total: "$13,449.45" };

describe("a bill that is typed from paper", () => {
  it("is read as it is printed", () => {
    expect(checkBody(FORM).body).toEqual({ from: "2026-02-24", to: "2026-03-24", energyKwh: 78_096, billedKw: 408, total: "13449.45" });
  });

  it("leaves out what was not typed", () => {
    expect(checkBody({ ...FORM, energyKwh: " ", total: "" }).body).toEqual({ from: "2026-02-24", to: "2026-03-24", billedKw: 408 });
  });

  it.each([
    ["1234.5", "1234.5"],
    ["1,234", "1234"],
    ["1.234,50", "1234.50"],
    ["13 449,45", "13449.45"],
    ["0", "0"],
    ["", undefined],
    ["12 kW", "wrong"],
    ["-5", "wrong"],
    ["1,23,4", "wrong"],
  ])("reads %j as %j", (typed, read) => {
    expect(decimalOf(typed)).toBe(read);
  });

  it("says everything that is wrong at once", () => {
    const { body, faults } = checkBody({ from: "", to: "2026-03-24", energyKwh: "many", billedKw: "", total: "" });
    expect(body).toBeUndefined();
    expect(Object.keys(faults)).toEqual(["from", "energyKwh"]);
  });

  it("wants the days in order, and something to compare", () => {
    expect(checkBody({ ...FORM, to: FORM.from }).faults.to).toBeDefined();
    expect(checkBody({ ...FORM, energyKwh: "", billedKw: "", total: "" }).faults.total).toBeDefined();
  });
});
