import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { batchOf, columnOf, DAY_MS, SERIES, START_MS } from "#store/contract/world.ts";
import { openWriter, storeFile } from "./connection.ts";
import { openStore } from "./sqlite-store.ts";
import { prepare } from "./statement.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "wattkeep-damaged-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Ten days of one-minute samples of two series, closed. */
async function fill(): Promise<void> {
  const store = await openStore({ folder, inProcess: true });
  await store.append(batchOf([]));
  for (const id of [1, 2]) {
    const rows = Array.from({ length: 14_400 }, (_, i) => [START_MS + i * 60_000, Math.sin(i * id)] as const);
    await store.importColumn(id, columnOf(rows), { receivedMs: START_MS + 11 * DAY_MS });
  }
  await store.close();
}

/** Where the packed samples of the second block of series 2 lie in the file. */
function placeOfBlock(): { at: number; t0: number; t1: number } {
  const db = openWriter(folder);
  const sql = "SELECT t0, t1, substr(data, length(data) - 63) AS end FROM block WHERE series = 2 ORDER BY t0 LIMIT 1 OFFSET 1";
  const row = prepare<{ t0: number; t1: number; end: Uint8Array }>(db, sql).get();
  db.close();
  if (row === undefined) throw new Error("There is no second block.");
  return { at: readFileSync(storeFile(folder)).indexOf(row.end), t0: row.t0, t1: row.t1 };
}

test("one flipped bit in stored history is found and named by meter and days", async () => {
  await fill();
  const { at, t0, t1 } = placeOfBlock();
  expect(at).toBeGreaterThan(0);
  const handle = openSync(storeFile(folder), "r+");
  const byte = Buffer.from([(readFileSync(storeFile(folder))[at + 20] as number) ^ 0x10]);
  writeSync(handle, byte, 0, 1, at + 20);
  closeSync(handle);

  const store = await openStore({ folder, inProcess: true });
  const { damage, samples, blocks } = await store.verify();
  expect(samples).toBe(28_800);
  expect(blocks).toBeGreaterThan(6);
  expect(damage).toHaveLength(1);
  expect(damage[0]).toMatchObject({ seriesKey: SERIES[1]?.key, fromMs: t0, toMs: t1 });
  expect(damage[0]?.what).toContain(new Date(t0).toISOString().slice(0, 10));
  await expect(store.read(2, { fromMs: t0, toMs: t1 })).rejects.toMatchObject({ code: "damaged" });
  expect((await store.read(1, { fromMs: t0, toMs: t1 })).tMs.length).toBeGreaterThan(4_000);
  await store.close();
});
