import type { Dialect } from "#dialects/dialect.ts";
import { MAX_REJECT_BYTES } from "#readings/reject.ts";
import type { Point, RegistryChange, Series, Site } from "#sites/registry.ts";
import type { AppendResult } from "#store/batch.ts";
import { type Store, StoreError } from "#store/store.ts";
import { Caution } from "./caution.ts";
import { type CommittedBatch, committedBatch } from "./committed.ts";
import type { Arrival, Line } from "./door.ts";
import { Inbox } from "./inbox.ts";
import { OneByOne } from "./one-by-one.ts";
import { OpenBatch } from "./open-batch.ts";
import { Rates } from "./rates.ts";
import { RawExpiry } from "./raw-expiry.ts";
import { Reader, type ReaderLimits } from "./reader.ts";
import { pointKey, RegistryView } from "./registry-view.ts";
import type { Logger, Source } from "./source.ts";

export interface LineParts {
  readonly store: Store;
  readonly sources: readonly Source[];
  readonly dialects: readonly Dialect[];
  /** What the configuration declares; written to the registry at start where it differs. */
  readonly sites?: readonly Site[];
  readonly points?: readonly Point[];
  readonly nowMs: () => number;
  readonly logger: Logger;
  readonly limits?: Partial<ReaderLimits>;
  /** Called after each commit that changed something. */
  readonly onCommitted?: (committed: CommittedBatch) => void;
}

const LIMITS: ReaderLimits = { payloadBytes: 256 * 1024, newPerHour: 10_000, textsPerSeries: 10_000 };

/** More than this waits for the next commit, so that a slow disk does not make ever larger ones. */
const MAX_MESSAGES = 2_000;

const UNSTORABLE = "This message was read and could not be stored; that is a fault of Wattkeep, not of the sender.";

/** Registry rows that carry no id of ours. */
export type RegistryEdit = Omit<RegistryChange, "series" | "codes">;

/** What the line takes over from the process before it. */
interface LineState {
  readonly view: RegistryView;
  readonly inbox: Inbox;
  /** Decoder memory by source, as JSON. */
  readonly memory: Readonly<Record<string, string>>;
  readonly caution: Caution;
}

interface Task {
  /** Reads into the batch; called again when a batch before it fails, for then nothing of it holds. */
  readonly work: (batch: OpenBatch) => void;
  /** Arrivals: these are stored in the order they came, so none overtakes one that failed. */
  readonly ordered: boolean;
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

/**
 * The one way from messages to the store: decode, settle, append, in the order they came. While one batch commits, the next
 * is read; when a commit fails, what it and the next did to registry, inbox and decoder memory is taken back.
 */
export class IntakeLine implements Line {
  readonly rates: Rates;
  readonly #parts: LineParts;
  readonly #view: RegistryView;
  readonly #inbox: Inbox;
  readonly #reader: Reader;
  readonly #caution: Caution;
  readonly #oneByOne: OneByOne;
  readonly #rawExpiry: RawExpiry;
  readonly #tasks: Task[] = [];
  #batch: OpenBatch;
  /** Tasks at the head of the queue that the open batch holds. */
  #held = 0;
  #running: Promise<void> | undefined;
  #tidied: Promise<unknown> = Promise.resolve();

  constructor(parts: LineParts, state: LineState) {
    const { sources, dialects, logger } = parts;
    this.#parts = parts;
    this.#view = state.view;
    this.#inbox = state.inbox;
    this.rates = new Rates(parts.nowMs);
    const limits = { ...LIMITS, ...parts.limits };
    this.#reader = new Reader({ sources, dialects, logger, limits, inbox: state.inbox, memory: state.memory });
    this.#rawExpiry = new RawExpiry(parts.store, sources);
    this.#caution = state.caution;
    this.#oneByOne = new OneByOne(this.#caution, (arrival, how) => this.#takeAlone(arrival, how));
    this.#batch = new OpenBatch(this.#view, this.#inbox);
  }

  take(arrivals: readonly Arrival[]): Promise<void> {
    if (arrivals.length === 0) return Promise.resolve();
    for (const { message, delivery } of arrivals) {
      this.rates.count(message);
      if (delivery && !delivery.resumed) this.#inbox.reused(delivery);
    }
    if (this.#oneByOne.needed || this.#oneByOne.hasBegun(arrivals)) return this.#oneByOne.take(arrivals);
    const taken = this.#enqueue(true, (batch) => {
      for (const arrival of arrivals) this.#reader.read(batch, arrival);
    });
    // What an operator can mend is waited for. Anything else is ours, and would fail for ever: all but its cause go on.
    return taken.catch((error: unknown) => {
      if (error instanceof StoreError) throw error;
      this.#parts.logger.error({ err: error }, "A batch could not be stored; its messages are stored one by one");
      return this.#oneByOne.take(arrivals);
    });
  }

