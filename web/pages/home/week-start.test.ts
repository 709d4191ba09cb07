import { expect, it } from "vitest";
import { weekStartOf } from "./week-start.ts";

it.each([
  ["de-DE", 1],
  ["en-GB", 1],
  ["en-US", 0],
  ["pt-BR", 0],
  ["ja-JP", 0],
  ["fr", 1],
  ["not a locale", 1],
])("begins the week of %s on day %s", (locale, day) => {
  expect(weekStartOf(locale)).toBe(day);
});
