import { expect, it } from "vitest";
import { scaledSize } from "./photo.ts";

it("a picture keeps its shape, shrinks to the limit and never grows", () => {
  expect(scaledSize(4032, 3024)).toEqual({ width: 1600, height: 1200 });
  expect(scaledSize(3024, 4032)).toEqual({ width: 1200, height: 1600 });
  expect(scaledSize(800, 600)).toEqual({ width: 800, height: 600 });
  expect(scaledSize(5000, 1)).toEqual({ width: 1600, height: 1 });
});
