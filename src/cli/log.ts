import { mkdirSync } from "node:fs";
import { basename, dirname } from "node:path";
import pino, { type DestinationStream, type Logger } from "pino";
import { createStream } from "rotating-file-stream";
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

/** Whatever carries one of these names is not written. */
const SECRETS = ["password", "token", "authorization", "secret", "apiKey"];

/** What is said about the log itself, where it cannot be written to the log. */
type Complain = (sentence: string) => void;

/** Opens the log. A file that cannot be written is told once and never ends the process: numbers matter more than words about them. */
export function openLog(wish: LogWish, complain: Complain): Log {
  const { destination, close } = wish.file === undefined ? toOutput() : toFile(wish, complain);
  const stream: DestinationStream = wish.format === "text" ? { write: (json) => void destination.write(logLine(json)) } : destination;
  const paths = SECRETS.flatMap((name) => [name, `*.${name}`]);
  return { logger: pino({ level: wish.level, redact: { paths, censor: "[secret]" } }, stream), close };
}

interface Destination {
  readonly destination: { write(text: string): unknown };
  readonly close: () => Promise<void>;
}

function toOutput(): Destination {
  return { destination: pino.destination(1), close: async () => undefined };
}

function toFile({ file = "", maxBytes, keep }: LogWish, complain: Complain): Destination {
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
  const stream = createStream(basename(file), { path: dirname(file), size: `${maxBytes}B`, rotate: keep, mode: 0o640 });
  stream.on("error", trouble);
  stream.on("warning", trouble);
  return {
    destination: stream,
    close: () =>
      new Promise((resolve) => {
        if (stream.destroyed) resolve();
        else stream.once("error", () => resolve()).end(() => resolve());
      }),
  };
}
