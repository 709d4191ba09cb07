import { Worker } from "node:worker_threads";
import { type Progress, StoreError } from "#store/store.ts";
import type { Logger } from "./background.ts";
import { clearPartial } from "./backup.ts";
import { cancelled } from "./failure.ts";
import { type FromWorker, type Job, uncarryError, type WorkerStart } from "./protocol.ts";

interface JobWorkerOptions {
  readonly folder: string;
  readonly workerUrl: URL;
  readonly nowMs: () => number;
  readonly logger: Logger;
}

/** Runs a job in a worker of its own, which only reads; to cancel it is to end that worker, wherever it is. */
export async function runInWorker(job: Job, options: JobWorkerOptions, progress?: Progress): Promise<unknown> {
  const workerData: WorkerStart = { role: "job", folder: options.folder, nowMs: options.nowMs(), job };
  const worker = new Worker(options.workerUrl, { workerData, name: `wattkeep-${job.kind}` });
  let stopped = false;
  try {
    return await new Promise((resolve, reject) => {
      worker.on("error", reject);
      worker.on("exit", () =>
        reject(stopped ? cancelled() : new StoreError("closed", "The work ended before it was done. Start it again.")),
      );
      worker.on("message", (message: FromWorker) => {
        if (stopped) return;
        if (message.type === "answer") resolve(message.value);
        else if (message.type === "failed") reject(uncarryError(message.error));
        else if (message.type === "log") options.logger[message.level](message.detail, message.text);
        else stopped = progress?.(message.done, message.total, message.what) === false;
        if (stopped) void worker.terminate();
      });
    });
  } finally {
    await worker.terminate();
    if (stopped && job.kind === "backup") clearPartial(job.file);
  }
}
