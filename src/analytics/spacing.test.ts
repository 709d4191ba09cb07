import { describe, expect, it } from "vitest";
import { publisherOf } from "./spacing.ts";

const QUARTER_MS = 900_000;
const every = (seconds: number, rows = 40, jitterMs = 0) =>
  Float64Array.from({ length: rows }, (_, i) => i * seconds * 1000 + ((i * 7919) % (jitterMs + 1)));

describe("how a source publishes", () => {
  it.each([
    ["one message per interval", every(900, 40, 8000), 30_000, true],
    ["a message every 15 s", every(15, 40, 700), 2_000, false],
    ["a message every second", every(1, 40, 90), 0, false],
    ["a message every five minutes", every(300), 2_000, false],
  ])("is found out for %s", (_, tMs, graceMs, perInterval) => {
    expect(publisherOf(tMs, QUARTER_MS)).toMatchObject({ graceMs, perInterval });
  });

  it("is not changed by a lost message, a repeated one or a silence", () => {
    const disturbed = Float64Array.from([...every(15).filter((_, i) => i !== 30), 39 * 15_000 + 40, 39 * 15_000 + 2_400_000]);
    expect(publisherOf(disturbed, QUARTER_MS)).toEqual({ spacingMs: 15_000, graceMs: 2_000, perInterval: false });
  });

  it("is not known of a single message", () => {
    expect(publisherOf(Float64Array.of(5), QUARTER_MS)).toEqual({ spacingMs: NaN, graceMs: 0, perInterval: false });
  });
});
