import { expect, test } from "vitest";
import { oldBuildingOf } from "./old-building.ts";

test("the old building's routes are there where they are written, for the site that is named or the first", () => {
  expect(oldBuildingOf({ compat: {} })).toEqual({});
  expect(oldBuildingOf({ compat: { niagara: {} } })).toEqual({ niagara: {} });
  expect(oldBuildingOf({ compat: { niagara: { site: "tower" } } })).toEqual({ niagara: { site: "tower" } });
});
