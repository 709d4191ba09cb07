import { randomBytes } from "node:crypto";
import { join } from "node:path";
import type { CsvFile } from "#api/actions.ts";
import { buildApp } from "#api/app.ts";
import { openControl } from "#cli/control.ts";
import type { Config } from "#config/config.ts";
import { DIALECTS } from "#dialects/catalogue.ts";
import { openHandReadings } from "#intake/by-hand/keep-reading.ts";
import type { CommittedBatch } from "#intake/committed.ts";
import type { Door } from "#intake/door.ts";
import { openLine } from "#intake/line.ts";
import { redrive } from "#intake/redrive.ts";
import type { Logger } from "#intake/source.ts";
import { Unclaimed } from "#intake/unclaimed.ts";
import type { PlantReports } from "#reports/plant.ts";
import { openStore } from "#store/sqlite/sqlite-store.ts";
import { type Store, StoreError } from "#store/store.ts";
import { Announcer, actionsOf } from "./actions.ts";
import { type Alerting, alertTopics, openAlerting } from "./alerting.ts";
import { type BackingUp, backingUp } from "./backing-up.ts";
import { type Buildings, openBuildings } from "./buildings.ts";
import { importCsv } from "./csv-import.ts";
import { runDemo } from "./demo-run.ts";
import { openDoors } from "./doors.ts";
import { openHomeAssistant } from "./home-assistant.ts";
import { importReadings } from "./home-import.ts";
import { type Homes, oldMonitorOf, openHomes } from "./homes.ts";
import { influxOutletJobs } from "./influx-outlet.ts";
import { isOpenHere, safely } from "./listening.ts";
import { lookedAfter, type Meters, openMeters } from "./meters.ts";
import { openMirrors } from "./mirrors.ts";
import { oldBuildingOf } from "./old-building.ts";
import { keepOldToken, oldDashboardOf } from "./old-dashboard.ts";
import { plantsOf } from "./plants.ts";
import { pullJobs } from "./pulls.ts";
import { retentionJobs } from "./retention.ts";
import { intakeSources } from "./sources.ts";
import { openWork, type Work } from "./work.ts";

export interface ServerChoice {
  readonly config: Config;
  readonly demo: boolean;
  readonly version: string;
  /** The built pages. */
  readonly webFolder: string;
  readonly logger: Logger;
  /** What a person at the terminal should read. */
  readonly tell: (sentence: string) => void;
  /** Asked for by `wattkeep stop`. */
  readonly stop: () => void;
  /** Called with a sentence when nothing can be stored any more until the process is started again. */
  readonly failed: (sentence: string) => void;
}

export interface RunningServer {
  /** Where the pages are. */
  readonly address: string;
  close(): Promise<void>;
}

/**
 * The composition root: configuration → store → line → API → doors → control, closed in reverse. What fails on the way up
 * closes what was opened before it.
 * Errors: StoreError, ListenProblem, and those of the embedded broker: each a sentence for an operator.
 */
