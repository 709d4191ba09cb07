import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import type { BackupsAnswer } from "#contract/backups.ts";
import type { JobsAnswer } from "#contract/jobs.ts";
import type { ColumnsAnswer } from "#contract/series.ts";
import { BackupFolder } from "#outlets/backup/backup-folder.ts";
import { sha256Of } from "#outlets/backup/hash.ts";
import { freePort } from "#test/free-port.ts";
import { Server } from "#test/server.ts";
import { PATIENCE_MS, pause } from "./kills.ts";
import { KILL_YAML, NumberedPublisher } from "./numbered-publisher.ts";

const KILLS = 15;
const YAML = `${KILL_YAML}\nbackups: { enabled: false }\n`;

const backupsOf = (server: Server): string => join(server.folder, "data", "backups");

/** Times and values of every sample of a point. */
async function samplesOf(server: Server, point: string): Promise<[number, number | null][]> {
  const key = encodeURIComponent(`test/${point}/value@${point}`);
  const { columns } = await server.get<ColumnsAnswer>(
    `/api/v1/columns?series=${key}&from=0&to=${Date.now() + 3_600_000}&points=50000&raw=true`,
  );
  return (columns[0]?.tMs ?? []).map((tMs, row) => [tMs, columns[0]?.value[row] ?? null]);
}

async function atLeast(publisher: NumberedPublisher, acknowledged: number): Promise<void> {
  for (let tries = 0; publisher.acknowledged.untimed.size < acknowledged; tries++) {
    if (tries > 3_000) throw new Error(`only ${publisher.acknowledged.untimed.size} of ${acknowledged} were acknowledged`);
    await pause(20);
  }
}

describe("a restore drill", () => {
  test("what is backed up under load and restored elsewhere answers as it did", { timeout: PATIENCE_MS }, async () => {
    const server = await Server.start({ yaml: YAML, mqtt: "embedded:0" });
    onTestFinished(() => server.remove());
    const publisher = new NumberedPublisher(`mqtt://127.0.0.1:${server.brokerPort}`);
    publisher.start();
    await atLeast(publisher, 1_500);
    const before = publisher.acknowledged.timed.size;
    const made = await server.command("run", "backup", "--json");
    const after = publisher.sent;
    expect(made.status).toBe(0);
    expect(JSON.parse(made.out)).toMatchObject({ result: "done", sentence: expect.stringContaining("read back whole") });
    await atLeast(publisher, after + 500);
    await publisher.finish();
    const listed = JSON.parse((await server.command("backups", "--json")).out) as BackupsAnswer;
    const [copy] = listed.backups;
    expect(listed).toMatchObject({ folder: backupsOf(server), backups: [{ verified: true, keptAs: ["hourly", "daily", "monthly"] }] });
    const told = await server.get<BackupsAnswer>("/api/v1/backups");
    expect(told).toMatchObject({ enabled: false, nextMs: null, running: false, last: { result: "done" }, destination: null });
    expect(told.backups).toEqual(listed.backups);

    const other = await Server.start({ yaml: YAML, mqtt: "embedded:0" });
    onTestFinished(() => other.remove());
    const running = await other.command("restore", backupsOf(server));
    expect([running.status, running.problem]).toEqual([1, expect.stringContaining('Run "wattkeep stop" first.')]);
    await other.end();
    const restored = await other.command("restore", backupsOf(server));
    expect(restored.status).toBe(0);
    expect(restored.out).toContain(`${copy?.file} is in place. What was there before is kept in `);
    const verified = await other.command("verify", "--json");
    expect([verified.status, JSON.parse(verified.out).damage]).toEqual([0, []]);
    await other.run();

    for (const point of ["timed", "untimed"]) {
      const [here, there] = await Promise.all([samplesOf(server, point), samplesOf(other, point)]);
      // One publisher, in order: the copy is a moment between the request and its answer, and nothing before it is missing.
      expect(there).toEqual(here.slice(0, there.length));
      expect(there.length).toBeGreaterThanOrEqual(before);
      expect(there.length).toBeLessThan(here.length);
      const until = here.filter(([tMs]) => point === "untimed" && tMs < (copy?.madeMs ?? 0));
      expect(there.slice(0, until.length)).toEqual(until);
    }
    for (const path of ["/api/v1/series", "/api/v1/sites", "/api/v1/points"]) {
      const bare = async (one: Server) =>
        JSON.parse(JSON.stringify(await one.get<object>(path), (name, value) => (volatile(name) ? 0 : value)));
      expect(await bare(other), path).toEqual(await bare(server));
    }
    console.info(`restore drill: ${before} of each topic acknowledged before the copy, ${(await samplesOf(other, "timed")).length} in it`);
  });
});

/** What is of this moment, not of the history. */
function volatile(name: string): boolean {
  return ["nowMs", "lastMs", "version", "count", "points", "latest", "declared"].includes(name);
}

describe("a server killed while it makes a copy", () => {
  test("leaves no broken file under a copy's name, and the next run cleans up", { timeout: PATIENCE_MS }, async () => {
    const port = await freePort();
    const server = await Server.start({ yaml: YAML, mqtt: `embedded:${port}` });
    onTestFinished(() => server.remove());
    const publisher = new NumberedPublisher(`mqtt://127.0.0.1:${port}`);
    publisher.start();
    await atLeast(publisher, 1_500);
    let interrupted = 0;
    for (let kill = 0; kill < KILLS; kill++) {
      await fetch(`${server.url}/api/v1/jobs/backup/run`, { method: "POST", headers: { origin: server.url } });
      for (let tries = 0; tries < 200 && leftovers(server).length === 0; tries++) await pause(2);
      await pause(Math.random() * 25);
      await server.kill();
      interrupted += leftovers(server).length > 0 ? 1 : 0;
      await expectWhole(server);
      await server.run();
    }
    await publisher.finish();
    expect((await server.command("run", "backup")).status).toBe(0);
    expect(leftovers(server)).toEqual([]);
    const { jobs } = await server.get<JobsAnswer>("/api/v1/jobs");
    expect(jobs.find(({ name }) => name === "backup")?.history.some(({ result }) => result === "cancelled")).toBe(true);
    console.info(`${KILLS} kills: ${interrupted} in the middle of a copy`);
    expect(interrupted).toBeGreaterThan(0);
  });
});

/** Every file with a copy's name is as its manifest says. */
async function expectWhole(server: Server): Promise<void> {
  if (!existsSync(backupsOf(server))) return;
  const names = readdirSync(backupsOf(server)).filter((name) => name.endsWith(".backup"));
  const copies = await new BackupFolder(backupsOf(server), "The folder").list();
  expect(copies.map(({ file }) => file).toSorted()).toEqual(names.toSorted());
  for (const { file, sha256 } of copies) expect(await sha256Of(join(backupsOf(server), file))).toBe(sha256);
}

function leftovers(server: Server): string[] {
  const names = existsSync(backupsOf(server)) ? readdirSync(backupsOf(server)) : [];
  return names.filter((name) => !name.endsWith(".backup") && !(name.endsWith(".json") && names.includes(name.replace(".json", ".backup"))));
}