  /** A message that is alone and still cannot be stored becomes a reject, where all of it fits into one. */
  async #takeAlone(arrival: Arrival, { trusted, cleared }: { trusted: boolean; cleared: () => void }): Promise<void> {
    const read = (how: { trusted: boolean; fault?: string }) =>
      this.within((batch) => {
        this.#reader.read(batch, arrival, how.trusted, how.fault);
        cleared();
      });
    try {
      await read({ trusted });
    } catch (error) {
      if (error instanceof StoreError || arrival.message.body.length > MAX_REJECT_BYTES) throw error;
      await read({ trusted: false, fault: UNSTORABLE });
    }
  }

  sessionLost(session: string): void {
    const forgotten = this.within((batch) => batch.forget(session));
    forgotten.catch((error: unknown) => this.#parts.logger.warn({ err: error, session }, "A lost session could not be written down"));
  }

  /** Registry rows of an edit or an import, in turn with what arrives. Errors: as `store.append`; nothing is changed then. */
  async register(edit: RegistryEdit): Promise<void> {
    const { facts, ...rows } = edit;
    if (facts && facts.length > 0) await this.#parts.store.register({ facts });
    if (Object.values(rows).every((list) => list.length === 0)) return;
    await this.within(({ change }) => {
      for (const site of rows.sites ?? []) change.addSite(site);
      for (const point of rows.points ?? []) change.addPoint(point);
      for (const device of rows.devices ?? []) change.addDevice(device);
      for (const assignment of rows.assignments ?? []) change.addAssignment(assignment);
    });
  }

  /** The series of this key, made durable where it is new: what an import fills. */
  async ensureSeries(draft: Omit<Series, "id">): Promise<Series> {
    const known = this.#view.series.get(draft.key);
    if (known && this.#running === undefined) return known.series;
    await this.within(({ change }) => {
      if (!this.#view.series.has(draft.key)) change.addSeries(draft);
    });
    const entry = this.#view.series.get(draft.key);
    if (!entry) throw new Error(`Series ${draft.key} was added and is not there.`);
    return entry.series;
  }

  /** Runs work in the open batch and resolves when its commit is durable. */
  within(work: (batch: OpenBatch) => void): Promise<void> {
    return this.#enqueue(false, work);
  }

  #enqueue(ordered: boolean, work: Task["work"]): Promise<void> {
    return new Promise((done, failed) => {
      this.#tasks.push({ work, ordered, done, failed });
      this.#fill();
      this.#running ??= this.#run();
    });
  }

  /** The reader, for what is read anew from the store. */
  get reader(): Reader {
    return this.#reader;
  }

  /** Resolves when everything taken so far is durable or refused. */
  async idle(): Promise<void> {
    await this.#running;
  }

  /** Waits for what was taken and notes that this run ended in good order. */
  async close(): Promise<void> {
    await this.idle();
    await this.#tidied;
    await this.#caution.finished();
  }

  #fill(): void {
    for (let task = this.#tasks[this.#held]; task && this.#batch.messages < MAX_MESSAGES; task = this.#tasks[this.#held]) {
      this.#held++;
      task.work(this.#batch);
    }
  }

  async #run(): Promise<void> {
    while (this.#tasks.length > 0) {
      const batch = this.#batch;
      const tasks = this.#tasks.splice(0, this.#held);
      const appended = this.#append(batch);
      this.#next();
      try {
        const { outcome } = await appended;
        batch.committed(this.#parts.nowMs());
        this.#tell(batch, outcome);
        if (batch.messages > 0) this.#tidyUp();
        for (const task of tasks) task.done();
      } catch (error) {
        this.#batch.withdraw();
        batch.withdraw();
        const waiting = this.#tasks.splice(0);
        const behind = waiting.filter((task) => task.ordered);
        this.#tasks.push(...waiting.filter((task) => !task.ordered));
        this.#next();
        for (const task of [...tasks, ...behind]) task.failed(error);
      }
    }
    this.#running = undefined;
  }

  async #append(batch: OpenBatch): Promise<AppendResult> {
    return this.#parts.store.append(batch.close(this.#parts.nowMs()));
  }

  /** What a commit gives occasion to; what is taken does not wait for it. */
  #tidyUp(): void {
    const tidied = Promise.all([this.#caution.finished(), this.#rawExpiry.run(this.#parts.nowMs()), this.#tidied]);
    this.#tidied = tidied.catch((error: unknown) => {
      this.#parts.logger.warn({ err: error }, "Tidying up after a commit failed; it is tried again later");
    });
  }

  #next(): void {
    this.#batch = new OpenBatch(this.#view, this.#inbox);
    this.#held = 0;
    this.#fill();
  }

  #tell(batch: OpenBatch, outcome: Uint8Array): void {
    const committed = committedBatch(batch.samples, outcome, batch.change.additions.series);
    if (committed.count + committed.newSeries.length === 0) return;
    try {
      this.#parts.onCommitted?.(committed);
    } catch (error) {
      this.#parts.logger.error({ err: error }, "A listener to committed samples failed");
    }
  }
}

/** Opens the line on what the store knows. Errors: as the store's. */
export async function openLine(parts: LineParts): Promise<IntakeLine> {
  const { store } = parts;
  const [registry, inbox, memory, latest, caution] = await Promise.all([
    store.registry(),
    store.inbox(),
    store.memory(),
    store.latest(),
    Caution.open(store),
  ]);
  if (caution.careful) parts.logger.warn({}, "The last starts ended before anything was stored; messages are read one by one at first");
  const view = new RegistryView(registry, latest);
  const line = new IntakeLine(parts, { view, inbox: new Inbox(inbox), memory, caution });
  await line.register(undeclared(view, parts));
  return line;
}

/** Sites and points of the configuration that the registry does not hold as they are declared. */
function undeclared(view: RegistryView, { sites = [], points = [] }: LineParts): RegistryEdit {
  return {
    sites: sites.filter((site) => !same(view.sites.get(site.id), site)),
    points: points.filter((point) => !same(view.points.get(pointKey(point)), point)),
  };
}

/** What senders say of a point is not the configuration's. */
function same(former: Site | Point | undefined, present: Site | Point): boolean {
  return former !== undefined && asDeclared(former) === asDeclared(present);
}

function asDeclared(one: Site | Point): string {
  return JSON.stringify(
    Object.entries(one)
      .filter(([part]) => part !== "about")
      .sort(),
  );
}
