import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { checkPulls } from "#cli/check-pulls.ts";
import type { Config } from "#config/config.ts";
import { loadConfig } from "#config/load.ts";
import { DIALECTS } from "#dialects/catalogue.ts";
import { type IntakeLine, openLine } from "#intake/line.ts";
import type { Jobs } from "#jobs/job.ts";
import { openJobs } from "#jobs/open-jobs.ts";
import { openStore } from "#store/sqlite/sqlite-store.ts";
import type { Store } from "#store/store.ts";
import { FakeFlux } from "#test/fakes/flux-server.ts";
import { exportOf, FakeStation } from "#test/fakes/niagara-station.ts";
import { FakeTibber } from "#test/fakes/tibber.ts";
import { pullJobs, pullsOf } from "./pulls.ts";

const NOW = Date.UTC(2024, 11, 1, 12, 5);
const HOUR_MS = 3_600_000;
const HOME = "96a14971-525a-4420-aae9-e5aedaa129ff";
const LOGGER = { info() {}, warn() {}, error() {} };

let folder: string;
let influx: FakeFlux;
let tibber: FakeTibber;
let store: Store;
let line: IntakeLine;
let config: Config;
let jobs: Jobs;
/** How long was waited for, in order; waiting takes no time here. */
let waits: number[];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "wattkeep-pulls-"));
  influx = await FakeFlux.start({ bucket: "lampfi", token: "sesam" });
  tibber = await FakeTibber.start();
  const text = `
sites: { house: { zone: Europe/Berlin, currency: EUR } }
mqtt: embedded
sources:
  lampfi: { site: house, influx: { url: ${influx.url}, org: haus, token: sesam, bucket: lampfi } }
  strom: { site: house, tibber: { token: sesam, url: ${tibber.url}, homes: { ${HOME}: haupt_strom } } }
meters:
  kessel: { unit: kWh, medium: heat }
`;
  const loaded = loadConfig({ text, file: join(folder, "wattkeep.yaml"), cwd: folder, env: {}, dialects: DIALECTS });
  if (loaded.problems) throw new Error(JSON.stringify(loaded.problems));
  config = loaded.config;
  store = await openStore({ folder: join(folder, "data"), inProcess: true });
  line = await openLine({ store, sources: [], dialects: [], sites: config.sites, nowMs: () => NOW, logger: LOGGER });
  waits = [];
  const clock = {
    nowMs: () => NOW,
    after(ms: number, call: () => void) {
      // Timeouts are not waited for; the pauses between tries are.
      const timer = ms <= 15 * 60_000 && ms !== 60_000 * 60 ? setTimeout(call, 0) : undefined;
      if (timer !== undefined) waits.push(ms);
      return () => clearTimeout(timer);
    },
  };
  jobs = await openJobs({ jobs: pullJobs({ config, store, line, nowMs: () => NOW }), store, clock, logger: LOGGER, scheduled: false });
});
afterEach(async () => {
  await jobs.close();
  await line.close();
  await store.close();
  await influx.stop();
  await tibber.stop();
  rmSync(folder, { recursive: true, force: true });
});

const hour = (hours: number, consumption: number | null = 1) => {
  const toMs = Date.UTC(2024, 11, 1, 12) - hours * HOUR_MS;
  return { from: new Date(toMs - HOUR_MS).toISOString(), to: new Date(toMs).toISOString(), consumption };
};

