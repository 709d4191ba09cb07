import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { StoredToken } from "#store/records.ts";
import { batchOf, columnOf, EVER, HOUR_MS, type Home, pairs, rejectOf, SERIES, START_MS } from "./world.ts";

const TOKEN: StoredToken = { id: "t1", name: "Kitchen tablet", role: "viewer", sha256: "aa", createdMs: START_MS };

export function keeping(home: () => Home): void {
  test("imports are begun, ended and listed", async () => {
    const { store } = home();
    const none = { stored: 0, replaced: 0, duplicate: 0, refused: 0 };
    const record = { source: "plc", what: "june.csv", sha256: "ff", bytes: 12, startedMs: START_MS, status: "running", ...none } as const;
    const id = await store.beginImport(record);
    const end = { status: "done", stored: 5, replaced: 1, duplicate: 2, refused: 3 } as const;
    await store.endImport(id, end);
    expect(await store.imports()).toEqual([{ ...record, id, ...end }]);
    await expect(store.endImport(id + 1, end)).rejects.toThrow("no import");
  });

  test("tokens are saved, changed and listed", async () => {
    const { store } = home();
    const device: StoredToken = { ...TOKEN, id: "t2", sha256: "bb", role: "ingest", publishPrefix: "home/", createdMs: START_MS + 1 };
    await store.saveToken(TOKEN);
    await store.saveToken(device);
    await store.saveToken({ ...TOKEN, expiresMs: START_MS + 2, revokedMs: START_MS + 1 });
    expect(await store.tokens()).toEqual([{ ...TOKEN, expiresMs: START_MS + 2, revokedMs: START_MS + 1 }, device]);
  });

  test("settings are texts by name", async () => {
    const { store } = home();
    expect(await store.setting("demo.builtMs")).toBeUndefined();
    await store.saveSetting("demo.builtMs", "1");
    await store.saveSetting("demo.builtMs", "2");
    expect(await (await home().reopen()).setting("demo.builtMs")).toBe("2");
  });

  test("a backup is the store as it was, while the store goes on", async () => {
    const { store, scratch, openBackup } = home();
    await fill(home());
    const file = join(scratch, "copies", "wattkeep.db");
    const steps: number[] = [];
    const making = store.backup(file, (done, total) => {
      steps.push(total - done);
      return true;
    });
    const appending = store.append(batchOf([[3, START_MS + 5, 5]]));
    const { bytes } = await making;
    await appending;
    expect(bytes).toBeGreaterThan(10_000);
    expect(steps.at(-1)).toBe(0);
    const copy = await openBackup(file);
    for (const { id } of SERIES.slice(0, 2)) expect(await copy.read(id, EVER)).toEqual(await store.read(id, EVER));
    expect(await copy.registry()).toEqual(await store.registry());
    expect(await copy.rejects({})).toEqual(await store.rejects({}));
    expect(await copy.tokens()).toEqual([TOKEN]);
    expect(await copy.setting("a")).toBe("b");
    await copy.close();
  });

  test("a backup says what was read back of it, and which moment it holds", async () => {
    const { store, scratch } = home();
    await fill(home());
    await store.checkpoint();
    const file = join(scratch, "wattkeep.db");
    const report = await store.backup(file);
    expect(report).toMatchObject({ samples: 9_001, damage: [], bytes: statSync(file).size });
    expect(report.sha256).toBe(createHash("sha256").update(readFileSync(file)).digest("hex"));
    expect(report.mark).toBe(await store.changeMark());
  });

  test("the mark changes with what a person would miss, and not with the account of jobs, backups and views", async () => {
    const { store } = home();
    await fill(home());
    const mark = await store.changeMark();
    const run = {
      job: "backup",
      why: "schedule",
      dueMs: START_MS,
      startedMs: START_MS,
      result: "running",
      sentence: "",
      counts: {},
    } as const;
    await store.beginJobRun(run);
    await store.saveSetting("backup.last", "{}");
    await store.saveSetting("job.known.backup", "1");
    await store.saveSetting("usage.2026-11-21", "/ 1");
    await store.checkpoint();
    const again = await home().reopen();
    expect(await again.changeMark()).toBe(mark);
    const changes: (() => Promise<unknown>)[] = [
      () => again.append(batchOf([[2, START_MS + 77_000_000, 5]])),
      () => again.saveSetting("a", "c"),
      () => again.saveToken({ ...TOKEN, revokedMs: START_MS + 3 }),
      () =>
        again.correct({
          seriesId: 1,
          t0Ms: START_MS,
          t1Ms: START_MS,
          action: "delete",
          value: Number.NaN,
          who: "a",
          why: "b",
          madeMs: START_MS,
        }),
    ];
    const marks = [mark];
    for (const change of changes) {
      await change();
      marks.push(await again.changeMark());
    }
    expect(new Set(marks).size).toBe(5);
  });

  test("a backup that is cancelled leaves no file", async () => {
    await fill(home());
    const file = join(home().scratch, "cancelled.db");
    await expect(home().store.backup(file, () => false)).rejects.toMatchObject({ code: "cancelled" });
    await expect(home().openBackup(file)).rejects.toThrow();
    expect(pairs(await home().store.read(2, EVER))).toHaveLength(1);
  });

  test("verify counts what is there and finds nothing wrong in it", async () => {
    const { store } = home();
    await fill(home());
    await store.checkpoint();
    const report = await store.verify(() => true);
    expect(report.damage).toEqual([]);
    expect(report.samples).toBe(9_001);
    expect(report.blocks).toBeGreaterThan(1);
  });

  test("stats tell what a person wants to watch", async () => {
    const { store } = home();
    await fill(home());
    const stats = await store.stats();
    expect(stats).toMatchObject({ samples: 9_001, series: 2, commits: 1 });
    expect(stats.fileBytes).toBeGreaterThan(10_000);
    expect(stats.commitMsP99).toBeGreaterThan(0);
  });
}

/** 9,000 samples of one series, one of another, a reject, a token and a setting. */
async function fill({ store }: Home): Promise<void> {
  await store.append(batchOf([[2, START_MS, 1]], { rejects: [rejectOf()] }));
  const rows = Array.from({ length: 9_000 }, (_, i) => [START_MS + i * 10_000, i % 13] as const);
  await store.importColumn(1, columnOf(rows), { receivedMs: START_MS + 48 * HOUR_MS });
  await store.saveToken(TOKEN);
  await store.saveSetting("a", "b");
}
