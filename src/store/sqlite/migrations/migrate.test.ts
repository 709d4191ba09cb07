import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "@photostructure/sqlite";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openWriter, readPragma } from "#store/sqlite/connection.ts";
import { ImportTable } from "#store/sqlite/import-table.ts";
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
const present = MIGRATIONS.length;
const further: Migration = {
  number: present + 1,
  name: "add a table",
  up: (on) => on.exec("CREATE TABLE extra (a INTEGER) STRICT"),
};
const tables = () =>
  prepare<{ name: string }>(db, "SELECT name FROM sqlite_schema WHERE type = 'table'")
    .all()
    .map((row) => row.name);

test("migrations are numbered without gaps", () => {
  expect(MIGRATIONS.map((one) => one.number)).toEqual(MIGRATIONS.map((_, i) => i + 1));
});

test("each migration runs once and is recorded", () => {
  migrate(db, MIGRATIONS, options);
  migrate(db, [...MIGRATIONS, further], options);
  migrate(db, [...MIGRATIONS, further], options);
  const recorded = prepare<{ number: number; name: string }>(db, "SELECT number, name FROM migration").all();
  expect(recorded.map(({ number }) => number)).toEqual([...MIGRATIONS, further].map(({ number }) => number));
  expect(recorded.at(-1)).toMatchObject({ name: "add a table" });
  expect(readPragma(db, "user_version")).toBe(present + 1);
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
    ...further,
    up(on) {
      further.up(on);
      throw new Error("broken");
    },
  };
  expect(() => migrate(db, [...MIGRATIONS, broken], options)).toThrow("broken");
  expect(tables()).not.toContain("extra");
  expect(readPragma(db, "user_version")).toBe(present);
});

test("imports of a store of the first format are there after it was brought to the newest", () => {
  migrate(db, MIGRATIONS.slice(0, 1), options);
  db.exec("INSERT INTO import VALUES (1, 'meter', 'june.csv', 'ff', 12, 5, 'done', 1, 0, 0, 0)");
  migrate(db, MIGRATIONS, options);
  expect(new ImportTable(db).list()).toEqual([
    {
      id: 1,
      source: "meter",
      what: "june.csv",
      sha256: "ff",
      bytes: 12,
      startedMs: 5,
      status: "done",
      stored: 1,
      replaced: 0,
      duplicate: 0,
      refused: 0,
    },
  ]);
});

test("a newer store is refused with a sentence", () => {
  migrate(db, [...MIGRATIONS, further], options);
  expect(() => migrate(db, MIGRATIONS, options)).toThrow(
    expect.objectContaining({
      code: "newer-format",
      message: expect.stringContaining(`format ${present + 1}; this version of Wattkeep knows formats up to ${present}`),
    }),
  );
});

test("a migration that copies is not begun without the space, and says how much it needs", () => {
  migrate(db, MIGRATIONS, options);
  const copying = { ...further, copies: () => 123_456 };
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
