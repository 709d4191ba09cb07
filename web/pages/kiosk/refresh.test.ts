import { expect, it } from "vitest";
import { refreshMs } from "./refresh.ts";

it.each([
  [undefined, 10_000],
  ["10", 10_000],
  ["30", 30_000],
  ["0.1", 2_000],
  ["99999", 3_600_000],
  ["0", 10_000],
  ["-5", 10_000],
  ["often", 10_000],
])("?refresh=%s looks every %i ms", (text, ms) => {
  expect(refreshMs(text)).toBe(ms);
});
