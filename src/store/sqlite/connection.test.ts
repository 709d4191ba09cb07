import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openReader, openWriter, readPragma, storeFile } from "./connection.ts";
import { prepare } from "./statement.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "wattkeep-connection-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("the writer has a log, full synchronisation and every check", () => {
  const db = openWriter(join(folder, "made", "here"));
  const settings = ["journal_mode", "synchronous", "foreign_keys", "cell_size_check", "journal_size_limit"].map((name) =>
    readPragma(db, name),
  );
  expect(settings).toEqual(["wal", 2, 1, 1, 67_108_864]);
  db.close();
});

test("the reader cannot write", () => {
  const db = openWriter(folder);
  db.exec("CREATE TABLE a (b INTEGER) STRICT");
  const reader = openReader(storeFile(folder));
  expect(() => reader.exec("INSERT INTO a VALUES (1)")).toThrow("readonly");
  reader.close();
  db.close();
});

test("a file that is no database is called damaged, a folder that is a file not writable", () => {
  writeFileSync(storeFile(folder), "this is not a database, and long enough to be looked at as one".repeat(20));
  expect(() => openWriter(folder)).toThrow(expect.objectContaining({ code: "damaged" }));
  writeFileSync(join(folder, "file"), "");
  expect(() => openWriter(join(folder, "file"))).toThrow(expect.objectContaining({ code: "not-writable" }));
});

test("what the driver would bind as NULL is refused", () => {
  const db = openWriter(folder);
  const echo = prepare<{ a: unknown }>(db, "SELECT ? AS a");
  expect(echo.get(-0.5)?.a).toBe(-0.5);
  expect(echo.get(new Uint8Array([1, 2]))?.a).toEqual(new Uint8Array([1, 2]));
  for (const value of [Number.NaN, new Date(), true, undefined]) expect(() => echo.get(value as number)).toThrow(TypeError);
  db.close();
});
