import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "@photostructure/sqlite";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openWriter, readPragma } from "#store/sqlite/connection.ts";
import { type Database, prepare } from "#store/sqlite/statement.ts";
import { MIGRATIONS } from "./list.ts";
import { migrate } from "./migrate.ts";
import type { Migration } from "./migration.ts";

let folder: string;
let db: Database;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "wattkeep-migrate-"));
  db = openWriter(folder);
});
afterEach(() => {
  db.close();
  rmSync(folder, { recursive: true, force: true });
});

const options = { nowMs: () => 1_700_000_000_000 };
const two: Migration = { number: 2, name: "add a table", up: (on) => on.exec("CREATE TABLE extra (a INTEGER) STRICT") };
const tables = () =>
  prepare<{ name: string }>(db, "SELECT name FROM sqlite_schema WHERE type = 'table'")
    .all()
    .map((row) => row.name);

test("migrations are numbered without gaps", () => {
  expect(MIGRATIONS.map((one) => one.number)).toEqual(MIGRATIONS.map((_, i) => i + 1));
});

test("each migration runs once and is recorded", () => {
  migrate(db, MIGRATIONS, options);
  migrate(db, [...MIGRATIONS, two], options);
  migrate(db, [...MIGRATIONS, two], options);
  expect(prepare(db, "SELECT number, name FROM migration").all()).toMatchObject([
    { number: 1, name: "first tables" },
    { number: 2, name: "add a table" },
  ]);
  expect(readPragma(db, "user_version")).toBe(2);
});

test("every table of ours is STRICT", () => {
  migrate(db, MIGRATIONS, options);
  const loose = prepare<{ name: string }>(
    db,
    "SELECT name FROM pragma_table_list WHERE schema = 'main' AND strict = 0 AND name NOT LIKE 'sqlite_%'",
  ).all();
  expect(loose).toEqual([]);
});

test("a migration that fails leaves the format it began with", () => {
  migrate(db, MIGRATIONS, options);
  const broken: Migration = {
    ...two,
    up(on) {
      two.up(on);
      throw new Error("broken");
    },
  };
  expect(() => migrate(db, [...MIGRATIONS, broken], options)).toThrow("broken");
  expect(tables()).not.toContain("extra");
  expect(readPragma(db, "user_version")).toBe(1);
});

test("a newer store is refused with a sentence", () => {
  migrate(db, [...MIGRATIONS, two], options);
  expect(() => migrate(db, MIGRATIONS, options)).toThrow(
    expect.objectContaining({
      code: "newer-format",
      message: expect.stringContaining("format 2; this version of Wattkeep knows formats up to 1"),
    }),
  );
});

test("a migration that copies is not begun without the space, and says how much it needs", () => {
  migrate(db, MIGRATIONS, options);
  const copying = { ...two, copies: () => 123_456 };
  const tight = { ...options, freeBytes: () => 123_455 };
  expect(() => migrate(db, [...MIGRATIONS, copying], tight)).toThrow(
    expect.objectContaining({ code: "no-space-to-migrate", message: expect.stringContaining("123456") }),
  );
  expect(tables()).not.toContain("extra");
  migrate(db, [...MIGRATIONS, copying], options);
  expect(tables()).toContain("extra");
});

test("a database of another program is left alone", () => {
  const other = new DatabaseSync(join(folder, "other.db"));
  other.exec("CREATE TABLE theirs (a)");
  expect(() => migrate(other, MIGRATIONS, options)).toThrow(expect.objectContaining({ code: "damaged" }));
  other.close();
});
