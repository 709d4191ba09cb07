import type { Range, Store } from "#store/store.ts";
import { type After, afterByTimer, Pause, waitAfter } from "./back-off.ts";
import { SqlConnection } from "./connection.ts";
import { type Driver, loadDriver } from "./driver.ts";
import { type EnsureSeries, keepTaken, type Place, takenIntervals } from "./foreign-rows.ts";
import { sendIngests } from "./ingest-rows.ts";
import { IntervalMirror, type Sessions } from "./interval-mirror.ts";
import type { KyzInterval } from "./interval-rows.ts";
import { purgeLive, sendLive } from "./live-mirror.ts";
import { refreshMonths } from "./month-rows.ts";
import { firstKnownMs, intervalMsOf, type MirroredPlant, zoneOf } from "./plant.ts";
import { Progress } from "./progress.ts";
import { type AzureSettings, loginText, type SqlLogin } from "./settings.ts";
import { type SqlProblem, sqlProblemOf } from "./sql-problem.ts";
import { sweep } from "./sweep.ts";
import { Watch } from "./watch.ts";

/** What the mirror says about what it does; shaped like pino. */
export interface Logger {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

export interface MirrorParts {
  readonly settings: AzureSettings;
  readonly plant: MirroredPlant;
  readonly store: Store;
  readonly ensureSeries: EnsureSeries;
  readonly nowMs: () => number;
  /** Timers of this process unless said. */
  readonly after?: After;
  readonly logger: Logger;
}

/** How a mirror stands, for people. */
export interface MirrorStatus {
  /** `kyz_ingestor at example.database.windows.net/energy`. */
  readonly target: string;
  readonly state: "connecting" | "up-to-date" | "waiting";
  /** End of the newest interval the table has. */
  readonly throughMs?: number;
  /** When everything there was to send had been sent. */
  readonly okMs?: number;
  /** What keeps it from working. */
  readonly problem?: { readonly code: string; readonly sentence: string; readonly sinceMs: number };
}

export interface AzureMirror {
  status(): MirrorStatus;
  /** Takes live samples older than 60 days out. Answers how many. Errors: SqlProblem. */
  purge(signal: AbortSignal): Promise<number>;
  /** Writes every month anew. Answers how many. Errors: SqlProblem. */
  refreshMonths(): Promise<number>;
  /** Ends after the piece at hand. */
  close(): Promise<void>;
}

const LIVE_EVERY_MS = 15_000;
/** How often to ask whether the grace of an interval has passed. */
const LOOK_EVERY_MS = 1_000;
const SWEEP_EVERY_MS = 3_600_000;
const CHUNK_MS = 7 * 86_400_000;

/** Keeps the tables of one plant as its store says, for as long as it is open. It waits for a server that is away. */
export function openAzureMirror(parts: MirrorParts): AzureMirror {
  return new RunningMirror(parts);
}

class RunningMirror implements AzureMirror {
  readonly #parts: MirrorParts;
  readonly #progress: Progress;
  readonly #intervals: IntervalMirror;
  readonly #watch: Watch;
  readonly #pause: Pause;
  readonly #running: Promise<void>;
  #sessions: Sessions | undefined;
  #driver: Driver | undefined;
  #closed = false;
  #failures = 0;
  #sweptMs = Number.NEGATIVE_INFINITY;
  #status: MirrorStatus;

  constructor(parts: MirrorParts) {
    const { plant, store, settings } = parts;
    this.#parts = parts;
    this.#progress = new Progress(store, { site: plant.settings.site, target: settings.writer });
    const keep = (rows: readonly KyzInterval[]): Promise<void> => this.#keep(rows);
    this.#intervals = new IntervalMirror({ plant, progress: this.#progress, ...(settings.reader === undefined ? {} : { keep }) });
    this.#watch = new Watch(plant, store);
    this.#pause = new Pause(parts.after ?? afterByTimer);
    this.#status = { target: loginText(settings.writer), state: "connecting" };
    this.#running = this.#run();
  }

  status(): MirrorStatus {
    return this.#status;
  }

  purge(signal: AbortSignal): Promise<number> {
    const { plant, nowMs } = this.#parts;
    return this.#alone((writer) => purgeLive(plant, { writer, nowMs: nowMs(), ended: () => signal.aborted || this.#closed }));
  }

  refreshMonths(): Promise<number> {
    const { plant, store, nowMs } = this.#parts;
    return this.#alone((writer) => refreshMonths(plant, { writer, store, nowMs: nowMs() }));
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#pause.wake();
    await this.#running;
    await this.#hangUp();
  }

  /** Work on a session of its own, tried again a little while something passes by. */
  async #alone<T>(work: (writer: SqlConnection) => Promise<T>): Promise<T> {
    for (let failures = 1; ; failures++) {
      let writer: SqlConnection | undefined;
      try {
        writer = await this.#login(this.#parts.settings.writer);
        return await work(writer);
      } catch (error) {
        const problem = sqlProblemOf(error, "The work on the mirror");
        if (!problem.transient || failures === 3 || this.#closed) throw problem;
        await new Pause(this.#parts.after ?? afterByTimer).for(waitAfter(problem, failures));
      } finally {
        await writer?.close();
      }
    }
  }

  async #run(): Promise<void> {
    while (!this.#closed) {
      const problem = await this.#round().then(
        () => undefined,
        (error: unknown) => sqlProblemOf(error, "The mirror"),
      );
      if (problem === undefined) await this.#rest();
      else if (!this.#closed) await this.#pause.for(await this.#failed(problem));
    }
  }

