import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Series } from "#sites/registry.ts";
import { openStore } from "./sqlite-store.ts";

const series: Series = {
  id: 1,
  key: "home/main/power@m",
  site: "home",
  point: "main",
  quantity: "power",
  source: "m",
  kind: "gauge",
  unit: "W",
  equalInstant: "last",
};
const samples = (...rows: [number, number][]) => ({
  seriesId: new Int32Array(rows.length).fill(1),
  tMs: Float64Array.from(rows, (r) => r[0]),
  value: Float64Array.from(rows, (r) => r[1]),
  quality: new Uint16Array(rows.length),
  code: new Uint16Array(rows.length),
});

for (const inProcess of [true, false]) {
  test(`what is appended is read after reopening, in process ${inProcess}`, async () => {
    const folder = mkdtempSync(join(tmpdir(), "wk-"));
    const where = { folder, inProcess, workerUrl: new URL("../../../dist/store-worker.js", import.meta.url) };
    const store = await openStore(where);
    await expect(openStore(where)).rejects.toMatchObject({ code: "locked" });
    const result = await store.append({
      receivedMs: 5,
      series: [series],
      samples: samples([1000, 1], [2000, 2]),
      rejects: [],
      messages: [{ source: "m", withItems: 2, without: { status: 1 } }],
    });
    expect([...result.outcome]).toEqual([0, 0]);
    const b = await store.backup(join(folder, "copy", "wattkeep.db"), () => true);
    expect(b.bytes).toBeGreaterThan(4096);
    await store.close();
    const again = await openStore(where);
    const column = await again.read(1, { fromMs: 0, toMs: 1e13 });
    expect([...column.value]).toEqual([1, 2]);
    expect(await again.ledger()).toEqual([
      {
        source: "m",
        messages: 3,
        withItems: 2,
        without: { status: 1 },
        items: 2,
        stored: 2,
        replaced: 0,
        duplicate: 0,
        refused: 0,
        rejected: 0,
        spooled: 0,
      },
    ]);
    await again.close();
    await expect(again.ledger()).rejects.toMatchObject({ code: "closed" });
    const copy = await openStore({ ...where, folder: join(folder, "copy") });
    expect([...(await copy.read(1, { fromMs: 0, toMs: 1e13 })).value]).toEqual([1, 2]);
    await copy.close();
  });
}