describe("jobs that fetch readings", () => {
  test("are there for each source that is fetched, on the clock of its site", async () => {
    expect((await jobs.list()).map(({ job: { name, schedule, zone, retry } }) => [name, schedule, zone, retry])).toEqual([
      ["influx-lampfi", "*/15 * * * *", "Europe/Berlin", { tries: 3, waitMs: 10_000 }],
      ["tibber-strom", "5 * * * *", "Europe/Berlin", { tries: 3, waitMs: 60_000 }],
    ]);
  });

  test("are named beside the service their source comes from", () => {
    expect([...pullsOf(config)]).toEqual([
      ["lampfi", { from: `bucket lampfi at ${influx.url}`, job: "influx-lampfi" }],
      ["strom", { from: tibber.url, job: "tibber-strom" }],
    ]);
  });

  test("say what they took, and the medium of a meter of the file decides what it counts", async () => {
    influx.points = [{ measurement: "kWh", entity: "kessel", tMs: NOW - HOUR_MS, value: 5 }];
    tibber.homes = [{ id: HOME, hours: [hour(1)] }];
    expect(await jobs.run("influx-lampfi")).toMatchObject({
      result: "done",
      sentence: "1 meter, 1 reading looked at from the beginning, 1 new.",
      counts: { new: 1 },
    });
    expect(await jobs.run("tibber-strom")).toMatchObject({ result: "done", counts: { homes: 1, new: 1 } });
    const { series } = await store.registry();
    expect(series.map(({ key }) => key).sort()).toEqual(["house/haupt_strom/energy-import@strom", "house/kessel/heat-energy@lampfi"]);
    expect(line.rates.bySource().get("lampfi")).toMatchObject({ lastMs: NOW });
  });

  test("try again within the run when a service is away, and for as long as it asks when it is asked too often", async () => {
    tibber.tooOften("120");
    tibber.instead.push((reply) => void reply.writeHead(500).end("{}"));
    tibber.homes = [{ id: HOME, hours: [hour(1)] }];
    const run = await jobs.run("tibber-strom");
    expect(run).toMatchObject({ result: "done", counts: { new: 1 } });
    expect(waits.filter((ms) => ms >= 60_000 * 2)).toEqual([120_000, 120_000]);
    const log = await jobs.log("tibber-strom", run.id);
    expect(log?.log.map(({ text }) => text).join("\n")).toContain("Tibber was asked too often and asks to wait 120 s.");
  });

  test("fail with a sentence when all tries are used up, and lose nothing", async () => {
    for (let i = 0; i < 3; i += 1) tibber.instead.push((reply) => void reply.end(JSON.stringify({ errors: [{ message: "Try later" }] })));
    expect(await jobs.run("tibber-strom")).toMatchObject({ result: "failed", sentence: "Tibber says: Try later. Tried 3 times." });
    tibber.homes = [{ id: HOME, hours: [hour(30), hour(2, null), hour(1)] }];
    expect(await jobs.run("tibber-strom")).toMatchObject({ result: "done", counts: { new: 2 } });
  });

  test("do not try again what would be refused again", async () => {
    tibber.token = "anders";
    expect(await jobs.run("tibber-strom")).toMatchObject({ result: "failed" });
    expect(tibber.http.asked).toHaveLength(1);
  });
});

describe("checking services", () => {
  test("says what is there, and what is wrong without what opens it", async () => {
    influx.points = [{ measurement: "kWh", entity: "kessel", tMs: NOW - HOUR_MS, value: 5 }];
    tibber.homes = [{ id: "other", hours: [] }];
    const found = await checkPulls(config);
    expect(found).toEqual([
      { what: `lampfi: bucket lampfi at ${influx.url}, 1 series of input_number` },
      { what: "strom: Tibber", problem: `the account has no home ${HOME}; it has other` },
    ]);
  });
});

