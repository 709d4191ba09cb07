import { Worker } from "node:worker_threads";
import { type Progress, StoreError } from "#store/store.ts";
import type { Logger } from "./background.ts";
import type { Method } from "./calls.ts";
import type { Desk } from "./face.ts";
import { closedError } from "./host.ts";
import { runInWorker } from "./job-worker.ts";
import { type FromWorker, type Job, OPENING, type ToWorker, uncarryError, type WorkerStart } from "./protocol.ts";

interface Waiting {
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

/** What a commit makes is gone after it: room for many of them would only make the process larger. */
const LEAN = { maxYoungGenerationSizeMb: 16 };

export interface WorkerDeskOptions {
  readonly folder: string;
  readonly workerUrl: URL;
  readonly nowMs: () => number;
  readonly logger: Logger;
  readonly release: () => void;
  /** The worker has ended by itself: nothing is stored or read any more. */
  readonly stopped: (sentence: string) => void;
}

/** A desk whose host is a worker thread; requests are answered in the order of their ids. */
export class WorkerDesk implements Desk {
  readonly #options: WorkerDeskOptions;
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  readonly #jobs = new Set<Promise<unknown>>();
  #ids = OPENING;
  #closing: Promise<void> | undefined;
  #ended: Error | undefined;
  #isOpen = false;

  /** Opens the store in a new worker. Errors: those of opening. */
  static async open(options: WorkerDeskOptions): Promise<WorkerDesk> {
    const desk = new WorkerDesk(options);
    try {
      await new Promise((resolve, reject) => desk.#waiting.set(OPENING, { resolve, reject }));
    } catch (error) {
      await desk.#worker.terminate();
      throw error;
    }
    desk.#isOpen = true;
    return desk;
  }

  private constructor(options: WorkerDeskOptions) {
    this.#options = options;
    const workerData: WorkerStart = { role: "writer", folder: options.folder, nowMs: options.nowMs() };
    this.#worker = new Worker(options.workerUrl, { workerData, name: "wattkeep-store", resourceLimits: LEAN });
    this.#worker.on("message", (message: FromWorker) => this.#hear(message));
    this.#worker.on("error", (error) => this.#end(error));
    this.#worker.on("exit", () => this.#end(closedError()));
  }

  ask(method: Method, args: readonly unknown[]): Promise<unknown> {
    if (this.#closing !== undefined) return Promise.reject(closedError());
    return this.#send((id) => ({ id, method, args }));
  }

  async run(job: Job, progress?: Progress): Promise<unknown> {
    if (this.#closing !== undefined || this.#ended !== undefined) throw closedError();
    const running = runInWorker(job, this.#options, progress);
    this.#jobs.add(running);
    try {
      return await running;
    } finally {
      this.#jobs.delete(running);
    }
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    await Promise.allSettled(this.#jobs);
    try {
      if (this.#ended === undefined) await this.#send((id) => ({ id, method: "close" }));
    } finally {
      await this.#worker.terminate();
      this.#options.release();
    }
  }

  #send(message: (id: number) => ToWorker): Promise<unknown> {
    if (this.#ended !== undefined) return Promise.reject(this.#ended);
    const id = ++this.#ids;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage(message(id));
    });
  }

  #hear(message: FromWorker): void {
    if (message.type === "log") this.#options.logger[message.level](message.detail, message.text);
    if (message.type === "log" || message.type === "progress") return;
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if (message.type === "answer") waiting?.resolve(message.value);
    else waiting?.reject(uncarryError(message.error));
  }

  /** A worker that ends answers nothing more: what waits was not confirmed, and is told so. */
  #end(error: Error): void {
    if (this.#ended !== undefined) return;
    const unexpected = this.#closing === undefined && !(error instanceof StoreError);
    if (unexpected) this.#options.logger.error({ err: error }, "The store's worker stopped.");
    this.#ended = unexpected
      ? new StoreError("closed", `The store stopped: ${error.message}. Start Wattkeep again.`, { cause: error })
      : error;
    for (const waiting of this.#waiting.values()) waiting.reject(this.#ended);
    this.#waiting.clear();
    if (this.#isOpen && this.#closing === undefined) this.#options.stopped(this.#ended.message);
  }
}
