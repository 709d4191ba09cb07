import { Worker } from "node:worker_threads";
import { type Progress, StoreError } from "#store/store.ts";
import type { Logger } from "./background.ts";
import { CANCEL, type FromWorker, HEARD, type Job, uncarryError, type WorkerStart } from "./protocol.ts";

interface JobWorkerOptions {
  readonly folder: string;
  readonly workerUrl: URL;
  readonly nowMs: () => number;
  readonly logger: Logger;
}

/**
 * Runs a job in a worker of its own, which only reads. A cancelled job ends by itself, at its next report: a worker that
 * is stopped in the middle of a copy would take the process with it.
 */
export async function runInWorker(job: Job, options: JobWorkerOptions, progress?: Progress): Promise<unknown> {
  const heed = new Int32Array(new SharedArrayBuffer(8));
  const workerData: WorkerStart = { role: "job", folder: options.folder, nowMs: options.nowMs(), job, heed };
  const worker = new Worker(options.workerUrl, { workerData, name: `wattkeep-${job.kind}` });
  try {
    return await new Promise((resolve, reject) => {
      const report = (done: number, total: number, what: string) => {
        try {
          if (progress?.(done, total, what) === false) Atomics.store(heed, CANCEL, 1);
        } catch (error) {
          reject(error);
          Atomics.store(heed, CANCEL, 1);
        }
        Atomics.add(heed, HEARD, 1);
        Atomics.notify(heed, HEARD);
      };
      worker.on("error", reject);
      worker.on("exit", () => reject(new StoreError("closed", "The work ended before it was done. Start it again.")));
      worker.on("message", (message: FromWorker) => {
        if (message.type === "answer") resolve(message.value);
        else if (message.type === "failed") reject(uncarryError(message.error));
        else if (message.type === "log") options.logger[message.level](message.detail, message.text);
        else report(message.done, message.total, message.what);
      });
    });
  } finally {
    await worker.terminate();
  }
}
