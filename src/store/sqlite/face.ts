import type { Progress, Store } from "#store/store.ts";
import type { Method } from "./calls.ts";
import { compact } from "./compact.ts";
import type { Job } from "./protocol.ts";

/** Where a face sends what it is asked. */
export interface Desk {
  ask(method: Method, args: readonly unknown[]): Promise<unknown>;
  run(job: Job, progress?: Progress): Promise<unknown>;
  close(): Promise<void>;
}

type Asked = { readonly [M in Method]: Store[M] };

const METHODS = [
  ...["importColumn", "register", "registry", "read", "readBuckets", "latest", "extent", "version"],
  ...["correct", "undoCorrection", "corrections", "revisions", "rejects", "ledger", "inbox", "memory", "raw", "expireRaw"],
  ...["imports", "beginImport", "endImport", "tokens", "saveToken", "setting", "saveSetting", "checkpoint", "stats"],
] as readonly Method[];

/** The async face of a store over any desk: every method is one request, long work is a job. */
export function faceOf(desk: Desk): Store {
  const asked = Object.fromEntries(METHODS.map((method) => [method, (...args: unknown[]) => desk.ask(method, args)]));
  return {
    ...(asked as unknown as Asked),
    append: (batch) => desk.ask("append", [compact(batch)]) as ReturnType<Store["append"]>,
    verify: (progress) => desk.run({ kind: "verify" }, progress) as ReturnType<Store["verify"]>,
    backup: (file, progress) => desk.run({ kind: "backup", file }, progress) as ReturnType<Store["backup"]>,
    close: () => desk.close(),
  };
}