describe("jobs that fetch from a Niagara station", () => {
  let station: FakeStation;
  let own: Jobs;
  const warnings: string[] = [];

  beforeEach(async () => {
    station = await FakeStation.start();
    const login = `username: wattkeep, password: "${station.password}", tls: { pinFirst: true }`;
    const text = `
sites: { tower: { zone: America/Phoenix } }
mqtt: embedded
sources:
  depot: { site: tower, niagaraExport: { url: ${station.url}, ordPath: "file:%5EhistoryExports/Depot", station: Depot, ${login} } }
  over-obix: { site: tower, obix: { url: ${station.url}, station: Depot, ${login} } }
  servlet: { site: tower, niagaraServlet: { url: ${station.url}/niagaraCopilot, ${login} }, schedule: "0 * * * *" }
  values: { site: tower, niagaraAnalytics: { url: ${station.url}/na, nodes: ["slot:/Vav1"], ${login} } }
`;
    const loaded = loadConfig({ text, file: join(folder, "niagara.yaml"), cwd: folder, env: {}, dialects: DIALECTS });
    if (loaded.problems) throw new Error(JSON.stringify(loaded.problems));
    config = loaded.config;
    const logger = { warn: (_: object, text: string) => void warnings.push(text) };
    await line.close();
    line = await openLine({ store, sources: [], dialects: [], sites: config.sites, nowMs: () => NOW, logger: LOGGER });
    const clock = { nowMs: () => NOW, after: () => () => undefined };
    own = await openJobs({
      jobs: pullJobs({ config, store, line, nowMs: () => NOW, logger }),
      store,
      clock,
      logger: LOGGER,
      scheduled: false,
    });
  });
  afterEach(async () => {
    await own.close();
    await station.stop();
    warnings.length = 0;
  });

  test("are there for every way, every quarter of an hour unless said", async () => {
    expect((await own.list()).map(({ job: { name, title, schedule, zone } }) => [name, title, schedule, zone])).toEqual([
      ["niagara-depot", "Take histories of Depot by exports", "*/15 * * * *", "America/Phoenix"],
      ["niagara-over-obix", "Take histories of Over obix by oBIX", "*/15 * * * *", "America/Phoenix"],
      ["niagara-servlet", "Take histories of Servlet by a servlet", "0 * * * *", "America/Phoenix"],
      ["niagara-values", "Take histories of Values by Analytics", "*/15 * * * *", "America/Phoenix"],
    ]);
    expect(pullsOf(config).get("depot")?.from).toBe(station.folder);
  });

  test("bring one history by two ways to one point, and warn of a certificate believed on first sight", async () => {
    station.files.set("Vav1$20Space$20Temp.csv", exportOf([[NOW - HOUR_MS, 71]]));
    station.histories.set("Vav1$20Space$20Temp", [{ tMs: NOW - HOUR_MS, value: "71" }]);
    expect(await own.run("niagara-depot")).toMatchObject({ result: "done", counts: { new: 1 } });
    expect(await own.run("niagara-over-obix")).toMatchObject({ result: "done", counts: { new: 1 } });
    const { points, series } = await store.registry();
    expect(points.filter(({ site }) => site === "tower").map(({ id }) => id)).toEqual(["vav-1-space-temp"]);
    expect(series.map(({ key }) => key).sort()).toEqual([
      "tower/vav-1-space-temp/temperature@depot",
      "tower/vav-1-space-temp/temperature@over-obix",
    ]);
    expect(warnings).toEqual([expect.stringContaining("is believed because it is the first one seen")]);
  });

  test("that are refused twice are not run a third time by the clock, and say so", async () => {
    station.password = "another";
    await own.run("niagara-depot", { why: "change" });
    await own.run("niagara-depot", { why: "change" });
    expect(await own.run("niagara-depot", { why: "change" })).toMatchObject({
      result: "failed",
      sentence: expect.stringContaining("refused the user wattkeep 2 times, so it is not asked again"),
    });
    expect(station.asked).toHaveLength(2);
  });

  test("are tried by the check of the configuration", async () => {
    station.files.set("Vav1.csv", exportOf([[NOW - HOUR_MS, 71]]));
    station.histories.set("Vav1", []);
    station.analytics = (request) => ({ ...request, value: 1 });
    const findings = await checkPulls(config);
    expect(findings.map(({ what, problem }) => [what.split(". ")[0], problem])).toEqual([
      [`depot: ${station.folder}, 1 file`, undefined],
      [`over-obix: ${station.url}, 1 history`, undefined],
      [`servlet: ${station.url}/niagaraCopilot, 1 history`, undefined],
      [`values: ${station.url}/na, 1 node, 1 value`, undefined],
    ]);
    await station.stop();
    expect((await checkPulls(config))[0]?.problem).toContain("does not answer: the connection is refused");
    station = await FakeStation.start();
  });
});
