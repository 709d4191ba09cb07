import { describe, expect, test } from "vitest";
import { sparkPaths } from "./spark-scene.ts";

const SIZE = { width: 120, height: 30 };

describe("a row of small bars", () => {
  test("the measured part stands on the line, the filled part upon it", () => {
    const { measured, filled } = sparkPaths([{ amount: 10, measured: 4 }], SIZE);
    expect(measured).toMatch(/^M14\.4 29v-11\.2h/);
    expect(filled).toMatch(/^M14\.4 17\.8v-16\.8h/);
  });

  test("what nobody knows is a tick on the line, nothing used is nothing", () => {
    const { measured, filled, missing, base } = sparkPaths(
      [
        { amount: null, measured: null },
        { amount: 0, measured: 0 },
      ],
      SIZE,
    );
    expect(missing).not.toBe("");
    expect(measured).toMatch(/v-1h/);
    expect(filled).toBe("");
    expect(base).toBe("M0 29H120");
  });

  test("below zero hangs under the line", () => {
    const { measured, base } = sparkPaths(
      [
        { amount: 10, measured: 10 },
        { amount: -10, measured: -10 },
      ],
      SIZE,
    );
    expect(base).toBe("M0 15H120");
    expect(measured).toContain("v14h");
  });
});
