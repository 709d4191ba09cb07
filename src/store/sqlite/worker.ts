import { parentPort, workerData } from "node:worker_threads";
import type { Logger } from "./background.ts";
import { storeFile } from "./connection.ts";
import { StoreHost } from "./host.ts";
import { runJob } from "./job.ts";
import { CANCEL, carryError, type FromWorker, HEARD, OPENING, type ToWorker, transferables, type WorkerStart } from "./protocol.ts";

/** Entry of the store's threads: the one that holds the writing connection, and one per job that only reads. */
function main(start: WorkerStart): void {
  const startedMs = performance.now();
  const nowMs = () => start.nowMs + Math.round(performance.now() - startedMs);
  if (start.role === "writer") serve(start.folder, nowMs);
  else void work(start);
}

function post(message: FromWorker): void {
  parentPort?.postMessage(message, message.type === "answer" ? transferables(message.value) : []);
}

function serve(folder: string, nowMs: () => number): void {
  let host: StoreHost;
  try {
    host = new StoreHost({ folder, nowMs }, logger);
  } catch (error) {
    post({ type: "failed", id: OPENING, error: carryError(error) });
    return;
  }
  parentPort?.on("message", (message: ToWorker) =>
    answer(message.id, () => (message.method === "close" ? host.close() : host.call(message.method, message.args))),
  );
  post({ type: "answer", id: OPENING, value: undefined });
}

/** Synchronous answers leave in the turn of their request, so commits are answered in order. */
function answer(id: number, work: () => unknown): void {
  const fail = (error: unknown) => post({ type: "failed", id, error: carryError(error) });
  try {
    const value = work();
    if (value instanceof Promise) value.then((result) => post({ type: "answer", id, value: result }), fail);
    else post({ type: "answer", id, value });
  } catch (error) {
    fail(error);
  }
}

async function work({ folder, job, heed }: WorkerStart): Promise<void> {
  if (job === undefined || heed === undefined) throw new Error("A worker for a job was started without one.");
  let reports = 0;
  const report = (done: number, total: number, what: string) => {
    post({ type: "progress", done, total, what });
    reports++;
    // Whoever asked hears every report before the work goes on, so that a cancel is never too late.
    for (let heard = 0; heard < reports; heard = Atomics.load(heed, HEARD)) Atomics.wait(heed, HEARD, heard);
    return Atomics.load(heed, CANCEL) === 0;
  };
  try {
    post({ type: "answer", id: OPENING, value: await runJob(job, storeFile(folder), report) });
  } catch (error) {
    post({ type: "failed", id: OPENING, error: carryError(error) });
  }
}

const logger: Logger = {
  info: (detail, text) => post({ type: "log", level: "info", detail: plain(detail), text }),
  warn: (detail, text) => post({ type: "log", level: "warn", detail: plain(detail), text }),
  error: (detail, text) => post({ type: "log", level: "error", detail: plain(detail), text }),
};

function plain(detail: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(detail).map(([name, value]) => [name, value instanceof Error ? carryError(value) : value]));
}

main(workerData as WorkerStart);
