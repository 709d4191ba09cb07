import { describe, expect, it } from "vitest";
import { type Bar, type BarScene, barAt, barColumns, barFrame, DESK_STYLE } from "./bar-scene.ts";

const bar = (x0: number, value: number): Bar => ({ x0, x1: x0 + 1, value, color: "--import" });
const scene = (bars: readonly Bar[], more: Partial<BarScene> = {}): BarScene => ({
  fromX: 0,
  toX: 10,
  unit: "kW",
  bars,
  lines: [],
  levels: [],
  shades: [],
  ticks: () => [],
  ...more,
});
const SIZE = { width: 148, height: 140 };

describe("a chart of amounts", () => {
  it("stands on zero and holds every bar, band and level", () => {
    const line = { x: [0, 1], y: [50, Number.NaN], shape: "line", color: "--import", around: [70, 0] } as const;
    const frame = barFrame(scene([bar(0, 80)], { lines: [line], levels: [{ value: 110, label: "limit" }] }), SIZE);
    expect(frame.y(0)).toBe(SIZE.height - DESK_STYLE.bottom);
    expect(frame.topValue).toBeGreaterThan(120);
    expect(frame.y(120)).toBeGreaterThan(frame.top);
    expect(frame.values[0]).toBe(0);
  });

  it("names no value but zero where nothing is known", () => {
    const frame = barFrame(scene([bar(0, Number.NaN)]), SIZE);
    expect(frame.values).toEqual([0]);
    expect(Number.isFinite(frame.y(0))).toBe(true);
  });

  it("finds the bar under the cursor, and none in a gap or in the margin", () => {
    const shown = scene([bar(0, 5), bar(1, 6), bar(4, 7)]);
    const frame = barFrame(shown, SIZE);
    expect(barAt(shown, frame, frame.x(1.5))).toBe(1);
    expect(barAt(shown, frame, frame.x(4))).toBe(2);
    expect(barAt(shown, frame, frame.x(3))).toBeUndefined();
    expect(barAt(shown, frame, 3)).toBeUndefined();
  });

  it("keeps the highest and the lowest of each pixel where bars are thinner than pixels", () => {
    const many = Array.from(
      { length: 1000 },
      (_, index): Bar => ({
        x0: index / 100,
        x1: (index + 1) / 100,
        value: index === 500 ? 900 : index % 2 === 0 ? 10 : 20,
        color: "--import",
      }),
    );
    const shown = scene(many);
    const { low, high } = barColumns(shown, barFrame(shown, SIZE));
    expect(Math.max(...high)).toBe(900);
    expect(Math.min(...low)).toBe(10);
  });

  it("leaves a gap where nothing is known", () => {
    const shown = scene([bar(0, 5), bar(1, Number.NaN), bar(2, 5)]);
    const frame = barFrame(shown, SIZE);
    const { high } = barColumns(shown, frame);
    expect(high[Math.round(frame.x(1.5) - frame.left)]).toBeNaN();
  });
});
