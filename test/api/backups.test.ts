import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { backingUp } from "#backing-up.ts";
import { loadConfig } from "#config/load.ts";
import { type BackupsAnswer, backupsSchema } from "#contract/backups.ts";
import { DIALECTS } from "#dialects/catalogue.ts";
import type { JobClock } from "#jobs/job.ts";
import { openJobs } from "#jobs/open-jobs.ts";
import type { Store } from "#store/store.ts";
import { HOUR_MS, type House, openHouse, T0 } from "./house.ts";

const quiet = { info() {}, warn() {}, error() {} };
const never: JobClock["after"] = () => () => undefined;
let house: House;
let data: string;

/** A house that backs up as a configuration says. */
async function open(backups: string, anonymous: "viewer" | "operator"): Promise<void> {
  const text = `sites: { plant: { zone: Europe/Berlin, currency: EUR } }\ndata: ${data}\n${backups}`;
  const loaded = loadConfig({ cwd: data, file: join(data, "wattkeep.yaml"), text, env: {}, dialects: DIALECTS });
  if (loaded.problems) throw new Error(JSON.stringify(loaded.problems));
  const { config } = loaded;
  const more = async (store: Store, nowMs: () => number) => {
    const { job, desk } = backingUp({ config, demo: false, store, nowMs, logger: quiet });
    return { backups: desk, jobs: await openJobs({ jobs: [job], store, clock: { nowMs, after: never }, logger: quiet }) };
  };
  house = await openHouse({ loopbackOpen: false, anonymous: [{ role: anonymous, from: "127.0.0.0/8" }] }, {}, more);
}

async function asked(): Promise<BackupsAnswer> {
  const answer = await house.app.inject({ url: "/api/v1/backups", headers: { host: "127.0.0.1" } });
  expect(answer.statusCode).toBe(200);
  return backupsSchema.strict().parse(answer.json());
}

async function runNow(): Promise<BackupsAnswer> {
  const run = await house.app.inject({ method: "POST", url: "/api/v1/jobs/backup/run", headers: { host: "127.0.0.1" } });
  expect(run.json()).toMatchObject({ started: true });
  for (;;) {
    const told = await asked();
    if (!told.running && told.last !== null) return told;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), "wattkeep-api-backups-"));
});
afterEach(async () => {
  await house.close();
  rmSync(data, { recursive: true, force: true });
});

describe("GET /backups", () => {
  test("tells an operator what there is, when the next is due, and what to type", async () => {
    await open(`backups: { to: { folder: ${join(data, "stick")} } }`, "operator");
    expect(await asked()).toMatchObject({
      ...{ folder: join(data, "backups"), enabled: true, nextMs: house.nowMs + HOUR_MS, running: false, backups: [], totalBytes: 0 },
      ...{ keep: { hours: 24, days: 14, months: 12 }, last: null, restoreCommand: null },
      destination: { kind: "folder", target: join(data, "stick"), result: "unchanged" },
    });
    const told = await runNow();
    expect(told).toMatchObject({
      backups: [
        { file: "wattkeep-2026-03-02T000000Z.backup", madeMs: T0 + 24 * HOUR_MS, verified: true, keptAs: ["hourly", "daily", "monthly"] },
      ],
      last: { result: "done" },
      destination: { result: "failed", code: "folder-missing" },
      restoreCommand: `wattkeep restore latest --config ${join(data, "wattkeep.yaml")}`,
    });
    expect(told.totalBytes).toBe(told.backups[0]?.bytes);
    expect(told.freeBytes).toBeGreaterThan(0);
  });

  test("tells a reader the same without where things lie", async () => {
    await open("backups: { enabled: false, to: { git: 'https://hugo:geheim@host.example/you/house.git' } }", "viewer");
    const told = await asked();
    expect(told).toMatchObject({ folder: "…/backups", enabled: false, nextMs: null, destination: { kind: "git" } });
    for (const word of [data, "hugo", "geheim", "host.example"]) expect(JSON.stringify(told)).not.toContain(word);
    const refused = await house.app.inject({ method: "POST", url: "/api/v1/jobs/backup/run", headers: { host: "127.0.0.1" } });
    expect(refused.statusCode).toBe(403);
  });

  test("of a server that makes none says so", async () => {
    house = await openHouse();
    const answer = await house.app.inject({ url: "/api/v1/backups" });
    expect(backupsSchema.parse(answer.json())).toMatchObject({
      enabled: false,
      backups: [],
      last: null,
      destination: null,
      restoreCommand: null,
    });
  });
});
