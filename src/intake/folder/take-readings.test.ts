import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Dialect } from "#dialects/dialect.ts";
import { niagaraExport } from "#dialects/niagara-export/decode.ts";
import { type IntakeLine, openLine } from "#intake/line.ts";
import { openStore } from "#store/sqlite/sqlite-store.ts";
import type { Store } from "#store/store.ts";
import { exportOf } from "#test/fakes/niagara-station.ts";
import { DropFolder } from "./drop-folder.ts";

const NOW = Date.UTC(2025, 10, 23, 18);
const START = Date.UTC(2025, 10, 20, 12);
const LOGGER = { info() {}, warn() {}, error() {} };

let scratch: string;
let store: Store;
let line: IntakeLine;
let drop: DropFolder;

beforeEach(async () => {
  scratch = mkdtempSync(join(tmpdir(), "wattkeep-exports-"));
  mkdirSync(join(scratch, "drop"));
  store = await openStore({ folder: join(scratch, "data"), inProcess: true });
  const sites = [{ id: "tower", name: "Tower", zone: "America/Phoenix", currency: "USD" }];
  line = await openLine({ store, sources: [], dialects: [], sites, nowMs: () => NOW, logger: LOGGER });
  const options = niagaraExport.options.parse({ zone: "America/Phoenix", station: "Depot" });
  const source = { name: "exports", topics: [], dialect: "niagara-export", options, points: new Map(), keepRawMs: 0 };
  const folder = { source, path: join(scratch, "drop"), glob: "*.csv", minAgeMs: 10_000 };
  const parts = { store, line, dialects: [niagaraExport as Dialect], nowMs: () => NOW, logger: LOGGER, after: () => () => undefined };
  drop = new DropFolder(folder, parts);
});
afterEach(async () => {
  await drop.close();
  await line.close();
  await store.close();
  rmSync(scratch, { recursive: true, force: true });
});

function write(name: string, text: string, ageMs = 60_000): void {
  const path = join(scratch, "drop", name);
  writeFileSync(path, text);
  utimesSync(path, (NOW - ageMs) / 1000, (NOW - ageMs) / 1000);
}

const rows = (count: number): [number, number][] => Array.from({ length: count }, (_, i) => [START + i * 600_000, 70 + i / 10]);
const look = (thorough = false) => drop.look({ thorough });

test("exports dropped into a folder become histories, each named by its file", async () => {
  write("Vav1$2d01$20Space$20Temp.csv", exportOf(rows(6)));
  write(
    "Vav1$2d01$20Fan.csv",
    exportOf(
      [
        [START, "Off"],
        [START + 60_000, "On"],
      ],
      "Timestamp,Value",
    ),
  );
  write("table.csv", "timestamp,equip,zn_t,zn_sp\n2025-11-22T08:00:00,Zone-201,71,72\n");
  const { files } = await look();
  expect(files.map(({ report, status }) => [status, report?.sentence])).toEqual([
    ["done", "Vav1$2d01$20Fan.csv: 2 rows, 2 new."],
    ["done", "Vav1$2d01$20Space$20Temp.csv: 6 rows, 6 new."],
    ["done", "table.csv: 2 rows, 2 new."],
  ]);
  const { series, points } = await store.registry();
  expect(series.map(({ key }) => key).sort()).toEqual([
    "tower/vav-1-01-fan/state@exports",
    "tower/vav-1-01-space-temp/temperature@exports",
    "tower/zone-201-zn-sp/temperature-setpoint@exports",
    "tower/zone-201-zn-t/temperature@exports",
  ]);
  expect(points.find(({ id }) => id === "vav-1-01-fan")?.about).toEqual({ station: "Depot", path: "Vav1-01 Fan" });
  expect(await look()).toMatchObject({ files: [], known: 3 });
});

test("a file that has grown adds what is new, and one with bad rows says which", async () => {
  write("Vav1$20Temp.csv", exportOf(rows(6)));
  await look();
  write("Vav1$20Temp.csv", exportOf(rows(8)).replace(",70.7", ",warm"), 30_000);
  const { files } = await look();
  expect(files[0]?.report).toMatchObject({
    sentence:
      'Vav1$20Temp.csv: 7 rows, 1 new, 6 unchanged. 1 bad cell or row was left out. Line 9: the value is "warm", not a number as the rows before.',
    counts: { new: 1, unchanged: 6 },
    problems: [{ line: 9, code: "not-a-number" }],
  });
  expect(files[0]).toMatchObject({ stored: 1, duplicate: 6, refused: 1, rows: 7, fromMs: START });
});

test("what is no export is refused, and told where rejects are looked for", async () => {
  write("page.csv", "<html>Please sign in</html>");
  const { files } = await look();
  expect(files[0]).toMatchObject({ status: "failed", report: { sentence: expect.stringContaining("page.csv is refused") } });
  expect((await store.rejects({ limit: 5 })).map(({ code, topic }) => [code, topic])).toEqual([["no-heads", "page.csv"]]);
  expect(await look()).toMatchObject({ files: [], known: 1 });
});
