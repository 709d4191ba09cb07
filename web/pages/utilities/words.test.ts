import { describe, expect, test } from "vitest";
import { amountText, changeText, changeWords, flagWords, missingText, perUnitText, registerText, shareText } from "./words.ts";

const plain = (text: string | undefined) => text?.replaceAll("\u00a0", " ");

describe("words of meters", () => {
  test("amounts keep the meter's unit and three digits, registers what the dial shows", () => {
    expect(plain(amountText(1234.567, "kWh"))).toBe("1,235 kWh");
    expect(plain(amountText(0.0234, "m³"))).toBe("0.0234 m³");
    expect(plain(registerText(12_345.6, "kWh"))).toBe("12,345.6 kWh");
    expect(amountText(null, "kWh")).toBe("—");
  });

  test("the measured share is never rounded up to all, nor down to none", () => {
    expect(plain(shareText({ amount: 100, measured: 99.8 }))).toBe("99 % measured");
    expect(plain(shareText({ amount: 100, measured: 0.2 }))).toBe("1 % measured");
    expect(shareText({ amount: 100, measured: 100 })).toBe("all measured");
    expect(shareText({ amount: 100, measured: 0 })).toBe("all filled");
    expect(shareText({ amount: 0, measured: 0 })).toBeUndefined();
    expect(shareText({ amount: null, measured: null })).toBeUndefined();
  });

  test("a change needs a true amount to compare with", () => {
    expect(plain(changeWords(94, 100))).toBe("6 % less than");
    expect(plain(changeWords(112, 100))).toBe("12 % more than");
    expect(changeWords(100.2, 100)).toBe("as much as");
    expect(changeWords(310, 100)).toBe("3.10 times as much as");
    expect(changeWords(5, 0)).toBeUndefined();
    expect(changeWords(null, 100)).toBeUndefined();
    expect(plain(changeText(94, 100))).toBe("−6 %");
    expect(plain(changeText(100, 100))).toBe("0 %");
    expect(changeText(5, null)).toBe("—");
  });

  test("what is missing is said of what is known in part; what is not known at all says so itself", () => {
    const month = { fromMs: 0, toMs: 30 * 86_400_000, amount: 3, missingMs: 52 * 3_600_000 };
    expect(plain(missingText(month))).toBe("2 d 4 h unknown");
    expect(missingText({ ...month, amount: null })).toBeUndefined();
    expect(missingText({ ...month, missingMs: 0 })).toBeUndefined();
    expect(missingText({ ...month, missingMs: 60_000 })).toBeUndefined();
  });

  test("every flag has its words", () => {
    expect(flagWords(["belowZero", "replaced"])).toEqual(["below zero: one of the meters is wrong", "meter replaced"]);
    expect(perUnitText("units")).toBe("per unit");
    expect(perUnitText("m3")).toBe("per m³");
  });
});
