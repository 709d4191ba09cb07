import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { BackupHouse } from "#test/backup-house.ts";
import { outside } from "#test/outside.ts";
import { parseAddress } from "./address.ts";
import { sha256Of } from "./hash.ts";
import { hidden, runProgram } from "./program.ts";
import type { DestinationSettings } from "./settings.ts";

let house: BackupHouse;
let there: string;
beforeEach(async () => {
  house = await BackupHouse.open();
  await house.read(2_000);
  there = join(house.root, "there");
});
afterEach(() => house.close());

const git = (...args: string[]): string =>
  execFileSync("git", ["-C", there, ...args], { env: { PATH: process.env["PATH"], GIT_CONFIG_GLOBAL: "/dev/null" } })
    .toString()
    .trim();

async function expectSame(name: string): Promise<void> {
  expect(await sha256Of(join(there, name))).toBe(await sha256Of(join(house.folder, name)));
}

describe("a second folder", () => {
  const to = (): DestinationSettings => ({ kind: "folder", path: there });

  test("gets each copy, compared, and keeps them by the same rule", async () => {
    mkdirSync(there);
    const backups = house.backups({ to: to(), keep: { hours: 2, days: 0, months: 0 } });
    for (let hour = 0; hour < 4; hour++) {
      await house.read(1);
      expect((await house.run(backups)).sentence).toMatch(/Second place: [\d.]+ MB copied and compared\. It lies on the same disk/);
    }
    expect(house.names(there)).toEqual([".wattkeep-backups", ...house.names()]);
    for (const name of house.names()) await expectSame(name);
    expect((await backups.view()).destination).toMatchObject({ kind: "folder", target: there, result: "done" });
  });

  test("is not made where its drive is missing; the copy here is whole, and the next run brings it", async () => {
    const backups = house.backups({ to: to() });
    expect((await backups.view()).destination).toMatchObject({
      result: "unchanged",
      sentence: expect.stringContaining("Nothing was sent yet"),
    });
    const told = await house.run(backups);
    expect(told).toMatchObject({ failed: true, counts: { made: 1, sent: 0 } });
    expect(told.sentence).toContain("Second place: The second folder is not there");
    expect(told.sentence).not.toContain(there);
    expect((await backups.view()).destination).toMatchObject({ result: "failed", code: "folder-missing" });
    expect((await backups.view()).last?.result).toBe("done");
    mkdirSync(there);
    expect(await house.run(backups)).toMatchObject({ counts: { made: 0, sent: 1 } });
    expect(house.names(there)).toHaveLength(3);
    expect((await house.run(backups)).counts).toMatchObject({ made: 0, sent: 0 });
    expect((await backups.view()).destination).toMatchObject({ result: "unchanged", sentence: "It has the newest copy." });
  });
});

outside("rsync")("an rsync target", () => {
  test("gets the newest copy and loses what the rule took out; a stranger's files stay", async () => {
    mkdirSync(there);
    writeFileSync(join(there, "letter.txt"), "mine");
    chmodSync(there, 0o750);
    chmodSync(join(there, "letter.txt"), 0o640);
    const backups = house.backups({ to: { kind: "rsync", target: `${there}/` }, keep: { hours: 2, days: 0, months: 0 } });
    for (let hour = 0; hour < 4; hour++) {
      await house.read(1);
      expect((await house.run(backups)).sentence).toMatch(/Second place: [\d.]+ MB sent\.$/);
    }
    expect(house.names(there)).toEqual(["letter.txt", ...house.names()]);
    for (const name of house.names()) await expectSame(name);
    const open = [there, join(there, "letter.txt"), ...house.names().map((name) => join(there, name))].map(
      (path) => statSync(path).mode & 0o777,
    );
    expect(open).toEqual([0o750, 0o640, ...house.names().map(() => 0o600)]);
  });

  test("that was away for hours gets the newest and is told of everything that went", async () => {
    mkdirSync(there);
    const keep = { hours: 1, days: 0, months: 0 };
    const target = join(there, "home");
    const backups = house.backups({ to: { kind: "rsync", target }, keep });
    await house.run(backups);
    rmSync(there, { recursive: true });
    for (let hour = 0; hour < 3; hour++) {
      await house.read(1);
      const told = await house.run(backups);
      expect(told).toMatchObject({ failed: true, sentence: expect.stringMatching(/rsync ended with \d+: /) });
      expect(told.sentence).not.toContain(there);
    }
    mkdirSync(target, { recursive: true });
    for (const old of ["wattkeep-2026-01-05T010000Z", "wattkeep-2026-01-05T020000Z"])
      for (const end of [".backup", ".json"]) writeFileSync(join(target, old + end), "");
    await house.run(backups);
    expect(house.names(target)).toEqual(house.names());
  });

  test("never sees the copies of a machine that is new: an empty folder here empties nothing there", async () => {
    mkdirSync(there);
    const to = { kind: "rsync", target: there } as const;
    await house.run(house.backups({ to }));
    const old = house.names(there);
    rmSync(house.folder, { recursive: true });
    await house.read(1);
    await house.run(house.backups({ to }));
    expect(house.names(there)).toEqual([...old, ...house.names()]);
  });
});

