import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "@photostructure/sqlite";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { EVER } from "#store/contract/world.ts";
import { openStore } from "#store/sqlite/sqlite-store.ts";
import { BackupHouse } from "#test/backup-house.ts";
import { sha256Of } from "./hash.ts";

let house: BackupHouse;
beforeEach(async () => {
  house = await BackupHouse.open();
  await house.read(5_000);
});
afterEach(() => house.close());

describe("a run", () => {
  test("makes a copy that opens as a store with every sample, and says so beside it", async () => {
    const backups = house.backups();
    const told = await house.run(backups);
    expect(told.failed).toBeUndefined();
    expect(told.sentence).toMatch(/ MB, 5,000 samples, read back whole; 1 copy is kept\.$/);
    expect(house.names()).toEqual(["wattkeep-2026-01-05T010000Z.backup", "wattkeep-2026-01-05T010000Z.json"]);
    const file = join(house.folder, "wattkeep-2026-01-05T010000Z.backup");
    const manifest = JSON.parse(readFileSync(file.replace(".backup", ".json"), "utf8"));
    expect(manifest).toMatchObject({ made: "2026-01-05T01:00:00.000Z", samples: 5_000, verified: true, bytes: statSync(file).size });
    expect(manifest.sha256).toBe(await sha256Of(file));
    expect(statSync(file).mode & 0o77).toBe(0);
    mkdirSync(join(house.root, "again"));
    execFileSync("cp", [file, join(house.root, "again", "wattkeep.db")]);
    const again = await openStore({ folder: join(house.root, "again"), inProcess: true });
    expect(await again.read(1, EVER)).toEqual(await house.store.read(1, EVER));
    await again.close();
    const view = await backups.view();
    expect(view.backups).toMatchObject([{ samples: 5_000, verified: true, keptAs: ["hourly", "daily", "monthly"] }]);
    expect(view).toMatchObject({ totalBytes: manifest.bytes, destination: null, last: { result: "done", sentence: told.sentence } });
  });

  test("makes none where nothing changed, though jobs ran and pages were looked at", async () => {
    const backups = house.backups();
    await house.run(backups);
    const before = house.names();
    await house.store.saveSetting("usage.2026-01-05", "/ 4");
    const told = await house.run(backups);
    expect(told).toEqual({
      sentence: "Nothing has changed since the newest copy; 1 copy is kept.",
      counts: { made: 0, bytes: 0, samples: 0, removed: 0, sent: 0 },
    });
    expect(house.names()).toEqual(before);
    expect((await backups.view()).last?.result).toBe("unchanged");
    await house.read(1);
    expect((await house.run(backups)).counts["made"]).toBe(1);
  });

  test("keeps by the rule, and takes out a copy only after a newer one is whole", async () => {
    const backups = house.backups({ keep: { hours: 3, days: 2, months: 1 } });
    for (let hour = 0; hour < 30; hour++) {
      await house.read(1);
      await house.run(backups);
    }
    const { backups: kept } = await backups.view();
    // From 02:00 local on, for 30 hours: three hours, and yesterday's last.
    expect(kept.map(({ file, keptAs }) => [file.slice(9, 24), keptAs])).toEqual([
      ["2026-01-06T0600", ["hourly", "daily", "monthly"]],
      ["2026-01-06T0500", ["hourly"]],
      ["2026-01-06T0400", ["hourly"]],
      ["2026-01-05T2200", ["daily"]],
    ]);
    expect(house.names()).toHaveLength(8);
  });

  test("removes what a killed run left, and nothing that is not its own", async () => {
    const backups = house.backups();
    await house.run(backups);
    const mine = house.names();
    const left = ["wattkeep-2026-01-05T020000Z.backup.making", "wattkeep-2026-01-05T020000Z.backup.making.partial"];
    const more = [
      "wattkeep-2026-01-05T020000Z.backup.making.partial-journal",
      "wattkeep-2026-01-05T020000Z.json",
      "wattkeep-2026-01-05T030000Z.json.making",
    ];
    const others = ["letter.txt", "my.backup", "wattkeep-2025-01-05T020000Z.backup"];
    for (const name of [...left, ...more, ...others]) writeFileSync(join(house.folder, name), "half");
    await house.run(backups);
    expect(house.names()).toEqual([...mine, ...others].toSorted());
    expect((await backups.view()).backups).toHaveLength(1);
  });

  test("ends with the program and leaves no half copy", async () => {
    const told = await house.run(house.backups(), AbortSignal.abort());
    expect(told).toMatchObject({ failed: true, sentence: "The program ended before the copy was whole; the next run makes it." });
    expect(house.names()).toEqual([]);
  });

  test("keeps a copy of a damaged store beside the whole ones, and says that it is", async () => {
    const backups = house.backups({ keep: { hours: 1, days: 0, months: 0 } });
    await house.run(backups);
    await house.store.checkpoint();
    const db = new DatabaseSync(join(house.root, "data", "wattkeep.db"));
    db.exec("UPDATE block SET checksum = checksum + 1 WHERE id = (SELECT min(id) FROM block)");
    db.close();
    for (let hour = 0; hour < 3; hour++) {
      await house.read(1);
      expect(await house.run(backups)).toMatchObject({ failed: true, sentence: expect.stringContaining("older whole copies stay") });
    }
    const view = await backups.view();
    expect(view.backups.map(({ verified, keptAs }) => [verified, keptAs])).toEqual([
      [false, []],
      [true, ["hourly"]],
    ]);
    expect(view.last).toMatchObject({ result: "failed", code: "damaged" });
  });
});

