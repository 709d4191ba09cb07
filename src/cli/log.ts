import { mkdirSync } from "node:fs";
import { basename, dirname } from "node:path";
import pino, { type DestinationStream, type Logger } from "pino";
import { createStream, type RotatingFileStream } from "rotating-file-stream";
import { logLine } from "./log-line.ts";

export interface LogWish {
  readonly level: string;
  /** One JSON object per line, or a line a person reads. */
  readonly format: "json" | "text";
  /** Absolute; left out, it goes to standard output. */
  readonly file?: string;
  /** A file that is larger is turned over: the newest is `file`, then `file.1`, `file.2`, … */
  readonly maxBytes: number;
  /** Files kept beside the newest. */
  readonly keep: number;
}

/** A log of the process, and what finishes it. */
export interface Log {
  readonly logger: Logger;
  close(): Promise<void>;
}

/** Whatever carries one of these names is not written, this deep within what is told. */
const SECRETS = ["password", "token", "authorization", "secret", "apiKey", "cookie"];
const DEPTHS = ["", "*.", "*.*.", "*.*.*.", "*.*.*.*."];

/** What is said about the log itself, where it cannot be written to the log. */
type Complain = (sentence: string) => void;

/** After this long a file that could not be written is tried again. */
const AGAIN_MS = 10_000;

/** Opens the log. A file that cannot be written is told once and never ends the process: numbers matter more than words about them. */
export function openLog(wish: LogWish, complain: Complain, nowMs: () => number = Date.now): Log {
  const { destination, close } = wish.file === undefined ? toOutput() : toFile(wish, complain, nowMs);
  const stream: DestinationStream = wish.format === "text" ? { write: (json) => void destination.write(logLine(json)) } : destination;
  const paths = SECRETS.flatMap((name) => DEPTHS.map((depth) => `${depth}${name}`));
  return { logger: pino({ level: wish.level, redact: { paths, censor: "[secret]" } }, stream), close };
}

interface Destination {
  readonly destination: { write(text: string): unknown };
  readonly close: () => Promise<void>;
}

function toOutput(): Destination {
  return { destination: pino.destination(1), close: async () => undefined };
}

function toFile({ file = "", maxBytes, keep }: LogWish, complain: Complain, nowMs: () => number): Destination {
  let told = false;
  const trouble = (error: Error): void => {
    if (!told) complain(`the log ${file} cannot be written (${error.message}); what it would say is lost until it can be.`);
    told = true;
  };
  try {
    mkdirSync(dirname(file), { recursive: true });
  } catch (error) {
    trouble(error as Error);
    return toOutput();
  }
  const open = (): RotatingFileStream =>
    createStream(basename(file), { path: dirname(file), size: `${maxBytes}B`, rotate: keep, mode: 0o640 })
      .on("error", fail)
      .on("warning", trouble);
  let failedMs: number | undefined;
  const fail = (error: Error): void => {
    failedMs ??= nowMs();
    trouble(error);
  };
  let stream = open();
  const write = (text: string): void => {
    if (failedMs !== undefined) {
      // A stream that failed takes nothing any more; the disk may have room again.
      if (nowMs() - failedMs < AGAIN_MS) return;
      failedMs = undefined;
      stream = open();
    }
    stream.write(text, (error) => {
      if (!error) told = false;
    });
  };
  return {
    destination: { write },
    close: () =>
      new Promise((resolve) => {
        if (failedMs !== undefined || stream.destroyed) resolve();
        else stream.once("error", () => resolve()).end(() => resolve());
      }),
  };
}