outside("git")("a git remote", () => {
  const to = (branch = "wattkeep-backup"): DestinationSettings => ({ kind: "git", remote: there, branch });
  beforeEach(() => void execFileSync("git", ["init", "--quiet", "--bare", there]));

  test("has one commit with the newest copy, pushed only when something changed", async () => {
    const backups = house.backups({ to: to() });
    await house.run(backups);
    const first = git("rev-parse", "wattkeep-backup");
    await house.run(backups);
    expect(git("rev-parse", "wattkeep-backup")).toBe(first);
    await house.read(10_000);
    expect((await house.run(backups)).sentence).toMatch(/pushed as the one commit of its branch\.$/);
    expect(git("rev-parse", "wattkeep-backup")).not.toBe(first);
    expect(git("rev-list", "--count", "wattkeep-backup")).toBe("1");
    expect(git("log", "-1", "--format=%an: %s", "wattkeep-backup")).toBe("Wattkeep: Wattkeep backup 2026-01-05 – 2026-01-06");
    const newest = house.names().slice(-2);
    expect(git("ls-tree", "--name-only", "wattkeep-backup").split("\n")).toEqual(newest);
    execFileSync("git", ["clone", "--quiet", "--branch", "wattkeep-backup", there, join(house.root, "clone")]);
    there = join(house.root, "clone");
    await expectSame(newest[0] ?? "");
    expect(house.names().filter((name) => name.startsWith("."))).toEqual([]);
  });

  test("keeps what others put there, and what came between two of ours", async () => {
    await house.run(house.backups({ to: to() }));
    const ours = git("rev-parse", "wattkeep-backup");
    const tree = git("rev-parse", "wattkeep-backup^{tree}");
    const author = ["-c", "user.name=A", "-c", "user.email=a@b.c"];
    const other = git(...author, "commit-tree", tree, "-m", "My notes");
    git("update-ref", "refs/heads/notes", other);
    git("update-ref", "refs/heads/wattkeep-backup", other);
    await house.read(1);
    for (const branch of ["notes", "wattkeep-backup"]) {
      const told = await house.run(house.backups({ to: to(branch) }));
      expect(told).toMatchObject({ failed: true, sentence: expect.stringContaining("is no backup of Wattkeep. Name another branch.") });
      expect(git("rev-parse", branch)).toBe(other);
    }
    git("update-ref", "refs/heads/wattkeep-backup", ours);
    expect((await house.run(house.backups({ to: to() }))).failed).toBeUndefined();
  });

  test("is not overwritten by a new machine that has less in it, and goes on after a restore", async () => {
    await house.run(house.backups({ to: to() }));
    const ours = git("rev-parse", "wattkeep-backup");
    const fresh = await BackupHouse.open();
    await fresh.read(5);
    const told = await fresh.run(fresh.backups({ to: to() }));
    expect(told).toMatchObject({ failed: true, sentence: expect.stringContaining("holds a backup with more in it than this store has") });
    expect(git("rev-parse", "wattkeep-backup")).toBe(ours);
    await fresh.read(2_000);
    expect((await fresh.run(fresh.backups({ to: to() }))).failed).toBeUndefined();
    expect(git("rev-parse", "wattkeep-backup")).not.toBe(ours);
    await fresh.close();
  });

  test("runs no hook and heeds no settings of the user", async () => {
    const hooks = join(house.root, "hooks");
    mkdirSync(hooks);
    writeFileSync(join(hooks, "pre-push"), "#!/bin/sh\ntouch ran\nexit 1\n");
    chmodSync(join(hooks, "pre-push"), 0o755);
    writeFileSync(join(house.root, ".gitconfig"), `[core]\n\thooksPath = ${hooks}\n[url "/nowhere/"]\n\tinsteadOf = ${there}\n`);
    const home = process.env["HOME"];
    process.env["HOME"] = house.root;
    try {
      expect((await house.run(house.backups({ to: to() }))).failed).toBeUndefined();
    } finally {
      process.env["HOME"] = home;
    }
    expect(house.names(house.root)).not.toContain("ran");
  });

  test("that cannot be reached is told without its address and its password", async () => {
    const backups = house.backups({ to: { kind: "git", remote: "https://hugo:s3cr3t@127.0.0.1:1/house.git", branch: "main" } });
    const told = await house.run(backups);
    expect(told).toMatchObject({ failed: true, counts: { made: 1 } });
    expect(told.sentence).toMatch(/git ended with \d+: /);
    const everything = JSON.stringify([told, await backups.view(), house.warned.map((one) => String(Object.values(one)[0]))]);
    for (const word of ["s3cr3t", "hugo", Buffer.from("hugo:s3cr3t").toString("base64")]) expect(everything).not.toContain(word);
    expect((await backups.view()).destination?.target).toBe("https://127.0.0.1:1/house.git (main)");
    expect(house.names().some((name) => name.startsWith(".git"))).toBe(false);
  });
});

