import { expect, test } from "vitest";
import { sendersInstant } from "./instant.ts";

const NOW_MS = Date.UTC(2026, 10, 20);
const NEVER_SET_MS = 60_000;

test("an instant no clock can mean is refused, also where our own clock was never set", () => {
  for (const tMs of [Number.NaN, Number.POSITIVE_INFINITY, 1e300, 1e20, 8.64e15, Date.UTC(2200, 0, 1), 0, -1]) {
    expect(sendersInstant(tMs, NEVER_SET_MS).reject?.code, String(tMs)).toBe("time-implausible");
    expect(sendersInstant(tMs, NOW_MS).reject, String(tMs)).toBeDefined();
  }
});

test("where our own clock was never set, the sender's is believed with a mark", () => {
  expect(sendersInstant(NOW_MS + 0.4, NEVER_SET_MS)).toEqual({ tMs: NOW_MS, uncertain: true });
});
