import { StoreError } from "#store/store.ts";
import type { Method } from "./calls.ts";

/** What the worker is started with. */
export interface WorkerStart {
  readonly role: "writer" | "job";
  readonly folder: string;
  /** The clock of whoever opens the store. */
  readonly nowMs: number;
  readonly job?: Job;
  /** Shared with the job: see HEARD and CANCEL. */
  readonly heed?: Int32Array;
}

/** Long work on a connection of its own that only reads. */
export type Job = { readonly kind: "verify" } | { readonly kind: "mark" } | { readonly kind: "backup"; readonly file: string };

export type ToWorker =
  | { readonly id: number; readonly method: Method; readonly args: readonly unknown[] }
  | { readonly id: number; readonly method: "close" };

export type FromWorker =
  | { readonly type: "answer"; readonly id: number; readonly value: unknown }
  | { readonly type: "failed"; readonly id: number; readonly error: CarriedError }
  | { readonly type: "progress"; readonly done: number; readonly total: number; readonly what: string }
  | { readonly type: "log"; readonly level: "info" | "warn" | "error"; readonly detail: Record<string, unknown>; readonly text: string };

/** Places in `heed`: how many reports of progress were heard, and whether one was answered with false. */
export const HEARD = 0;
export const CANCEL = 1;

/** Id of the answer that says the worker is ready, or why it is not, and of a job's only answer. */
export const OPENING = 0;

export interface CarriedError {
  readonly message: string;
  readonly code?: string;
  readonly stack?: string;
}

export function carryError(error: unknown): CarriedError {
  if (error instanceof StoreError) return { message: error.message, code: error.code };
  if (error instanceof Error) return { message: error.message, ...(error.stack === undefined ? {} : { stack: error.stack }) };
  return { message: String(error) };
}

export function uncarryError(carried: CarriedError): Error {
  if (carried.code !== undefined) return new StoreError(carried.code, carried.message);
  const error = new Error(carried.message);
  if (carried.stack !== undefined) error.stack = carried.stack;
  return error;
}

/** Buffers of an answer, or of a list of them, that can change hands instead of being copied: typed arrays that fill their own buffer. */
export function transferables(value: unknown): ArrayBuffer[] {
  const found = new Set<ArrayBuffer>();
  if (ArrayBuffer.isView(value)) addBuffer(value, found);
  // Rows of a table hold no arrays: the first one tells.
  else if (Array.isArray(value)) for (const one of hasViews(value[0]) ? value : []) addViews(one, found);
  else addViews(value, found);
  return [...found];
}

function hasViews(value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.values(value).some((part) => ArrayBuffer.isView(part));
}

function addViews(value: unknown, found: Set<ArrayBuffer>): void {
  if (typeof value !== "object" || value === null) return;
  for (const part of Object.values(value)) if (ArrayBuffer.isView(part)) addBuffer(part, found);
}

function addBuffer(view: ArrayBufferView, found: Set<ArrayBuffer>): void {
  if (view.buffer instanceof ArrayBuffer && view.byteLength === view.buffer.byteLength) found.add(view.buffer);
}
