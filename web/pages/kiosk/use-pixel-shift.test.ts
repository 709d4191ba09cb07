import { describe, expect, it } from "vitest";
import { shiftAt } from "./use-pixel-shift.ts";

describe("the picture on a wall", () => {
  const walk = Array.from({ length: 169 }, (_, minute) => shiftAt(minute));

  it("moves every minute, by six pixels from its place at the most", () => {
    for (const [index, [x, y]] of walk.entries()) {
      expect(Math.max(Math.abs(x), Math.abs(y))).toBeLessThanOrEqual(6);
      if (index > 0) expect([x, y]).not.toEqual(walk[index - 1]);
    }
  });

  it("visits every place of its square before it comes back", () => {
    expect(new Set(walk.map(([x, y]) => `${x},${y}`)).size).toBe(169);
  });
});