export async function startServer(choice: ServerChoice): Promise<RunningServer> {
  const { logger, demo } = choice;
  const opened: (() => Promise<unknown>)[] = [];
  // What does not close must not keep the store open: everything after it is closed all the same.
  const closeAll = async (): Promise<void> => {
    const problems: unknown[] = [];
    for (const close of opened.splice(0).reverse()) await close().catch((error: unknown) => problems.push(error));
    if (problems.length > 0) throw problems[0];
  };
  try {
    const nowMs = Date.now;
    const store = await openStore({ folder: choice.config.data, nowMs, logger, stopped: choice.failed });
    opened.push(() => store.close());
    await keepOldToken(choice.config, store, nowMs());
    const config = await safely(choice.config, store, choice.tell);

    const announcer = new Announcer();
    const sources = intakeSources(config, demo);
    const line = await openLine({
      store,
      sources,
      dialects: DIALECTS,
      sites: config.sites,
      points: config.points.map(({ quantity: _q, unit: _u, facts: _f, ...point }) => point),
      nowMs,
      logger,
      onCommitted: (committed) => announcer.announce(committed),
    });
    opened.push(() => line.close());

    const announce = (committed: CommittedBatch): void => announcer.announce(committed);
    const plants = await plantsOf({ config, demo, store, nowMs });
    const homes = await openHomes({ config, demo, store, nowMs });
    const meters = await openMeters({ config, store, nowMs });
    const buildings = await openBuildings({ config, store, nowMs });
    announcer.onNewSeries(() => {
      Promise.all([homes.look(), meters.look(), buildings.look()]).catch((error: unknown) =>
        logger.warn({ err: error }, "Homes, meters and buildings could not be looked up; the next message tries again"),
      );
    });
    const ensureSeries = (draft: Parameters<typeof line.ensureSeries>[0]) => line.ensureSeries(draft);
    const mirrors = openMirrors(config.outlets.azure, { plants, store, ensureSeries, nowMs, logger });
    opened.push(() => mirrors.close());
    const backing = backingUp({ config, demo, store, nowMs, logger });
    const doors: Door[] = [];
    const ownBroker = { username: "wattkeep", password: randomBytes(32).toString("base64url") };
    const rates = () => line.rates.bySource();
    const alertParts = {
      config,
      store,
      plants,
      homes: homes.current,
      meters: meters.current,
      rates,
      doors,
      ownBroker,
      nowMs,
      random: Math.random,
      logger,
    };
    const alerting = await openAlerting(alertParts);
    opened.push(() => alerting.close());
    const leaving = [...mirrors.jobs, ...influxOutletJobs(config, { meters: meters.current, store, nowMs })];
    const aging = retentionJobs({ config, store, nowMs, logger });
    const jobs = [...leaving, backing.job, alerting.job, ...aging, ...pullJobs({ config, store, line, nowMs, logger })];
    const work = await openWork({ config, sources, store, line, plants, jobs, announce, nowMs, logger, scheduled: true });
    opened.push(() => work.close());

    const unclaimed = new Unclaimed(DIALECTS, nowMs, alertTopics(config));
    const scouts: { close(): Promise<void> }[] = [];
    const csvHere = (wish: CsvFile) => importCsv(wish, { store, line, nowMs, announce, meters });
    const keepByHand = openHandReadings({ store, line });
    const redriveHere = (wish: { ids?: number[]; source?: string; code?: string }) => redrive(store, line, wish);
    const actions = actionsOf({
      config,
      demo,
      line,
      doors,
      unclaimed,
      announcer,
      redrive: redriveHere,
      importReadings: (wish) => importReadings(wish, { store, line, nowMs }),
      importCsv: csvHere,
      // Whoever asks next finds the register that was made for it.
      keepReading: async (reading) => {
        const kept = await keepByHand(reading);
        await meters.look();
        return kept;
      },
      outletProblems: mirrors.problems,
    });
    const address = await serve(
      { ...choice, config },
      {
        store: lookedAfter(store, meters),
        actions,
        work,
        plants,
        homes,
        meters,
        buildings,
        backups: backing.desk,
        alerts: alerting.desk,
        nowMs,
        opened,
      },
    );
    opened.push(() => closeDoors([...scouts, ...doors]));
    await openDoors(config, { line, store, unclaimed, doors, scouts, ownBroker, nowMs, logger, tell: choice.tell });
    alerting.begin(work.jobs);
    const homeAssistant = openHomeAssistant({ ...alertParts, version: choice.version });
    if (homeAssistant !== undefined) opened.push(() => homeAssistant.close());
    // Who looks first after a start need not wait until the past is read; what fails here is told to whoever asks.
    for (const home of homes.current()) home.summary({ weekStart: 1 }).catch(() => undefined);
    for (const site of meters.current()) site.list().catch(() => undefined);

    const key = randomBytes(32).toString("base64url");
    const house = { store, nowMs, redrive: redriveHere, work: async () => work, importCsv: csvHere };
    const control = await openControl({ folder: config.data, key, address, house, stop: choice.stop });
    opened.push(() => control.close());
    if (demo) {
      const running = runDemo({ store, line, announcer, sources: config.sources, brokerUrl: brokerUrlOf(doors), nowMs, tell: choice.tell });
      opened.push(() => running.close());
    }
    return { address, close: closeAll };
  } catch (error) {
    await closeAll().catch((problem: unknown) => logger.warn({ err: problem }, "What was opened could not be closed in good order"));
    throw error;
  }
}

async function serve(
  choice: ServerChoice,
  parts: {
    store: Store;
    actions: ReturnType<typeof actionsOf>;
    work: Work;
    backups: BackingUp["desk"];
    alerts: Alerting["desk"];
    plants: readonly PlantReports[];
    homes: Homes;
    meters: Meters;
    buildings: Buildings;
    nowMs: () => number;
    opened: (() => Promise<unknown>)[];
  },
): Promise<string> {
  const { config } = choice;
  const { host, port } = config.http.listen;
  const app = await buildApp({
    store: parts.store,
    actions: parts.actions,
    jobs: parts.work.jobs,
    backups: parts.backups,
    alerts: parts.alerts,
    plants: parts.plants,
    homes: parts.homes.current,
    meters: parts.meters.current,
    buildings: parts.buildings.current,
    nowMs: parts.nowMs,
    random: randomBytes,
    logger: choice.logger,
    config: {
      version: choice.version,
      demo: choice.demo,
      startedMs: parts.nowMs(),
      webFolder: choice.webFolder,
      basePath: config.http.basePath,
      listenHost: host,
      publicHosts: config.http.publicHosts,
      allowedOrigins: config.http.allowedOrigins,
      trustProxy: config.http.trustProxy.length === 0 ? false : config.http.trustProxy,
      anonymous: config.access.anonymous,
      loopbackOpen: isOpenHere(config),
      photoFolder: join(config.data, "photos"),
      ...oldDashboardOf(config, parts.plants),
      ...oldMonitorOf(config),
      ...oldBuildingOf(config),
    },
  });
  parts.opened.push(() => app.close());
  try {
    const listening = await app.listen({ host, port });
    return `${listening}${config.http.basePath}`;
  } catch (error) {
    if ((error as { code?: string }).code !== "EADDRINUSE") throw error;
    throw new StoreError(
      "port-in-use",
      `Port ${port} of ${host} is in use by another program. Set WATTKEEP_HTTP=${host}:0 for a free one, or http.listen in the configuration.`,
    );
  }
}

/** Doors first stop taking, all at once; the line then finishes what they handed over. */
async function closeDoors(doors: readonly { close(): Promise<void> }[]): Promise<void> {
  await Promise.all(doors.map((door) => door.close()));
}

function brokerUrlOf(doors: readonly Door[]): string {
  const broker = doors.find((door) => door.status().kind === "broker");
  if (broker === undefined) throw new Error("the demo runs on its own broker");
  return broker.status().address;
}
