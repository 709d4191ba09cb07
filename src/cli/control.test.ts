import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { findControl } from "./control.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "wattkeep-control-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("no file, or one that says nothing, means that no server runs", async () => {
  expect(await findControl(folder)).toBeUndefined();
  writeFileSync(join(folder, "control.json"), "");
  expect(await findControl(folder)).toBeUndefined();
});

test("a file that cannot be read does not mean that no server runs", async () => {
  // Permissions would not stop a test that runs as root; a folder in its place stops everybody.
  mkdirSync(join(folder, "control.json"));
  await expect(findControl(folder)).rejects.toMatchObject({ name: "Exit", status: 1, message: expect.stringContaining("own user") });
});