describe("a program", () => {
  const run = { args: [], timeoutMs: 10_000, signal: new AbortController().signal, hide: [] };

  test("that is not installed is named, with what to do", async () => {
    await expect(runProgram("wattkeep-no-such-program", run)).rejects.toMatchObject({
      code: "program-missing",
      message: expect.stringContaining("is not installed. Install it"),
    });
  });

  test("that hangs is ended with what it started, and so is one whose run is over", async () => {
    const hanging = { ...run, args: ["-e", "require('node:child_process').spawnSync('sleep', ['1000'])"] };
    await expect(runProgram(process.execPath, { ...hanging, timeoutMs: 300 })).rejects.toMatchObject({ code: "timed-out" });
    const abort = new AbortController();
    const ended = runProgram(process.execPath, { ...hanging, signal: abort.signal });
    abort.abort();
    await expect(ended).rejects.toMatchObject({ code: "cancelled" });
  });

  test("sees none of our secrets, and what it says is shown without theirs", async () => {
    process.env["MQTT_PASSWORD"] = "geheim";
    const seen = await runProgram(process.execPath, { ...run, args: ["-p", "JSON.stringify(process.env)"] });
    expect(seen).not.toContain("geheim");
    delete process.env["MQTT_PASSWORD"];
    expect(hidden("fatal: https://a:b@host/x and nas:/home/x", ["nas:/home/x"])).toBe("fatal: https://host/x and …");
  });
});

test("an address is shown without its password, and a web address without its user", () => {
  expect(parseAddress("https://tok%40en@host/r.git")).toEqual({ shown: "https://host/r.git", user: "tok@en" });
  expect(parseAddress("https://u:p@host/r.git")).toEqual({ shown: "https://host/r.git", user: "u", password: "p" });
  expect(parseAddress("rsync://u:p@host/m")).toEqual({ shown: "rsync://u@host/m", user: "u", password: "p" });
  for (const plain of ["git@host:house.git", "nas:backup/", "/mnt/x", "ssh://git@host/x"]) expect(parseAddress(plain).shown).toBe(plain);
});
