import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { acquireLock } from "./lock.ts";

/** What a second process does to take the folder, in the driver's own words, so that it needs no build. */
const HOLDER = `
import { DatabaseSync } from "@photostructure/sqlite";
const db = new DatabaseSync(process.argv[1]);
db.exec("CREATE TABLE IF NOT EXISTS holder (one INTEGER PRIMARY KEY CHECK (one = 1), pid INTEGER NOT NULL) STRICT");
db.exec("INSERT OR REPLACE INTO holder VALUES (1, " + process.pid + ")");
db.exec("BEGIN IMMEDIATE");
console.log("held");
// Named, so that the connection is not collected and its lock with it.
setInterval(() => db.isOpen, 1000);
`;

let folder: string;
let child: ChildProcess | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "wattkeep-lock-"));
});
afterEach(() => {
  child?.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});

test("a folder is held by one, and free again after release", () => {
  const release = acquireLock(folder);
  expect(() => acquireLock(folder)).toThrow(
    expect.objectContaining({ code: "locked", message: expect.stringContaining(`process (${process.pid})`) }),
  );
  release();
  release();
  acquireLock(folder)();
});

test("another process is named, and its lock dies with it", async () => {
  child = spawn(process.execPath, ["--input-type=module", "-e", HOLDER, join(folder, "wattkeep.lock")], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(child.stdout as NodeJS.ReadableStream, "data");
  expect(() => acquireLock(folder)).toThrow(
    expect.objectContaining({ code: "locked", message: expect.stringContaining(`process ${child.pid}`) }),
  );
  child.kill("SIGKILL");
  await once(child, "exit");
  acquireLock(folder)();
});

test("a folder that cannot be made says so", () => {
  writeFileSync(join(folder, "file"), "");
  expect(() => acquireLock(join(folder, "file", "data"))).toThrow(expect.objectContaining({ code: "not-writable" }));
});
