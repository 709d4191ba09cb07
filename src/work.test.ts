import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Config } from "#config/config.ts";
import { loadConfig } from "#config/load.ts";
import { DIALECTS } from "#dialects/catalogue.ts";
import { type IntakeLine, openLine } from "#intake/line.ts";
import { openStore } from "#store/sqlite/sqlite-store.ts";
import type { Store } from "#store/store.ts";
import { plantsOf } from "./plants.ts";
import { intakeSources } from "./sources.ts";
import { openWork, type Work } from "./work.ts";

const PLAN = {
  schema: 1,
  name: "Large",
  currency: "USD",
  versions: [
    {
      validFrom: "2020-01-01",
      components: [
        { kind: "fixed", name: "Customer charge", rate: "120.00", per: "month" },
        { kind: "energy", name: "Energy", rate: "0.04" },
        { kind: "demand", name: "Demand", rate: "25.00", peak: { pick: { meanOf: 3 } }, minimumKw: 50 },
      ],
      rounding: { line: 2, total: 2, mode: "half-up" },
    },
  ],
};
const HEADER = "Date, Time, counter15min, LastEnergyUsage, LastDemand, TotalEnergyUsed, R17_Last_ExcludeDemand, KYZ_InvalidAlarm";
const LOGGER = { info() {}, warn() {}, error() {} };
const QUARTER_MS = 900_000;
/** 10:00 of 4 March 2026 at the plant. */
const TEN_MS = Date.UTC(2026, 2, 4, 15);

