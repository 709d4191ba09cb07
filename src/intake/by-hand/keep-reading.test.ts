import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type IntakeLine, openLine } from "#intake/line.ts";
import { openStore } from "#store/sqlite/sqlite-store.ts";
import type { Store } from "#store/store.ts";
import { openHandReadings } from "./keep-reading.ts";

const T0 = Date.UTC(2026, 2, 1);
const SILENT = { info() {}, warn() {}, error() {} };
const READING = { site: "house", point: "water", quantity: "water-volume", tMs: T0, value: 123.456, unit: "m³" };
const KEY = "house/water/water-volume@manual";
const EVER = { fromMs: 0, toMs: 9e15 };

let folder: string;
let store: Store;
let line: IntakeLine;

const open = async (): Promise<void> => {
  store = await openStore({ folder, inProcess: true, nowMs: () => T0 });
  const sites = [{ id: "house", name: "House", zone: "Europe/Berlin", currency: "EUR" }];
  line = await openLine({ store, sources: [], dialects: [], sites, nowMs: () => T0, logger: SILENT });
};
const shut = async (): Promise<void> => {
  await line.close();
  await store.close();
};
const held = async () => {
  const series = (await store.registry()).series.find(({ key }) => key === KEY);
  const column = series === undefined ? undefined : await store.read(series.id, EVER);
  return column === undefined ? [] : Array.from(column.tMs, (tMs, i) => [tMs, column.value[i]]);
};

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "wattkeep-hand-"));
  await open();
});
afterEach(async () => {
  await shut();
  rmSync(folder, { recursive: true, force: true });
});

describe("a reading by hand", () => {
  test("makes its point and its register on first use, and is there after a restart", async () => {
    expect(await openHandReadings({ store, line })(READING)).toEqual({ outcome: "stored", series: KEY });
    expect((await store.registry()).series).toMatchObject([{ key: KEY, kind: "counter", unit: "m³", equalInstant: "last" }]);
    await shut();
    await open();
    expect(await held()).toEqual([[T0, 123.456]]);
    expect(await openHandReadings({ store, line })(READING)).toEqual({ outcome: "known", series: KEY });
  });

  test("said twice at once is one reading", async () => {
    const keep = openHandReadings({ store, line });
    const both = await Promise.all([keep(READING), keep(READING)]);
    expect(both.map((one) => "outcome" in one && one.outcome)).toEqual(["stored", "known"]);
    expect(await held()).toEqual([[T0, 123.456]]);
  });

  test("with another value replaces the one of that instant, which stays as a revision", async () => {
    const keep = openHandReadings({ store, line });
    await keep(READING);
    expect(await keep({ ...READING, value: 124 })).toEqual({ outcome: "replaced", series: KEY });
    expect(await held()).toEqual([[T0, 124]]);
    const { series } = await store.registry();
    expect(await store.revisions(series[0]?.id ?? 0, EVER)).toMatchObject([{ kind: "replaced", value: 123.456 }]);
  });

  test("is told in the unit of its register", async () => {
    const keep = openHandReadings({ store, line });
    await keep(READING);
    await keep({ ...READING, tMs: T0 + 1, value: 200_000, unit: "l" });
    expect(await held()).toEqual([
      [T0, 123.456],
      [T0 + 1, 200],
    ]);
    expect(await keep({ ...READING, unit: "kWh" })).toEqual({ trouble: `${KEY} counts m³, and kWh cannot be told in it.` });
  });

  test("of a site nobody knows, or of a point no key can name, is refused in words", async () => {
    const keep = openHandReadings({ store, line });
    expect(await keep({ ...READING, site: "attic" })).toEqual({ trouble: "There is no site attic." });
    expect(await keep({ ...READING, point: "a/b@c" })).toHaveProperty("trouble");
    expect(await held()).toEqual([]);
  });

  test("is in the ledger, whose sums stay zero", async () => {
    const keep = openHandReadings({ store, line });
    await keep(READING);
    await keep(READING);
    await keep({ ...READING, value: 1 });
    expect(await store.ledger()).toMatchObject([{ source: "manual", messages: 2, withItems: 2, items: 2, stored: 1, replaced: 1 }]);
  });
});
