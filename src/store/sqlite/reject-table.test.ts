import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { batchOf, rejectOf } from "#store/contract/world.ts";
import { StoreCore } from "./core.ts";
import { prepare } from "./statement.ts";

let folder: string;
let core: StoreCore;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "wattkeep-reject-"));
  core = new StoreCore({ folder, nowMs: () => 0, rejectLimitBytes: 20_000 });
});
afterEach(() => {
  core.db.close();
  rmSync(folder, { recursive: true, force: true });
});

test("beyond the limit the oldest rejects become counters, and the ledger keeps every one", () => {
  for (let i = 0; i < 40; i++) {
    const body = new Uint8Array(1_000).fill(i);
    core.append(batchOf([], { rejects: [rejectOf({ body }), rejectOf({ body })] }));
  }
  const kept = core.rejects.list({});
  const folded = prepare<{ dropped_rows: number; count: number }>(core.db, "SELECT * FROM reject_folded").all();
  expect(kept.length).toBeGreaterThan(10);
  expect(kept.length).toBeLessThan(20);
  expect(folded).toMatchObject([{ source: "meter", code: "not-json", dropped_rows: 40 - kept.length, count: 80 - 2 * kept.length }]);
  expect(core.ledger.all()).toMatchObject([{ items: 80, rejected: 80 }]);
  expect(kept[0]?.body[0]).toBe(39);
});