describe("a folder that somebody named", () => {
  test("has to be there, and to be the one it was", async () => {
    const named = join(house.root, "stick");
    const backups = house.backups({ folder: named, ours: false });
    expect((await house.run(backups)).sentence).toContain("The folder for backups is not there (ENOENT)");
    expect((await backups.view()).last?.code).toBe("folder-missing");
    mkdirSync(named);
    expect((await house.run(backups)).failed).toBeUndefined();
    expect(house.names(named)).toHaveLength(3);
    // The stick is pulled out, and the folder below its place is seen.
    rmSync(named, { recursive: true });
    mkdirSync(named);
    expect(await house.run(backups)).toMatchObject({ failed: true, sentence: expect.stringContaining("Connect its drive") });
    expect(house.names(named)).toEqual([]);
    expect(JSON.stringify((await backups.view()).last)).not.toContain(named);
  });
});

const disk = canMount() ? describe : describe.skip;
if (disk === describe.skip) console.info("Not tested here: a full disk, because this user may not mount one.");

disk("a full disk", () => {
  let small: string;
  beforeEach(() => {
    small = join(house.root, "small");
    mkdirSync(small);
  });
  // Connections of a copy made on this thread are closed when their statements are collected.
  afterEach(() => execFileSync("umount", ["--lazy", small]));
  const mount = (size: string): void => void execFileSync("mount", ["-t", "tmpfs", "-o", `size=${size}`, "tmpfs", small]);

  test("is known before the copy begins: the older copies stay, and readings go on", async () => {
    mount("40m");
    const backups = house.backups({ folder: small, ours: false, keep: { hours: 1, days: 0, months: 0 } });
    expect((await house.run(backups)).failed).toBeUndefined();
    const before = house.names(small);
    writeFileSync(join(small, "films"), Buffer.alloc(16 << 20));
    await house.read(10);
    const told = await house.run(backups);
    expect(told).toMatchObject({
      failed: true,
      sentence: expect.stringMatching(/^A copy needs [\d.]+ MB with its reserve, and the disk of the folder/),
    });
    expect((await backups.view()).last?.code).toBe("no-space");
    expect(house.names(small)).toEqual(["films", ...before].toSorted());
    await house.read(10);
    expect((await house.store.stats()).samples).toBe(5_020);
    rmSync(join(small, "films"));
    expect((await house.run(backups)).failed).toBeUndefined();
  });

  test("that fills up half way leaves no half copy", async () => {
    mount("150k");
    await house.store.checkpoint();
    await expect(house.store.backup(join(small, "copy"))).rejects.toMatchObject({ code: "disk-full" });
    expect(house.names(small)).toEqual([]);
  });
});

function canMount(): boolean {
  if (process.platform !== "linux" || process.getuid?.() !== 0) return false;
  const place = execFileSync("mktemp", ["-d"]).toString().trim();
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=100k", "tmpfs", place], { stdio: "ignore" });
    execFileSync("umount", [place]);
    return true;
  } catch {
    return false;
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}
