import fc from "fast-check";
import { expect, test } from "vitest";
import { differenceText, moneyDifference } from "./differences.ts";

const kw = { unit: "", decimals: 1 };

test("a difference has a sign, and is a dash where there is none or one side is unknown", () => {
  expect([differenceText(3774, 3748.8, kw), differenceText(1, 1.5, kw), differenceText(1, 1.04, kw), differenceText(null, 1, kw)]).toEqual([
    "−25.2",
    "+0.5",
    "—",
    "—",
  ]);
});

test("money differs by exact cents", () => {
  expect(moneyDifference("146502.37", "146293.51", "USD")).toBe("−$208.86");
  expect(moneyDifference("1357", "1357.00", "USD")).toBe("—");
  expect(moneyDifference(null, "1.00", "USD")).toBe("—");
});

test("no cent is lost between any two bills", () => {
  const cents = fc.integer({ min: 0, max: 900_000_000_00 });
  fc.assert(
    fc.property(cents, cents, (before, after) => {
      const text = (amount: number) => `${Math.floor(amount / 100)}.${String(amount % 100).padStart(2, "0")}`;
      const shown = moneyDifference(text(before), text(after), "USD");
      const read = shown === "—" ? 0 : Math.round(Number(shown.replace("−", "-").replaceAll(/[+$,]/g, "")) * 100);
      expect(read).toBe(after - before);
    }),
  );
});
