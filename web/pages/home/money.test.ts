import fc from "fast-check";
import { expect, it } from "vitest";
import { energyCost, lessMoney, rateText, roughMoney } from "./money.ts";

it("takes one exact decimal from another exactly", () => {
  expect(lessMoney("1.9312", "0.3226")).toBe("1.6086");
  expect(lessMoney("0.30", "0.1")).toBe("0.20");
  expect(lessMoney("1", "1.5")).toBe("-0.5");
  expect(lessMoney("5", "2")).toBe("3");
  expect(lessMoney(null, "1")).toBeNull();
  expect(lessMoney("1", null)).toBe("1");
});

it("gives back what was added, however many digits", () => {
  const cents = fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n });
  const text = (value: bigint) =>
    `${value < 0n ? "-" : ""}${(value < 0n ? -value : value)
      .toString()
      .padStart(5, "0")
      .replace(/(\d{4})$/, ".$1")}`;
  fc.assert(
    fc.property(cents, cents, (a, b) => {
      expect(lessMoney(text(a + b), text(b))).toBe(text(a));
    }),
  );
});

it("writes a rate with its digits and rough money without", () => {
  expect(rateText("0.3102", "EUR")).toBe("€0.3102");
  expect(rateText("0.30", "EUR")).toBe("€0.30");
  expect(roughMoney("-96.4", "EUR")).toBe("€96");
  expect(rateText("1", "shells")).toBe("1 shells");
});

it("energy that nobody knows has no cost, whatever the base fee comes to", () => {
  expect(energyCost({ boughtKwh: null, cost: "0.42", baseFee: "0.42" })).toBeNull();
  expect(energyCost({ boughtKwh: 0, cost: "0.42", baseFee: "0.42" })).toBe("0.00");
  expect(energyCost({ boughtKwh: 2, cost: null, baseFee: null })).toBeNull();
});
