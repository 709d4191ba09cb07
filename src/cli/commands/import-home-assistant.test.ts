import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { afterAll, beforeAll, expect, test } from "vitest";
import { importCommand } from "./import.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "wattkeep-import-"));
  writeFileSync(join(folder, "wattkeep.yaml"), "sites: { home: { zone: Europe/Berlin, currency: EUR } }\n");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function take(...words: string[]): Promise<void> {
  const program = new Command().exitOverride();
  importCommand(program);
  const all = ["import", "home-assistant", join(folder, "none.db"), "--config", join(folder, "wattkeep.yaml"), ...words];
  await program.parseAsync(all, { from: "user" });
}

test.each([
  ["--map", "sensor.grid_import=meter", "is not understood"],
  ["--map", "=meter/energy", "is not understood"],
  ["--map", "sensor.grid_import=home/meter/@/x", "is not understood"],
  ["--map", "sensor.grid_import=cabin/meter/energy", "is not of the site home"],
  ["--site", "cabin", '"cabin" is no site; there are home.'],
])("says what it does not understand: %s %s", async (option, value, sentence) => {
  await expect(take(option, value)).rejects.toThrow(sentence);
});
