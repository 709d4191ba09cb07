import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { batchOf, EVER, rejectOf, runOf, START_MS } from "#store/contract/world.ts";
import { readPragma } from "./connection.ts";
import { StoreCore } from "./core.ts";
import { StoreHost } from "./host.ts";

let folder: string;
let core: StoreCore;
const open = () => new StoreCore({ folder, nowMs: () => START_MS });
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "wattkeep-full-"));
  core = open();
});
afterEach(() => {
  core.db.close();
  rmSync(folder, { recursive: true, force: true });
});

const batch = (i: number) =>
  batchOf(
    [
      [1, START_MS + i * 1_000, i],
      [3, START_MS - i * 1_000, i],
    ],
    {
      rejects: [rejectOf({ body: new Uint8Array(2_000).fill(i) })],
      messages: [{ source: "meter", withItems: 1, without: {} }],
      raw: [{ source: "meter", topic: "t", body: new Uint8Array(3_000).fill(i), receivedMs: START_MS, qos: 1, retained: false }],
      inbox: [runOf("main", [[i, i]])],
      memory: { meter: String(i) },
      codes: [{ seriesId: 1, code: i + 1, text: `text ${i}` }],
    },
  );

/** Everything that can be asked, as of now. */
const state = () => ({
  columns: [1, 3].map((id) => core.history.read(id, EVER)),
  registry: core.registry.all(),
  ledger: core.ledger.all(),
  rejects: core.rejects.list({}),
  inbox: core.inbox.all(),
  memory: core.memory.all(),
  raw: core.raw.page("meter", { after: 0, limit: 1_000 }),
});

test("a full disk refuses the batch whole, and the store goes on when there is space again", () => {
  core.append(batch(0));
  core.db.exec(`PRAGMA max_page_count = ${Number(readPragma(core.db, "page_count")) + 12}`);
  let i = 1;
  let before = state();
  const fill = () => {
    for (; i < 100; i++) {
      core.append(batch(i));
      before = state();
    }
  };
  expect(fill).toThrow(expect.objectContaining({ code: "disk-full", message: expect.stringContaining("Free some space") }));
  expect(i).toBeGreaterThan(1);
  expect(state()).toEqual(before);
  expect(() => core.append(batch(i))).toThrow(expect.objectContaining({ code: "disk-full" }));

  core.db.exec("PRAGMA max_page_count = 1000000");
  expect([...core.append(batch(i)).outcome]).toEqual([0, 0]);
  const after = state();
  expect(after.inbox[0]?.packetIds).toHaveLength(i + 1);
  core.db.close();
  core = open();
  expect(state()).toEqual(after);
});

test("tidying up that finds no space leaves everything as it was", () => {
  for (let i = 0; i < 40; i++) core.append(batch(i));
  const before = state();
  core.db.exec(`PRAGMA max_page_count = ${readPragma(core.db, "page_count")}`);
  const checkpoint = () => {
    for (let step = 0; step < 50 && core.guard(() => core.history.checkpointStep("all")); step++);
  };
  try {
    checkpoint();
  } catch (error) {
    expect(error).toMatchObject({ code: "disk-full" });
  }
  expect(state()).toEqual(before);
  core.db.exec("PRAGMA max_page_count = 1000000");
  checkpoint();
  expect(state()).toEqual(before);
});

test("a store that can no longer write can be closed, and has everything when it is opened again", async () => {
  for (let i = 0; i < 5; i++) core.append(batch(i));
  const before = state();
  core.db.close();
  const warned: string[] = [];
  const logger = { info() {}, warn: (_: unknown, text: string) => warned.push(text), error() {} };
  const host = new StoreHost({ folder, nowMs: () => START_MS }, logger);
  host.core.db.exec("PRAGMA query_only = ON");
  await host.close();
  expect(warned).toEqual(["The store was closed without merging its log."]);
  core = open();
  expect(state()).toEqual(before);
});
