import { expect, test } from "vitest";
import { mixColors, withAlpha } from "./colors.ts";

test("short and long spellings of a colour mix to the same", () => {
  expect(mixColors("#fff", "#000000", 0.5)).toBe("#808080");
  expect(mixColors("#ffffff", "#000", 0.5)).toBe("#808080");
});

test("an alpha is laid over a short spelling too", () => expect(withAlpha("#f80", 0.5)).toBe("rgb(255 136 0 / 0.5)"));

test("what is no hex colour stays as it is", () => expect(mixColors("rgb(1 2 3)", "#000000", 0.5)).toBe("rgb(1 2 3)"));
