import { expect, test } from "vitest";
import { medianSpacing, spacings } from "./median-spacing.ts";

test("the usual spacing is the one in the middle, whatever pauses there were", () => {
  expect(medianSpacing(Float64Array.of(0, 10, 20, 30, 5_000, 5_010))).toBe(10);
});

test("two instants are not enough to tell", () => {
  expect(medianSpacing(Float64Array.of(0, 10))).toBeNaN();
  expect(medianSpacing(new Float64Array())).toBeNaN();
});

test("pauses that are common are known beside it", () => {
  const every = Float64Array.from({ length: 1_000 }, (_, i) => Math.floor(i / 5) * 1_000 + (i % 5) * 10);
  expect(spacings(every)).toEqual({ median: 10, most: 960 });
});