  async #round(): Promise<void> {
    const { plant, store, nowMs } = this.#parts;
    const sessions = await this.#connect();
    const changed = await this.#watch.changes();
    await this.#sendIntervals(sessions, changed.sinceMs);
    await sendLive(plant, { writer: sessions.writer, progress: this.#progress, nowMs: nowMs() });
    await sendIngests(plant, { writer: sessions.writer, store, progress: this.#progress });
    if (changed.unknown || nowMs() - this.#sweptMs >= SWEEP_EVERY_MS) await this.#sweep(sessions, changed.unknown);
    changed.seen();
  }

  /** From where it stopped, or from where our history has changed since. */
  async #sendIntervals(sessions: Sessions, changedMs: number): Promise<void> {
    const { plant, store } = this.#parts;
    const finishedMs = plant.finishedMs();
    const throughMs = (await this.#progress.through("intervals")) ?? ((await firstKnownMs(plant, store)) ?? finishedMs) - 1;
    const pull = this.#parts.settings.reader !== undefined;
    for (let fromMs = Math.min(throughMs + 1, changedMs); fromMs <= finishedMs && !this.#closed; fromMs += CHUNK_MS) {
      const range: Range = { fromMs, toMs: Math.min(fromMs + CHUNK_MS, finishedMs + 1) };
      await this.#intervals.settle(range, pull ? sessions : { writer: sessions.writer });
      if (range.toMs - 1 > throughMs) await this.#progress.saveThrough("intervals", range.toMs - 1);
    }
    this.#status = { ...this.#status, throughMs: (await this.#progress.through("intervals")) ?? throughMs };
  }

  async #sweep(sessions: Sessions, full: boolean): Promise<void> {
    const { plant, store, logger, nowMs } = this.#parts;
    const firstMs = await firstKnownMs(plant, store);
    const wish = { plant, mirror: this.#intervals, progress: this.#progress, firstMs, full, ended: () => this.#closed };
    const done = await sweep(wish, sessions);
    this.#sweptMs = nowMs();
    if (done.written + done.removed + done.foreign > 0) logger.info(done, "The mirror in SQL Server was put right");
  }

  async #keep(rows: readonly KyzInterval[]): Promise<void> {
    const { plant, store, ensureSeries, nowMs, logger } = this.#parts;
    const place = placeOf(plant);
    const { intervals, unusable } = takenIntervals(rows, place);
    const { counts } = await keepTaken(intervals, place, { store, ensureSeries, receivedMs: nowMs() });
    logger.info({ ...counts, unusable: unusable.length }, "Rows that others put into KYZ_Interval were taken in");
  }

  async #connect(): Promise<Sessions> {
    if (this.#sessions?.writer.usable && this.#sessions.reader?.usable !== false) return this.#sessions;
    await this.#hangUp();
    const { writer, reader } = this.#parts.settings;
    const session = await this.#login(writer);
    this.#sessions = { writer: session };
    if (reader !== undefined) this.#sessions = { writer: session, reader: await this.#login(reader) };
    return this.#sessions;
  }

  async #login(login: SqlLogin): Promise<SqlConnection> {
    this.#driver ??= await loadDriver();
    return await SqlConnection.open(login, this.#driver);
  }

  async #hangUp(): Promise<void> {
    const { writer, reader } = this.#sessions ?? {};
    this.#sessions = undefined;
    await writer?.close();
    await reader?.close();
  }

  /** Until the next tiles are due, or an interval is over and its grace has passed. */
  async #rest(): Promise<void> {
    const { nowMs, logger, plant } = this.#parts;
    if (this.#failures > 0) logger.info({}, `The mirror works again: ${this.#status.target}`);
    this.#failures = 0;
    const { problem: _problem, ...status } = this.#status;
    this.#status = { ...status, state: "up-to-date", okMs: nowMs() };
    const [startedMs, finishedMs] = [nowMs(), plant.finishedMs()];
    const boundaryMs = finishedMs + intervalMsOf(plant);
    for (let leftMs = LIVE_EVERY_MS; leftMs > 0 && !this.#closed; leftMs = startedMs + LIVE_EVERY_MS - nowMs()) {
      const untilMs = nowMs() < boundaryMs ? boundaryMs - nowMs() : LOOK_EVERY_MS;
      await this.#pause.for(Math.min(leftMs, untilMs));
      if (plant.finishedMs() > finishedMs) return;
    }
  }

  async #failed(problem: SqlProblem): Promise<number> {
    const { nowMs, logger } = this.#parts;
    await this.#hangUp();
    this.#failures++;
    const former = this.#status.problem;
    const sinceMs = former?.sinceMs ?? nowMs();
    // The same problem again is no news.
    if (former?.code !== problem.code) logger.warn({ code: problem.code }, problem.message);
    this.#status = { ...this.#status, state: "waiting", problem: { code: problem.code, sentence: problem.message, sinceMs } };
    return waitAfter(problem, this.#failures);
  }
}

/** Where rows of the table belong in our store. */
export function placeOf(plant: MirroredPlant): Place {
  const { site, point } = plant.settings;
  return { site, point, zone: zoneOf(plant), intervalMs: intervalMsOf(plant) };
}
