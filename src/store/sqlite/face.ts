import type { Registry } from "#sites/registry.ts";
import type { Progress, Store } from "#store/store.ts";
import { CHANGING, type Method } from "./calls.ts";
import { compact } from "./compact.ts";
import { KeptVersions } from "./kept-versions.ts";
import type { Job } from "./protocol.ts";

/** Where a face sends what it is asked. */
export interface Desk {
  ask(method: Method, args: readonly unknown[]): Promise<unknown>;
  run(job: Job, progress?: Progress): Promise<unknown>;
  close(): Promise<void>;
}

type Asked = { readonly [M in Method]: Store[M] };

const METHODS = [
  ...["importColumn", "expireSamples", "read", "readMany", "readBuckets", "latest", "extent", "version", "changedSince"],
  ...["correct", "undoCorrection", "corrections", "revisions", "rejects", "ledger", "inbox", "memory", "raw", "expireRaw"],
  ...["imports", "beginImport", "endImport", "jobRuns", "beginJobRun", "endJobRun", "jobRunLog"],
  ...["alerts", "alertMemory", "alertDeliveries", "changeAlerts"],
  ...["derived", "saveDerived", "tokens", "saveToken", "setting", "saveSetting", "checkpoint", "stats"],
] as readonly Method[];

/** The async face of a store over any desk: every method is one request, long work is a job. */
export function faceOf(desk: Desk): Store {
  const asked = Object.fromEntries(METHODS.map((method) => [method, (...args: unknown[]) => desk.ask(method, args)]));
  const registry = keptRegistry(desk);
  const versions = new KeptVersions((seriesIds) => desk.ask("version", [seriesIds]) as ReturnType<Store["version"]>);
  const changing = (method: Method) => [method, (...args: unknown[]) => versions.change(() => desk.ask(method, args))];
  return {
    ...(asked as unknown as Asked),
    ...(Object.fromEntries([...CHANGING].map(changing)) as unknown as Asked),
    version: (seriesIds) => versions.read(seriesIds),
    registry: registry.read,
    register: (change) => registry.change(versions.change(() => desk.ask("register", [change]) as ReturnType<Store["register"]>)),
    append: (batch) => {
      const appended = versions.change(() => desk.ask("append", [compact(batch)]) as ReturnType<Store["append"]>);
      return REGISTRY_PARTS.some((part) => batch[part] !== undefined && batch[part].length > 0) ? registry.change(appended) : appended;
    },
    verify: (progress) => desk.run({ kind: "verify" }, progress) as ReturnType<Store["verify"]>,
    backup: (file, progress) => desk.run({ kind: "backup", file }, progress) as ReturnType<Store["backup"]>,
    changeMark: () => desk.run({ kind: "mark" }) as ReturnType<Store["changeMark"]>,
    close: () => registry.change(versions.change(() => desk.close())),
  };
}

const REGISTRY_PARTS = ["sites", "points", "series", "devices", "assignments", "codes"] as const;

/** The registry is asked for far more often than it changes: it is read once per change and handed out as the same object. */
function keptRegistry(desk: Desk) {
  let kept: Promise<Registry> | undefined;
  const forget = (): void => {
    kept = undefined;
  };
  return {
    read: (): Promise<Registry> => {
      if (kept === undefined) {
        kept = desk.ask("registry", []) as Promise<Registry>;
        kept.catch(forget);
      }
      return kept;
    },
    /** Forgets it as soon as the change is known, also when it failed: then it may hold what was never stored. */
    change: <T>(changing: Promise<T>): Promise<T> => changing.finally(forget),
  };
}
