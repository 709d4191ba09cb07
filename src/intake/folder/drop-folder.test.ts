import { execFileSync } from "node:child_process";
import { appendFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, symlinkSync, truncateSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { QUALITY } from "#series/quality.ts";
import { expectBalanced } from "#store/contract/world.ts";
import { openStore } from "#store/sqlite/sqlite-store.ts";
import { csv, type FolderWorld, HEADER, lineAt, NOON_MS, openFolderWorld, QUARTER_MS } from "./folder-world.ts";

const TEN = NOON_MS - 2 * 3_600_000;
const AT_1015 = TEN + QUARTER_MS;
const AT_1030 = TEN + 2 * QUARTER_MS;

const open = (folder: string) => openStore({ folder, inProcess: true });

let world: FolderWorld;
beforeEach(async () => {
  world = await openFolderWorld(open);
});
afterEach(() => world.end());

const look = (thorough = true) => world.folder.look({ thorough });

async function revisedKwh(): Promise<number[]> {
  const series = (await world.store.registry()).series.find(({ quantity }) => quantity === "energy");
  const revisions = await world.store.revisions(series?.id ?? 0, { fromMs: 0, toMs: 4e12 });
  return revisions.filter(({ kind }) => kind === "replaced").map(({ value }) => value);
}

describe("a file that is dropped", () => {
  it("becomes four series of the point, at the ends of its intervals", async () => {
    world.write("a.csv", csv(lineAt("10:15:00.000", 527), lineAt("10:30:00.400", 541, { r17: 1, invalid: 1 })));
    const { files } = await look();
    expect(files).toMatchObject([{ status: "done", stored: 8, rows: 2, fromMs: AT_1015, toMs: AT_1030 }]);
    const marks = QUALITY.excludedFromDemand | QUALITY.invalidAlarm;
    expect(await world.samples("energy")).toEqual([
      [AT_1015, 527, 0],
      [AT_1030, 541, marks],
    ]);
    expect((await world.samples("demand")).map(([, kw]) => kw)).toEqual([2108, 2164]);
    expect((await world.samples("interval-pulses")).map(([, pulses]) => pulses)).toEqual([310, 310]);
    expect((await world.samples("energy-total")).map(([, kwh]) => kwh)).toEqual([440_527, 440_541]);
    const { series, points, assignments } = await world.store.registry();
    expect(series.map(({ key }) => key)).toContain("plant/main/energy@plc");
    expect(series.every(({ equalInstant }) => equalInstant === "last")).toBe(true);
    expect(points).toMatchObject([{ site: "plant", id: "main", name: "Main meter" }]);
    expect(assignments).toMatchObject([{ source: "plc", device: "plc", point: "main" }]);
    expect(world.announced).toContain("plant/main/demand@plc");
    await expectBalanced(world.store);
  });

  it("is not read again until it changes, and then replaces its own rows, of which revisions remain", async () => {
    world.write("a.csv", csv(lineAt("10:15:00", 527), lineAt("10:30:00", 541)));
    await look();
    expect(await look()).toMatchObject({ files: [], known: 1 });
    world.write("a.csv", csv(lineAt("10:15:00", 527), lineAt("10:30:00", 600), lineAt("10:45:00", 610)), world.nowMs - 30_000);
    const { files } = await look(false);
    expect(files[0]?.report?.counts).toEqual({ new: 1, confirmed: 0, replaced: 1, unchanged: 1, repeated: 0 });
    expect((await world.samples("energy")).map(([, kwh]) => kwh)).toEqual([527, 600, 610]);
    expect(await revisedKwh()).toEqual([541]);
  });

  it("with the same size and time and other bytes is found by the sweep", async () => {
    const mtimeMs = world.nowMs - 60_000;
    world.write("a.csv", csv(lineAt("10:15:00", 527)), mtimeMs);
    await look();
    world.write("a.csv", csv(lineAt("10:15:00", 528)), mtimeMs);
    expect((await look(false)).files).toEqual([]);
    expect((await look(true)).files).toMatchObject([{ status: "done", replaced: 3 }]);
  });

  it("of which a later line repeats an interval counts as that line says", async () => {
    world.write("a.csv", csv(lineAt("10:15:00.623", 527), lineAt("10:15:00.100", 528, { r17: 1 })));
    const { files } = await look();
    expect(files[0]).toMatchObject({ rows: 2, report: { counts: { new: 1, repeated: 1 } } });
    expect(await world.samples("energy")).toEqual([[AT_1015, 528, QUALITY.excludedFromDemand]]);
  });

  it("with a byte order mark or with no row yet is a good file", async () => {
    world.write("a.csv", `\ufeff${csv(lineAt("10:15:00", 527))}`);
    world.write("b.csv", `${HEADER}\n`);
    const { files } = await look();
    expect(files.map(({ status, rows }) => [status, rows])).toEqual([
      ["done", 1],
      ["done", 0],
    ]);
    await expectBalanced(world.store);
  });
});

describe("a bad cell", () => {
  it("refuses the whole file, and every one is told with its line", async () => {
    world.write("a.csv", csv(lineAt("10:15:00", 527), "3/4/2026, 10:30, x, 541, 2164, 1, OFF - 0, OFF - 0", lineAt("10:45:00", 544)));
    const { files } = await look();
    expect(files[0]?.status).toBe("failed");
    expect(files[0]?.report?.problems.map(({ line, column }) => [line, column])).toEqual([
      [3, "Time"],
      [3, "counter15min"],
    ]);
    expect(await world.samples("energy")).toEqual([]);
    expect(await world.store.rejects({})).toMatchObject([{ source: "plc", topic: "a.csv", code: "bad-time", decoder: "plc-csv 1" }]);
    await expectBalanced(world.store);
  });

  it("is tried again every hour without being written down again, and taken when it is mended", async () => {
    world.write("a.csv", csv(lineAt("10:15:00", 527), lineAt("10:30:61", 541)));
    const first = await look();
    expect((await look()).files.map(({ id }) => id)).toEqual(first.files.map(({ id }) => id));
    expect((await look(false)).files).toEqual([]);
    expect(await world.store.rejects({})).toHaveLength(1);
    world.write("a.csv", csv(lineAt("10:15:00", 527), lineAt("10:30:00", 541)), world.nowMs - 20_000);
    expect((await look(false)).files).toMatchObject([{ status: "done", stored: 8 }]);
  });

  it("leaves out its row alone where that was asked for", async () => {
    const lenient = await openFolderWorld(open, { badRows: "leave-out" });
    lenient.write("a.csv", csv(lineAt("10:15:00", 527), lineAt("10:22:00", 541), lineAt("10:45:00", 544)));
    lenient.write("b.csv", csv(lineAt("10:30:00", 530), lineAt("10:30:00", 530).replace("2026", "2027")));
    const { files } = await lenient.folder.look({ thorough: true });
    expect(files.map(({ status, report }) => [status, report?.problemCount])).toEqual([
      ["done", 1],
      ["done", 1],
    ]);
    expect((await lenient.samples("energy")).map(([, kwh]) => kwh)).toEqual([527, 530, 544]);
    await lenient.end();
  });

  it("is a row of the day after tomorrow, too", async () => {
    world.write("a.csv", csv(lineAt("10:15:00", 527), lineAt("10:30:00", 530).replace("3/4", "3/7")));
    expect((await look()).files[0]?.report?.problems).toMatchObject([{ line: 3, code: "time-in-future" }]);
    expect(await world.samples("energy")).toEqual([]);
  });

  it("names the columns that are missing", async () => {
    world.write("a.csv", "Date, Time, counter15min, LastDemand, TotalEnergyUsed, KYZ_InvalidAlarm\n3/4/2026, 10:15:00, 1, 4, 9, OFF - 0\n");
    expect((await look()).files[0]?.report?.sentence).toContain("LastEnergyUsage, R17_Last_ExcludeDemand are missing");
  });

  it("in one file does not stop the others", async () => {
    world.write("a.csv", "nothing of the kind\n");
    world.write("b.csv", csv(lineAt("10:15:00", 527)));
    expect((await look()).files.map(({ status }) => status)).toEqual(["failed", "done"]);
  });
});

describe("a file that is being written", () => {
  it("waits until it has been left alone, and is then read by itself", async () => {
    const file = world.write("a.csv", `${HEADER}\r\n3/4/2026, 10:15`, world.nowMs - 4_000);
    const early = await look();
    expect(early).toMatchObject({ files: [], waiting: [{ name: "a.csv", readyMs: world.nowMs + 6_000 }] });
    const [[call, dueMs] = []] = [...world.timers];
    expect(dueMs).toBe(world.nowMs + 6_000);
    appendFileSync(file, lineAt("10:15:00", 527).slice("3/4/2026, 10:15".length));
    utimesSync(file, world.nowMs / 1000, world.nowMs / 1000);
    world.nowMs += 10_000;
    call?.();
    await look(false);
    expect(await world.samples("energy")).toEqual([[AT_1015, 527, 0]]);
  });

  it("and was left half written anywhere never gives a number that it does not hold in the end", async () => {
    const whole = csv(lineAt("10:15:00", 527), lineAt("10:30:00", 541));
    for (let length = HEADER.length + 3; length < whole.length - 14; length += 7) {
      world.write("a.csv", whole.slice(0, length), world.nowMs - 100_000 + length);
      await look(false);
    }
    expect(await revisedKwh()).toEqual([]);
    world.write("a.csv", whole);
    expect((await look(false)).files).toMatchObject([{ status: "done" }]);
    expect((await world.samples("energy")).map(([, kwh]) => kwh)).toEqual([527, 541]);
    await expectBalanced(world.store);
  });

  it("with a time in the future counts from when it was first seen so", async () => {
    world.write("a.csv", csv(lineAt("10:15:00", 527)), world.nowMs + 3_600_000);
    expect((await look()).waiting).toHaveLength(1);
    world.nowMs += 10_000;
    expect((await look()).files).toMatchObject([{ status: "done" }]);
  });
});

describe("what is no file of the folder", () => {
  it("is refused with a sentence: links, pipes and folders", async () => {
    const outside = join(world.path, "..", "outside.csv");
    world.write("real.csv", csv(lineAt("10:15:00", 527)));
    renameSync(join(world.path, "real.csv"), outside);
    symlinkSync(outside, join(world.path, "link.csv"));
    mkdirSync(join(world.path, "folder.csv"));
    execFileSync("mkfifo", [join(world.path, "pipe.csv")]);
    const { files } = await look();
    expect(files.map(({ report }) => report?.problems[0]?.sentence)).toEqual([
      "folder.csv is a folder, not a file; it is not read.",
      "link.csv is a symbolic link, not a file; it is not read.",
      "pipe.csv is a named pipe, not a file; it is not read.",
    ]);
    expect(await world.samples("energy")).toEqual([]);
  });

  it("is not seen where the glob does not mean it", async () => {
    world.write("notes.txt", "x");
    world.write(".hidden.csv", csv(lineAt("10:15:00", 527)));
    world.write("UPPER.CSV", csv(lineAt("10:15:00", 527)));
    expect((await look()).files.map(({ what }) => what)).toEqual([join(world.path, "UPPER.CSV")]);
  });

  it("is a file of ten gigabytes, of which not a byte is read", async () => {
    const file = world.write("a.csv", csv(lineAt("10:15:00", 527)));
    truncateSync(file, 10 * 1024 ** 3);
    utimesSync(file, world.nowMs / 1000 - 60, world.nowMs / 1000 - 60);
    expect((await look()).files[0]?.report?.sentence).toContain("a.csv has 10,240 MiB; files up to 32 MiB are read");
  });
});

describe("the folder", () => {
  it("that is not there is told, and looked for again", async () => {
    rmSync(world.path, { recursive: true });
    expect((await look()).problem).toContain("is not there");
    mkdirSync(world.path);
    world.write("a.csv", csv(lineAt("10:15:00", 527)));
    expect(world.timers.size).toBe(1);
    expect((await look()).files).toMatchObject([{ status: "done" }]);
  });

  it("is looked through once more for a file that comes in while it is watched", async () => {
    world.folder.open();
    for (const call of [...world.timers.keys()]) call();
    await look(false);
    world.write("a.csv", csv(lineAt("10:15:00", 527)));
    await expect.poll(() => world.timers.size, { timeout: 10_000 }).toBeGreaterThan(0);
    for (const call of [...world.timers.keys()]) call();
    await expect.poll(() => world.samples("energy"), { timeout: 10_000 }).toHaveLength(1);
  });

  it("moves what is done to the archive, under a name that is free, and leaves what was refused", async () => {
    const archive = join(world.path, "archive");
    const archiving = world.folderWith({ archive });
    for (const kwh of [527, 528]) {
      world.write("a.csv", csv(lineAt("10:15:00", kwh)));
      world.write("bad.csv", "x");
      await archiving.look({ thorough: true });
    }
    expect(readdirSync(archive).sort()).toEqual(["a.csv", "a_20260304170000.csv"]);
    expect(existsSync(join(world.path, "bad.csv"))).toBe(true);
    expect((await world.store.imports({ what: join(world.path, "a.csv") })).map(({ report }) => report?.archivedAs)).toEqual([
      join(archive, "a_20260304170000.csv"),
      join(archive, "a.csv"),
    ]);
  });
});

describe("a power cut", () => {
  it("between the beginning of an import and its rows leaves the file as if it had not begun", async () => {
    const file = world.write("a.csv", csv(lineAt("10:15:00", 527)));
    const counts = { stored: 0, replaced: 0, duplicate: 0, refused: 0 };
    const cut = { source: "plc", what: file, sha256: "", bytes: 1, startedMs: world.nowMs, status: "running", ...counts } as const;
    const id = await world.store.beginImport(cut);
    expect((await look(false)).files).toMatchObject([{ status: "done", stored: 4 }]);
    expect((await world.store.imports()).find((one) => one.id === id)?.status).toBe("cancelled");
  });
});

describe("a store that cannot write", () => {
  it("leaves nothing of the file, and the next look takes it", async () => {
    world.write("a.csv", csv(lineAt("10:15:00", 527)));
    const failing = { ...world.store, append: () => Promise.reject(new Error("no space")) };
    const broken = world.folderWith({}, { store: failing });
    await expect(broken.look({ thorough: true })).rejects.toThrow("no space");
    expect(await world.samples("energy")).toEqual([]);
    expect((await look()).files).toMatchObject([{ status: "done", stored: 4 }]);
  });
});
