import { expect, test } from "vitest";
import { decimal, ratio, roundLine } from "./money.ts";

test("a part of a month that comes to half a cent is rounded as half a cent", () => {
  const up = { line: 2, total: 2, mode: "half-up" } as const;
  for (const [days, ofDays, fee, cents] of [
    [25, 30, "0.03", "0.03"],
    [5, 30, "0.03", "0.01"],
    [5, 30, "0.09", "0.02"],
    [25, 30, "0.021", "0.02"],
  ] as const)
    expect(roundLine(ratio(days, ofDays).times(decimal(fee)), up).toString()).toBe(cents);
});
