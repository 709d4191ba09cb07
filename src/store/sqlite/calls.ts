import type { Store } from "#store/store.ts";
import type { StoreCore } from "./core.ts";
import { expireInPieces } from "./expire-in-pieces.ts";
import { importInPieces } from "./import-in-pieces.ts";
import type { Maintenance } from "./maintenance.ts";
import type { Pause } from "./pause.ts";
import { readInPieces } from "./read-in-pieces.ts";
import { readMany } from "./read-many.ts";

/** What the thread with the connection answers; verify, backup and close need more than the connection. */
export type Method = Exclude<keyof Store, "verify" | "backup" | "changeMark" | "close">;

type Answer<M extends Method> = Awaited<ReturnType<Store[M]>>;

export type Calls = { readonly [M in Method]: (...args: Parameters<Store[M]>) => Answer<M> | Promise<Answer<M>> };

/** Methods that change series: after them versions are others, and there may be background work. */
export const CHANGING: ReadonlySet<Method> = new Set<Method>(["append", "importColumn", "expireSamples", "correct", "undoCorrection"]);

/** The store's methods over an open core. Each is one synchronous turn, except what pauses between pieces. */
export function callsOf(core: StoreCore, maintenance: Maintenance, pause: Pause): Calls {
  const { history, registry } = core;
  const known = (seriesId: number) => registry.series(seriesId).id;
  return {
    append: (batch) => core.append(batch),
    importColumn: (seriesId, column, info) => importInPieces(core, { seriesId, column, receivedMs: info.receivedMs }, pause),
    expireSamples: (seriesIds, beforeMs, options) => expireInPieces(core, { seriesIds, beforeMs, spare: options?.spare ?? [] }, pause),
    register: (change) => core.register(change),
    registry: () => registry.all(),

    read: (seriesId, range, options) => readInPieces(core, { seriesId, range, options: options ?? {} }, pause),
    readMany: (asked) => readMany(core, asked, pause),
    readBuckets: (seriesId, range, bucketMs, options) => core.guard(() => history.readBuckets(known(seriesId), range, bucketMs, options)),
    latest: (seriesIds) => history.latest(seriesIds),
    extent: (seriesIds) => history.extent(seriesIds),
    version: (seriesIds) => history.version(seriesIds),
    changedSince: (seriesIds, versions) => history.changedSince(seriesIds, versions),

    correct: (correction) => core.correct(correction),
    undoCorrection: (id, undo) => core.undoCorrection(id, undo),
    corrections: (seriesId) => history.corrections(seriesId),
    revisions: (seriesId, range) => history.revisions(seriesId, range),

    rejects: (filter) => core.rejects.list(filter),
    ledger: () => core.ledger.all(),
    inbox: () => core.inbox.all(),
    memory: () => core.memory.all(),
    raw: (source, page) => core.raw.page(source, page),
    expireRaw: (source, beforeMs) => core.expireRaw(source, beforeMs),

    imports: (filter) => core.imports.list(filter),
    beginImport: (record) => core.change(() => core.imports.begin(record)),
    endImport: (id, end) => core.change(() => core.imports.end(id, end)),
    jobRuns: (filter) => core.jobRuns.list(filter),
    beginJobRun: (run) => core.change(() => core.jobRuns.begin(run)),
    endJobRun: (id, end) => core.change(() => core.jobRuns.end(id, end)),
    jobRunLog: (id) => core.jobRuns.log(id),
    alerts: (filter) => core.alerts.list(filter),
    alertMemory: () => core.alerts.memory(),
    alertDeliveries: (filter) => core.alerts.deliveries.list(filter),
    changeAlerts: (change) => core.change(() => core.alerts.change(change)),
    derived: (owner, rules) => core.derived.list(owner, rules),
    saveDerived: (row) => core.saveDerived(row),
    tokens: () => core.tokens.all(),
    saveToken: (token) => core.change(() => core.tokens.save(token)),
    setting: (name) => core.settings.get(name),
    saveSetting: (name, value) => core.change(() => core.settings.save(name, value)),

    checkpoint: () => checkpointInSteps(maintenance, pause),
    stats: () => core.stats(),
  };
}

async function checkpointInSteps(maintenance: Maintenance, pause: Pause): Promise<void> {
  while (maintenance.checkpointStep()) await pause();
}
