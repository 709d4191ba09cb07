import { expect, it } from "vitest";
import { meterTitle } from "./meter-title.ts";

it("a meter is called by its group too, unless its name says it", () => {
  expect(meterTitle({ name: "Cold water", group: "Attic" })).toBe("Cold water, Attic");
  expect(meterTitle({ name: "Attic, cold water", group: "Attic" })).toBe("Attic, cold water");
  expect(meterTitle({ name: "Gas", group: "" })).toBe("Gas");
});