let folder: string;
let store: Store;
let line: IntakeLine;
let config: Config;
let work: Work;
let clockMs: number;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "wattkeep-work-"));
  mkdirSync(join(folder, "drop"));
  writeFileSync(join(folder, "plan.json"), JSON.stringify(PLAN));
  const text = `
sites: { plant: { zone: America/Indiana/Indianapolis, currency: USD } }
mqtt: embedded
sources:
  kyz: { site: plant, topics: [pri/energy/kyz/interval, pri/energy/kyz/pulseCount], dialect: kyz-pulse }
  plc: { site: plant, folder: ${join(folder, "drop")}, dialect: plc-csv }
tariffs:
  - { point: plant/main, plan: ${join(folder, "plan.json")} }
`;
  const loaded = loadConfig({ text, file: join(folder, "wattkeep.yaml"), cwd: folder, env: {}, dialects: DIALECTS });
  if (loaded.problems) throw new Error(JSON.stringify(loaded.problems));
  config = loaded.config;
  store = await openStore({ folder: join(folder, "data"), inProcess: true });
  clockMs = TEN_MS;
  const nowMs = () => clockMs;
  const sources = intakeSources(config, false);
  line = await openLine({ store, sources, dialects: DIALECTS, sites: config.sites, nowMs, logger: LOGGER });
  await publish([400, 410, 914.6 * 4, 405]);
  const plants = await plantsOf({ config, demo: false, store, nowMs });
  work = await openWork({ config, sources, store, line, plants, nowMs, logger: LOGGER, scheduled: false });
});
afterEach(async () => {
  await work.close();
  await line.close();
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The PLC publishes finished intervals from ten o'clock on. */
async function publish(kws: readonly number[]): Promise<void> {
  for (const [i, kw] of kws.entries()) {
    clockMs = TEN_MS + (i + 1) * QUARTER_MS + 2_000;
    const [hour, minute] = [10 + Math.floor((i + 1) / 4), ((i + 1) % 4) * 15];
    const intervalEnd = `2026-03-04 ${hour}:${String(minute).padStart(2, "0")}:00`;
    const body = new TextEncoder().encode(JSON.stringify({ intervalEnd, pulseCount: Math.round(kw / 6.8), kWh: kw / 4, kW: kw }));
    await line.take([{ message: { source: "kyz", topic: "pri/energy/kyz/interval", body, receivedMs: clockMs, qos: 1, retained: false } }]);
  }
  clockMs += 3_600_000;
}

function drop(name: string, ...rows: (readonly [time: string, kwh: number])[]): void {
  const lines = rows.map(([time, kwh]) => `3/4/2026, ${time}, 60, ${kwh}, ${kwh * 4}.0, ${440_000 + kwh}.0, OFF - 0, OFF - 0`);
  const file = join(folder, "drop", name);
  writeFileSync(file, [HEADER, ...lines, ""].join("\n"));
  utimesSync(file, clockMs / 1000 - 60, clockMs / 1000 - 60);
}

describe("the hourly sweep", () => {
  it("takes a file that lowers the peak, and tells rows, peak and bill before and after", async () => {
    drop("march.csv", ["10:15:00", 100], ["10:30:00", 103], ["10:45:00", 104], ["11:00:00", 101], ["11:15:00", 99]);
    const run = await work.jobs.run("csv-sweep");
    expect(run).toMatchObject({ why: "asked", result: "done" });
    expect(run.counts).toMatchObject({ files: 1, refused: 0, new: 1, confirmed: 3, replaced: 1, unchanged: 0 });
    const [{ report } = {}] = await store.imports();
    expect(report?.peak).toEqual({
      before: { tMs: TEN_MS + 3 * QUARTER_MS, kw: 3658.4 },
      after: { tMs: TEN_MS + 3 * QUARTER_MS, kw: 416 },
    });
    expect(report?.energyKwh?.after).toBe(507);
    expect(report?.changed?.[0]).toMatchObject({ endMs: TEN_MS + 5 * QUARTER_MS, afterKwh: 99 });
    const [bill] = report?.bills ?? [];
    // The mean of 3658.4, 410 and 405, and of 416, 412 and 404.
    expect(bill?.billedKw.before).toBeCloseTo(1491.133, 2);
    expect(bill?.billedKw.after).toBeCloseTo(410.667, 2);
    expect(Number(bill?.total.before) - Number(bill?.total.after)).toBeGreaterThan(27_000);
    expect(report?.sentence).toContain(
      "march.csv: 5 rows, 1 new, 3 confirmed, 1 replaced. The peak of its time goes from 3,658.4 to 416 kW.",
    );
  });

  it("leaves what was published as it was", async () => {
    drop("march.csv", ["10:45:00", 104]);
    await work.jobs.run("csv-sweep");
    const series = (await store.registry()).series.find(({ key }) => key === "plant/main/energy@kyz");
    const column = await store.read(series?.id ?? 0, { fromMs: 0, toMs: 4e12 });
    expect([...column.value]).toEqual([100, 102.5, 914.6, 101.25]);
    expect(await store.revisions(series?.id ?? 0, { fromMs: 0, toMs: 4e12 })).toEqual([]);
  });

  it("within the file's rounding confirms, and no bill changes but by the rounding", async () => {
    drop("march.csv", ["10:45:00", 915]);
    const run = await work.jobs.run("csv-sweep");
    expect(run.counts).toMatchObject({ confirmed: 1, replaced: 0, new: 0 });
    expect((await work.jobs.run("csv-sweep")).sentence).toBe("Nothing new.");
  });

  it("has failed while a file is refused, and says why each time", async () => {
    drop("march.csv", ["10:45", 915]);
    for (let i = 0; i < 2; i++) {
      const run = await work.jobs.run("csv-sweep");
      expect(run).toMatchObject({ result: "failed", counts: { refused: 1 } });
      expect(run.sentence).toContain('Line 2: Time is "10:45", not written like 15:45:00.');
    }
    expect(await store.imports()).toHaveLength(1);
  });

  it("is due in the fifth minute of every hour, on the clock of the site", async () => {
    const [sweep] = await work.jobs.list();
    expect(sweep?.job).toMatchObject({ name: "csv-sweep", schedule: "5 * * * *", zone: "America/Indiana/Indianapolis" });
  });
});

describe("an import by hand", () => {
  it("takes another folder's files for the same source, in turn with the sweep", async () => {
    drop("march.csv", ["10:45:00", 104]);
    const other = { path: join(folder, "drop"), glob: "m*.csv", minAgeMs: 0 };
    const seen: string[] = [];
    const progress = (_done: number, _total: number, what: string) => seen.push(what) > 0;
    const [look, run] = await Promise.all([work.importFolder("plc", other, progress), work.jobs.run("csv-sweep")]);
    expect(look.files).toMatchObject([{ status: "done", stored: 4 }]);
    expect(run.sentence).toBe("Nothing new.");
    expect(seen).toEqual(expect.arrayContaining(["march.csv: reading", "march.csv: storing 1 rows", "done"]));
  });
});
