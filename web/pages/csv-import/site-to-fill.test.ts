import { expect, test } from "vitest";
import { siteToFill } from "./site-to-fill.ts";

const sites = [{ id: "plant" }, { id: "flats" }, { id: "house" }];
const dial = (site: string) => ({ site, kind: "physical" });

test("a file is for the site with most dials, and for the first where none has any", () => {
  expect(siteToFill({ sites, meters: [dial("house"), dial("flats"), dial("flats"), { site: "plant", kind: "virtual" }] })).toBe("flats");
  expect(siteToFill({ sites, meters: [] })).toBe("plant");
  expect(siteToFill({ sites: [], meters: [] })).toBeUndefined();
});
