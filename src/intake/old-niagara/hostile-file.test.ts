import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "@photostructure/sqlite";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { DIALECTS } from "#dialects/catalogue.ts";
import { type IntakeLine, openLine } from "#intake/line.ts";
import { openStore } from "#store/sqlite/sqlite-store.ts";
import type { Store } from "#store/store.ts";
import { takeOverOldNiagara } from "./take-over.ts";

const SITE = { id: "shop", name: "Shop", zone: "America/Phoenix", currency: "USD" };
const SILENT = { info() {}, warn() {}, error() {} };
const NOW_MS = Date.UTC(2025, 10, 26);
const TABLE = "CREATE TABLE history_samples (station_key, history_key, station_name, history_id, ts, status, value);";

let folder: string;
let store: Store;
let line: IntakeLine;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "wattkeep-hostile-niagara-"));
  store = await openStore({ folder: join(folder, "data"), inProcess: true, nowMs: () => NOW_MS });
  line = await openLine({ store, sources: [], dialects: DIALECTS, sites: [SITE], nowMs: () => NOW_MS, logger: SILENT });
});
afterEach(async () => {
  await line.close();
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

function fileOf(sql: string): string {
  const file = join(folder, "history.sqlite");
  const db = new DatabaseSync(file);
  db.exec(sql);
  db.close();
  return file;
}

const take = (file: string) =>
  takeOverOldNiagara({ file, site: "shop", dryRun: false }, { store, line, nowMs: () => NOW_MS, progress: () => true });

describe("a file of another make than the old program's", () => {
  test("with a view that never ends in the place of its table is refused before it is asked", async () => {
    const endless =
      "WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c) SELECT 'a' station_name, 'h' history_id, '' ts, i value FROM c";
    await expect(take(fileOf(`CREATE VIEW history_samples AS ${endless}`))).rejects.toMatchObject({
      code: "no-table",
      message: expect.stringContaining("is no table but a view"),
    });
  });

  test("keeps what can be read of rows of any type, and counts the others", async () => {
    const good = "('a', 'b', 'D', 'Zone Temp', '2025-11-01T00:00:00Z', '{ok}', 70)";
    const rows = [
      good,
      "('a', 'b', 'D', 'Zone Temp', '2025-11-01T00:01:00Z', '{ok}', 9223372036854775807)",
      "('a', 'b', 'D', 'Zone Temp', 9223372036854775807, '{ok}', 1)",
      "('a', 'b', 'D', 'Zone Temp', '2025-11-01T00:02:00Z', zeroblob(5000000), zeroblob(5000000))",
      "('a', 'b', 'D', 'Zone Temp', hex(zeroblob(5000000)), '{ok}', 1)",
      "('a', 'b', 'D', 'Zone Temp', '2025-11-01T00:03:00Z', '{ok}', 'warm')",
      "(NULL, NULL, NULL, NULL, NULL, NULL, NULL)",
      "(x'00ff', 1, 'D', zeroblob(5000000), '2025-11-01T00:03:00Z', '{ok}', 1)",
    ];
    const report = await take(fileOf(`${TABLE} INSERT INTO history_samples VALUES ${rows.join(", ")};`));
    expect(report.samples.fresh).toBe(2);
    expect(report.unreadable).toBe(6);
    expect(report.left.join("\n")).toContain("2 rows name no history");
    expect(JSON.stringify(report).length).toBeLessThan(5_000);
  });

  test("with more status texts than a series keeps is left out from there on, and no text stands for another", async () => {
    const many = `WITH RECURSIVE c(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM c WHERE i < 39999)
      INSERT INTO history_samples SELECT 'a', 'b', 'D', 'Zone Temp', strftime('%Y-%m-%dT%H:%M:%SZ', 1760000000 + i, 'unixepoch'), '{s' || i || '}', i FROM c`;
    const { histories } = await take(fileOf(`${TABLE} ${many}`));
    expect(histories[0]?.problem).toContain("more than 10,000 different status texts");
    expect(histories[0]?.samples.fresh).toBeLessThanOrEqual(10_000);
  });

  test("by a name that leads in circles is no file", async () => {
    const loop = join(folder, "loop");
    symlinkSync(loop, loop);
    await expect(take(loop)).rejects.toMatchObject({ code: "no-file" });
  });
});
