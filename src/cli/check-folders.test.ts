import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { loadConfig } from "#config/load.ts";
import { DIALECTS } from "#dialects/catalogue.ts";
import { checkFolders } from "./check-folders.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "wattkeep-check-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it("a drop folder that is there is good, one that is missing is told", () => {
  const text = `
sites: { plant: { zone: America/Chicago } }
sources:
  plc: { site: plant, folder: drop, dialect: plc-csv, archive: true }
  kyz: { site: plant, topics: [a], dialect: kyz-pulse }
`;
  const { config } = loadConfig({ text, cwd: folder, env: {}, dialects: DIALECTS });
  if (config === undefined) throw new Error("This configuration is good.");
  const what = `plc ${join(folder, "drop")}`;
  expect(checkFolders(config)).toEqual([{ what, problem: "the folder is not there; make it, or connect the drive it lies on" }]);
  mkdirSync(join(folder, "drop"));
  expect(checkFolders(config)).toEqual([{ what }]);
});
