import { expect, test } from "vitest";
import type { ImportRecord, ImportReport, JobRunRecord } from "#store/records.ts";
import { batchOf, EVER, expectBalanced, type Home, pairs, START_MS } from "./world.ts";

const NONE = { stored: 0, replaced: 0, duplicate: 0, refused: 0 } as const;
const REPORT: ImportReport = { sentence: "june.csv: 2 rows, 2 new.", problems: [], problemCount: 0 };
const RUN = {
  job: "sweep",
  why: "schedule",
  dueMs: START_MS,
  startedMs: START_MS + 5,
  result: "running",
  sentence: "",
  counts: {},
} as const;

function file(what: string, more: Partial<ImportRecord> = {}): Omit<ImportRecord, "id"> {
  return {
    source: "meter",
    what,
    sha256: "ff",
    bytes: 12,
    mtimeMs: START_MS - 1,
    startedMs: START_MS,
    status: "running",
    ...NONE,
    ...more,
  };
}

export function working(home: () => Home): void {
  test("a file is marked as done in the transaction that holds its rows, with what became of them", async () => {
    const { store } = home();
    await store.append(batchOf([[1, START_MS, 1]]));
    const importId = await store.beginImport(file("june.csv"));
    const completes = { importId, endedMs: START_MS + 9, rows: 2, fromMs: START_MS, toMs: START_MS + 1 };
    const rows = [
      [1, START_MS, 2],
      [1, START_MS + 1, 3],
      [2, START_MS, 4],
    ] as const;
    await store.append(batchOf(rows, { completes }));
    const done = { status: "done", stored: 2, replaced: 1, endedMs: START_MS + 9, rows: 2, fromMs: START_MS, toMs: START_MS + 1 } as const;
    expect(await store.imports()).toEqual([{ ...file("june.csv", done), id: importId }]);
    await expectBalanced(store);
  });

  test("a file whose import nobody began changes nothing", async () => {
    const { store } = home();
    const completes = { importId: 77, endedMs: START_MS, rows: 1 };
    await expect(store.append(batchOf([[1, START_MS, 1]], { completes }))).rejects.toThrow("no import 77");
    expect((await store.registry()).series).toEqual([]);
    await store.append(batchOf([[1, START_MS, 1]]));
    expect(pairs(await store.read(1, EVER))).toEqual([[START_MS, 1]]);
  });

  test("imports are found by source and path, newest first, with what was said of each and without", async () => {
    const { store } = home();
    const first = await store.beginImport(file("june.csv"));
    const other = await store.beginImport(file("june.csv", { source: "air" }));
    const second = await store.beginImport(file("june.csv"));
    const july = await store.beginImport(file("july.csv"));
    await store.endImport(second, { status: "failed", ...NONE, endedMs: START_MS + 1, report: REPORT });
    const ids = (records: readonly ImportRecord[]): number[] => records.map(({ id }) => id);
    expect(ids(await store.imports())).toEqual([july, second, other, first]);
    expect(ids(await store.imports({ source: "meter", what: "june.csv" }))).toEqual([second, first]);
    expect(ids(await store.imports({ newestOfEach: true }))).toEqual([july, second, other]);
    expect(ids(await store.imports({ beforeId: second, limit: 1 }))).toEqual([other]);
    const again = await home().reopen();
    expect((await again.imports({ beforeId: july, limit: 1 }))[0]?.report).toEqual(REPORT);
    expect((await again.imports({ beforeId: july, limit: 1, withoutReports: true }))[0]).not.toHaveProperty("report");
  });

  test("what is left out at the end of an import stays as it was", async () => {
    const { store } = home();
    const id = await store.beginImport(file("june.csv", { report: REPORT, rows: 3 }));
    await store.endImport(id, { status: "done", ...NONE, stored: 1 });
    expect(await store.imports()).toEqual([{ ...file("june.csv", { report: REPORT, rows: 3, status: "done", stored: 1 }), id }]);
  });

  test("runs of jobs are begun, ended and listed, newest first", async () => {
    const { store } = home();
    const first = await store.beginJobRun(RUN);
    const other = await store.beginJobRun({ ...RUN, job: "purge", why: "asked" });
    const second = await store.beginJobRun({ ...RUN, dueMs: START_MS + 1 });
    const end = { endedMs: START_MS + 20, result: "done", sentence: "2 files taken.", counts: { files: 2 } } as const;
    await store.endJobRun(first, end);
    const again = await home().reopen();
    expect(await again.jobRuns({ job: "sweep" })).toEqual([
      { ...RUN, id: second, dueMs: START_MS + 1 },
      { ...RUN, ...end, id: first },
    ]);
    expect((await again.jobRuns({ result: "running" })).map(({ id }) => id)).toEqual([second, other]);
    expect(await again.jobRuns({ limit: 1 })).toHaveLength(1);
    expect((await again.jobRuns({ job: "sweep", id: second })).map(({ id }) => id)).toEqual([second]);
    expect(await again.jobRuns({ job: "sweep", id: other })).toEqual([]);
    await expect(again.endJobRun(second + 9, end)).rejects.toThrow("no run");
  });

  test("a thousand runs of a job are kept, and those of others stay", async () => {
    const { store } = home();
    await store.beginJobRun({ ...RUN, job: "purge" });
    for (let i = 0; i < 1_005; i++) await store.beginJobRun({ ...RUN, dueMs: i });
    const runs: readonly JobRunRecord[] = await store.jobRuns({ job: "sweep", limit: 2_000 });
    expect(runs).toHaveLength(1_000);
    expect([runs[0]?.dueMs, runs.at(-1)?.dueMs]).toEqual([1_004, 5]);
    expect(await store.jobRuns({ job: "purge" })).toHaveLength(1);
  });
}
